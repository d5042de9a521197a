"""How a line is set and what it stands over, as far as that makes it a headline."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.reading.blocks import Block
from crawler.reading.lines import Lines, ends_sentence
from crawler.reading.typesetting import BOLD, ITEM

_TITLE_NAMES: Final = re.compile(
    r"(?<![a-z])(?:title|headline|tieu-?de|tieude|post-?title|news-?title|entry-?title|heading|"
    r"subject|ten-?bai|lbl-?title|detail-?title)",
    re.IGNORECASE,
)


_SITE_NAMES: Final = re.compile(
    r"(?<![a-z])(?:site-?(?:name|title)|blog-?title|ten-?(?:site|trang|don-?vi))(?![a-z])"
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


MENU: Final = 5
"""Links in a row, at the least."""


def names_site(block: Block) -> bool:
    """Return whether a line's element is called the site's name: `site-title`, a heading in some themes."""
    return _SITE_NAMES.search(block.node.get("class") or "") is not None


def title_setting(block: Block) -> float:
    """Return how much the setting of a line makes it a title, about -0.9 to 0.75."""
    score = {0: 0.0, 1: 0.6, 2: 0.4, 3: 0.3, 4: 0.2, 5: 0.15, 6: 0.1}[block.level]
    node: HtmlElement | None = block.node
    for _ in range(2):
        if node is None or node.tag in ("body", "form"):
            break
        if node.get("itemprop") == "headline":
            score += 0.6
            break
        if _is_title_name(node.get("class") or "") or _is_title_name(node.get("id") or ""):
            score += 0.25
            break
        node = node.getparent()
    if block.has(BOLD) and not block.level:
        score += 0.15
    if block.link_share > 0.8:
        score -= 0.35
    if block.has(ITEM):
        score -= 0.3
    if block.text[:5].lower() == "null ":
        score -= 0.5  # Liferay prints a missing icon's name before the portlet's own copy of the title
    if ends_sentence(block.text) and block.text[-1] in ".;:":
        score -= 0.2
    return score


@lru_cache(maxsize=4096)  # a site's elements have few names
def _is_title_name(names: str) -> bool:
    return bool(_TITLE_NAMES.search(_CAMEL.sub("-", names)))


def is_dated(block: Block, lines: Lines) -> bool:
    """Whether the next line is a date: what stands over one is a headline, whatever closes it."""
    after = next((other for other in lines.blocks[block.index + 1 : block.index + 3] if other.text), None)
    return after is not None and is_date_line(after.text)
