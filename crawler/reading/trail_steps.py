"""The names in a trail: home, the steps that name no section, the last that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from archive.text import fold
from crawler.dates import find_dates
from crawler.reading.blocks import Block
from crawler.reading.lines import bare
from crawler.reading.typesetting import ITEM

# `|` parts the items of menus, not the steps of trails.
STEP_SPLIT: Final = re.compile(r"\s*(?:(?:-{1,2}|=)?>|[»›/\\→]|&gt;|::)\s*")
_ARROWS: Final = re.compile(r"\s*(?:(?:-{1,2}|=)?>|[»›→]|&gt;)\s*")
HOME_NAMES: Final = frozenset({"trang chu", "trang nhat", "trang chinh", "home"})
"""Folded."""
_HOME: Final = re.compile(r"^(?:trang (?:chu|nhat|chinh)|home|tin tuc|trang ?chu)$")
LONGEST_TRAIL: Final = 7
"""Steps; a longer row that begins at home is a menu."""
HERE: Final = re.compile(r"(?:^|\s)(?:bạn đang (?:ở(?: đây)?|xem)|you are here)\s*:?\s*", re.IGNORECASE)
"""What opens a trail in words."""
NO_SECTION: Final = re.compile(
    r"^(?:(?:trinh|nha) xuat ban noi dung|xuat ban (?:thong tin|noi dung)|"
    r"hien thi noi dung(?: web)?|asset publisher|web content display|"
    r"trang (?:chu|nhat)|home|chi tiet(?: tin| bai viet| tin tuc)?|noi dung(?: chi tiet)?|menu|dang nhap|tim "
    r"kiem|lien he|xem tin|doc tin|bai viet|page content|tin chi tiet|search|english|"
    r"tieng viet|chi tiet bai viet .*)$"
)
"""Folded: names of pages and boxes that name no section."""
CRUMB: Final = re.compile(r"crumb|bread", re.IGNORECASE)
"""Class, id or label of a trail wherever it stands."""
CRUMB_NAMES: Final = re.compile(
    r"crumb|bread|duong-?dan|(?<![a-z])path(?![a-z])|(?<![a-z])bc(?![a-z])|vi-?tri(?:[_-]?(?:hien-?tai|trang|web))?(?![\w-])",
    re.IGNORECASE,
)
"""And of a row right over the headline, where `path` or `vi-tri` means nothing else."""
BULLETS: Final = " »›>:|/-►▶●•■◆"


def split_steps(row: str) -> list[str]:
    """Return the steps of a row; where arrows part them a slash in a word is its own: `Kết luận 21-KL/TW`.

    >>> split_steps("» Trang chủ / Tin tức"), split_steps("Trang chủ > Kết luận số 21-KL/TW")
    (['Trang chủ', 'Tin tức'], ['Trang chủ', 'Kết luận số 21-KL/TW'])
    """
    row = row.strip(BULLETS)
    return (_ARROWS if _ARROWS.search(row) else STEP_SPLIT).split(row)


def is_home(name: str) -> bool:
    """Return whether a step leads to the front page."""
    return bool(_HOME.match(fold(name)))


def is_home_step(block: Block) -> bool:
    """Return whether a line is a trail's first step, alone: no item of a menu."""
    return len(block.links) == 1 and not block.has(ITEM) and fold(block.text.strip(BULLETS)) in HOME_NAMES


def last_step(steps: Sequence[str], headline: str) -> str | None:
    """Return the last step of a trail that may name a section: neither home nor the headline."""
    return step_before(steps, bare(headline))


def step_before(steps: Sequence[str], title: str) -> str | None:
    """Return the last step that may name a section, the headline (bare) being none."""
    return last_name([step for step in steps if not same_title(step, title)])


def last_name(steps: list[str]) -> str | None:
    """Return the last step that may name a section; None when none does."""
    for step in reversed(steps):
        if 2 <= len(step) <= 80 and not NO_SECTION.match(fold(step)) and not find_dates(step):
            return step
    return None


def same_title(part: str, title: str) -> bool:
    """Return whether a step is the headline (bare), or its beginning."""
    words = bare(part).removesuffix("...").strip()
    return bool(words) and (words == title or (len(words) >= 25 and title.startswith(words)))


def is_named_as(block: Block, pattern: re.Pattern[str]) -> bool:
    """Return whether a line stands in an element named so."""
    return named_element(block, pattern) is not None


def named_element(block: Block, pattern: re.Pattern[str]) -> HtmlElement | None:
    """Return the nearest of the three elements about a line whose class, id or label says so."""
    node: HtmlElement | None = block.node
    for _ in range(3):
        if node is None or node.tag in ("body", "form"):
            return None
        if pattern.search(f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}"):
            return node
        node = node.getparent()
    return None
