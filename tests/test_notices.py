"""A crawl tells a watchdog and a person how it went, on real HTTP, and its own end never changes by it."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest

from crawler.errors import CrawlerError, SiteError
from crawler.notices import BadNotice, Notices, code_of
from tests.loopback import LoopbackSite, Reply, serving
from tests.vankho import Done, vankho


@pytest.fixture
def watchdog() -> Iterator[LoopbackSite]:
    """Answers 200 to every ping and message, and keeps both."""
    with serving(LoopbackSite(host="127.0.0.41", name="watchdog")) as server:
        for path in ("/ping", "/ping/start", *(f"/ping/{code}" for code in (1, 2, 5, 6, 9)), "/message"):
            server.faults[path] = Reply(body=b"OK")
        yield server


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with serving(LoopbackSite(host="127.0.0.42", name="site_42", articles=2)) as server:
        yield server


def crawl(folder: Path, *more: str, **environment: str) -> Done:
    return vankho(
        "crawl", "site_42", "--data", str(folder / "data"), "--sites", str(folder / "sites"),
        "--contact", "test@example.org", "--delay", "0", *more,
        environment={
            **os.environ, "VANKHO_FIRST_PAUSE": "0.1", "VANKHO_LEASES": str(folder / "leases"), **environment
        },
    )  # fmt: skip


def test_a_good_crawl_pings_start_and_end_and_sends_no_message(
    tmp_path: Path, site: LoopbackSite, watchdog: LoopbackSite
) -> None:
    site.declare(tmp_path / "sites")
    message = f"json://{watchdog.host}:{watchdog.port}/message"
    done = crawl(tmp_path, "--ping", f"{watchdog.home}ping", "--notify", message)
    assert done.returncode == 0, done.stdout + done.stderr
    assert watchdog.paths() == ["/ping/start", "/ping"]


def test_a_failed_crawl_pings_its_exit_code_and_sends_what_went_wrong(
    tmp_path: Path, site: LoopbackSite, watchdog: LoopbackSite
) -> None:
    site.faults[site.article_path(1)] = Reply(status=500)
    site.declare(tmp_path / "sites")
    message = f"json://{watchdog.host}:{watchdog.port}/message"
    done = crawl(tmp_path, "--jobs", "1", f"--ping={watchdog.home}ping", f"--notify={message}")
    assert done.returncode == 9, done.stdout + done.stderr
    assert watchdog.paths() == ["/ping/start", "/ping/9", "/message"]
    (sent,) = [json.loads(body) for body in watchdog.posted]
    assert sent["title"] == "vankho crawl site_42: failed (exit code 9)"
    assert sent["message"].endswith("1 site crawled: 2 fetched, 1 new")


def test_the_archive_never_holds_who_may_ping_and_write(
    tmp_path: Path, site: LoopbackSite, watchdog: LoopbackSite
) -> None:
    site.declare(tmp_path / "sites")
    crawl(tmp_path, "--ping", f"{watchdog.home}ping", "--notify", "json://secret@127.0.0.1/x")
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        (command,) = db.execute("SELECT command FROM runs").fetchone()
    assert command.endswith("--ping ... --notify ...")


def test_bad_input_is_a_failure_the_watchdog_hears_of(tmp_path: Path, watchdog: LoopbackSite) -> None:
    (tmp_path / "sites").mkdir()
    done = crawl(tmp_path, "--ping", f"{watchdog.home}ping")
    assert (done.returncode, watchdog.paths()) == (2, ["/ping/start", "/ping/2"])


def test_a_watchdog_that_refuses_or_is_away_is_a_line_in_the_log_and_no_more(
    tmp_path: Path, site: LoopbackSite, watchdog: LoopbackSite
) -> None:
    site.declare(tmp_path / "sites")
    done = crawl(tmp_path, VANKHO_PING=f"{watchdog.home}nobody")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("failed: HTTP Error 404: Not Found") == 2
    done = crawl(tmp_path, "--ping", "http://127.0.0.41:1/ping", "--notify", "json://127.0.0.41:1/")
    assert done.returncode == 0, done.stderr
    assert "the ping at the start failed: <urlopen error [Errno 111] Connection refused>" in done.stderr


def test_a_message_nobody_takes_leaves_the_exit_code(tmp_path: Path) -> None:
    LoopbackSite(host="127.0.0.42", name="site_42", port=1).declare(tmp_path / "sites")
    done = crawl(tmp_path, "--notify", "json://127.0.0.41:1/")
    assert done.returncode == 6
    assert "the message failed: the service did not take it" in done.stderr


def test_a_slow_watchdog_holds_a_crawl_up_for_its_timeout_only(
    watchdog: LoopbackSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("crawler.notices.TIMEOUT", 0.3)
    watchdog.faults["/slow/start"] = watchdog.faults["/slow"] = Reply(pause=1.5)
    began = time.monotonic()
    with Notices(ping=f"{watchdog.home}slow"):
        pass
    assert 0.5 < time.monotonic() - began < 1.4
    assert len(caplog.messages) == 2


def test_a_ping_is_never_led_to_another_scheme(
    watchdog: LoopbackSite, caplog: pytest.LogCaptureFixture
) -> None:
    away = Reply(status=302, headers={"Location": "ftp://127.0.0.1:1/x"})
    watchdog.faults["/away/start"] = watchdog.faults["/away"] = away
    with Notices(ping=f"{watchdog.home}away"):
        pass
    assert caplog.messages[0] == "the ping at the start failed: <urlopen error unknown url type: ftp>"


@pytest.mark.parametrize(
    "url", ["ftp://x/y", "file:///etc/passwd", "x", "http:///x", "http://x:99999/", "http://x/a b"]
)
def test_only_http_and_https_are_pinged(url: str) -> None:
    with pytest.raises(BadNotice, match="is no address to ping"):
        Notices(ping=url)


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # apprise 2.2 asks whether it is there
def test_apprise_knows_no_such_service_or_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadNotice, match="apprise knows no service for nosuch:"):
        Notices(notify="nosuch://secret")
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    with pytest.raises(BadNotice, match=r"pip install 'vankho\[notify\]'"):
        Notices(notify="json://127.0.0.1/")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, 0), (SystemExit(0), 0), (SystemExit(9), 9), (SystemExit("x"), 1), (SystemExit(None), 0),
        (click.UsageError("x"), 2), (SiteError("x"), 2), (CrawlerError("x"), 2), (KeyboardInterrupt(), 130),
        (ZeroDivisionError(), 1),
    ],
)  # fmt: skip
def test_what_ends_a_command_tells_its_code(error: BaseException | None, code: int) -> None:
    assert code_of(error) == code


@pytest.mark.parametrize("more", [["--verbose"], ["--jobs", "1"]])
def test_the_log_is_json_one_event_a_line(tmp_path: Path, site: LoopbackSite, more: list[str]) -> None:
    site.faults[site.article_path(1)] = Reply(status=500)
    site.declare(tmp_path / "sites")
    done = crawl(tmp_path, "--log-json", *more)
    assert done.returncode == 9, done.stderr
    assert "site_42: started" in done.stdout
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert all(list(event)[:6] == ["time", "level", "logger", "site", "url", "event"] for event in events)
    (failed,) = [event for event in events if event["event"].startswith("site_42: HttpError")]
    assert (failed["level"], failed["site"]) == ("error", "site_42")
    assert failed["url"] == f"{site.home.rstrip('/')}{site.article_path(1)}"
    assert failed["time"].endswith("Z")
    assert all(event["site"] == "site_42" for event in events if event["logger"] == "scrapy.core.engine")


def test_bad_input_is_an_event_too(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    done = crawl(tmp_path, "--log-json")
    (event,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, event["level"]) == (2, "error")
    assert event["event"].startswith("no site 'site_42' is declared")
