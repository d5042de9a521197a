"""CSS selectors of a family, compiled once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from archive.text import clean


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def select(root: HtmlElement, selectors: Sequence[str]) -> tuple[HtmlElement, str] | None:
    """Return the first element any selector matches, in the selectors' order, and that selector."""
    for selector in selectors:
        found = _compiled(selector)(root)
        if found:
            return found[0], selector
    return None


def select_text(root: HtmlElement, selectors: Sequence[str]) -> tuple[str, str] | None:
    """Return (text, selector) of the first matching element that prints anything."""
    for selector in selectors:
        for element in _compiled(selector)(root):
            text = clean(element.text_content())
            if text:
                return text, selector
    return None
