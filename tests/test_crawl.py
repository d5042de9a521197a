"""Crawls of a real HTTP server on loopback: what lands in the archive, what the server was asked, how it ends."""

from __future__ import annotations

import email.utils
import os
import signal
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from tests.loopback import LoopbackSite, Reply, html, serving
from tests.vankho import Done, Started, vankho

ENVIRONMENT = {**os.environ, "VANKHO_FIRST_PAUSE": "0.1"}


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
        self.elsewhere: LoopbackSite | None = None
        site.declare(self.sites)

    def arguments(self, *more: str) -> list[str]:
        return [
            "crawl", self.site.name, "--data", str(self.data),
            "--sites", str(self.sites), "--contact", "test@example.org", *(more or ("--delay", "0")),
        ]  # fmt: skip

    def run(self, *more: str, code: int | None = 0) -> Done:
        self.site.asked.clear()
        done = vankho(*self.arguments(*more), environment=self.environment)
        if code is not None:
            assert done.returncode == code, done.stdout + done.stderr
        return done

    def start(self, *more: str) -> Started:
        self.site.asked.clear()
        return Started(self.arguments(*more), self.environment)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.002)

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


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    """One crawl of a site without faults, and what the server was asked in it."""
    with serving(LoopbackSite()) as site:
        crawls = Crawls(site, tmp_path_factory.mktemp("plain"))
        crawls.run()
        yield crawls


class TestPlainSite:
    def test_every_listed_article_is_archived_and_asked_for_once(self, plain: Crawls) -> None:
        assert plain.value("SELECT count(*) FROM articles") == 12
        assert plain.value("SELECT headline FROM articles WHERE uid = 'test_site/1011'") == (
            "Hội nghị quán triệt nghị quyết lần thứ 11 của Đảng bộ huyện"
        )
        date = plain.value("SELECT date_published FROM articles WHERE uid = 'test_site/1011'")
        assert date == "2020-01-12T08:30:00+07:00"
        assert max(plain.site.counts().values()) == 1
        assert not [path for path in plain.site.paths() if "print" in path]
        assert plain.issues() == []

    def test_each_article_leads_to_the_bytes_the_server_sent(self, plain: Crawls) -> None:
        with Archive.open(plain.data) as archive:
            capture = archive.capture("test_site/1003")
        assert capture.body == plain.site.article(3).body
        assert capture.url == f"{plain.site.home}index.php/tin-tuc/bai-viet-so-1003.html"

    def test_who_we_are_and_what_we_read_is_said(self, plain: Crawls) -> None:
        headers = plain.site.asked[-1][2]
        assert headers["User-Agent"].startswith("vankho/")
        assert "test@example.org" in headers["User-Agent"]
        assert headers["Accept-Language"] == "vi"

    def test_later_crawls_ask_for_listings_and_what_is_new(self, plain: Crawls) -> None:
        plain.run()
        assert plain.site.paths() == ["/robots.txt", "/index.php/tin-tuc/"]
        assert plain.last_run()["new"] in {None, 0}
        plain.site.articles = 14
        plain.run()
        asked = [path for path in plain.site.paths() if path.endswith(".html")]
        assert asked == [plain.site.article_path(13), plain.site.article_path(12)]
        assert plain.value("SELECT count(*) FROM articles") == 14


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawls]:
    """One crawl of a site where every article from 10 on has a trouble of its own."""
    with serving(LoopbackSite(articles=24)) as site, serving(LoopbackSite(host="127.0.0.9")) as other:
        whole = html("<h1 class=title>Tin</h1><p>" + "Đảng bộ huyện họp bàn. " * 900, compress=True)
        busy = Reply(status=429, headers={"Retry-After": "1"})

        def later(before: int) -> Reply:
            moment = email.utils.formatdate(time.time() + 3, usegmt=True)
            return Reply(status=503, headers={"Retry-After": moment}) if before == 0 else site.article(20)

        troubles: dict[int, Reply | Callable[[int], Reply]] = {
            10: Reply(status=404, body=b"gone"),
            11: Reply(status=301, headers={"Location": f"{other.home}index.php/tin-tuc/x-1.html"}),
            12: Reply(status=302, headers={"Location": site.article_path(12)}),
            13: Reply(status=302, headers={"Location": "/"}),
            14: Reply(body=whole.body[:80], headers=whole.headers),
            15: Reply(body=site.article(15).body, cut_to=300, headers={"Content-Type": "text/html"}),
            16: html("<form><input name=q></form>"),
            17: lambda before: Reply(status=500) if before == 0 else site.article(17),
            18: Reply(status=500),
            19: lambda before: busy if before == 0 else site.article(19),
            20: later,
            21: Reply(body=b"<html>" + b" " * 21_000_000, headers={"Content-Type": "text/html"}),
            22: Reply(body=b"%PDF-1.4 not a page", headers={"Content-Type": "application/pdf"}),
        }
        site.faults = {site.article_path(number): reply for number, reply in troubles.items()}
        site.faults["/"] = html("<h1>Trang chủ</h1>")
        site.robots = f"User-agent: *\nDisallow: {site.article_path(23)}\nUser-agent: else\nDisallow: /\n"
        crawls = Crawls(site, tmp_path_factory.mktemp("troubled"))
        crawls.elsewhere = other
        crawls.run(code=9)
        yield crawls


class TestTroubles:
    """Each page fetched ends in one article or one Issue, and none keeps the run from going on."""

    @pytest.mark.parametrize(
        ("number", "kind", "severity"),
        [
            (10, "Gone", "warning"),
            (11, "OffSite", "warning"),
            (13, "Gone", "warning"),
            (14, "TruncatedResponse", "error"),
            (15, "TruncatedResponse", "error"),
            (18, "HttpError", "error"),
            (12, "RedirectLoop", "error"),
            (21, "TooLarge", "error"),
            (22, "NotAnArticle", "error"),
            (23, "RobotsForbidden", "warning"),
        ],
    )
    def test_a_trouble_is_one_issue(self, troubled: Crawls, number: int, kind: str, severity: str) -> None:
        found = troubled.ask("SELECT kind, severity FROM issues WHERE uid = ?", f"test_site/{1000 + number}")
        assert found == [(kind, severity)]

    def test_a_page_that_is_no_article_is_one_issue(self, troubled: Crawls) -> None:
        assert troubled.value("SELECT count(*) FROM issues WHERE uid = 'test_site/1016'") == 1

    def test_the_rest_is_archived(self, troubled: Crawls) -> None:
        uids = {row[0] for row in troubled.ask("SELECT uid FROM articles")}
        assert uids == {f"test_site/{1000 + number}" for number in [*range(10), 17, 19, 20]}

    def test_the_bytes_behind_an_issue_are_kept(self, troubled: Crawls) -> None:
        query = "SELECT c.status FROM issues i JOIN captures c ON c.id = i.capture_id WHERE i.uid = ?"
        assert troubled.ask(query, "test_site/1016") == [(200,)]
        assert troubled.ask(query, "test_site/1018") == [(500,)]

    def test_no_other_host_is_asked(self, troubled: Crawls) -> None:
        assert troubled.elsewhere is not None
        assert troubled.elsewhere.asked == []

    def test_what_robots_txt_forbids_is_not_asked_for(self, troubled: Crawls) -> None:
        assert troubled.site.article_path(23) not in troubled.site.paths()

    def test_a_redirect_loop_ends(self, troubled: Crawls) -> None:
        assert troubled.site.counts()[troubled.site.article_path(12)] <= 7

    def test_a_server_error_is_asked_again_a_few_times(self, troubled: Crawls) -> None:
        assert troubled.site.counts()[troubled.site.article_path(17)] == 2
        assert troubled.site.counts()[troubled.site.article_path(18)] == 3

    @pytest.mark.parametrize(("number", "seconds"), [(19, 1.0), (20, 2.0)])
    def test_retry_after_is_waited_for_in_both_its_forms(
        self, troubled: Crawls, number: int, seconds: float
    ) -> None:
        path = troubled.site.article_path(number)
        at = troubled.site.paths().index(path)
        times = [when for when, _, _ in troubled.site.asked]
        assert troubled.site.paths()[at + 1] == path, "something else was asked of a host that wanted a pause"
        assert times[at + 1] - times[at] >= seconds

    def test_the_next_run_asks_only_for_what_is_due(self, troubled: Crawls) -> None:
        waiting = "SELECT count(*) FROM frontier WHERE next_try_at IS NOT NULL AND attempts = 1"
        assert troubled.value(waiting) >= 4
        troubled.run()
        assert troubled.site.paths() == ["/robots.txt", "/index.php/tin-tuc/"]


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


def test_localhost_is_crawled_when_a_declaration_spells_it_out(crawls: Crawls) -> None:
    declared = crawls.sites / "test_site.toml"
    declared.write_text(declared.read_text().replace("127.0.0.1", "localhost"))
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == crawls.site.articles


def test_a_redirect_to_another_private_address_is_refused(crawls: Crawls) -> None:
    with serving(LoopbackSite(name="inside")) as inside:
        there = f"http://127.0.0.1:{inside.port}{inside.article_path(1)}"
        crawls.site.faults[crawls.site.article_path(7)] = Reply(status=302, headers={"Location": there})
        crawls.run(code=None)
        assert inside.asked == []
    assert crawls.issues() == [("OffSite", "warning")]


def test_a_name_that_leads_to_a_private_address_is_refused_unless_allowed(crawls: Crawls) -> None:
    name = socket.gethostname().lower()
    try:
        address = socket.gethostbyname(name)
    except OSError:
        pytest.skip("this machine's name resolves to nothing")
    declared = crawls.sites / "test_site.toml"
    declared.write_text(declared.read_text().replace("127.0.0.1", name))
    crawls.run(code=9)
    assert crawls.site.asked == []
    message = crawls.value("SELECT message FROM issues")
    assert f"{name} resolves to {address}, which is no public address" in message
    assert "VANKHO_ALLOW_PRIVATE=1" in message


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
    crawls.run(code=6)
    assert crawls.issues() == [("RobotsUnavailable", "error")]
    assert crawls.last_run()["reason"] == "network"


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
    assert min(b - a for a, b in pairwise(times)) >= 0.3


def test_ctrl_c_closes_cleanly_and_the_next_run_goes_on(crawls: Crawls) -> None:
    started = crawls.start("--delay", "0.3")
    crawls.wait_for(lambda: len(crawls.site.asked) >= 5)
    started.send_signal(signal.SIGINT)
    done = started.wait()
    assert done.returncode == 130, done.stdout + done.stderr
    assert "left to fetch; the same command goes on" in done.stdout
    assert "Traceback" not in done.stderr
    assert crawls.last_run()["reason"] == "interrupted"
    assert not list(crawls.data.glob("warc/*/*.open"))
    before = set(crawls.site.paths())
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    again = before & set(crawls.site.paths())
    assert not [path for path in again if path.endswith(".html")]


def test_one_host_is_crawled_by_one_process_at_a_time(crawls: Crawls, tmp_path: Path) -> None:
    first = crawls.start("--delay", "5")
    crawls.wait_for(lambda: bool(crawls.site.asked))
    elsewhere = [part.replace(str(crawls.data), str(tmp_path / "other")) for part in crawls.arguments()]
    second = vankho(*elsewhere, environment=crawls.environment)
    assert second.returncode == 5
    assert (
        f"127.0.0.1:{crawls.site.port} is being crawled by process {first.pid} on {socket.gethostname()} "
        "(site test_site, since " in second.stdout
    )
    first.kill()
    assert vankho(*elsewhere, environment=crawls.environment).returncode == 0


def test_kill_at_any_moment_loses_and_repeats_nothing(crawls: Crawls) -> None:
    crawls.site.articles = 50
    recorded: set[str] = set()
    for after in (2, 9, 3, 12, 6):
        started = crawls.start()
        crawls.wait_for(lambda: len(crawls.site.asked) >= after or not started.is_running())  # noqa: B023 - run at once
        started.kill()
        asked_again = {f"test_site/{path[-9:-5]}" for path in crawls.site.paths() if path.endswith(".html")}
        assert asked_again.isdisjoint(recorded)
        recorded = {row[0] for row in crawls.ask("SELECT uid FROM articles")}
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 50
    assert crawls.value("SELECT count(*) FROM versions") == 0
    assert crawls.issues() == []
    assert not list(crawls.data.glob("warc/*/*.open"))
    with Archive.open(crawls.data) as archive:
        for (uid,) in crawls.ask("SELECT uid FROM articles"):
            assert archive.capture(uid).status == 200


def test_a_site_that_falls_silent_is_an_issue(crawls: Crawls) -> None:
    crawls.site.declare(crawls.sites)
    with crawls.sites.joinpath("test_site.toml").open("a") as file:
        file.write("\n[expect]\narticles_per_week = 3\n")
    crawls.run(code=10)
    assert crawls.issues() == [("TooQuiet", "error")]


def test_a_budget_of_requests_ends_the_run(crawls: Crawls) -> None:
    done = crawls.run("--delay", "0", "--max-requests", "5")
    assert 5 <= len(crawls.site.asked) <= 7
    assert "the budget is spent" in done.stdout
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_crawl_delay_of_robots_txt_is_kept(crawls: Crawls) -> None:
    crawls.site.robots = "User-agent: *\nCrawl-delay: 1\n"
    crawls.run("--delay", "0", "--limit", "1")
    times = [when for when, _, _ in crawls.site.asked]
    assert min(b - a for a, b in pairwise(times[1:])) >= 0.9


def test_a_killed_first_crawl_goes_on_with_the_pages_it_had_not_seen(crawls: Crawls) -> None:
    crawls.site.articles = 30
    started = crawls.start("--delay", "0.02")
    crawls.wait_for(lambda: "/index.php/tin-tuc/page-3/" in crawls.site.paths())
    started.kill()
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 30
    assert "/index.php/tin-tuc/page-2/" not in crawls.site.paths()


def test_backfill_walks_to_the_end_of_what_is_known(crawls: Crawls) -> None:
    crawls.run()
    crawls.run("--delay", "0", "--backfill")
    pages = [path for path in crawls.site.paths() if path.endswith("/")]
    assert pages == ["/index.php/tin-tuc/", "/index.php/tin-tuc/page-2/", "/index.php/tin-tuc/page-3/"]
    assert crawls.value("SELECT count(*) FROM articles") == 12


def test_a_full_disk_ends_the_run_and_leaves_a_whole_archive(crawls: Crawls) -> None:
    crawls.site.articles = 60
    crawls.run("--delay", "0", "--limit", "1")
    largest = (crawls.data / "archive.db").stat().st_size
    crawls.environment["TEST_LARGEST_FILE"] = str(largest + 40_000)
    done = crawls.run(code=4)
    assert "the disk is full" in done.stdout
    assert 1 < crawls.value("SELECT count(*) FROM articles") < 60
    del crawls.environment["TEST_LARGEST_FILE"]
    assert crawls.value("PRAGMA integrity_check") == "ok"
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 60
    with Archive.open(crawls.data) as archive:
        for (uid,) in crawls.ask("SELECT uid FROM articles"):
            assert archive.capture(uid).status == 200


def test_a_page_that_raises_in_reading_is_an_issue(crawls: Crawls) -> None:
    """What the rules did not foresee stops one page, not the run."""
    crawls.site.faults[crawls.site.article_path(5)] = html(
        "<table>" * 3000 + "<h1>Tin</h1><p>Đảng bộ huyện họp.</p>"
    )
    crawls.run(code=None)
    assert crawls.value("SELECT count(*) FROM articles") >= 11
    assert crawls.last_run()["reason"] == "finished"


def test_cloudflare_answering_503_is_a_challenge(crawls: Crawls) -> None:
    page = html("<title>Just a moment...</title><div id=cf-browser-verification>Checking your browser</div>")
    stub = Reply(status=403, body=page.body, headers={"Content-Type": "text/html", "Server": "cloudflare"})
    crawls.site.faults = {crawls.site.article_path(number): stub for number in range(12)}
    crawls.run(code=7)
    assert {kind for kind, _ in crawls.issues()} == {"ChallengeError"}
    assert crawls.last_run()["reason"] == "challenged"


def test_a_site_that_forbids_everything_is_left_alone(crawls: Crawls) -> None:
    crawls.site.robots = "User-agent: *\nDisallow: /\n"
    crawls.run(code=7)
    assert crawls.site.paths() == ["/robots.txt"]


def test_pages_that_an_aspnet_pager_posts_for_are_walked(crawls: Crawls) -> None:
    first = "/index.php/tin-tuc/"

    def listing(before: int) -> Reply:
        page = before % 3 + 1
        rows = "".join(
            f'<li><a href="{crawls.site.article_path(n)}">{crawls.site.headline(n)}</a></li>'
            for n in range(12 - page * 4, 16 - page * 4)
        )
        pager = "".join(
            f"<a href=\"javascript:__doPostBack('pager','{p}')\">{p}</a>" for p in (1, 2, 3) if p != page
        )
        return html(
            f'<form action="{first}"><input type=hidden name=__VIEWSTATE value="v{page}">{rows}{pager}</form>'
        )

    crawls.site.faults[first] = listing
    crawls.run()
    assert crawls.value("SELECT count(*) FROM articles") == 12
    assert crawls.site.posted == [
        "__VIEWSTATE=v1&__EVENTTARGET=pager&__EVENTARGUMENT=2",
        "__VIEWSTATE=v2&__EVENTTARGET=pager&__EVENTARGUMENT=3",
    ]
    assert crawls.value("SELECT completed_at IS NOT NULL AND resume_url IS NULL FROM listings") == 1


def test_a_page_that_keeps_failing_is_parked_with_its_reason(crawls: Crawls) -> None:
    crawls.site.faults[crawls.site.article_path(7)] = Reply(status=500)
    crawls.run(code=9)
    with closing(sqlite3.connect(crawls.data / "archive.db")) as db:
        db.execute("UPDATE frontier SET attempts = 5, next_try_at = NULL WHERE next_try_at IS NOT NULL")
        db.commit()
    crawls.run(code=9)
    reason = crawls.value("SELECT parked_reason FROM frontier WHERE uid = 'test_site/1007'")
    assert reason.startswith("HttpError: ")
    crawls.run()
    assert crawls.site.article_path(7) not in crawls.site.paths()
    shown = vankho("status", "test_site", "--data", str(crawls.data)).stdout
    assert "parked after 6 tries: test_site/1007: HttpError" in shown


def test_since_does_not_lose_what_an_earlier_run_left(crawls: Crawls) -> None:
    crawls.run()
    with closing(sqlite3.connect(crawls.data / "archive.db")) as db:
        page = f"{crawls.site.home}index.php/tin-tuc/page-2/"
        db.execute("UPDATE listings SET resume_url = ?", (page,))
        db.commit()
    crawls.run("--delay", "0", "--since", "2024-01-01")
    assert crawls.value("SELECT resume_url FROM listings") == page


def test_a_server_that_turns_every_page_away_is_left_alone(crawls: Crawls) -> None:
    crawls.site.articles = 30
    refusal = Reply(status=403, body=b"<html><p>Forbidden</p></html>")
    crawls.site.faults = {crawls.site.article_path(number): refusal for number in range(30)}
    crawls.run(code=7)
    assert len([path for path in crawls.site.paths() if path.endswith(".html")]) <= 12
