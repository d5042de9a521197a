"""How faithfully a page was read: one judgement of answers against the gold set, for tests and benchmark alike.

An answer is judged by `tests/sites/README.md`: field by field, alternatives honoured. The gold set's score is
pinned in `fidelity_floor.json` and may only rise:

    python -m tests.fidelity            # today's score beside the floor
    python -m tests.fidelity --raise    # pin today's score where it is better
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from archive.model import Article, Capture, Image, Reading
from archive.text import clean
from crawler.errors import ChallengeError, MissingField, NotAnArticle
from crawler.extract import extract
from crawler.site import Site, read_sites, site_of

PAGES: Final = Path(__file__).parent / "sites"
FLOOR: Final = Path(__file__).parent / "fidelity_floor.json"
REFUSALS: Final = (NotAnArticle, ChallengeError, MissingField)
FIELDS: Final = (
    "headline", "date_published", "authors", "byline", "source", "section", "description", "body", "captions",
    "credits", "attachments", "leaks",
)  # fmt: skip
_PRECISE_TO: Final = {"month": 7, "day": 10, "minute": 16, "second": 19}
"""Characters of an ISO date that a precision covers."""
_NEAR_ENOUGH: Final = 1e-6
"""Shares are pinned to six decimals; less is rounding."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """A page of the gold set and the record a person read in it."""

    name: str
    """`site/case`."""
    record: Mapping[str, Any]
    page: bytes

    @property
    def is_article(self) -> bool:
        """Whether the record is that of an article."""
        return not self.record.get("not_article")

    @property
    def capture(self) -> Capture:
        """The page as a crawl would have kept it; most of these servers name no charset."""
        return Capture(
            url=self.record["url"],
            captured_at=self.record["captured_at"],
            status=self.record.get("http_status", 200),
            headers=(("Content-Type", self.record.get("content_type", "text/html")),),
            body=self.page,
        )

    @property
    def site(self) -> Site | None:
        """The bundled declaration of the page's host; None when there is none."""
        return site_of(_sites(), self.record["url"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a tool made of a page; None in a field it does not read."""

    headline: str | None
    date: str | None
    """ISO 8601."""
    authors: tuple[str, ...]
    body: str


@cache
def _sites() -> dict[str, Site]:
    return read_sites()


@cache
def gold_pages() -> tuple[Gold, ...]:
    """Return every page of the gold set, by name."""
    return tuple(read_gold(path) for path in sorted(PAGES.glob("*/*.json")))


def read_gold(path: Path) -> Gold:
    """Read one record and the page beside it."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Gold(
        name=f"{path.parent.name}/{path.stem}", record=record, page=path.with_suffix(".html").read_bytes()
    )


@cache
def _read(name: str, *, declared: bool) -> Reading | Exception:
    gold = next(gold for gold in gold_pages() if gold.name == name)
    try:
        return extract(gold.capture, gold.site if declared else None)
    except REFUSALS as refusal:
        return refusal


def read(gold: Gold, *, declared: bool = False) -> Reading | Exception:
    """Return what we read on a page, or why it was refused; each page is read once."""
    return _read(gold.name, declared=declared)


def complaints(gold: Gold, article: Article) -> dict[str, str]:
    """Return for each wrong field what was expected and what was read; empty when the record is right."""
    record = gold.record
    found = {
        "headline": _differs(record["headline"], article.headline),
        "date_published": _date_differs(record, article),
        "authors": _differs(record["authors"], list(article.authors)),
        "byline": _differs(record["byline"], article.byline),
        "source": _differs(record["source"], article.source),
        "section": _differs(record["section"], article.section),
        "description": _description_differs(record, article.description),
        "body": _body_differs(record, article.body),
        "captions": _captions_differ(record, article.images),
        "credits": _credits_differ(record, article),
        "attachments": _differs(record["attachments"], _attachments(article)),
        "leaks": _differs([], leaked(record, article.body)),
    }
    return {field: complaint for field, complaint in found.items() if complaint}


def _differs(expected: object, read_: object) -> str | None:
    return None if expected == read_ else f"expected {expected!r}\n     read {read_!r}"


def _date_differs(record: Mapping[str, Any], article: Article) -> str | None:
    machine = record.get("date_machine")
    if machine and article.date_published == machine:
        return None
    expected = (record["date_published"], record["date_precision"], record["date_source_expected"])
    source = article.date_source
    # The page prints it: whether its text or its metadata was read is the extractor's business.
    read_ = (article.date_published, article.date_precision, "page" if source == "meta" else source)
    return _differs(expected, read_)


def _description_differs(record: Mapping[str, Any], description: str | None) -> str | None:
    if description is not None and description == record.get("description_may_be"):
        return None
    return _differs(record["description"], description)


def _body_differs(record: Mapping[str, Any], body: str) -> str | None:
    read_ = paragraphs(record, body)
    if read_ == record["body"]:
        return None
    missing = [line for line in record["body"] if line not in read_]
    extra = [line for line in read_ if line not in record["body"]]
    return f"missing {missing!r}\n  extra {extra!r}\n  ({len(record['body'])} paragraphs expected, {len(read_)} read)"


def paragraphs(record: Mapping[str, Any], body: str) -> list[str]:
    """Return a body's paragraphs without those that are no mistake to keep."""
    allowed = set(record.get("body_may_have", ()))
    return [line for line in body.split("\n\n") if line and line not in allowed]


def _captions_differ(record: Mapping[str, Any], images: Sequence[Image]) -> str | None:
    """The gold caption bears no credit, ours may; two photos over one caption are given it both."""
    printed = list({image.caption: image for image in images if image.caption}.values())
    expected = list(record["captions"])
    if len(printed) == len(expected) and all(
        _is_caption(image, caption) for image, caption in zip(printed, expected, strict=True)
    ):
        return None
    return _differs(expected, [(image.caption, image.credit) for image in printed])


def _is_caption(image: Image, caption: str) -> bool:
    read_ = image.caption or ""
    if read_ == caption:
        return True
    if not read_.startswith(caption) or not image.credit:
        return False
    rest = _CREDIT_LABEL.sub("", read_[len(caption) :].strip(" .()[]-–|/")).strip(" .()[]")
    return rest == image.credit.strip(" .()[]")


_CREDIT_LABEL: Final = re.compile(r"^(?:ảnh|nguồn(?: ảnh)?|photo|hình(?: ảnh)?)\s*:\s*", re.IGNORECASE)


def _credits_differ(record: Mapping[str, Any], article: Article) -> str | None:
    """A photographer whom only the signature names (`Bài: A; Ảnh: B`) is kept there."""
    read_ = {image.credit for image in article.images if image.credit}
    signed = {credit for credit in record["credits"] if credit in (article.byline or "")}
    return _differs(set(record["credits"]) - signed, read_ - signed)


def _attachments(article: Article) -> list[dict[str, str | None]]:
    return [{"url": attachment.url, "title": attachment.title} for attachment in article.attachments]


def leaked(record: Mapping[str, Any], body: str) -> list[str]:
    """Return the words to keep out that stand in a body, in whatever Unicode form it is."""
    text = clean(body)
    return [line for line in record["must_not_leak"] if clean(line) in text]


# --------------------------------------------------------------------------------------- beside other tools


def words(text: str) -> Counter[str]:
    """Return the words of a text with their counts, case and punctuation aside."""
    return Counter(re.findall(r"\w+", clean(text).lower()))


def body_match(record: Mapping[str, Any], body: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a body's words, as multisets.

    Lines that are no mistake to keep count neither for nor against.
    """
    expected, read_ = words(" ".join(record["body"])), words(body)
    read_ -= words(" ".join(line for line in record.get("body_may_have", ()) if clean(line) in clean(body)))
    common = (expected & read_).total()
    if not common:
        right = not expected and not read_
        return (1.0, 1.0, 1.0) if right else (0.0, 0.0, 0.0)
    precision, recall = common / read_.total(), common / expected.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def date_is_right(record: Mapping[str, Any], date: str | None) -> bool:
    """Tell whether a date agrees with the printed one as far as that goes; no date where none is printed."""
    expected = record["date_published"]
    if expected is None or date is None:
        return expected is date
    length = _PRECISE_TO[record["date_precision"]]
    return date[:length] == str(expected)[:length]


def answer_of(reading: Reading) -> Answer:
    """Return of our reading what other tools read too."""
    article = reading.article
    return Answer(
        headline=article.headline, date=article.date_published, authors=article.authors, body=article.body
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """One tool's answer on one page, marked."""

    headline: bool
    date: bool
    authors: bool
    precision: float
    recall: float
    f1: float
    leaks: int

    @property
    def perfect(self) -> bool:
        """Headline, date and authors right, body at F1 0.995 or more, nothing leaked."""
        return self.headline and self.date and self.authors and self.f1 >= 0.995 and not self.leaks


def marks(gold: Gold, answer: Answer | None) -> Marks:
    """Mark an answer; None for a page the tool could make nothing of."""
    record = gold.record
    if answer is None:
        return Marks(headline=False, date=False, authors=False, precision=0.0, recall=0.0, f1=0.0, leaks=0)
    precision, recall, f1 = body_match(record, answer.body)
    return Marks(
        headline=clean(answer.headline or "") == record["headline"],
        date=date_is_right(record, answer.date),
        authors=[clean(author) for author in answer.authors] == record["authors"],
        precision=precision,
        recall=recall,
        f1=f1,
        leaks=len(leaked(record, answer.body)),
    )


# ------------------------------------------------------------------------------------------------ the floor


def score(*, declared: bool = False) -> dict[str, float]:
    """Return the gold set's score: shares of pages (0 to 1) with each field right, body figures, refusals.

    Only the pages of declared hosts where `declared`. Every figure is better when higher.
    """
    pages = [gold for gold in gold_pages() if not declared or gold.site is not None]
    articles = [gold for gold in pages if gold.is_article]
    others = [gold for gold in pages if not gold.is_article]
    readings = [(gold, read(gold, declared=declared)) for gold in articles]
    wrong: Counter[str] = Counter()
    bodies, perfect = [], 0
    for gold, reading in readings:
        found = (
            complaints(gold, reading.article) if isinstance(reading, Reading) else dict.fromkeys(FIELDS, "")
        )
        wrong.update(found.keys())
        perfect += not found
        bodies.append(
            body_match(gold.record, reading.article.body)[2] if isinstance(reading, Reading) else 0.0
        )
    refused = sum(not isinstance(read(gold, declared=declared), Reading) for gold in others)
    return {
        "pages": float(len(pages)),
        **{field: _share(len(articles) - wrong[field], len(articles)) for field in FIELDS},
        "body_f1_mean": round(sum(bodies) / len(bodies), 6),
        "body_f1_worst": round(min(bodies), 6),
        "whole_records": _share(perfect, len(articles)),
        "refused": _share(refused, len(others)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 1.0


def scores() -> dict[str, dict[str, float]]:
    """Return the score of undeclared reading over all pages, and of declared over the declared hosts'."""
    return {"undeclared": score(), "declared": score(declared=True)}


def read_floor() -> dict[str, dict[str, float]]:
    """Return the pinned score; empty when none is."""
    if not FLOOR.exists():
        return {}
    floor: dict[str, dict[str, float]] = json.loads(FLOOR.read_text(encoding="utf-8"))
    return floor


def fallen(today: Mapping[str, Mapping[str, float]], floor: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a line for every figure below its floor."""
    return [
        f"{way} {name}: {today[way].get(name, 0.0)} is below {pinned}"
        for way, figures in floor.items()
        for name, pinned in figures.items()
        if today[way].get(name, 0.0) < pinned - _NEAR_ENOUGH
    ]


def raised(
    today: Mapping[str, Mapping[str, float]], floor: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return the floor with every figure that is better today; none goes down."""
    return {
        way: {name: max(value, floor.get(way, {}).get(name, 0.0)) for name, value in figures.items()}
        for way, figures in today.items()
    }


def main(arguments: Iterable[str]) -> int:
    """Print today's score beside the floor, or raise the floor. Return 1 when the score has fallen."""
    today, floor = scores(), read_floor()
    for way, figures in today.items():
        for name, value in figures.items():
            pinned = floor.get(way, {}).get(name)
            sys.stdout.write(
                f"{way:10} {name:16} {value:10.6g} {'' if pinned is None else f'floor {pinned:g}'}\n"
            )
    lower = fallen(today, floor)
    for line in lower:
        sys.stderr.write(f"{line}\n")
    if "--raise" in arguments:
        FLOOR.write_text(json.dumps(raised(today, floor), indent=1) + "\n", encoding="utf-8")
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
