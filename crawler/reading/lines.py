"""What each line of a page is: running text, a landmark, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean, fold, fold_words
from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS, landmark
from crawler.reading.asides import Asides
from crawler.reading.blocks import Block
from crawler.reading.tree import are_parts_of_one, container_of, has_more
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, FIGURE

_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’)\]]*$|[.!?…][\"”’]?\s*\([^()]{2,60}\)$")
_LONGEST_END: Final = 72
"""Characters of a stop, its quotes and a byline in brackets."""
# Headings that close an article when links follow, and are its own subheads when text does.
_AMBIGUOUS: Final = re.compile(
    r"^\W*(?:chu de|chuyen de|thong bao|su kien|noi dung|danh muc|lien quan|y kien.{0,20}|hinh anh|"
    r"tieu diem|video|noi bat|van ban.{0,20}|tai lieu.{0,20})\W*$"
)
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
    kinds = [_kind(block, blocks) for block in blocks]
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


def _kind(block: Block, blocks: Sequence[Block]) -> str | None:
    kind = (landmark(block.text) or _glued_kind(block)) if block.text else None
    if block.row and (kind not in ("footer", "contact") or _is_row_among_others(block, blocks)):
        return None
    if (
        kind in ("related", "tags", "comments")
        and block.link_share < 0.5
        and _AMBIGUOUS.match(fold(block.text))
    ):
        after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
        same = after is not None and (
            after.node.getparent() in (block.node.getparent(), block.node.getnext())
        )
        if (
            after is not None
            and same
            and after.link_share < 0.2
            and len(after.text) >= 40
            and after.text[-1] in ".;:"
        ):
            return None
    if kind in _SAID_IN_TEXT and _is_among_paragraphs(block, blocks):
        return None
    if kind is not None and block.node.tag == "li" and not block.links and _is_item_of_text(block, blocks):
        return None
    if kind in _SAID_IN_SUBHEADS and _is_subhead(block, blocks):
        return None
    if kind == "footer" and block.text[-1] == ":" and block.text.count(" ") >= 7:
        return None if _text_goes_on(block, blocks) else kind
    if kind in ("contact", "tags") and _text_goes_on(block, blocks):
        return None
    if kind == "footer" and block.level in (1, 2):
        after = next((other for other in blocks[block.index + 1 : block.index + 3] if other.text), None)
        if after is not None and is_date_line(after.text):
            return None  # a headline about a site, for it stands over its date
    if kind == "comments" and block.text[-1] == ":" and _is_answered(block, blocks):
        return None
    return kind


def _glued_kind(block: Block) -> str | None:
    """`<a>f</a><a>Zalo</a><a>In bài</a>`: a row of controls without bars, or wall to wall."""
    node = block.node
    if (
        len(block.text) > _LONGEST_CONTROLS
        or not has_more(node, 1)
        or has_more(node, _MOST_CONTROLS)
        or (node.text or "").strip()
    ):
        return None
    controls = ["".join(islice(control.itertext(), _MOST_CONTROLS)) for control in node]
    pieces = ["".join(control.split()) for control in controls]
    if "".join(pieces) != block.text.replace(" ", "") or any(
        (control.tail or "").strip() for control in node
    ):
        return None
    kinds = [landmark(clean(control)) for control in controls if len(control) > 2]  # icons are letters
    return "tools" if kinds and all(kind in ("tools", "share", "player") for kind in kinds) else None


_LONGEST_CONTROLS: Final = 60
_MOST_CONTROLS: Final = 8


def _is_row_among_others(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a row stands under rows of the same table that are no landmarks: `Tổng số | 200 | 214`."""
    before = blocks[block.index - 1] if block.index else None
    return (
        before is not None
        and before.row
        and before.node.getparent() is block.node.getparent()
        and landmark(before.text) is None
    )


_SAID_IN_TEXT: Final = frozenset(
    {"comments", "rating", "tags", "tools", "share", "player", "contact", "footer"}
)
"""Kinds whose words an article may use for a subhead or an item of a list."""


_SAID_IN_SUBHEADS: Final = frozenset(
    {
        "comments",
        "counter",
        "rating",
        "related",
        "tags",
        "contact",
        "advertisement",
        "tools",
        "player",
        "footer",
    }
)
"""Kinds whose words an article may set over a part of itself: `Đánh giá`, `Liên hệ`."""


def _is_subhead(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line set as a heading parts two paragraphs that are set alike, with no link about them."""
    if not (block.level or block.has(BOLD)) or block.link_share or block.has(CHROME) or len(block.text) > 60:
        return False
    near = blocks[max(0, block.index - 3) : block.index]
    before = next((other for other in reversed(near) if other.text), None)
    after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
    if before is None or after is None or before.node.tag != after.node.tag:
        return False
    home = block.node.getparent()
    return all(
        other.node.getparent() is home
        and other.node.get("class") == before.node.get("class")
        and len(other.text) >= 60
        and other.link_share == 0
        and other.text[-1] in '.;:…!?”"'
        for other in (before, after)
    )


def _is_item_of_text(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an item stands in a list of the text: under a paragraph that leads to it, its others plain."""
    listed = block.node.getparent()
    near = blocks[max(0, block.index - 12) : block.index + 12]
    items = [other for other in near if other.text and other.node.getparent() is listed]
    plain = [other for other in items if not other.links and landmark(other.text) is None]
    if len(plain) * 2 < len(items) or len(items) < 2:
        return False
    first = items[0].index
    before = next((other for other in reversed(blocks[max(0, first - 3) : first]) if other.text), None)
    return (
        before is not None
        and listed is not None
        and before.node.getparent() is listed.getparent()
        and len(before.text) >= 40
        and before.text[-1] in ".;:"
    )


def _is_among_paragraphs(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line of five words or more stands between paragraphs, set as they are.

    `Đánh giá 6 tháng đầu năm 2021` is a subhead there; alone in its box it asks for a vote.
    """
    if block.text.count(" ") < 4 or block.link_share > 0.2 or block.level or block.has(CHROME):
        return False
    before = next(
        (other for other in reversed(blocks[max(0, block.index - 3) : block.index]) if other.text), None
    )
    after = next((other for other in blocks[block.index + 1 : block.index + 4] if other.text), None)
    return (
        before is not None
        and after is not None
        and all(_is_paragraph_beside(other, block) for other in (before, after))
    )


def _is_paragraph_beside(other: Block, block: Block) -> bool:
    return (
        len(other.text) >= 60
        and other.text[-1] in ".;:…!?”"
        and other.link_share < 0.2
        and other.node.tag == block.node.tag
        and other.node.getparent() is block.node.getparent()
        and landmark(other.text) is None
    )


def _is_answered(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether an interview's answer follows `Trả lời:`, not a form or a reader's name."""
    after = next((other for other in blocks[block.index + 1 : block.index + 3] if other.text), None)
    return (
        after is not None
        and not after.has(CHROME)
        and after.link_share < 0.3
        and len(after.text) >= 40
        and are_parts_of_one(container_of(after), container_of(block))
    )


def _text_goes_on(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether running text follows at once in the same container.

    So it does after an announcement's address and the keywords under a scholarly article's abstract.
    """
    home = container_of(block)
    boxed = home is block.node and _stands_under_abstract(block, blocks)
    prose = 0
    for after in [other for other in blocks[block.index + 1 : block.index + 12] if other.text][:5]:
        kind = landmark(after.text)
        if (kind in CLOSERS and kind != "contact") or after.link_share > 0.6:
            return False
        if (
            kind is None
            and len(after.text) >= 90
            and after.text[-1] in ".;:…!?"
            and (boxed or are_parts_of_one(container_of(after), home))
        ):
            prose += 1
            if boxed or _text_came_before(block, blocks):
                return True
    return prose >= 1


def _stands_under_abstract(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether keywords in a box of their own follow one paragraph, an abstract, and no more."""
    before = [other for other in blocks[max(0, block.index - 8) : block.index] if len(other.text) >= 60]
    return sum(1 for other in before if other.text[-1] in ".;…!?" and not other.level) == 1


def _text_came_before(block: Block, blocks: Sequence[Block]) -> bool:
    home = container_of(block)
    return any(
        len(other.text) >= 60 and other.link_share < 0.2 and are_parts_of_one(container_of(other), home)
        for other in blocks[max(0, block.index - 8) : block.index]
    )


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
