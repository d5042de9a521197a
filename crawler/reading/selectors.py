"""CSS selectors of a family, compiled once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def select_all(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements a CSS selector matches, in document order."""
    found = _compiled(selector)(root)
    return (
        [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []
    )


def select_first(root: HtmlElement, selectors: Sequence[str]) -> tuple[HtmlElement, str] | None:
    """Return the first element that prints anything, and the selector that found it, trying them in order."""
    for selector in selectors:
        for element in select_all(root, selector):
            if element.text_content().strip():
                return element, selector
    return None
