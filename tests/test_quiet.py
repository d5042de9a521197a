"""Quiet hours: a site is left alone in them, and the next run goes on."""

from __future__ import annotations

import json
import os
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import CloseSpider
from twisted.internet.task import Clock

from crawler.errors import HostBusy, SiteError
from crawler.lease import Leases
from crawler.quiet import VIETNAM, QuietHours
from crawler.quiet_watch import QuietWatch
from crawler.site import read_site
from tests.loopback import LoopbackSite, serving
from tests.vankho import Done, vankho


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        ("07:30-17:30", ["07:30", "12:00", "17:29:59"], ["07:29:59", "17:30", "00:00"]),
        ("22:00-06:00", ["22:00", "23:59:59", "00:00", "05:59"], ["06:00", "12:00", "21:59"]),
        ("00:00-23:59", ["00:00", "23:58"], ["23:59"]),
    ],
)
def test_a_moment_is_quiet_by_the_clock_of_vietnam(hours: str, quiet: list[str], loud: list[str]) -> None:
    read = QuietHours.read(hours)
    assert all(read.contain(at(clock)) for clock in quiet)
    assert not any(read.contain(at(clock)) for clock in loud)


@pytest.mark.parametrize("wrong", ["7:30-17:30", "07:30", "07:30-24:00", "08:00-08:00", "ban ngày", ""])
def test_a_declaration_with_other_hours_is_refused(tmp_path: Path, wrong: str) -> None:
    path = LoopbackSite(port=80).declare(tmp_path, more=f'quiet_hours = "{wrong}"')
    with pytest.raises(SiteError, match=r"test_site.toml: key 'quiet_hours' must .*, not '"):
        read_site(path)
    path = LoopbackSite(port=80).declare(tmp_path, more="quiet_hours = 7")
    with pytest.raises(SiteError, match="key 'quiet_hours' must be a string, not 7"):
        read_site(path)


class Night:
    """A run watched by a clock that the test moves."""

    def __init__(self, begins: str) -> None:
        self.stopped: list[str] = []
        self.reactor = Clock()
        self.slept = timedelta()
        self.watch = QuietWatch(
            QuietHours.read("07:30-17:30"), stop=self.stopped.append, reactor=self.reactor,
            now=lambda: at(begins) + timedelta(seconds=self.reactor.seconds()) + self.slept,
        )  # fmt: skip


def test_a_run_that_quiet_hours_overtake_is_ended_at_their_first_second() -> None:
    night = Night("07:27:30")
    night.watch.begin()
    night.reactor.pump([30] * 4 + [29])
    assert night.stopped == []
    night.reactor.advance(1)
    assert night.stopped == ["quiet_hours"]
    assert night.reactor.getDelayedCalls() == []


def test_a_machine_that_slept_into_quiet_hours_sees_it_within_a_minute() -> None:
    night = Night("01:00")
    night.watch.begin()
    night.slept = timedelta(hours=8)
    night.reactor.advance(60)
    assert night.stopped == ["quiet_hours"]


def test_a_run_in_quiet_hours_never_begins_and_a_watch_ends_with_its_run() -> None:
    with pytest.raises(CloseSpider) as closed:
        Night("12:00").watch.begin()
    assert closed.value.reason == "quiet_hours"
    night = Night("01:00")
    night.watch.begin()
    night.watch.end()
    assert night.reactor.getDelayedCalls() == []


def crawl(folder: Path, *more: str) -> Done:
    return vankho(
        "crawl", "test_site", "--data", str(folder / "data"), "--sites", str(folder / "sites"),
        "--contact", "test@example.org", "--delay", "0", *more,
        environment={**os.environ, "VANKHO_LEASES": str(folder / "leases")},
    )  # fmt: skip


def hours_from_now(begin: int, end: int) -> str:
    """Such quiet hours, by whole hours from the one it is."""
    now = datetime.now(VIETNAM)
    return "-".join(f"{(now + timedelta(hours=later)).hour:02}:00" for later in (begin, end))


@pytest.mark.parametrize("more", [[], ["--jobs", "1"]])
def test_nothing_is_asked_of_a_site_in_its_quiet_hours_and_all_of_it_after(
    tmp_path: Path, more: list[str]
) -> None:
    with serving(LoopbackSite(host="127.0.0.45", articles=2)) as site:
        hours = hours_from_now(-1, 2)
        site.declare(tmp_path / "sites", more=f'quiet_hours = "{hours}"')
        done = crawl(tmp_path, *more)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"test_site: left alone in its quiet hours, {hours} in Vietnam" in done.stdout
        assert (site.paths(), done.stderr) == ([], "")
        site.declare(tmp_path / "sites", more=f'quiet_hours = "{hours_from_now(2, 4)}"')
        assert "1 site crawled: 2 fetched, 2 new" in crawl(tmp_path, *more).stdout
    runs = vankho("runs", "--json", "--data", str(tmp_path / "data")).stdout.splitlines()
    assert [json.loads(run)["reason"] for run in runs] == ["finished", "quiet_hours"]


def test_who_holds_a_host_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANKHO_LEASES", str(tmp_path / "leases"))
    with serving(LoopbackSite(host="127.0.0.46")) as site:
        site.declare(tmp_path / "sites")
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        held = Leases([f"127.0.0.46:{site.port}"], site="other_site", since=since)
        who = f"process {os.getpid()} on {socket.gethostname()} (site other_site, since {since})"
        with pytest.raises(HostBusy) as busy:
            Leases([f"127.0.0.46:{site.port}"], site="test_site", since=since)
        assert who in str(busy.value)
        done = crawl(tmp_path)
        assert (done.returncode, site.paths()) == (5, [])
        assert f"127.0.0.46:{site.port} is being crawled by {who}; wait for that run or end it" in done.stdout
        held.release()
        assert crawl(tmp_path).returncode == 0
