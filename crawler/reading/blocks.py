"""A page as a reader sees it: lines of text and images in reading order, with how each is set.

Markup differs from skin to skin; lines do not. A line ends where a browser would break it for structure:
at the edge of a block element, at `<br>`, between the cells of a layout table. Rows of a data table are
one line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from archive.text import clean
from crawler.reading.field_rows import (
    is_field_of_row,
    is_list_of_fields,
    is_picture_font,
    parts_fields,
)
from crawler.reading.parting import (
    Parts,
    begins_field,
    is_glued_tail,
    part_line,
)
from crawler.reading.tables import is_data_table, is_picture_table
from crawler.reading.typesetting import (
    CHROME,
    FIGURE,
    HEADINGS,
    LINK,
    SILENT,
    VERBATIM,
    Setting,
    is_icon,
    is_small_form,
    setting_of,
)

MAX_BLOCKS = 20_000
"""Lines read of one page; the longest article page seen has some 900. A bound on hostile ones."""
_RUNNING = 100
"""Characters of a paragraph."""
_BAR = " | "
_MOST_PARTS = 40
"""Pieces of a row."""
_NEAR = 6
"""Lines."""
_IMAGES = frozenset({"img", "amp-img"})
_PARTICULAR = frozenset({"a", "footer", "form", "table", *HEADINGS})
_NO_CHILDREN: Iterator[HtmlElement] = iter(())
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH_START = re.compile(r"tháng\s*\d", re.IGNORECASE)
_MONTH_END = re.compile(r"tháng\s*\d{1,2}$", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Block:
    """One line of text, or one image, as printed."""

    text: str
    """The line, cleaned (NFC, single spaces); empty for an image."""
    node: HtmlElement
    """The innermost block element the line stands in; for an image the `img`."""
    index: int = 0
    """Place among the page's blocks."""
    flags: int = 0
    """Bits of BOLD ... HEADER that hold for the whole line."""
    some: int = 0
    """Bits that hold for a part of the line."""
    level: int = 0
    """1-6 inside h1-h6, else 0."""
    link_chars: int = 0
    """How many of its characters are link text."""
    links: list[HtmlElement] = field(default_factory=list)
    """The `a` elements the line lies in or holds."""
    image: HtmlElement | None = None
    """The `img` element, when the block is an image."""
    soft: bool = False
    """Whether only a single `<br>` stands between this line and the one before."""
    row: bool = False
    """Whether the line is a row of a data table."""

    @property
    def link_share(self) -> float:
        """Share of the line's characters that are link text, 0 to 1."""
        return self.link_chars / len(self.text) if self.text else 0.0

    def has(self, flag: int) -> bool:
        """Return whether the whole line is set so."""
        return bool(self.flags & flag)


def read_blocks(root: HtmlElement, last: HtmlElement | None = None) -> list[Block]:
    """Return the lines and images below a node, in reading order; those to the end of `last`, where given."""
    walker = _Walker(last)
    walker.walk(root)
    for index, block in enumerate(walker.blocks):
        block.index = index
    return walker.blocks


def _goes_on_date(before: str, text: str) -> bool:
    """Whether two pieces are of a calendar's leaf: `20` and `Tháng 10`, `Tháng 10` and `2023`."""
    if len(text) == 4 and _YEAR.match(text):
        return _MONTH_END.search(before) is not None
    return before.isdecimal() and _MONTH_START.match(text) is not None


_Frame = tuple[HtmlElement, Iterator[HtmlElement], bool, int, int, "HtmlElement | None", int]
"""An element being walked: its children, whether it is a block; then, to restore when it ends, the flags,
level and node in force before it and how many links were open."""


class _Walker:
    """State of one walk: the line being gathered and the styles in force."""

    __slots__ = (
        "blocks", "breaks", "flags", "last", "level", "line_links", "links", "node", "over", "parts",
    )  # fmt: skip

    def __init__(self, last: HtmlElement | None) -> None:
        self.last = last
        self.over = False
        self.blocks: list[Block] = []
        self.parts: Parts = []
        self.links: list[HtmlElement] = []
        self.line_links: list[HtmlElement] = []
        self.node: HtmlElement | None = None
        self.flags = 0
        self.level = 0
        self.breaks = 2

    def walk(self, root: HtmlElement) -> None:
        """Gather the lines below `root`, with a stack: hostile pages nest deeper than Python recurses."""
        stack: list[_Frame] = []
        self._enter(root, stack)
        blocks = self.blocks
        while stack and not self.over and len(blocks) < MAX_BLOCKS:
            child = next(stack[-1][1], None)
            if child is None:
                self._leave(stack.pop(), stack)
            else:
                self._enter(child, stack)

    def _enter(self, element: HtmlElement, stack: list[_Frame]) -> None:
        tag = element.tag
        if tag == "br":
            self._end_line(1)
        elif tag in _IMAGES:
            self._image(element)
        elif tag in SILENT or not isinstance(tag, str):
            if tag == "svg":
                self._part_by_picture(element)
        else:
            setting = setting_of(element, tag)
            if not setting.hidden:
                if is_picture_font(element, tag):
                    self._part_by_picture(element)
                self._open(element, tag, setting, stack)
                return
            if is_icon(tag, element.get("class")):
                self._part_by_picture(element)
        if stack and element.tail:
            self._text(element.tail)

    def _part_by_picture(self, picture: HtmlElement) -> None:
        """Part a row's fields where a picture stands after a figure, as a date's or a counter's."""
        if not self.parts or self.level or not parts_fields(picture, self.node):
            return
        before = next(
            (part for part in islice(reversed(self.parts), _MOST_PARTS) if not part[0].isspace()), None
        )
        link = self.links[-1] if self.links else None
        within = before is not None and before[2] is not None and before[2] is link
        if before is None or within or before[0] == _BAR or self._is_in_text():
            return
        # Once parted, a row is parted by each of its pictures.
        if before[0].rstrip()[-1:].isdigit() or any(text == _BAR for text, _, _ in self.parts[:_MOST_PARTS]):
            self.parts.append((_BAR, self.flags, None))

    def _open(self, element: HtmlElement, tag: str, setting: Setting, stack: list[_Frame]) -> None:
        block = setting.block
        children = iter(element) if len(element) else None
        frame = (element, children or _NO_CHILDREN, block, self.flags, self.level, self.node, len(self.links))
        if block:
            if self.parts:
                self._end_line(2)
            else:
                self._break(2)
            self.node = element
            if tag == "dd":
                self._take_label(element)
        elif self.node is None:
            self.node = element
        elif self.parts and begins_field(element, self.parts, level=self.level, is_in_text=self._is_in_text):
            self._end_line(1)
        elif self.parts and is_field_of_row(element, self._is_in_text):
            self.parts.append((_BAR, self.flags, None))
        around = self.flags
        self.flags = around & ~setting.cleared | setting.added
        if tag in _PARTICULAR:
            self._style(element, tag, around)
        if tag == "table" and is_data_table(element):
            self._rows(element)
            children = None
        elif element.text:
            self._text(element.text)
        if children is None:
            self._leave(frame, stack)
        else:
            stack.append(frame)

    def _is_in_text(self) -> bool:
        """Whether two paragraphs, more than a lead, stand among the last lines: what follows is no head."""
        running = (
            len(block.text) >= _RUNNING and not block.link_chars and block.text[-1] in ".!?”"
            for block in self.blocks[-_NEAR:]
        )
        return sum(running) > 1

    def _take_label(self, value: HtmlElement) -> None:
        """Begin a value's line with the term before it, where a list prints an article's particulars."""
        label, terms = value.getprevious(), value.getparent()
        line = self.blocks[-1] if self.blocks else None
        if label is None or line is None or line.node is not label or terms is None:
            return
        if is_list_of_fields(terms):
            self.blocks.pop()
            self.parts.append((f"{line.text.rstrip(' :')}: ", line.flags, None))

    def _leave(self, frame: _Frame, stack: list[_Frame]) -> None:
        element, _, block, flags, level, node, links = frame
        if block:
            if self.parts:
                self._end_line(2)
            else:
                self._break(2)
        elif self.parts and is_glued_tail(element, self.parts):
            self._end_line(1)
        self.flags, self.level, self.node = flags, level, node
        del self.links[links:]
        if element is self.last:
            self.over = True
        elif stack and element.tail:
            self._text(element.tail)

    def _style(self, element: HtmlElement, tag: str, around: int) -> None:
        """What an element's tag means by what it holds, links to, ranks as, or stands in."""
        if tag == "a":
            if element.get("href") is not None or element.get("onclick") is not None:
                self.flags |= LINK
                self.links.append(element)
                self.line_links.append(element)
        elif tag == "form":
            if is_small_form(element):
                self.flags |= CHROME
        elif tag == "table":
            if is_picture_table(element):
                self.flags |= FIGURE
        elif tag == "footer":  # HTML5 gives an article a footer of its own: author, source, tags
            if any(above.tag == "article" for above in element.iterancestors()):
                self.flags = around
        else:
            self.level = HEADINGS[tag]

    def _text(self, text: str) -> None:
        if self.flags & VERBATIM and "\n" in text:
            first, *others = text.split("\n")
            self._piece(first)
            for line in others:
                self._end_line(1)
                self._piece(line)
        else:
            self._piece(text)

    def _piece(self, text: str) -> None:
        parts = self.parts
        # Wall to wall stand a link to an address and a name, a calendar's `Tháng 12` and its `2015`.
        address = "@" in text and self.links and parts and not parts[-1][0][-1:].isspace()
        if address or (parts and _goes_on_date(parts[-1][0], text)):
            parts.append((" ", self.flags, None))
        if text and (parts or not text.isspace()):
            parts.append((text, self.flags, self.links[-1] if self.links else None))

    def _image(self, element: HtmlElement) -> None:
        # An image inside a line of text does not break it; one between lines stands for itself.
        block = Block(text="", node=element, image=element, flags=self.flags, level=self.level)
        block.links = list(self.links)
        pending = self.parts
        if any(not text.isspace() for text, _, _ in pending):
            self._end_line(2)
        self.parts = []
        self.blocks.append(block)

    def _end_line(self, strength: int) -> None:
        parts, self.parts = self.parts, []
        if not parts:
            self._break(strength)
            return
        soft, found = self.breaks == 1, False
        for piece in part_line(parts):
            found = self._line(piece, soft=soft and not found) or found
        if not found:
            self._break(strength)
            return
        self.line_links = list(self.links)
        self.breaks = strength

    def _line(self, parts: Parts, *, soft: bool) -> bool:
        # A bar at a line's edge is a table's or menu's border, not a word of it.
        text = clean("".join(part for part, _, _ in parts)).strip("|").strip()
        if not text:
            return False
        every, some, link_chars = ~0, 0, 0
        for part, flags, _ in parts:
            if part.isspace():
                continue
            every &= flags
            some |= flags
            if flags & LINK:
                link_chars += len(part.strip())
        assert self.node is not None
        self.blocks.append(
            Block(
                text=text,
                node=self.node,
                flags=every & 0xFFFF,
                some=some,
                level=self.level,
                link_chars=min(link_chars, len(text)),
                links=self.line_links,
                soft=soft,
            )
        )
        return True

    def _break(self, strength: int) -> None:
        # Two `<br>` in a row part paragraphs as surely as the edge of an element does.
        self.breaks = 2 if strength == 2 else self.breaks + 1
        self.line_links = list(self.links)

    def _rows(self, table: HtmlElement) -> None:
        for row in table.iter("tr"):
            if len(self.blocks) >= MAX_BLOCKS:
                break
            cells = [clean("".join(cell.itertext())) for cell in row if cell.tag in ("td", "th")]
            text = " | ".join(cell for cell in cells if cell)
            if text:
                link_chars = sum(len("".join(link.itertext()).strip()) for link in row.iter("a"))
                self.blocks.append(
                    Block(
                        text=text,
                        node=row,
                        flags=self.flags,
                        some=self.flags,
                        link_chars=min(link_chars, len(text)),
                        links=list(row.iter("a")),
                        row=True,
                    )
                )
        self.breaks = 2
