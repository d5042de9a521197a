"""What each line of a page is: running text, a landmark, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from archive.text import fold_words
from crawler.dates import is_date_line
from crawler.reading.asides import Asides
from crawler.reading.blocks import Block
from crawler.reading.line_kinds import line_kind
from crawler.reading.tree import container_of
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, FIGURE

_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’)\]]*$|[.!?…][\"”’]?\s*\([^()]{2,60}\)$")
_LONGEST_END: Final = 72
"""Characters of a stop, its quotes and a byline in brackets."""
_STAMP: Final = re.compile(
    r"\d{1,2}[:h]\d{2}.{0,24}\d{1,2}[/-]\d{1,2}[/-]\d{4}|"
    r"\d{1,2}[/-]\d{1,2}[/-]\d{4}.{0,12}\d{1,2}[:h]\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*\|"
)


@dataclass(slots=True)
class Lines:
    """A page's blocks, and what each of them is."""

    blocks: list[Block]
    kinds: list[str | None]
    """Landmark kind of each block."""
    paragraphs: list[int]
    """Indexes of the blocks that read like running text and stand in no widget, in order."""
    asides: Asides
    prose: frozenset[int] = field(init=False)
    """The same indexes, for asking."""

    def __post_init__(self) -> None:
        self.prose = frozenset(self.paragraphs)

    def within(self, container: HtmlElement | None) -> frozenset[int]:
        """Return the indexes of the blocks that stand in an element; none for None."""
        if container is None:
            return frozenset()
        nodes = set(container.iter())
        return frozenset(block.index for block in self.blocks if block.node in nodes)


def read_lines(blocks: list[Block]) -> Lines:
    """Tell what each block of a page is."""
    asides = Asides()
    kinds = [line_kind(block, blocks) for block in blocks]
    prose = [block for block in blocks if reads_like_prose(block, kinds[block.index])]
    free = [block for block in prose if not block.has(CHROME) and not asides.holds(block.node)]
    # A theme may name everything a widget, and the column of the text among it; then the names say nothing.
    if len(free) < len(prose) and _gathers_elsewhere(prose, free):
        free = prose
    return Lines(blocks=blocks, kinds=kinds, paragraphs=[block.index for block in free], asides=asides)


def _gathers_elsewhere(prose: Sequence[Block], free: Sequence[Block]) -> bool:
    """Whether one element named as a widget holds three paragraphs and thrice the text of all the others."""
    rest = sum(len(block.text) for block in free)
    known = {block.index for block in free}
    gathered: dict[HtmlElement, list[int]] = {}
    for block in prose:
        if block.index not in known and not block.has(CHROME):
            gathered.setdefault(container_of(block), []).append(len(block.text))
    return not free or any(len(texts) >= 3 and sum(texts) > 3 * rest for texts in gathered.values())


def reads_like_prose(block: Block, kind: str | None) -> bool:
    """Return whether a line reads like running text: long enough, or a whole sentence, and no link list."""
    text = block.text
    if len(text) < 40 or kind is not None or block.link_share > 0.5 or block.has(CAPTION) or block.level == 1:
        return False
    if block.has(FIGURE) and len(text) < 160:
        return False
    if (
        len(text) < 110
        and text.count("/") + text.count(":") >= 2
        and (is_date_line(text) or is_stamped(text))
    ):
        return False
    if ends_sentence(text):
        return text.count(" ") >= 6
    # Without a full stop it may be a long headline or subhead: bold, or set in a heading.
    return len(text) >= 140 and not (block.level or (block.has(BOLD) and len(text) < 260))


def ends_sentence(text: str) -> bool:
    """Return whether a line ends as running text does: a stop, perhaps with quotes or a byline in brackets.

    >>> ends_sentence("Hội nghị thành công tốt đẹp. (Theo TTXVN)"), ends_sentence("Tin hoạt động")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text[-_LONGEST_END:]))


def is_stamped(text: str) -> bool:
    """A short line that prints day and time together: a stamp, not a sentence."""
    return bool(_STAMP.search(text))


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return the folded words of a line, for comparing titles.

    >>> bare("“Ba cùng” – cách làm của Đảng bộ")
    'ba cung cach lam cua dang bo'
    """
    return " ".join(fold_words(text))


def is_menu_item(name: str, block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether a menu elsewhere on the page links the same words, on a line of its own or in a row."""
    words = bare(name)
    return any(
        other.link_share > 0.7
        and other.index != block.index
        and (
            bare(other.text) == words
            if len(other.links) < 2
            else any(bare(link.text_content()) == words for link in other.links[:_LONGEST_MENU])
        )
        for other in blocks[:_MENU_LINES]
    )


_MENU_LINES: Final = 400
_LONGEST_MENU: Final = 40
"""Bounds on hostile pages."""
