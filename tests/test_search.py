"""Search as a Vietnamese reader types it: with marks, without, and anything else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import filters as filters_module
from archive import search as search_module
from archive.query import parse_query
from archive.snippets import make_snippet
from archive.store import Archive
from tests.archives import Desk

ARTICLES: list[tuple[str, str, str, str | None, dict[str, object]]] = [
    ("laichau_tuyengiao/1", "Đảng bộ tỉnh Lai Châu xây dựng Đảng", "Đảng bộ tỉnh họp sáng 17/01.", "2021-01-17T14:47:00+07:00",
     {"authors": ("Hoàng Văn Quế",), "byline": "Tác giả bài viết: Hoàng Văn Quế", "section": "Xây dựng Đảng"}),
    ("laichau_tuyengiao/2", "Người dân đang thu hoạch lúa", "Bà con đang vào mùa. Nhà nước hỗ trợ.", "2021-06-20",
     {"authors": ("Nguyễn Thúy",), "section": "Kinh tế"}),
    ("yenbai_tramtau/3", "Huyện uỷ Trạm Tấu hoà giải", "Huyện ủy họp. Chỉ thị số 05-CT/TW được quán triệt.", "2023-07-14T08:00:02+07:00",
     {"source": "Ban Tuyên giáo Huyện ủy"}),
    ("yenbai_tramtau/4", "Đắk Lắk và Hòa Bình giao lưu", "Đoàn Đắk Lắk thăm tỉnh Hoà Bình.", None, {}),
    ("tw_tuyengiao/5", "Tuyên truyền nghị quyết", "Tuyên giáo các cấp tuyên truyền. Hội nghị toàn quốc.", "2020-12-31", {}),
    ("tw_tuyengiao/6", "Tin ảnh lễ kỷ niệm", "", "2021-03", {"captions": ("Các đại biểu dâng hương tại đài tưởng niệm",)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Desk(tmp_path_factory.mktemp("data")) as desk:
        for uid, headline, body, date, fields in ARTICLES:
            desk.file(uid, headline, body, date=date, **fields)  # type: ignore[arg-type]  # a table of plain values
        yield desk.archive


def found(archive: Archive, query: str, **filters: Any) -> set[str]:
    return {hit.uid.rpartition("/")[2] for hit in archive.search(query, **filters)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Đảng is not đang, when marks are typed.
        ("Đảng", {"1"}), ("đảng", {"1"}), ("ĐẢNG", {"1"}), ("đang", {"2"}),
        # Without marks both are found, đ included.
        ("dang", {"1", "2", "6"}),  # Đảng, đang, dâng
         ("dang bo", {"1"}), ("dak lak", {"4"}), ("Dak Lak", {"4"}),
        # Each word on its own.
        ("đảng bo", {"1"}), ("dang bộ", {"1"}), ("đang bo", set()), ('"đảng bo"', {"1"}), ('"đang bo"', set()),
        # One tone placement, composed or not.
        ("huyện ủy", {"3"}), ("huyện uỷ", {"3"}), ("hoà bình", {"4"}), ("hòa bình", {"4"}), ("Hoà giải", {"3"}),
        (unicodedata.normalize("NFD", "Đắk Lắk"), {"4"}), (unicodedata.normalize("NFD", "huyện uỷ"), {"3"}),
        # Phrases, beginnings, words left out.
        ('"Đảng bộ tỉnh"', {"1"}), ('"tỉnh bộ Đảng"', set()), ('"dang bo tinh"', {"1"}),
        ("tuyên*", {"3", "5"}), ("tuy*", {"3", "5"}), ("nghị*", {"5"}), ('"tuyên tr*"', {"5"}),
        ("họp -tỉnh", {"3"}), ('hop -"dang bo"', {"3"}), ("-họp -đang", {"4", "5", "6"}),
        # Numbers of documents.
        ("05-CT/TW", {"3"}), ("05 ct tw", {"3"}), ("17/01", {"1"}),
        # What stands beside the text: captions, bylines.
        ("dâng hương", {"6"}), ("dang huong", {"6"}), ("Hoàng Văn Quế", {"1"}),
        # Words that are FTS5's own.
        ("AND", set()), ("họp AND tỉnh", set()), ("NEAR(họp tỉnh)", set()), ("headline:họp", set()),
    ],
)  # fmt: skip
def test_words(archive: Archive, query: str, expected: set[str]) -> None:
    assert found(archive, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("site:yenbai_tramtau", {"3", "4"}), ("site:tramtau họp", {"3"}), ('site:"tap chi tuyen giao"', {"5", "6"}),
        ("province:lai-chau", set()), ('province:"Lai Châu"', {"1", "2"}), ('province:"yen bai"', {"3", "4"}),
        ('province:"Lào Cai"', {"3", "4"}),  # what Yên Bái became part of
        ("from:2021", {"1", "2", "3", "6"}), ("to:2020", {"5"}), ("from:2021-03 to:2021-06", {"2", "6"}),
        ("from:17/01/2021 to:2021-01-17", {"1"}), ("to:2021-01-16", {"5"}),
        ('author:"Hoàng Văn Quế"', {"1"}), ('author:"hoang van que"', {"1"}), ("author:Thúy", {"2"}), ("author:Giáo", set()),
        ('section:"xay dung"', {"1"}), ("section:kinh", {"2"}),
        ("họp site:laichau from:2021-01-01 to:2021-12-31 -lúa", {"1"}),
    ],
)  # fmt: skip
def test_filters(archive: Archive, query: str, expected: set[str]) -> None:
    assert found(archive, query) == expected


def test_filters_by_name(archive: Archive) -> None:
    assert found(archive, "họp", site="yenbai_tramtau") == {"3"}
    assert found(archive, "", from_="2021-03", to="2021-06") == {"2", "6"}
    with pytest.raises(TypeError, match="no filter 'sites'"):
        archive.search("họp", sites="x")


@pytest.mark.parametrize(
    "query",
    [
        "", "Đảng", "dang", "đảng bo", '"đảng bo"', '"Đảng bo tỉnh"', '"đang bo"', '"dang bo tinh"', '"Đảng bộ tỉnh"',
        "tuyên*", '"tuyên tr*"', '"tuyen tr*" -"hội nghi"', "họp -tỉnh", "-họp -đang", '"đảng bo" -lúa', '"đảng bo" họp',
        "site:yenbai_tramtau", "site:laichau from:2021 to:2021", '"đảng bo" site:laichau from:2021', '"đảng bo" site:tramtau',
        "họp site:laichau from:2021-01-17 to:2021-01-17", "dang site:tw_tuyengiao from:2021-03-01 to:2021", "dang to:2021-03",
        "dang from:1900 to:2199", "tuyên site:tw_tuyengiao to:2020", 'hội province:"Lai Châu"', "author:Thúy lúa",
        'section:"xay dung" "đảng bo"', "***", "site:hanoi",
    ],
)  # fmt: skip
def test_what_is_exported_is_what_is_counted(archive: Archive, query: str) -> None:
    results = archive.search(query, limit=100)
    ids = list(search_module.matching_ids(archive.db, query))
    uids = {
        archive.db.execute("SELECT uid FROM articles WHERE id = ?", (one,)).fetchone()["uid"] for one in ids
    }
    assert len(ids) == results.total
    assert uids == {hit.uid for hit in results}


def test_a_mixed_phrase_is_exported_though_no_column_has_it(archive: Archive) -> None:
    assert len(list(search_module.matching_ids(archive.db, '"đảng bo"'))) == 1
    assert len(archive.search('"đảng bo" họp')) == 1  # also shown where other words stand beside it


@pytest.mark.parametrize("listed", [0, 50_000])
def test_a_site_and_a_span_narrow_alike_however_many_articles_the_site_has(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    monkeypatch.setattr(filters_module, "_MOST_LISTED", listed)
    # An article dated only to its month is of the month's first day.
    assert found(archive, "dang site:tw_tuyengiao from:2021-03-01 to:2021-03-01") == {"6"}
    assert found(archive, "dang site:tw_tuyengiao from:2021-03-02") == set()
    assert found(archive, "tuyen site:tw_tuyengiao from:2020-12-31 to:2020-12-31") == {"5"}
    assert found(archive, "hoa site:yenbai_tramtau") == {"3", "4"}


def test_words_of_very_many_articles_rank_few_hits_only(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_MOST_WEIGHED", 1)
    assert archive.search("tuyen giao").ranked
    monkeypatch.setattr(search_module, "FEW", 0)
    results = archive.search("tuyen giao")
    assert not results.ranked
    assert results.total_is_exact
    assert [hit.uid[-1] for hit in results] == ["3", "5"]
    assert archive.search("lúa").ranked


def test_an_empty_query_lists_the_newest_and_the_undated_last(archive: Archive) -> None:
    assert [hit.uid[-1] for hit in archive.search("")] == ["3", "2", "6", "1", "5", "4"]


def test_what_cannot_be_understood_is_said(archive: Archive) -> None:
    assert archive.search("from:hôm").notes == ("from: hôm is no date; write 2021, 2021-06 or 2021-06-11",)
    assert archive.search("site:hanoi").notes == (
        "no site is called hanoi; there are laichau_tuyengiao, tw_tuyengiao, yenbai_tramtau",
    )
    assert archive.search("***").notes == ("nothing to look for: type a word",)
    assert archive.search('"đảng bo"').notes == (
        "no such phrase as typed: words without marks were taken for any marks",
    )


def test_the_best_match_comes_first_when_few_match(archive: Archive) -> None:
    results = archive.search("tuyên giáo")
    assert results.ranked
    assert next(hit.uid for hit in results) == "tw_tuyengiao/5"


@pytest.mark.parametrize("query", ["Sìn Hồ", '"Sìn Hồ"', "Sìn*", '"sin ho"'])
def test_few_articles_with_one_word_or_phrase_come_best_first(tmp_path: Path, query: str) -> None:
    other = "Cán bộ xã họp bàn việc làm đường. " * 6
    with Desk(tmp_path) as desk:
        desk.file("laichau_tuyengiao/once", "Họp xã", f"Xã Sìn Hồ họp. {other}", date="2021-06-01")
        desk.file("laichau_tuyengiao/twice", "Họp xã", f"Sìn Hồ họp ở Sìn Hồ. {other}", date="2021-01-01")
        desk.file("laichau_tuyengiao/long", "Họp xã", f"Xã Sìn Hồ họp. {other * 9}", date="2021-07-01")
        desk.file("laichau_tuyengiao/named", "Sìn Hồ họp", other, date="2020-01-01")
        desk.file("laichau_tuyengiao/beside", "Họp bản", other, date="2020-02-01", byline="Đài huyện Sìn Hồ")
        desk.file("laichau_tuyengiao/older", "Họp xã", f"Xã Sìn Hồ họp. {other}", date="2020-06-01")
        results = desk.archive.search(query)
        assert results.ranked
        found = [hit.uid.partition("/")[2] for hit in results]
        assert found.index("beside") > 0
        assert [uid for uid in found if uid != "beside"] == ["named", "twice", "once", "older", "long"]
        pages = [desk.archive.search(query, limit=2, offset=offset) for offset in (0, 2, 4)]
        assert [hit.uid.partition("/")[2] for page in pages for hit in page] == found


def test_the_newest_comes_first_when_very_many_match(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_MOST_RANKED", 2)
    results = archive.search("họp", limit=2)
    assert results.ranked
    results = archive.search("-zzz", limit=2)
    assert (results.ranked, results.total, results.total_is_exact) == (False, 2, False)
    assert [hit.uid[-1] for hit in results] == ["3", "2"]
    assert [hit.uid[-1] for hit in archive.search("-zzz", limit=2, offset=2)] == ["6", "1"]


def test_a_changed_article_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.file("tw_tuyengiao/1", "Hội nghị toàn quốc", "Bàn về công tác tuyên giáo.", date="2021-01-01")
        desk.file(
            "tw_tuyengiao/1",
            "Hội thi toàn quốc",
            "Bàn về văn nghệ.",
            date="2022-01-01",
            at="2026-12-01T00:00:00Z",
        )
        assert not desk.archive.search("hội nghị")
        assert not desk.archive.search("tuyen giao")
        assert found(desk.archive, "văn nghệ from:2022") == {"1"}
        assert desk.archive.verify() == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(['"', "*", "-", "(", ")", ":", "AND", "OR", "NOT", "NEAR", "^", "{a}", "+", "site:", "from:2021",
                             "to:9999", "from:0000-00", "author:", "section:'", "đảng", "bo", "\x00", "\ud800", "'", ";--"]),
            max_size=12,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_typed_text_is_safe(archive: Archive, text: str) -> None:
    results = archive.search(text)
    assert len(results) <= results.total


def test_a_thousand_words_are_cut_with_a_note(archive: Archive) -> None:
    assert archive.search("họp " * 1000).notes == ("only the first 64 words are looked for",)


def test_every_row_of_the_index_sorts_by_date(archive: Archive) -> None:
    rows = archive.db.execute("SELECT date_published FROM articles ORDER BY search_rowid DESC").fetchall()
    dates = [row[0] for row in rows]
    assert dates == [*sorted((d for d in dates if d), reverse=True), None]


# ------------------------------------------------------------------------------------------------ snippets

TEXT = (
    "Chiều 15/01, Ban Tuyên giáo Tỉnh uỷ tổ chức Hội nghị tổng kết công tác tuyên giáo năm 2020, triển khai nhiệm vụ năm "
    "2021. Dự và chỉ đạo Hội nghị có đồng chí Phó Bí thư Thường trực Tỉnh uỷ; cùng lãnh đạo Ban Tuyên giáo Tỉnh uỷ đồng "
    "chủ trì Hội nghị.\n\nNăm 2020, ngành tuyên giáo của Đảng bộ tỉnh đã làm tốt công tác tham mưu cho cấp uỷ các cấp."
)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("Đảng bộ", "[Đảng] [bộ]"), ("dang bo", "[Đảng] [bộ]"), ('"dang bo tinh"', "[Đảng bộ tỉnh]"), ("tỉnh ủy", "[Tỉnh] [uỷ]"),
        ("tham*", "[tham] mưu"), ('"tỉnh ủy đồng"', "[Tỉnh uỷ đồng]"),
    ],
)  # fmt: skip
def test_snippets_mark_the_match_as_the_page_prints_it(query: str, marked: str) -> None:
    snippet = make_snippet([TEXT], parse_query(query).terms)
    assert marked in snippet.marked("[", "]")
    assert len(snippet.text) <= 250
    assert "\n" not in snippet.text


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    snippet = make_snippet(["", TEXT], parse_query("vắng mặt").terms)
    assert snippet.text.startswith("Chiều 15/01, Ban Tuyên giáo")
    assert snippet.matches == ()
