"""A site that changes its layout, or falls silent, between two crawls: what is reported, and what is shown."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import WORDS, LoopbackSite, Reply, html, serving
from tests.vankho import Done, vankho

TODAY = datetime.now(UTC).date()


@dataclass
class ChangingSite(LoopbackSite):
    """A site whose articles from number `changed_from` on stand in another layout."""

    articles: int = 30
    page_size: int = 40
    changed_from: int = 1000
    lost: str = "all"
    """What the other layout loses: `all`, `headline`, `authors` or nothing but its names (`markup`)."""

    def day(self, number: int) -> str:
        return f"{TODAY - timedelta(days=60 - number):%d/%m/%Y}"

    def text(self, number: int) -> str:
        return "".join(
            f"<p>{WORDS[(number + i) % 3]}, lần thứ {number}{i}, mã số {number * 7919 % 10007}.</p>"
            for i in range(4)
        )

    def article(self, number: int) -> Reply:
        signed = "<p class=author>Tác giả bài viết: Nguyễn Văn Thử</p>"
        date = f"<span class=time>{self.day(number)} 08:30</span>"
        head = f"<h1 class=title>{self.headline(number)}</h1>"
        body = f"<div id=news-bodyhtml>{self.text(number)}</div>"
        menu = "<div id=menu class='nav top'><ul class=items><li class=item><a>Trang chủ</a></li></ul></div>"
        if number < self.changed_from:
            return html(f"{menu}<div id=main class=detail>{head}{date}{body}{signed}</div>")
        if self.lost == "authors":
            return html(f"{menu}<div id=main class=detail>{head}{date}{body}</div>")
        if self.lost == "headline":
            return html("<div class=app><div class=loading><p class=wait>Đang tải...</p></div></div>")
        head = f"<div class='row x'><div class='cell big'>{self.headline(number)}</div></div>"
        body = f"<section class=content><div class=inner>{self.text(number)}</div></section>"
        signed = "" if self.lost == "all" else f"<footer class=sign>{signed}</footer>"
        return html(f"<header class=bar></header><div class=page>{head}{date}{body}{signed}</div>")


class Nights:
    """Crawls of one site, night after night, into one archive."""

    def __init__(self, site: ChangingSite, folder: Path) -> None:
        self.site = site
        self.data = folder / "data"
        self.folder = folder
        self.environment = {
            **os.environ, "VANKHO_FIRST_PAUSE": "0.1", "VANKHO_LEASES": str(folder / "leases"),
        }  # fmt: skip
        site.declare(folder / "sites")

    def crawl(self, *more: str, code: int = 0) -> Done:
        done = vankho(
            "crawl", self.site.name, "--data", str(self.data), "--sites", str(self.folder / "sites"),
            "--contact", "test@example.org", "--delay", "0", *more, environment=self.environment,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def publish(self, number: int, *, code: int = 0) -> None:
        self.site.articles += number
        self.crawl(code=code)

    def issues(self) -> list[Any]:
        with closing(sqlite3.connect(self.data / "archive.db")) as db:
            return db.execute("SELECT kind, severity, message, uid, url FROM issues ORDER BY id").fetchall()

    def suspicions(self) -> list[str]:
        return [message for kind, _, message, *_ in self.issues() if kind == "LayoutSuspected"]

    def status(self) -> dict[str, Any]:
        told = vankho("status", self.site.name, "--json", "--data", str(self.data))
        assert told.returncode == 0, told.stderr
        return dict(json.loads(told.stdout))


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    site = ChangingSite()
    with serving(site):
        yield Nights(site, tmp_path)


@pytest.mark.parametrize("lost", ["all", "markup"])
def test_a_changed_layout_is_one_issue_and_an_exit_code(nights: Nights, lost: str) -> None:
    nights.crawl()
    nights.site.changed_from, nights.site.lost = 30, lost
    nights.publish(10, code=8)
    (message,) = nights.suspicions()
    assert "another structure on 10 of 10 pages" in message
    assert ("no authors on 10 of 10 pages, before on 0 of 30" in message) == (lost == "all")


def test_pages_that_can_no_longer_be_read_are_a_changed_layout(nights: Nights) -> None:
    nights.crawl()
    nights.site.changed_from, nights.site.lost = 30, "headline"
    nights.publish(10, code=8)
    assert "no headline or body on 10 of 10 pages, before on 0 of 30" in nights.suspicions()[0]


def test_status_shows_the_last_good_page_beside_the_failing_one(nights: Nights) -> None:
    nights.crawl()
    assert nights.status()["suspected"] is None
    nights.site.changed_from = 30
    nights.publish(10, code=8)
    told = nights.status()
    suspected = told["suspected"]
    assert int(told["last_good_page"]["uid"].removeprefix("test_site/")) < 30 + 1000
    good, failing = suspected["last_good"], suspected["failing"]
    assert good["uid"] == "test_site/1029"
    assert 1030 <= int(failing["uid"].removeprefix("test_site/")) <= 1039
    for page in (good, failing):
        assert set(page) == {"uid", "url", "captured_at", "capture_id"}
        with closing(sqlite3.connect(nights.data / "archive.db")) as db:
            row = db.execute("SELECT url, captured_at FROM captures WHERE id = ?", (page["capture_id"],))
            assert row.fetchone() == (page["url"], page["captured_at"])
    assert "authors was read, and is not now" in suspected["differs"]
    assert any("div#news-bodyhtml" in line for line in suspected["differs"] if line.startswith("gone: "))
    shown = vankho("status", "test_site", "--data", str(nights.data)).stdout
    assert f"last good: {good['uid']}" in shown
    assert f"failing:   {failing['uid']}" in shown


def test_an_unchanged_site_is_not_suspected(nights: Nights) -> None:
    nights.crawl()
    nights.publish(10)
    nights.publish(9)
    assert nights.issues() == []


def test_three_changed_articles_are_too_few_and_six_in_two_nights_are_not(nights: Nights) -> None:
    nights.crawl()
    nights.site.changed_from = 30
    nights.publish(3)
    assert nights.issues() == []
    nights.crawl()
    assert nights.issues() == []
    nights.publish(3, code=8)
    assert "no authors on 6 of 8 pages" in nights.suspicions()[0]


def test_one_field_lost_is_enough(nights: Nights) -> None:
    nights.crawl()
    nights.site.changed_from, nights.site.lost = 30, "authors"
    nights.publish(12, code=8)
    (message,) = nights.suspicions()
    assert message.startswith("no authors on 12 of 12 pages, before on 0 of 30: compare test_site/10")


def test_a_changed_layout_stays_suspected_until_pages_are_read_as_before(nights: Nights) -> None:
    nights.crawl()
    nights.site.changed_from, nights.site.lost = 30, "authors"
    nights.publish(10, code=8)
    nights.crawl()  # nothing new says nothing
    assert nights.status()["suspected"] is not None
    nights.publish(8, code=8)
    nights.site.changed_from = 1000
    nights.publish(10)
    assert len(nights.suspicions()) == 2
    assert nights.status()["suspected"] is None


def test_a_backfill_that_meets_the_layout_of_other_years_is_not_suspected(nights: Nights) -> None:
    nights.site.page_size = 20
    nights.site.articles = 60
    nights.crawl("--limit", "30")
    nights.site.article = lambda number: ChangingSite.article(nights.site, number + 5000)  # type: ignore[method-assign]
    nights.crawl()
    assert nights.suspicions() == []


def test_how_listings_stand_is_told_apart(nights: Nights) -> None:
    def state() -> str:
        return str(nights.status()["listings"]["state"])

    section = "/index.php/tin-tuc/"
    nights.crawl()
    assert state() == "new"
    nights.crawl()
    assert nights.status()["listings"] == {
        "state": "old", "newest": f"{TODAY - timedelta(days=31)}", "usual_silence": 14,
    }  # fmt: skip
    nights.publish(25)
    nights.crawl()
    assert state() == "quiet"
    nights.site.faults[section] = html("<h1>Tin tức</h1><p>Xin lỗi, chưa có gì.</p>")
    nights.crawl(code=8)
    assert state() == "no links"
    suspected = nights.status()["suspected"]
    assert suspected["failing"]["url"] == suspected["last_good"]["url"] == nights.site.home + section[1:]
    assert suspected["failing"]["capture_id"] > suspected["last_good"]["capture_id"]
    nights.site.faults[section] = Reply(status=500)
    nights.crawl(code=9)
    assert state() == "unreachable"
    del nights.site.faults[section]
    nights.crawl()
    assert (state(), nights.status()["suspected"]) == ("quiet", None)
    assert (
        "listings: quiet; newest article of"
        in vankho("status", "test_site", "--data", str(nights.data)).stdout
    )
