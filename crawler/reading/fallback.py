"""The last layer: trafilatura on the whole pruned page, in precision mode, when nothing else holds.

Precision mode skips its rescue of short pages, which floods Vietnamese briefs with menus. `deduplicate`
stays off: its cache spans pages, and a reading must not depend on the order of the crawl.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean

MAX_ELEMENTS: Final = 20_000
"""Its pruning takes seconds on larger pages, and none of them is an article that nothing else could read."""
_PRUNED: Final = [
    "//nav",
    "//footer",
    "//aside",
    "//form//input",
    "//*[@role='navigation']",
    "//*[contains(@class,'comment') or contains(@id,'comment')]",
    "//*[contains(@class,'related') or contains(@class,'sidebar')]",
    "//*[contains(@class,'footer') or contains(@class,'menu')]",
]


def fallback_paragraphs(root: HtmlElement) -> tuple[str, ...]:
    """Return the paragraphs trafilatura finds; empty when it finds none. The tree is not changed."""
    if sum(1 for _ in islice(root.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
        return ()
    from trafilatura import extract as trafilatura_text  # noqa: PLC0415 - slow to import, seldom needed

    text = trafilatura_text(
        root,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        prune_xpath=_PRUNED,
        fast=True,
    )
    if not text:
        return ()
    return tuple(line for raw in text.splitlines() if (line := clean(raw)))
