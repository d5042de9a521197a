"""Readers of articles side by side: ours, trafilatura, newspaper4k, readability-lxml and a bare parse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Any, Final

from lxml import html

from archive.model import Reading
from crawler.extract import extract
from crawler.page import decode
from tests.fidelity import REFUSALS, Answer, Gold, answer_of

Tool = Callable[[Gold], Answer | None]
HANOI: Final = timezone(timedelta(hours=7))


def ours(gold: Gold) -> Answer | None:
    """Read as a page of a host nobody declared."""
    return _answer(lambda: extract(gold.capture))


def ours_declared(gold: Gold) -> Answer | None:
    """Read through the declaration of the page's site."""
    return _answer(lambda: extract(gold.capture, gold.site))


def _answer(reading: Callable[[], Reading]) -> Answer | None:
    try:
        return answer_of(reading())
    except REFUSALS:
        return None


def with_trafilatura(gold: Gold) -> Answer | None:
    """Defaults with metadata; readers' comments left out, as a user of news would."""
    import trafilatura  # noqa: PLC0415 - a tool is loaded when it is asked for

    found: Any = trafilatura.bare_extraction(
        gold.page, url=gold.record["url"], with_metadata=True, include_comments=False
    )
    if found is None:
        return None
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(headline=found.title, date=found.date, authors=authors, body=found.text or "")


def with_newspaper(gold: Gold) -> Answer | None:
    """Vietnamese, no download; given the text in the right charset."""
    import newspaper  # noqa: PLC0415 - as above

    article = newspaper.Article(gold.record["url"], language="vi", fetch_images=False)
    article.download(input_html=decode(gold.page))
    article.parse()
    moment = article.publish_date
    if moment is not None and getattr(moment, "tzinfo", None) is not None:
        moment = moment.astimezone(HANOI)
    date = moment.isoformat() if moment else None
    return Answer(headline=article.title, date=date, authors=tuple(article.authors), body=article.text)


def with_readability(gold: Gold) -> Answer | None:
    """Headline and body are all it reads."""
    import readability  # noqa: PLC0415 - as above

    document = readability.Document(decode(gold.page))
    summary = html.fromstring(document.summary())
    return Answer(
        headline=document.short_title(), date=None, authors=(), body="\n".join(map(str, summary.itertext()))
    )


def lxml_parse(gold: Gold) -> Answer | None:
    """The parse alone: what no reader of HTML can do without."""
    html.document_fromstring(gold.page)
    return None


PEERS: Final[dict[str, Tool]] = {
    "trafilatura": with_trafilatura,
    "newspaper4k": with_newspaper,
    "readability": with_readability,
}
READS: Final = {"readability": frozenset({"headline", "body"})}
"""What a tool reads, where not everything."""


def safely(tool: Tool, gold: Gold) -> Answer | None:
    """Return a tool's answer; None, and a line on stderr, where it fails on a page."""
    try:
        return tool(gold)
    except Exception as error:  # noqa: BLE001 - a tool that fails on a page has made nothing of it
        sys.stderr.write(f"{tool.__name__} on {gold.name}: {type(error).__name__}: {error}\n")
        return None
