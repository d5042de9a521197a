"""Party and State documents named in bodies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.citations import find_citations, normal_document
from archive.errors import ArchiveError
from tests.archives import Desk

PROVINCES = {"yen bai": "Yên Bái", "lai chau": "Lai Châu"}


@pytest.mark.parametrize(
    ("printed", "document", "kind", "issuer"),
    [
        # As printed on the sites of sites.tsv; the spelling is the usual one, stray spaces gone.
        ("Chỉ thị số 05-CT/TW", "05-CT/TW", "Chỉ thị", "TW"),
        ("Chỉ thị 5-CT/TW", "05-CT/TW", "Chỉ thị", "TW"),
        ("Nghị quyết 35-NQ/TW", "35-NQ/TW", "Nghị quyết", "TW"),
        ("19- NQ/TW", "19-NQ/TW", "Nghị quyết", "TW"),
        ("391 - CV/ĐU", "391-CV/ĐU", "Công văn", "ĐU"),
        ("2551-CV/ BTGTU", "2551-CV/BTGTU", "Công văn", "BTGTU"),
        ("1242 – QĐ/TU", "1242-QĐ/TU", "Quyết định", "TU"),
        ("Quy định số 37-QĐ/TW", "37-QĐ/TW", "Quy định", "TW"),
        ("94-HD/ĐUK", "94-HD/ĐUK", "Hướng dẫn", "ĐUK"),
        ("31 - HD/BTCTW", "31-HD/BTCTW", "Hướng dẫn", "BTCTW"),
        ("03-HD/BTGDVTU", "03-HD/BTGDVTU", "Hướng dẫn", "BTGDVTU"),
        ("24-BS/UBKTTU", "24-BS/UBKTTU", "Văn bản bổ sung", "UBKTTU"),
        ("34-TTr/TU", "34-TTr/TU", "Tờ trình", "TU"),
        ("83-CTHĐ/TU", "83-CTHĐ/TU", "Chương trình hành động", "TU"),
        ("Ðề án 24-ÐA/TU", "24-ĐA/TU", "Đề án", "TU"),
        ("17/CT-UBND", "17/CT-UBND", "Chỉ thị", "UBND"),
        ("130/TB-UBND", "130/TB-UBND", "Thông báo", "UBND"),
        ("3600/UBND-VX", "3600/UBND-VX", "Công văn", "UBND-VX"),
        ("Nghị định số 59/2020/NĐ-CP", "59/2020/NĐ-CP", "Nghị định", "CP"),
        ("Quyết định 1161/QĐ-TTg", "1161/QĐ-TTg", "Quyết định", "TTg"),
        ("12/2021/TT-BGTVT", "12/2021/TT-BGTVT", "Thông tư", "BGTVT"),
        ("Nghị quyết số 202/2025/QH15", "202/2025/QH15", "Nghị quyết", "QH15"),
        ("Nghị quyết 1211/2016/UBTVQH13", "1211/2016/UBTVQH13", "Nghị quyết", "UBTVQH13"),
    ],
)
def test_numbers_as_they_are_printed(printed: str, document: str, kind: str, issuer: str) -> None:
    (citation,) = find_citations(f"Hội nghị quán triệt {printed} của cấp trên.")
    assert (citation.document, citation.kind, citation.issuer) == (document, kind, issuer)


@pytest.mark.parametrize(
    "text",
    ["nhiệm kỳ 2020-2025", "ngày 15/01/2021", "đạt 6/9 nhiệm vụ", "27-28/72020", "Ban Chỉ đạo 35", "100/100 đảng viên",
     "http://h.vn/05-CT/TW/x", "Nghị quyết Trung ương 4 (khóa XII)", "giai đoạn 2021-2025/TW"],
)  # fmt: skip
def test_what_is_no_document_number(text: str) -> None:
    assert find_citations(text) == ()


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("05-CT/TW, ngày 15/5/2016 của Bộ Chính trị", "2016-05-15"),
        ("106-KH/HU ngày 16/12/2022 của Huyện ủy", "2022-12-16"),
        ("06-CT/TU, ngày 03/3/2016 của Ban Thường vụ", "2016-03-03"),
        ("983-QĐ/TU ngày 12 tháng 2 năm 2025", "2025-02-12"),
        ("05-CT/TW (ngày 15.5.2016)", "2016-05-15"),
        ("05-CT/TW, ban hành ngày 15-5-2016", "2016-05-15"),
        ("05-CT/TW của Bộ Chính trị. Sáng ngày 15/5/2021", None),
        ("05-CT/TW, ngày 45/13/2016", None),
    ],
)
def test_the_date_printed_beside_the_number(printed: str, date: str | None) -> None:
    assert find_citations(f"Thực hiện {printed}.")[0].date == date


def test_whose_committee_it_is() -> None:
    body = "Kế hoạch 15-KH/TU; Chỉ thị 05-CT/TW; Kế hoạch 8-KH/TU, ngày 1/2/2020 của Ban Thường vụ Tỉnh ủy Yên Bái."
    found = find_citations(body, province="Lai Châu", provinces=PROVINCES)
    assert [(c.document, c.province) for c in found] == [
        ("15-KH/TU", "Lai Châu"),
        ("05-CT/TW", None),
        ("08-KH/TU", "Yên Bái"),
    ]
    assert find_citations("Kế hoạch 15-KH/TU")[0].province is None


def test_the_sentence_it_stands_in() -> None:
    body = "Một là: quán triệt. Hai là: thực hiện Chỉ thị 05-CT/TW, đ/c A. phụ trách; Ba là.\n\nBốn là."
    assert find_citations(body)[0].sentence == "Hai là: thực hiện Chỉ thị 05-CT/TW, đ/c A. phụ trách; Ba là."


def test_positions_point_at_the_number() -> None:
    body = "Thực hiện Chỉ thị số 05-CT/TW và 17/CT-UBND."
    assert [body[c.position :][:8] for c in find_citations(body)] == ["05-CT/TW", "17/CT-UB"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("05-CT/TW", "05-CT/TW"), ("5-ct/tw", "05-CT/TW"), ("chỉ thị số 05 - CT/ TW", "05-CT/TW"), ("1161/qđ-ttg", "1161/QĐ-TTg"),
     ("17/ct-ubnd", "17/CT-UBND"), ("34-ttr/tu", "34-TTr/TU"), ("hội nghị", None), ("", None)],
)  # fmt: skip
def test_a_number_as_people_type_it(typed: str, number: str | None) -> None:
    assert normal_document(typed) == number


# ---------------------------------------------------------------------------------------- in the archive


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path) as desk:
        yield desk


def test_citations_are_kept_with_the_article_and_follow_its_changes(desk: Desk) -> None:
    desk.file("laichau_tuyengiao/1", "Hội nghị", "Thực hiện 05-CT/TW và 15-KH/TU.", date="2021-01-17")
    desk.file(
        "yenbai_tramtau/1",
        "Hội nghị",
        "Thực hiện Chỉ thị 05 -CT/TW, ngày 15/5/2016. Có 15-KH/TU.",
        date="2020-05-01",
    )
    assert desk.rows(
        "SELECT document, province, articles, sites, dates, first_cited, last_cited FROM cited_documents"
    ) == [
        ("05-CT/TW", None, 2, 2, "2016-05-15", "2020-05-01", "2021-01-17"),
        ("15-KH/TU", "Lai Châu", 1, 1, None, "2021-01-17", "2021-01-17"),
        ("15-KH/TU", "Yên Bái", 1, 1, None, "2020-05-01", "2020-05-01"),
    ]
    desk.file("laichau_tuyengiao/1", "Hội nghị", "Thực hiện kế hoạch đề ra.", at="2026-12-01T00:00:00Z")
    assert [mention.uid for mention in desk.archive.cites("5-CT/TW")] == ["yenbai_tramtau/1"]


def test_cites_narrows_to_a_province_and_refuses_what_is_no_number(desk: Desk) -> None:
    desk.file("laichau_tuyengiao/1", "Hội nghị", "Thực hiện 15-KH/TU.")
    desk.file("yenbai_tramtau/1", "Hội nghị", "Thực hiện 15-KH/TU.")
    (mention,) = desk.archive.cites("15-KH/TU", province="Yên Bái")
    assert mention.uid == "yenbai_tramtau/1"
    with pytest.raises(ArchiveError, match="no document number; write it as 05-CT/TW"):
        desk.archive.cites("hội nghị")


def test_a_list_of_ten_thousand_numbers_is_read_in_no_time() -> None:
    began = time.process_time()
    found = find_citations("Kèm theo: " + ", ".join(f"{n}-QĐ/TU" for n in range(1, 10_001)))
    assert len(found) == 10_000
    assert max(len(citation.sentence) for citation in found) < 2100
    assert time.process_time() - began < 10
