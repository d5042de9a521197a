"""Bytes to tree: the right charset whatever is said of it, and bounds on what is parsed."""

from __future__ import annotations

import pytest

from crawler.errors import NotAnArticle
from crawler.page import decode, parse_page

TEXT = "Hội nghị tổng kết công tác tuyên giáo, khoa giáo của Đảng bộ tỉnh năm 2020 đã kết thúc."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "declared", [None, "text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"]
)
def test_unicode_in_every_dress(encoding: str, declared: str | None) -> None:
    assert TEXT in decode(f"<html><body><p>{TEXT}</p></body></html>".encode(encoding), declared)


def test_utf8_wins_over_a_meta_that_lies() -> None:
    assert TEXT in decode(f'<meta charset="windows-1252">{TEXT}'.encode())


def test_a_character_cut_in_two_does_not_spoil_the_page() -> None:
    assert decode(f"<p>{TEXT * 20}</p>ế".encode()[:-1]).startswith(f"<p>{TEXT}")


def test_entities_in_a_latin1_page() -> None:
    page = f'<meta charset="iso-8859-1"><p>{TEXT}</p>'.encode("latin-1", "xmlcharrefreplace")
    assert parse_page(page).findtext(".//p") == TEXT


def test_comments_and_instructions_are_gone_and_their_tails_stay() -> None:
    root = parse_page(b"<?xml version='1.0' encoding='iso-8859-1'?><body><p>a<!-- x -->b<?pi y?>c</p></body>")
    assert root.findtext(".//p") == "abc"
    assert all(isinstance(element.tag, str) for element in root.iter())


@pytest.mark.parametrize(
    "payload",
    [b"", b" \r\n", b"%PDF-1.7\nx", b"PK\x03\x04xxxx", b"\xff\xd8\xff\xe0JFIF", b"\x00\x01\x02" * 500],
)
def test_what_is_no_text_is_no_article(payload: bytes) -> None:
    with pytest.raises(NotAnArticle):
        parse_page(payload)


def test_nul_bytes_are_dropped() -> None:
    assert (
        parse_page(b"<p>H\x00\xc3\xa0 N\xe1\xbb\x99i" + b" " * 200).findtext(".//p", "").strip() == "Hà Nội"
    )


def test_tables_nested_deeper_than_libxml2_likes() -> None:
    page = "<table><tr><td>" * 300 + f"<p>{TEXT}</p>"
    assert parse_page(page.encode()).findtext(".//p") == TEXT
