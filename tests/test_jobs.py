"""Many sites in processes of their own: at once, apart, and with one code at the end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.loopback import LoopbackSite, Reply, serving
from tests.vankho import Started, vankho


class Sites:
    """Some loopback sites, declared in one folder and crawled into one archive."""

    def __init__(self, sites: list[LoopbackSite], folder: Path) -> None:
        self.sites = sites
        self.data = folder / "data"
        self.environment = {
            **os.environ, "VANKHO_FIRST_PAUSE": "0.1", "VANKHO_LEASES": str(folder / "leases"),
        }  # fmt: skip
        for site in sites:
            site.declare(folder / "sites")
        self.command = [
            "crawl", *(site.name for site in sites), "--data", str(self.data),
            "--sites", str(folder / "sites"), "--contact", "test@example.org", "--jobs", "4",
        ]  # fmt: skip

    def counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.data / "archive.db")) as db:
            return dict(db.execute("SELECT site, count(*) FROM articles GROUP BY site").fetchall())


def test_a_slow_and_a_dead_site_do_not_delay_the_others(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = [
            stack.enter_context(serving(LoopbackSite(host=f"127.0.0.{n}", name=f"site_{n}")))
            for n in (11, 12, 13)
        ]
        sites[2].faults = {
            path: Reply(status=404, pause=0.6) for path in map(sites[2].article_path, range(12))
        }
        dead = LoopbackSite(host="127.0.0.14", name="site_14", port=1)
        crawl = Sites([*sites, dead], tmp_path)
        done = vankho(*crawl.command, "--delay", "0.1", environment=crawl.environment)
        assert done.returncode == 6, done.stdout + done.stderr
        assert crawl.counts() == {"site_11": 12, "site_12": 12}
        assert "site_14: stopped: http://127.0.0.14:1/robots.txt could not be had" in done.stdout
        assert "4 sites crawled: 36 fetched, 24 new" in done.stdout
        slow_ended = sites[2].asked[-1][0]
        assert all(site.asked[-1][0] < slow_ended for site in sites[:2])
        for site in sites:
            assert min(b - a for a, b in pairwise([when for when, _, _ in site.asked])) >= 0.1


def test_sigterm_is_passed_on_once_and_every_run_closes_cleanly(tmp_path: Path) -> None:
    with ExitStack() as stack:
        sites = [
            stack.enter_context(serving(LoopbackSite(host=f"127.0.0.{n}", name=f"site_{n}")))
            for n in (21, 22)
        ]
        crawl = Sites(sites, tmp_path)
        started = Started([*crawl.command, "--delay", "0.3"], crawl.environment)
        deadline = time.monotonic() + 40
        while min(len(site.asked) for site in sites) < 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        started.send_signal(signal.SIGTERM)
        done = started.wait()
        assert done.returncode == 130, done.stdout + done.stderr
        assert done.stdout.count("left to fetch; the same command goes on") == 2
        with closing(sqlite3.connect(crawl.data / "archive.db")) as db:
            assert db.execute("SELECT DISTINCT reason FROM runs").fetchall() == [("interrupted",)]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    with serving(LoopbackSite(host="127.0.0.31", name="site_31")) as site:
        site.faults[site.article_path(3)] = Reply(status=500)
        crawl = Sites([site], folder)
        vankho(*crawl.command, "--delay", "0", environment=crawl.environment)
    return crawl.data


def test_runs_tells_what_each_run_did(crawled: Path) -> None:
    (run,) = [
        json.loads(line) for line in vankho("runs", "--json", "--data", str(crawled)).stdout.splitlines()
    ]
    assert (run["site"], run["reason"], run["fetched"], run["new"], run["issues"]) == (
        "site_31",
        "finished",
        12,
        11,
        1,
    )
    assert run["command"].startswith("vankho crawl site_31")
    assert "site_31" in vankho("runs", "--data", str(crawled)).stdout


def test_status_shows_the_last_good_page_and_what_failed(crawled: Path) -> None:
    told = json.loads(vankho("status", "site_31", "--json", "--data", str(crawled)).stdout)
    assert (told["articles"], told["waiting"], told["errors"]) == (11, 1, 1)
    assert told["last_issues"][0]["kind"] == "HttpError"
    assert told["last_good_page"]["uid"] == "site_31/1000"
    shown = vankho("status", "site_31", "--data", str(crawled)).stdout
    assert "last good page: site_31/1000" in shown
    assert "HttpError: http://127.0.0.31:" in shown
    assert vankho("status", "nope", "--data", str(crawled)).returncode == 2
