"""Recording: what becomes of a page, what survives a kill, who may write while others read."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import database
from archive.errors import ArchiveError, ArchiveFull, ArchiveLocked, ArchiveUnwritable
from archive.model import Attachment, Image, Issue, Outcome, Reading, Sighting
from archive.store import Archive
from archive.warc import read_capture
from tests.archives import NOW, Desk, make_article

BODY = (
    "Chiều 15/01, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác tuyên giáo năm 2020, triển khai nhiệm vụ "
    "năm 2021. Dự và chỉ đạo Hội nghị có đồng chí Phó Bí thư Thường trực Tỉnh ủy."
)
UID = "laichau_tuyengiao/5120"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path) as desk:
        yield desk


def sighting(
    uid: str = UID, listing: str = "http://laichau.dcs.vn/xay-dung-dang/", **fields: str
) -> Sighting:
    site = uid.partition("/")[0]
    return Sighting(site=site, url=f"http://example.vn/{uid}", uid=uid, listing_url=listing, **fields)


def test_an_article_comes_back_as_it_was_recorded(desk: Desk) -> None:
    article = make_article(
        UID,
        "Hội nghị tổng kết công tác tuyên giáo năm 2020",
        BODY,
        date="2021-01-17T14:47:00+07:00",
        date_precision="minute",
        description="Chiều 15/01.",
        authors=("Hoàng Văn Quế",),
        author_role="Trưởng phòng",
        byline="Tác giả bài viết: Hoàng Văn Quế",
        source="Ban Tuyên giáo Tỉnh ủy",
        section="Tin tức",
        keywords=("tuyên giáo",),
        view_count=2527,
        images=(Image(url="http://example.vn/a.jpg", caption="Toàn cảnh", credit="A"),),
        attachments=(Attachment(url="http://example.vn/17.pdf", title="17/CT-UBND"),),
    )
    capture = desk.fetch(article.url)
    assert desk.archive.record(desk.run, capture, Reading(article=article)) is Outcome.NEW
    stored = desk.archive.article(UID)
    for name in article.__dataclass_fields__:
        assert getattr(stored, name) == getattr(article, name), name
    assert (stored.warc_file, stored.warc_offset, stored.digest) == (
        capture.warc_file,
        capture.warc_offset,
        capture.digest,
    )
    assert stored.publisher == "Ban Tuyên giáo Tỉnh ủy Lai Châu"


def test_every_article_leads_to_its_bytes(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY, payload="<h1>Hội nghị</h1>".encode())
    assert desk.archive.capture(UID).body.decode() == "<h1>Hội nghị</h1>"


def test_changed_chrome_and_counters_make_no_version(desk: Desk) -> None:
    desk.file(UID, "Hội nghị tổng kết", BODY, view_count=10)
    again = BODY.replace("Tỉnh ủy", "Tỉnh uỷ").replace(". ", ".  ")
    assert (
        desk.file(UID, "HỘI NGHỊ TỔNG KẾT", again, view_count=11, at="2026-11-23T08:00:00Z") is Outcome.SAME
    )
    stored = desk.archive.article(UID)
    assert (stored.view_count, len(stored.history)) == (11, 1)
    assert (stored.first_captured_at, stored.last_captured_at) == (NOW, "2026-11-23T08:00:00Z")


def test_changed_text_pushes_the_earlier_reading_into_versions(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    changed = BODY + "\n\nCuối hội nghị, các đại biểu thảo luận."
    assert desk.file(UID, "Hội nghị", changed, at="2026-11-23T08:00:00Z") is Outcome.CHANGED
    first, second = desk.archive.article(UID).history
    assert (first.number, first.body, first.captured_at, first.replaced_at) == (
        1,
        BODY,
        NOW,
        "2026-11-23T08:00:00Z",
    )
    assert (second.number, second.body, second.replaced_at) == (2, changed, None)
    assert read_capture(desk.folder, first.warc_file, first.warc_offset).digest == first.digest


def test_a_text_that_comes_back_is_a_third_reading(desk: Desk) -> None:
    for day, body in enumerate((BODY, BODY + " Thêm một câu.", BODY), 22):
        desk.file(UID, "Hội nghị", body, at=f"2026-11-{day}T08:00:00Z")
    assert [len(version.body) for version in desk.archive.article(UID).history] == [
        len(BODY),
        len(BODY) + 14,
        len(BODY),
    ]


def test_a_mended_rule_corrects_the_reading_of_the_same_bytes_in_place(desk: Desk) -> None:
    page = b"<p>the same bytes</p>"
    desk.file(UID, "Hội nghị", "Menu " + BODY, payload=page)
    assert desk.file(UID, "Hội nghị", BODY, payload=page, at="2026-11-23T08:00:00Z") is Outcome.SAME
    stored = desk.archive.article(UID)
    assert stored.body == BODY
    assert len(stored.history) == 1


def test_reading_one_capture_again_adds_no_capture(desk: Desk) -> None:
    article = make_article(UID, "Hội nghị", BODY)
    capture = desk.fetch(article.url)
    desk.archive.record(desk.run, capture, Reading(article=article))
    desk.archive.record(desk.run, capture, Reading(article=replace(article, headline="Hội nghị tổng kết")))
    assert desk.rows("SELECT count(*) FROM captures") == [(1,)]
    assert desk.archive.article(UID).headline == "Hội nghị tổng kết"


def test_older_captures_met_later_take_their_place_in_the_history(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY + " Bản mới nhất hiện nay.", at="2026-11-23T08:00:00Z")
    assert desk.file(UID, "Hội nghị", BODY, at="2024-01-01T00:00:00Z") is Outcome.CHANGED
    assert desk.file(UID, "Hội nghị", BODY + " Bản giữa.", at="2025-01-01T00:00:00Z") is Outcome.CHANGED
    history = desk.archive.article(UID).history
    assert [version.captured_at[:4] for version in history] == ["2024", "2025", "2026"]
    assert desk.archive.article(UID).body.endswith("Bản mới nhất hiện nay.")
    assert desk.archive.article(UID).first_captured_at == "2024-01-01T00:00:00Z"


def test_a_recheck_does_not_forget_the_date_the_listing_gave(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY, date="2021-06-20", date_source="listing", date_precision="day")
    desk.file(UID, "Hội nghị", BODY, at="2026-11-23T08:00:00Z")
    stored = desk.archive.article(UID)
    assert (stored.date_published, stored.date_source, stored.date_precision) == (
        "2021-06-20",
        "listing",
        "day",
    )


def listed(date: str, source: str = "listing") -> Sighting:
    return Sighting(
        site="laichau_tuyengiao", url="http://example.vn/" + UID, uid=UID, listing_url=f"http://example.vn/{source}",
        date=date, date_raw=f"printed {date}", date_source=source,
    )  # fmt: skip


def test_a_date_that_a_listing_shows_later_reaches_the_article(desk: Desk) -> None:
    desk.file("yenbai_tramtau/1", "Hội nghị", BODY, date="2021-06-24")
    desk.file(UID, "Hội nghị", BODY)
    desk.archive.see(desk.run, [listed("2021-06-19", "sitemap")], seen_at=NOW)
    desk.archive.see(desk.run, [listed("2021-06-20")], seen_at=NOW)
    desk.archive.see(desk.run, [listed("2021-06-19", "sitemap")], seen_at=NOW)
    stored = desk.archive.article(UID)
    assert (stored.date_published, stored.date_published_raw) == ("2021-06-20", "printed 2021-06-20")
    assert (stored.date_source, stored.date_precision) == ("listing", "day")
    assert stored.read_by["date_published"] == "listing: date beside the link"
    assert [hit.uid for hit in desk.archive.search("hội nghị from:2021-06-20 to:2021-06-20")] == [UID]
    # It was published first, and so the other is the reprint.
    assert desk.rows("SELECT original_uid, duplicate_uid FROM duplicate_pairs") == [(UID, "yenbai_tramtau/1")]
    assert len(stored.history) == 1
    assert desk.archive.verify() == []


@pytest.mark.parametrize(
    "printed",
    [
        {"date": "2021-06-24"},
        {"date": "2021-06-24", "date_source": "meta"},
        {"date_published_raw": "ngày hai mươi"},
    ],
    ids=["on the page", "in its metadata", "unreadably"],
)
def test_a_date_the_page_prints_is_never_replaced(desk: Desk, printed: dict[str, str]) -> None:
    desk.file(UID, "Hội nghị", BODY, **printed)  # type: ignore[arg-type]  # a table of plain values
    desk.archive.see(desk.run, [listed("2021-06-20")], seen_at=NOW)
    stored = desk.archive.article(UID)
    assert stored.date_published == printed.get("date")
    assert stored.date_source != "listing"


def test_removal_keeps_everything_and_coming_back_clears_it(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    gone = desk.fetch("http://example.vn/" + UID, at="2026-12-01T00:00:00Z", status=404)
    desk.archive.mark_removed(desk.run, gone, UID)
    again = desk.fetch("http://example.vn/" + UID, at="2026-12-08T00:00:00Z", status=404)
    desk.archive.mark_removed(desk.run, again, UID)
    stored = desk.archive.article(UID)
    assert (stored.removed_at, stored.body) == ("2026-12-01T00:00:00Z", BODY)
    assert desk.rows("SELECT uid, status FROM removed_articles") == [(UID, 404)]
    desk.file(UID, "Hội nghị", BODY, at="2026-12-15T00:00:00Z")
    assert desk.archive.article(UID).removed_at is None
    kinds = desk.rows("SELECT kind FROM captures WHERE article_id IS NOT NULL ORDER BY captured_at")
    assert kinds == [("article",), ("gone",), ("gone",), ("article",)]


def test_issues_of_a_reading_and_of_a_run_are_kept_with_their_capture(desk: Desk) -> None:
    unreadable = Issue(kind="UnreadableDate", message="no date in 'hôm qua'", severity="warning")
    desk.file(UID, "Hội nghị", BODY, issues=(unreadable,))
    failed = Issue(kind="MissingField", message="no headline", url="http://example.vn/x")
    desk.archive.report(desk.run, failed, capture=desk.fetch("http://example.vn/x"))
    assert desk.rows("SELECT site, kind, severity, uid, capture_id IS NOT NULL FROM issues ORDER BY id") == [
        ("laichau_tuyengiao", "UnreadableDate", "warning", UID, 1),
        ("laichau_tuyengiao", "MissingField", "error", None, 1),
    ]


def test_articles_are_due_again_ever_more_seldom(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    assert desk.archive.due_again("laichau_tuyengiao", now="2026-11-23T07:59:59Z") == []
    for now in (
        "2026-11-23T08:00:00Z",
        "2026-11-29T08:00:00Z",
        "2026-12-22T08:00:00Z",
        "2027-11-22T08:00:00Z",
    ):
        assert [s.uid for s in desk.archive.due_again("laichau_tuyengiao", now=now)] == [UID]
        desk.archive.mark_removed(desk.run, desk.fetch("http://example.vn/x", at=now, status=404), UID)
        assert desk.archive.due_again("laichau_tuyengiao", now=now) == []


def test_a_missed_check_is_made_up_once(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    desk.file(UID, "Hội nghị", BODY, at="2026-12-30T08:00:00Z")  # 38 days later: day, week and month are done
    assert desk.archive.due_again("laichau_tuyengiao", now="2027-02-20T08:00:00Z") == []
    assert desk.archive.due_again("laichau_tuyengiao", now="2027-02-21T08:00:00Z") != []


# ---------------------------------------------------------------------------------------------- the frontier


def test_see_returns_each_new_article_once_and_records_every_sighting(desk: Desk) -> None:
    other = sighting(listing="http://laichau.dcs.vn/tin-tuc/")
    assert desk.archive.see(desk.run, [sighting(), other], seen_at=NOW) == [sighting()]
    assert desk.archive.see(desk.run, [other], seen_at=NOW) == []
    assert desk.rows("SELECT count(*) FROM sightings") == [(2,)]
    assert desk.archive.is_known(UID)
    assert not desk.archive.is_known("laichau_tuyengiao/1")


def test_an_article_archived_before_it_is_listed_is_not_new(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    assert desk.archive.see(desk.run, [sighting()], seen_at=NOW) == []
    assert desk.archive.pending("laichau_tuyengiao", now=NOW) == []


def test_the_richest_sighting_joins_a_date_and_a_section(desk: Desk) -> None:
    plain = sighting(section="Xây dựng Đảng", headline="Hội nghị")
    dated = sighting(
        listing="http://laichau.dcs.vn/rss/", date="2021-01-17", date_raw="17/01/2021", date_source="feed"
    )
    desk.archive.see(desk.run, [plain, dated], seen_at=NOW)
    richest = desk.archive.sighting(UID)
    assert richest is not None
    assert (richest.date, richest.date_source, richest.section) == ("2021-01-17", "feed", "Xây dựng Đảng")
    assert desk.archive.sighting("laichau_tuyengiao/1") is None


def test_the_frontier_is_what_was_seen_and_not_recorded(desk: Desk) -> None:
    uids = [f"laichau_tuyengiao/{n}" for n in (5, 4, 3)]
    desk.archive.see(desk.run, [sighting(uid) for uid in uids], seen_at=NOW)
    desk.file(uids[1], "Hội nghị", BODY)
    assert [s.uid for s in desk.archive.pending("laichau_tuyengiao", now=NOW)] == [uids[0], uids[2]]
    assert [s.uid for s in desk.archive.pending("laichau_tuyengiao", now=NOW, limit=1)] == [uids[0]]


def test_the_latest_run_goes_first(desk: Desk) -> None:
    desk.archive.see(desk.run, [sighting("laichau_tuyengiao/1")], seen_at=NOW)
    later = desk.archive.begin_run("laichau_tuyengiao", started_at=NOW, command="crawl")
    desk.archive.see(later, [sighting("laichau_tuyengiao/3"), sighting("laichau_tuyengiao/2")], seen_at=NOW)
    found = [s.uid[-1] for s in desk.archive.pending("laichau_tuyengiao", now=NOW)]
    assert found == ["3", "2", "1"]


def test_a_page_known_under_another_uid_leaves_the_frontier(desk: Desk) -> None:
    desk.archive.see(desk.run, [sighting("laichau_tuyengiao/alias")], seen_at=NOW)
    article = make_article(UID, "Hội nghị", BODY)
    reading = Reading(article=article)
    desk.archive.record(desk.run, desk.fetch(article.url), reading, seen_as="laichau_tuyengiao/alias")
    assert desk.archive.pending("laichau_tuyengiao", now=NOW) == []


def test_failures_wait_for_their_time_or_are_parked_with_the_reason(desk: Desk) -> None:
    desk.archive.see(desk.run, [sighting(), sighting("laichau_tuyengiao/2")], seen_at=NOW)
    error = Issue(kind="HttpError", message="503 at http://example.vn/")
    desk.archive.report(desk.run, error, uid=UID, retry_at="2026-11-22T09:00:00Z")
    desk.archive.report(desk.run, error, uid="laichau_tuyengiao/2", park=True)
    assert desk.archive.pending("laichau_tuyengiao", now=NOW) == []
    assert [s.uid for s in desk.archive.pending("laichau_tuyengiao", now="2026-11-22T09:00:00Z")] == [UID]
    assert desk.rows("SELECT attempts, parked_reason FROM frontier ORDER BY id") == [
        (1, None),
        (1, "HttpError: 503 at http://example.vn/"),
    ]


def test_an_issue_without_retry_ends_the_entry(desk: Desk) -> None:
    desk.archive.see(desk.run, [sighting()], seen_at=NOW)
    desk.archive.report(desk.run, Issue(kind="NotAnArticle", message="a form"), uid=UID)
    assert desk.archive.pending("laichau_tuyengiao", now="2030-01-01T00:00:00Z") == []


def test_how_far_a_section_was_walked(desk: Desk) -> None:
    listing = "http://laichau.dcs.vn/xay-dung-dang/"
    assert desk.archive.listing_state("laichau_tuyengiao", listing) is None
    desk.archive.save_listing_state(
        "laichau_tuyengiao", listing, resume_url=listing + "page-2", completed_at=None
    )
    desk.archive.save_listing_state(
        "laichau_tuyengiao", listing, resume_url=listing + "page-3", completed_at=None
    )
    state = desk.archive.listing_state("laichau_tuyengiao", listing)
    assert state is not None
    assert (state.resume_url, state.completed_at) == (listing + "page-3", None)


# ------------------------------------------------------------------------------------------- runs and sites


def test_a_run_keeps_its_counts_and_why_it_ended(desk: Desk) -> None:
    counts = {"requests": 9, "new": 2, "left": 1, "robots_denied": 3}
    desk.archive.finish_run(desk.run, finished_at="2026-11-22T09:00:00Z", reason="limit", counts=counts)
    columns = "reason, requests, new, remaining, json_extract(other_counts, '$.robots_denied'), bytes"
    assert desk.rows(f"SELECT {columns} FROM runs") == [("limit", 9, 2, 1, 3, None)]


def test_declaring_a_site_again_renews_it_and_drops_nothing(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    desk.archive.add_site(
        name="laichau_tuyengiao", title="Tên mới", publisher="P", level="province", province="Lai Châu",
        home="https://moi.laichau.dcs.vn/", family="nukeviet",
    )  # fmt: skip
    assert desk.archive.article(UID).site_title == "Tên mới"


def test_summary_counts_what_the_archive_holds(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY, date="2021-01-17T14:47:00+07:00")
    desk.file("tw_tuyengiao/9", "Hội nghị", BODY, date="2021-01-18")
    laichau, central = desk.archive.summary(["laichau_tuyengiao", "tw_tuyengiao"])
    assert (laichau.articles, laichau.unique, laichau.duplicates) == (1, 1, 0)
    assert (central.articles, central.unique, central.duplicates) == (1, 0, 1)
    assert (laichau.oldest, laichau.newest) == ("2021-01-17T14:47:00+07:00", "2021-01-17T14:47:00+07:00")


def test_provinces_and_what_became_of_them(desk: Desk) -> None:
    assert desk.rows("SELECT count(*), count(DISTINCT successor) FROM provinces") == [(63, 34)]
    assert desk.rows(
        "SELECT successor FROM provinces WHERE name IN ('Trà Vinh', 'Yên Bái') ORDER BY name"
    ) == [
        ("Vĩnh Long",),
        ("Lào Cai",),
    ]


def test_invariants_are_constraints(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    for sql in (
        "UPDATE articles SET date_published = '17/01/2021'",
        "UPDATE articles SET capture_id = 99",
        "UPDATE captures SET captured_at = '2021-01-17T14:47:00+07:00'",
        "UPDATE articles SET view_count = 'nhiều'",
        "INSERT INTO duplicates VALUES (1, 1, 'exact', 1.0)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            desk.archive.db.execute(sql)


# -------------------------------------------------------------------------------------- opening and failing


def test_opening_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive there; make one with: vankho crawl"):
        Archive.open(tmp_path)


def test_it_opens_by_folder_and_by_file_and_read_only_by_default(desk: Desk) -> None:
    for path in (desk.folder, desk.folder / "archive.db", str(desk.folder)):
        with Archive.open(path) as archive, pytest.raises(sqlite3.OperationalError, match="readonly"):
            archive.db.execute("DELETE FROM sites")


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveUnwritable, match=r"cannot be written .*; choose another data folder"):
        Archive.open(tmp_path / "file" / "data", create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_permission_is_one_clear_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ArchiveUnwritable):
        Archive.open(tmp_path / "data", create=True)


def fill(desk: Desk, number: int = 200) -> None:
    for n in range(number):
        desk.file(f"laichau_tuyengiao/{n}", f"Hội nghị {n}", f"{n} {BODY}" * 20)


def test_a_full_disk_rolls_back_and_the_archive_opens_clean(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    pages = desk.archive.db.execute("PRAGMA page_count").fetchone()[0]
    desk.archive.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveFull, match=r"the disk is full; .*free some space and run again"):
        fill(desk)
    with Archive.open(desk.folder, readonly=False) as archive:
        assert archive.verify() == []


def test_a_full_disk_undoes_a_whole_batch_and_the_next_one_is_found(desk: Desk) -> None:
    desk.file(UID, "Hội nghị", BODY)
    pages = desk.archive.db.execute("PRAGMA page_count").fetchone()[0]
    desk.archive.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveFull), desk.archive.batch():
        fill(desk, 40)
    assert desk.rows("SELECT uid FROM articles") == [(UID,)]
    assert desk.archive.verify() == []  # the index holds nothing of what was undone
    desk.archive.db.execute("PRAGMA max_page_count = 1000000")
    with desk.archive.batch():
        fill(desk, 9)
    assert desk.archive.search("hội nghị").total == 10
    assert desk.archive.verify() == []


def test_a_batch_is_one_transaction_and_its_parts_fail_alone(desk: Desk) -> None:
    with desk.archive.batch():
        desk.file(UID, "Hội nghị", BODY)
        with pytest.raises(sqlite3.IntegrityError):
            desk.file("laichau_tuyengiao/2", "Hội nghị", BODY, date="2021", date_source="hearsay")
        with Archive.open(desk.folder) as reader:
            assert reader.db.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
    assert desk.rows("SELECT uid FROM articles") == [(UID,)]
    assert desk.archive.verify() == []


def record_and_fail(desk: Desk, uid: str) -> None:
    with desk.archive.batch():
        desk.file(uid, "Hội thi", "Một bài khác hẳn.")
        assert "Hội thi" in {hit.headline for hit in desk.archive.search("hội")}  # what is held back is found
        raise ZeroDivisionError


def test_the_index_follows_what_a_batch_keeps_and_undoes(desk: Desk) -> None:
    with desk.archive.batch():
        desk.file(UID, "Hội nghị", "Bài thứ nhất.")
        with pytest.raises(ZeroDivisionError):
            record_and_fail(desk, "laichau_tuyengiao/2")
        desk.file(UID, "Hội thảo", "Bài thứ hai.", at="2026-12-01T00:00:00Z")
    assert [hit.headline for hit in desk.archive.search("hội")] == ["Hội thảo"]
    assert not desk.archive.search("nghị")
    assert desk.archive.verify() == []
    with pytest.raises(ZeroDivisionError):
        record_and_fail(desk, "laichau_tuyengiao/3")
    desk.file("laichau_tuyengiao/4", "Hội trại", "Bài thứ tư.")
    assert not desk.archive.search('"hội thi"')
    assert desk.archive.verify() == []


def test_a_second_writer_waits(desk: Desk) -> None:
    with Archive.open(desk.folder, readonly=False) as other:
        other.db.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, lambda: None)
        waiting = subprocess.Popen([sys.executable, "-c", _WRITER, str(desk.folder)])
        release.start()
        release.join()
        other.db.execute("COMMIT")
        assert waiting.wait(timeout=30) == 0
    assert desk.rows("SELECT command FROM runs ORDER BY id DESC LIMIT 1") == [("from another process",)]


_WRITER = textwrap.dedent("""
    import sys
    from archive.store import Archive
    with Archive.open(sys.argv[1], readonly=False) as archive:
        archive.begin_run("laichau_tuyengiao", started_at="2026-11-22T08:00:00Z", command="from another process")
""")


def test_a_writer_that_waits_in_vain_is_told_who_holds_the_archive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with Archive.open(desk.folder, readonly=False) as second:
        desk.archive.db.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            ArchiveLocked, match=rf"run {desk.run} of laichau_tuyengiao, process .*:{os.getpid()}"
        ):
            second.begin_run("laichau_tuyengiao", started_at=NOW, command="second")
        desk.archive.db.execute("ROLLBACK")


_READER = textwrap.dedent("""
    import sys
    from archive.store import Archive
    print("ready", flush=True)
    seen = 0
    while seen < 60:
        with Archive.open(sys.argv[1]) as archive:
            seen = archive.db.execute("SELECT count(*) FROM articles").fetchone()[0]
            found = archive.search("hội nghị")
            assert len(found) == min(20, found.total) and found.total >= seen
    print(seen)
""")


def test_readers_in_other_processes_never_meet_a_lock(desk: Desk) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(desk.folder)], stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    for n in range(60):
        desk.file(f"laichau_tuyengiao/{n}", f"Hội nghị {n}", f"{BODY} Lần thứ {n}.")
    out, _ = reader.communicate(timeout=60)
    assert (reader.returncode, out) == (0, "60\n")


_ENDLESS = textwrap.dedent("""
    import sys
    from pathlib import Path
    from tests.archives import Desk
    desk = Desk(Path(sys.argv[1]))
    for n in range(100_000):
        desk.file(f"laichau_tuyengiao/{n}", f"Hội nghị {n}", f"Ban Tuyên giáo Tỉnh ủy họp lần thứ {n}. " * 20)
        print(n, flush=True)
""")


@pytest.mark.parametrize("records", [1, 7, 23])
def test_kill_9_while_recording_loses_nothing_that_was_recorded(tmp_path: Path, records: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _ in range(records):
        last = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    with Archive.open(tmp_path, readonly=False) as archive:
        assert archive.db.execute("SELECT count(*) FROM articles").fetchone()[0] >= last + 1
        assert archive.verify(deep=True) == []
