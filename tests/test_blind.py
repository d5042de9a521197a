"""Pages that were read before anyone had seen how: see tests/blind/README.md.

Each was written, with its record, by someone who had not read the extractor. What is still read wrongly is named in
`tests/blind/known.json`, with the reason, and must be taken off that list as soon as it is read right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from archive.model import Article, Capture
from archive.text import clean
from crawler.extract import extract
from crawler.site import Site, read_sites, site_of
from tests.fidelity import REFUSALS

FOLDER: Final = Path(__file__).parent / "blind"
KNOWN: Final = json.loads((FOLDER / "known.json").read_text(encoding="utf-8"))
SITES: Final = read_sites()
PAGES: Final = sorted(FOLDER.glob("*/*.json"))
_WORD: Final = re.compile(r"[^\W_]")
_BULLET: Final = re.compile(r"^[-*•+–]\s+")
_CREDIT: Final = re.compile(
    r"[\s\-–|.,;_]*[(\[]?\s*(?:(?:[Ảả]nh|Nguồn)\s*:\s*[^()\[\]]{1,60}|Ảnh tư liệu)[)\]]?\s*$"
)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def declared(path: Path) -> Site | None:
    """Return the bundled declaration of a page's host; None when there is none."""
    return site_of(SITES, json.loads(path.read_text(encoding="utf-8"))["url"])


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_nobody_had_seen_is_read_as_its_author_reads_it(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    wrong = wrong_fields(record, read(path, record))
    assert sorted(wrong) == sorted(KNOWN.get(name_of(path), {}).get("wrong", [])), wrong


@pytest.mark.parametrize("path", [path for path in PAGES if declared(path)], ids=name_of)
def test_a_declared_site_is_read_no_worse(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    wrong = wrong_fields(record, read(path, record, declared(path)))
    assert set(wrong) <= set(KNOWN.get(name_of(path), {}).get("wrong", [])), wrong


@pytest.mark.parametrize(
    "name", ["fifth/lc-stock1", "seventh/nv43default", "sixteenth/01_nukeviet_default", "twenty-fourth/p02_nukeviet4"]
)  # fmt: skip
def test_nukeviets_own_trail_names_the_section(name: str) -> None:
    path = FOLDER / f"{name}.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    article = read(path, record, SITES["laichau_tuyengiao"])
    assert article is not None
    assert (article.section, article.read_by["section"]) == (record["section"], "family: .temp-breadcrumbs a")


def test_nothing_is_excused_that_is_not_there() -> None:
    assert set(KNOWN) <= {name_of(path) for path in PAGES}
    assert all(excuse["why"] and excuse["wrong"] for excuse in KNOWN.values())


def read(path: Path, record: Mapping[str, Any], site: Site | None = None) -> Article | None:
    """Read a page, as one of a site nobody declared where none is given; None where it is refused."""
    capture = Capture(
        url=record["url"],
        captured_at=record["captured_at"],
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=path.with_suffix(".html").read_bytes(),
    )
    try:
        return extract(capture, site).article
    except REFUSALS:
        return None


def wrong_fields(record: Mapping[str, Any], article: Article | None) -> dict[str, str]:
    """Return what was read instead, for each field that differs from the record and from what it accepts."""
    if record.get("not_article") or article is None:
        right = bool(record.get("not_article")) == (article is None)
        return {} if right else {"article": repr(article)}
    body = flat(article.body)
    answers: dict[str, object] = {
        "headline": article.headline,
        "date_published": date_as_printed(article.date_published, record),
        "authors": list(article.authors),
        "source": article.source,
        "section": article.section,
        "captions": sorted({uncredited(image.caption) for image in article.images if image.caption}),
        "attachments": sorted(attachment.url for attachment in article.attachments),
        "body": body,
    }
    expected: dict[str, object] = {
        **record,
        "captions": sorted({uncredited(caption) for caption in record["captions"]}),
        "attachments": sorted(attachment["url"] for attachment in record["attachments"]),
        "body": flat("\n".join(record["body"])),
    }
    accepted = dict(record.get("accept", {}))
    accepted["captions"] = [sorted({uncredited(c) for c in other}) for other in accepted.get("captions", ())]
    accepted["body"] = [
        flat("\n".join(other) if isinstance(other, list) else other) for other in accepted.get("body", ())
    ]
    wrong = {
        field: repr(answer)
        for field, answer in answers.items()
        if answer != expected[field] and answer not in accepted.get(field, ())
    }
    if any(flat(line) in body for line in record["must_not_leak"]):
        wrong["leaks"] = body
    return wrong


def date_as_printed(date: str | None, record: Mapping[str, Any]) -> str | None:
    """Cut a date to what the page prints: a machine's finer one that agrees is no mistake."""
    if date is None or record["date_published"] is None:
        return date
    length = {"month": 7, "day": 10, "minute": 16, "second": 19}[record["date_precision"]]
    same = date[:length] == record["date_published"][:length]
    return record["date_published"] if same else date


def uncredited(caption: str) -> str:
    return _CREDIT.sub("", clean(caption)).rstrip(" .")


def flat(text: str) -> str:
    """The words of a text in one line: paragraphs, bullets, the bars between cells and ruled lines aside."""
    lines = (_BULLET.sub("", clean(line.replace("|", " "))) for line in text.split("\n"))
    return clean(" ".join(line for line in lines if _WORD.search(line)))
