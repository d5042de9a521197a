"""Crawls of a real HTTP server on loopback: what lands in the archive, what the server was asked, how it ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from tests.loopback import LoopbackSite, Reply, html, serving

ENVIRONMENT = {**os.environ, "VANKHO_ALLOW_PRIVATE": "1", "VANKHO_FIRST_PAUSE": "0.1"}


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serving(LoopbackSite()) as served:
        yield served


class Crawls:
    """Runs `vankho crawl` over a loopback site into one archive."""

    def __init__(self, site: LoopbackSite, folder: Path) -> None:
        self.site = site
        self.data = folder / "data"
        self.sites = folder / "sites"
        # Tests run side by side crawl one address, on different ports: they must not wait for each other.
        self.environment = {**ENVIRONMENT, "VANKHO_LEASES": str(folder / "leases")}
        site.declare(self.sites)

    def command(self, *more: str) -> list[str]:
        return [
            sys.executable, "-m", "crawler.cli", "crawl", self.site.name, "--data", str(self.data),
            "--sites", str(self.sites), "--contact", "test@example.org", *(more or ("--delay", "0")),
        ]  # fmt: skip

    def run(self, *more: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        self.site.asked.clear()
        done = subprocess.run(
            self.command(*more), capture_output=True, text=True, env=self.environment, timeout=120, check=False
        )
        if code is not None:
            assert done.returncode == code, done.stdout + done.stderr
        return done

    def ask(self, query: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.data / "archive.db")) as db:
            return db.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:
        return self.ask(query, *values)[0][0]

    def issues(self) -> list[tuple[str, str]]:
        return self.ask("SELECT kind, severity FROM issues ORDER BY id")

    def last_run(self) -> dict[str, Any]:
        with closing(sqlite3.connect(self.data / "archive.db")) as db:
            db.row_factory = sqlite3.Row
            return dict(db.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1").fetchone())


@pytest.fixture
def crawls(site: LoopbackSite, tmp_path: Path) -> Crawls:
    return Crawls(site, tmp_path)


def test_crawl_archives_every_listed_article_once(crawls: Crawls) -> None:
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    assert crawls.value("SELECT headline FROM articles WHERE uid = 'test_site/1011'") == (
        "Hội nghị quán triệt nghị quyết lần thứ 11 của Đảng bộ huyện"
    )
    assert (
        crawls.value("SELECT date_published FROM articles WHERE uid = 'test_site/1011'")
        == "2020-01-12T08:30:00+07:00"
    )
    assert max(crawls.site.counts().values()) == 1
    assert not [path for path in crawls.site.paths() if "print" in path]
    assert crawls.issues() == []


def test_each_article_leads_to_the_bytes_the_server_sent(crawls: Crawls) -> None:
    crawls.run()
    with Archive.open(crawls.data) as archive:
        assert archive.capture("test_site/1003").body == crawls.site.article(3).body
        assert (
            archive.capture("test_site/1003").url
            == f"{crawls.site.home}index.php/tin-tuc/bai-viet-so-1003.html"
        )


def test_second_crawl_of_an_unchanged_site_asks_for_listings_only(crawls: Crawls) -> None:
    crawls.run()
    crawls.run()
    assert crawls.site.paths() == ["/robots.txt", "/index.php/tin-tuc/"]
    assert crawls.last_run()["new"] in {None, 0}


def test_new_articles_are_found_and_known_ones_left(crawls: Crawls) -> None:
    crawls.run()
    crawls.site.articles = 14
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 14
    asked = [path for path in crawls.site.paths() if path.endswith(".html")]
    assert asked == [crawls.site.article_path(13), crawls.site.article_path(12)]


def test_who_we_are_and_what_we_read_is_said(crawls: Crawls) -> None:
    crawls.run()
    headers = crawls.site.asked[-1][2]
    assert "test@example.org" in headers["User-Agent"]
    assert headers["User-Agent"].startswith("vankho/")
    assert headers["Accept-Language"] == "vi"


def test_limit_stops_after_so_many_articles_and_the_next_run_goes_on(crawls: Crawls) -> None:
    done = crawls.run("--delay", "0", "--limit", "3")
    assert crawls.value("SELECT count(*) FROM articles") == 3
    assert "2 articles are left" in done.stdout
    assert crawls.last_run()["reason"] == "limit"
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    assert max(crawls.site.counts().values()) == 1


def test_since_leaves_older_articles_for_a_run_without_it(crawls: Crawls) -> None:
    crawls.run("--delay", "0", "--since", "2020-01-10")
    assert crawls.value("SELECT count(*) FROM articles") == 3
    assert "/index.php/tin-tuc/page-3/" not in crawls.site.paths()
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_robots_txt_is_obeyed(crawls: Crawls) -> None:
    crawls.site.robots = f"User-agent: *\nDisallow: {crawls.site.article_path(4)}\n"
    crawls.run()
    assert crawls.site.article_path(4) not in crawls.site.paths()
    assert crawls.issues() == [("RobotsForbidden", "warning")]


@pytest.mark.parametrize("status", [404, 403])
def test_robots_txt_that_does_not_exist_allows(crawls: Crawls, status: int) -> None:
    crawls.site.faults["/robots.txt"] = Reply(status=status)
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_robots_txt_that_cannot_be_had_stops_the_run(crawls: Crawls) -> None:
    crawls.site.faults["/robots.txt"] = Reply(status=503)
    done = crawls.run(code=7)
    assert set(crawls.site.paths()) == {"/robots.txt"}
    assert crawls.issues() == [("RobotsUnavailable", "error")]
    assert "no permission to crawl" in done.stdout


def test_an_article_that_is_gone_is_noted_and_not_asked_for_again(crawls: Crawls) -> None:
    crawls.site.faults[crawls.site.article_path(7)] = Reply(status=404, body=b"gone")
    crawls.run()
    assert crawls.issues() == [("Gone", "warning")]
    crawls.run()
    assert crawls.site.article_path(7) not in crawls.site.paths()


def test_a_redirect_off_the_site_is_not_followed(crawls: Crawls) -> None:
    with serving(LoopbackSite(host="127.0.0.9")) as other:
        crawls.site.faults[crawls.site.article_path(7)] = Reply(
            status=301, headers={"Location": f"{other.home}x-1.html"}
        )
        crawls.run()
        assert other.asked == []
    assert crawls.issues() == [("OffSite", "warning")]
    assert crawls.value("SELECT count(*) FROM articles") == 11


def test_loopback_is_refused_unless_allowed(crawls: Crawls) -> None:
    environment = {**crawls.environment, "VANKHO_ALLOW_PRIVATE": "0"}
    done = subprocess.run(
        crawls.command(), capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert done.returncode != 0
    assert crawls.site.asked == []
    assert (
        crawls.value("SELECT count(*) FROM issues WHERE kind IN ('PrivateAddress', 'RobotsUnavailable')") > 0
    )


def test_redirect_loop_ends(crawls: Crawls) -> None:
    path = crawls.site.article_path(7)
    crawls.site.faults[path] = Reply(status=302, headers={"Location": path})
    crawls.run(code=9)
    assert crawls.site.counts()[path] <= 7
    assert crawls.value("SELECT count(*) FROM articles") == 11


def test_an_article_sent_home_is_gone(crawls: Crawls) -> None:
    crawls.site.faults[crawls.site.article_path(7)] = Reply(status=302, headers={"Location": "/"})
    crawls.site.faults["/"] = html("<h1>Trang chủ</h1>")
    crawls.run()
    assert crawls.issues() == [("Gone", "warning")]


def test_a_server_error_is_asked_again_now_and_in_a_later_run(crawls: Crawls) -> None:
    path = crawls.site.article_path(7)
    crawls.site.faults[path] = lambda before: Reply(status=500) if before == 0 else crawls.site.article(7)
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    assert crawls.site.counts()[path] == 2


def test_an_article_that_keeps_failing_waits_for_a_later_run(crawls: Crawls) -> None:
    crawls.site.faults[crawls.site.article_path(7)] = Reply(status=500)
    crawls.run(code=9)
    assert crawls.issues() == [("HttpError", "error")]
    assert crawls.value("SELECT count(*) FROM frontier WHERE next_try_at IS NOT NULL AND attempts = 1") == 1
    del crawls.site.faults[crawls.site.article_path(7)]
    with closing(sqlite3.connect(crawls.data / "archive.db")) as db:
        db.execute("UPDATE frontier SET next_try_at = '2020-01-01T00:00:00Z' WHERE next_try_at IS NOT NULL")
        db.commit()
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_429_is_waited_for_as_told(crawls: Crawls) -> None:
    path = crawls.site.article_path(7)
    crawls.site.faults[path] = lambda before: (
        Reply(status=429, headers={"Retry-After": "2"}) if before == 0 else crawls.site.article(7)
    )
    crawls.run()
    times = [when for when, asked, _ in crawls.site.asked]
    at = crawls.site.paths().index(path)
    assert times[at + 1] - times[at] >= 2
    assert crawls.site.paths()[at + 1] == path
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_a_page_cut_short_is_not_taken_for_the_whole(crawls: Crawls) -> None:
    whole = html(
        "<h1 class=title>Tin</h1><p>Thứ hai - 01/02/2020 08:30</p><p>" + "Đảng bộ huyện " * 900, compress=True
    )
    crawls.site.faults[crawls.site.article_path(7)] = Reply(body=whole.body[:80], headers=whole.headers)
    crawls.site.faults[crawls.site.article_path(8)] = Reply(
        body=crawls.site.article(8).body, cut_to=300, headers={"Content-Type": "text/html"}
    )
    crawls.run(code=9)
    assert crawls.issues() == [("TruncatedResponse", "error")] * 2
    assert crawls.value("SELECT count(*) FROM articles") == 10


def test_a_page_without_headline_or_body_is_an_issue_and_the_run_goes_on(crawls: Crawls) -> None:
    crawls.site.faults[crawls.site.article_path(7)] = html("<form><input name=q></form>")
    crawls.run(code=None)
    assert crawls.value("SELECT count(*) FROM articles") == 11
    assert len(crawls.issues()) == 1
    assert (
        crawls.value("SELECT count(*) FROM issues WHERE capture_id IS NOT NULL AND uid = 'test_site/1007'")
        == 1
    )


def test_three_challenge_pages_end_the_run(crawls: Crawls) -> None:
    stub = html("<script>document.cookie='D1N=ab12cd34';location.reload()</script>")
    for number in range(12):
        crawls.site.faults[crawls.site.article_path(number)] = stub
    crawls.run(code=7)
    assert crawls.last_run()["reason"] == "challenged"
    assert crawls.value("SELECT count(*) FROM articles") == 0
    assert len([path for path in crawls.site.paths() if path.endswith(".html")]) <= 4
    crawls.site.faults.clear()


def test_a_listing_that_shows_nothing_we_know_is_an_issue(crawls: Crawls) -> None:
    crawls.site.faults["/index.php/tin-tuc/"] = html("<div class=grid><a href=/bai/abc>Bài</a></div>")
    crawls.run(code=8)
    assert crawls.issues() == [("EmptyListing", "error")]


def test_a_listing_that_cannot_be_reached_is_an_issue(crawls: Crawls) -> None:
    crawls.site.faults["/index.php/tin-tuc/"] = Reply(status=404)
    crawls.run(code=9)
    assert crawls.issues() == [("ListingUnreachable", "error")]


def test_a_server_that_does_not_answer_is_the_network(crawls: Crawls) -> None:
    crawls.site.port = 1  # nothing listens there
    crawls.site.declare(crawls.sites)
    crawls.run(code=7)
    assert crawls.issues()[0][0] == "RobotsUnavailable"


def test_an_endless_pager_ends(crawls: Crawls) -> None:
    for page in range(4, 40):
        first = crawls.site.listing("tin-tuc", 1).body.decode()
        crawls.site.faults[f"/index.php/tin-tuc/page-{page}/"] = html(
            first + f'<a href="page-{page + 1}/">{page + 1}</a>'
        )
    listing = crawls.site.listing("tin-tuc", 3).body.decode()
    crawls.site.faults["/index.php/tin-tuc/page-3/"] = html(
        listing + '<a href="/index.php/tin-tuc/page-4/">4</a>'
    )
    crawls.run()
    assert "/index.php/tin-tuc/page-4/" in crawls.site.paths()
    assert "/index.php/tin-tuc/page-5/" not in crawls.site.paths()


def test_requests_keep_the_pace(crawls: Crawls) -> None:
    crawls.run("--delay", "0.3", "--limit", "4")
    times = [when for when, _, _ in crawls.site.asked]
    assert min(b - a for a, b in zip(times, times[1:], strict=False)) >= 0.25


def test_ctrl_c_closes_cleanly_and_the_next_run_goes_on(crawls: Crawls) -> None:
    process = subprocess.Popen(
        crawls.command("--delay", "0.3"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=crawls.environment,
    )
    deadline = time.monotonic() + 30
    while len(crawls.site.asked) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, out + err
    assert "left to fetch; the same command goes on" in out
    assert "Traceback" not in err
    assert crawls.last_run()["reason"] == "interrupted"
    assert not list(crawls.data.glob("warc/*/*.open"))
    before = set(crawls.site.paths())
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    again = before & set(crawls.site.paths())
    assert not [path for path in again if path.endswith(".html")]


def test_one_host_is_crawled_by_one_process_at_a_time(crawls: Crawls, tmp_path: Path) -> None:
    first = subprocess.Popen(
        crawls.command("--delay", "0.3"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=crawls.environment
    )
    deadline = time.monotonic() + 30
    while len(crawls.site.asked) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    asked = len(crawls.site.asked)
    command = [part.replace(str(crawls.data), str(tmp_path / "other")) for part in crawls.command()]
    second = subprocess.run(command, capture_output=True, text=True, env=crawls.environment, timeout=60, check=False)
    assert second.returncode == 5
    assert f"127.0.0.1 is being crawled by process {first.pid} (site test_site, since " in second.stdout
    first.kill()
    first.wait()
    assert len(crawls.site.asked) - asked <= 20
    assert subprocess.run(command, env=crawls.environment, timeout=60, check=False, capture_output=True).returncode == 0


def test_kill_at_any_moment_loses_and_repeats_nothing(crawls: Crawls) -> None:
    crawls.site.articles = 40
    fetched: list[str] = []
    for after in (3, 9, 4, 14, 6):
        crawls.site.asked.clear()
        process = subprocess.Popen(
            crawls.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=crawls.environment
        )
        deadline = time.monotonic() + 30
        while len(crawls.site.asked) < after and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        process.kill()
        process.wait()
        recorded = {row[0] for row in crawls.ask("SELECT uid FROM articles")}
        fetched += [uid for uid in recorded if uid not in fetched]
    crawls.run()
    again = {f"test_site/{path[-9:-5]}" for path in crawls.site.paths() if path.endswith(".html")}
    assert again.isdisjoint(fetched)
    assert crawls.value("SELECT count(*) FROM articles") == 40
    assert crawls.value("SELECT count(*) FROM versions") == 0
    assert not list(crawls.data.glob("warc/*/*.open"))
    with Archive.open(crawls.data) as archive:
        for (uid,) in crawls.ask("SELECT uid FROM articles"):
            assert archive.capture(uid).status == 200
