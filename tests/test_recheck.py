"""Known articles asked for again: edits, removals and returns, seen over real HTTP as an archive ages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from tests.archives import Desk
from tests.loopback import LoopbackSite, Reply, html, serving
from tests.test_crawl import Crawls

NOT_FOUND = html("<h1>Thông báo</h1><p>Bài viết bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>")
HOME = html("<h1>Trang chủ</h1><ul><li><a href=/index.php/tin-tuc/>Tin tức</a></li></ul>")
LISTING = "/index.php/tin-tuc/"


class Ageing(Crawls):
    """Crawls of an archive that grows older between them."""

    def pass_days(self, days: int) -> None:
        """Let time pass: every moment the archive has noted lies so much further back."""
        moments = {
            "captures": ["captured_at"],
            "articles": ["first_captured_at", "last_captured_at", "removed_at"],
            "versions": ["captured_at", "replaced_at"],
            "frontier": ["done_at", "next_try_at"],
        }
        with closing(sqlite3.connect(self.data / "archive.db")) as db:
            for table, columns in moments.items():
                sets = ", ".join(
                    f"{c} = strftime('%Y-%m-%dT%H:%M:%SZ', {c}, '-{days} days')" for c in columns
                )
                db.execute(f"UPDATE {table} SET {sets}")
            db.commit()

    def asked(self) -> list[str]:
        return [path for path in self.site.paths() if path.endswith(".html")]

    def issues(self) -> list[tuple[str, str]]:
        """What went wrong, but for the silence of a site whose articles are all of 2020."""
        return [issue for issue in super().issues() if issue[0] != "TooQuiet"]

    def removed(self) -> list[str]:
        return [uid for (uid,) in self.ask("SELECT uid FROM removed_articles ORDER BY uid")]


@pytest.fixture
def crawls(tmp_path: Path) -> Iterator[Ageing]:
    with serving(LoopbackSite(articles=4)) as site:
        site.faults["/"] = HOME
        crawls = Ageing(site, tmp_path)
        crawls.run()
        yield crawls


def test_nothing_is_due_on_the_first_day_and_each_article_once_in_a_year(crawls: Ageing) -> None:
    crawls.run()
    assert crawls.site.paths() == ["/robots.txt", LISTING]
    crawls.pass_days(365)  # the articles are of 2020: whatever the day, one anniversary has passed
    crawls.run()
    assert sorted(crawls.asked()) == sorted(crawls.site.article_path(n) for n in range(4))
    assert crawls.last_run()["same"] == 4
    crawls.run()
    assert crawls.asked() == []


def test_a_run_looks_again_at_no_more_than_it_was_asked_to(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.run("--delay", "0", "--recheck", "0")
    assert crawls.asked() == []
    crawls.run("--delay", "0", "--recheck", "3")
    first = crawls.asked()
    assert len(first) == 3
    crawls.run("--delay", "0", "--recheck", "3")
    assert len(crawls.asked()) == 1
    assert not set(first) & set(crawls.asked())


def test_what_is_new_comes_before_what_is_known(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.site.articles = 12
    crawls.run()
    new = [crawls.site.article_path(n) for n in range(4, 12)]
    assert sorted(crawls.asked()[:8]) == sorted(new)
    assert len(crawls.asked()) == 12


def test_an_edited_text_is_a_version_and_changed_furniture_is_none(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.site.edits[2] = "Riêng đồng chí Bí thư không dự hội nghị vì bận công tác."
    page = crawls.site.article(1).body.decode()
    furnished = page.replace("<h1", "<div>Lượt xem: 912 · Hôm nay 22/11/2026</div><h1")
    furnished = furnished.replace("</body>", "<div>Tin mới: <a href=/a>Khai mạc</a></div></body>")
    crawls.site.faults[crawls.site.article_path(1)] = html(furnished)
    done = crawls.run()
    assert "4 looked at again: 1 changed, 0 newly gone, 0 back" in done.stdout
    assert crawls.ask("SELECT a.uid FROM versions v JOIN articles a ON a.id = v.article_id") == [
        ("test_site/1002",)
    ]
    with Archive.open(crawls.data) as archive:
        old, new = archive.article("test_site/1002").history
    assert "Bí thư" not in old.body
    assert "Bí thư không dự" in new.body


@pytest.mark.parametrize(
    "answer",
    [
        Reply(status=404, body=b"<h1>404</h1>"),
        Reply(status=410),
        NOT_FOUND,
        html("<h1>404</h1><p>Không tìm thấy trang</p>"),
        Reply(status=302, headers={"Location": "/"}),
        Reply(status=301, headers={"Location": "/index.php/tin-tuc/"}),
    ],
    ids=["404", "410", "soft 404", "bare soft 404", "sent home", "sent to the section"],
)
def test_a_removal_is_noted_and_so_is_the_return(crawls: Ageing, answer: Reply) -> None:
    path, uid = crawls.site.article_path(2), "test_site/1002"
    crawls.pass_days(365)
    crawls.site.faults[path] = answer
    crawls.run()
    assert crawls.removed() == [uid]
    with Archive.open(crawls.data) as archive:
        assert "lần thứ 2" in archive.article(uid).body
    crawls.run()
    assert path not in crawls.asked()
    crawls.pass_days(365)
    crawls.run()
    assert (crawls.removed(), crawls.asked().count(path)) == ([uid], 1)
    del crawls.site.faults[path]
    crawls.pass_days(365)
    done = crawls.run()
    assert "1 back" in done.stdout
    assert crawls.removed() == []
    with Archive.open(crawls.data) as archive:
        (absence,) = archive.article(uid).absences
    assert absence.found_gone_at < (absence.found_back_at or "")


@pytest.mark.parametrize(
    "answer",
    [
        Reply(status=500),
        Reply(status=503, headers={"Retry-After": "0"}),
        Reply(status=403),
        html("<script>document.cookie='D1N=ab12cd34';location.reload()</script>"),
        html(""),
        html("<h1>Server Error in '/' Application.</h1><p>Runtime Error</p>"),
        html("<p>Error establishing a database connection</p>"),
    ],
    ids=["500", "503", "403", "challenge", "blank", "asp.net error", "database error"],
)
def test_a_site_in_trouble_removes_nothing(crawls: Ageing, answer: Reply) -> None:
    crawls.pass_days(365)
    path = crawls.site.article_path(2)
    crawls.site.faults[path] = answer
    crawls.run()
    assert crawls.removed() == []
    assert {severity for _, severity in crawls.issues()} == {"warning"}
    assert crawls.value("SELECT count(*) FROM frontier WHERE done_at IS NULL") == 0
    crawls.run()
    assert crawls.asked() == []
    del crawls.site.faults[path]
    crawls.pass_days(7)
    crawls.run()
    assert path in crawls.asked()


def test_nothing_is_looked_at_again_when_no_listing_answers(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.site.faults = {crawls.site.article_path(n): Reply(status=404) for n in range(4)}
    crawls.site.faults[LISTING] = Reply(status=500)
    crawls.run(code=9)
    assert crawls.asked() == []
    assert crawls.removed() == []


def test_when_all_are_gone_the_run_looks_no_further(crawls: Ageing) -> None:
    crawls.site.articles = 30
    crawls.run()
    crawls.pass_days(365)
    crawls.site.faults.update({crawls.site.article_path(n): Reply(status=404) for n in range(30)})
    crawls.run(code=9)
    assert crawls.issues() == [("ManyGone", "error")]
    assert len(crawls.asked()) == len(crawls.removed()) == 10


def test_a_page_that_still_prints_the_headline_is_not_gone(crawls: Ageing) -> None:
    crawls.pass_days(365)
    headline = crawls.site.headline(2)
    crawls.site.faults[crawls.site.article_path(2)] = html(
        f"<h1>{headline}</h1><p>Nội dung đang được cập nhật.</p>"
    )
    crawls.run()
    assert crawls.removed() == []
    assert crawls.issues() == [("NotAnArticle", "warning")]


def test_an_address_that_leads_to_another_article_says_nothing_of_removal(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.site.faults[crawls.site.article_path(2)] = Reply(
        status=301, headers={"Location": crawls.site.article_path(3)}
    )
    crawls.run()
    assert crawls.removed() == []
    assert crawls.issues() == [("Moved", "warning")]
    crawls.run()
    assert crawls.asked() == []


def test_a_killed_run_leaves_the_rest_due(crawls: Ageing) -> None:
    crawls.pass_days(365)
    crawls.site.faults[crawls.site.article_path(1)] = Reply(status=404)
    started = crawls.start("--delay", "0.1")
    crawls.wait_for(lambda: len(crawls.asked()) >= 2)
    started.kill()
    checked = crawls.value(
        "SELECT count(DISTINCT article_id) FROM captures"
        " WHERE run_id = (SELECT max(id) FROM runs) AND article_id IS NOT NULL"
    )
    crawls.run()
    assert len(crawls.asked()) == 4 - checked
    assert crawls.removed() == ["test_site/1001"]


def test_a_mended_rule_is_no_edit_of_the_site(crawls: Ageing) -> None:
    """What the archive holds was read by other rules; the page itself has only another counter."""
    crawls.pass_days(365)
    with closing(sqlite3.connect(crawls.data / "archive.db")) as db:
        db.execute("UPDATE articles SET content_digest = 'of another reading' WHERE uid = 'test_site/1001'")
        db.commit()
    page = crawls.site.article(1).body.decode()
    crawls.site.faults[crawls.site.article_path(1)] = html(page.replace("<h1", "<i>Lượt xem: 7</i><h1"))
    crawls.run()
    assert crawls.value("SELECT count(*) FROM versions") == 0


def test_a_dated_article_is_due_by_its_publication(tmp_path: Path) -> None:
    with Desk(tmp_path / "data") as desk:
        at = "2026-11-22T08:00:00Z"
        for number, date in enumerate(
            ["2026-11-22T07:00:00+07:00", "2026-11-17", "2016-03-01", "2026-10", None]
        ):
            fields: dict[str, Any] = {"date_source": "page", "date_precision": "day"} if date else {}
            desk.file(
                f"laichau_tuyengiao/{number}", "Hội nghị", f"Bài số {number}.", date=date, at=at, **fields
            )

        def due(now: str) -> list[int]:
            return [int(s.uid[-1]) for s in desk.archive.due_again("laichau_tuyengiao", now=now)]

        assert due("2026-11-23T07:59:59Z") == []
        assert due("2026-11-23T08:00:00Z") == [0, 3, 4]  # those of the day before; a month is no day
        assert 1 in due("2026-11-24T00:00:00Z")
        assert 2 not in due("2027-02-20T00:00:00Z")
        assert 2 in due("2027-03-01T00:00:00Z")
