"""The gold set is whole: each record's words stand on its page; the sources still build the same bytes."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.gold.blocks import Case, read_cases
from tests.gold.build import SITES, main
from tests.gold.surroundings import HERE

RECORDS = sorted(SITES.glob("*/*.json"))
ARTICLES = [path for path in RECORDS if "headline" in json.loads(path.read_text(encoding="utf-8"))]
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}


def name(path: Path) -> str:
    """Return ``site/case``."""
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> dict[str, Any]:
    """Return a record."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def words(path: Path) -> str:
    """Return a page's characters without tags, one space between words: enough to look a sentence up in."""
    raw = path.with_suffix(".html").read_bytes()
    if raw[:2] == b"\xff\xfe":
        text = raw.decode("utf-16")
    elif b"charset=windows-1258" in raw:
        text = raw.decode("cp1258")
    else:
        text = raw.decode("utf-8")
    text = html.unescape(
        re.sub(r"<br ?/?>|</?(?:p|div|td|tr|li|h\d)\b[^>]*>", " ", text, flags=re.IGNORECASE)
    )
    return flat(re.sub(r"<[^>]*>", "", text))


def flat(text: str) -> str:
    """Return text in NFC with Đ for Eth, without zero-width spaces and with single spaces."""
    whole = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u200b", "")
    return re.sub(r"\s+", " ", whole)


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_every_recorded_word_stands_on_the_page(path: Path) -> None:
    """Headline, paragraphs in order, authors and captions are printed."""
    record, page = read(path), words(path)
    source = html.unescape(path.with_suffix(".html").read_text("utf-8", "ignore"))
    assert all(caption in page or f'alt="{caption}"' in source for caption in record["captions"])
    for paragraph in [record["headline"], *record["authors"], *record["body"]]:
        assert all(cell in page for cell in paragraph.split(" | "))
    spots = [page.rfind(p.split(" | ")[0]) for p in record["body"] if len(p) > 30 and page.count(p) == 1]
    assert spots == sorted(spots)


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_unwanted_words_are_on_the_page_and_not_in_the_body(path: Path) -> None:
    """A word that must not leak would be a word worth looking for."""
    record = read(path)
    body = "\n".join(record["body"])
    assert len(record["must_not_leak"]) >= 4
    assert not [word for word in record["must_not_leak"] if word in body]


@pytest.mark.parametrize("path", ARTICLES, ids=name)
def test_dates_are_possible(path: Path) -> None:
    """No article is younger than its capture."""
    record = read(path)
    stamp = record["date_published"]
    assert (stamp is None) == (record["date_source_expected"] is None)
    assert stamp is None or stamp[:10] <= record["captured_at"][:10]


def cases() -> list[Case]:
    """Return every typed case."""
    return [case for path in sorted((HERE / "cases").glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.path)
def test_printed_weekday_is_the_right_one(case: Case) -> None:
    """A typed date with a weekday names the weekday the calendar gives."""
    for line in (case.get("date"), case.get("foot_date")):
        weekday = re.search(r"thứ (hai|ba|tư|năm|sáu|bảy|[2-7])\b|chủ nhật|\bt([2-7]),", line.lower())
        day = re.search(r"(\d{1,2})\s*(?:/|-|tháng)\s*(\d{1,2})\s*(?:/|-|năm| )\s*(\d{4})", line.lower())
        if weekday and day:
            word = weekday[1] or weekday[2] or "8"
            wanted = int(word) - 1 if word.isdigit() else WEEKDAYS[word]
            assert date(int(day[3]), int(day[2]), int(day[1])).isoweekday() == wanted


def test_the_sources_build_the_committed_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is committed is what the script draws; pages without a typed case are left alone."""
    monkeypatch.setattr("tests.gold.build.SITES", tmp_path)
    main([])
    built = {name(p) + p.suffix: p.read_bytes() for p in tmp_path.glob("*/*.*")}
    assert built == {key: (SITES / key).read_bytes() for key in built}
