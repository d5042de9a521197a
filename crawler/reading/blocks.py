"""A page as a reader sees it: lines of text and images in reading order, with how each is set.

Markup differs from skin to skin; lines do not. A line ends where a browser would break it for structure:
at the edge of a block element, at `<br>`, between the cells of a layout table. Rows of a data table are
one line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from archive.text import clean

# Elements whose text nobody reads on the page.
_SILENT = frozenset(
    "script style noscript template iframe object embed applet select option optgroup datalist "
    "textarea button"
    " input svg math canvas head title map audio video link meta base".split()
)
_BLOCK = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption "
    "section article"
    " aside header footer nav main figure figcaption blockquote pre address form fieldset legend hr "
    "center details"
    " summary marquee menu dir hgroup".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CHROME_TAGS = frozenset("nav footer aside menu marquee".split())
_CHROME_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar dialog alertdialog".split()
)

BOLD, ITALIC, CENTER, RIGHT, LINK, CAPTION, CHROME, CELL, ITEM, QUOTE, FIGURE, HEADER = (
    1 << n for n in range(12)
)

_TAG_FLAGS = {
    **dict.fromkeys(("b", "strong", *_HEADINGS), BOLD),
    "th": BOLD | CELL,
    **dict.fromkeys(("i", "em", "cite"), ITALIC),
    "center": CENTER,
    "figcaption": CAPTION,
    "figure": FIGURE,
    "td": CELL,
    **dict.fromkeys(("li", "dd", "dt"), ITEM),
    "blockquote": QUOTE,
    **dict.fromkeys(_CHROME_TAGS, CHROME),
    "header": HEADER,
}
MAX_BLOCKS = 20_000
"""Lines read of one page; the longest article page seen has some 900. A bound on hostile ones."""
_IMAGES = frozenset({"img", "amp-img"})

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
# Word and editors wrap runs of letters in spans of these classes: they part nothing.
_RUN_CLASS = re.compile(
    r"^(?:mso|apple|spelle|grame|s\d|font|textrun|normaltextrun|notranslate|x_|fontstyle)", re.IGNORECASE
)
_ALIGN_STYLE = re.compile(r"text-align\s*:\s*(center|right|left|justify|end|start)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|400)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
# Text for screen readers only, in the class names of Bootstrap, WordPress, Drupal and Liferay.
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader-text|visually-hidden|element-invisible|hide-accessible|"
    r"visuallyhidden|d-none|hidden)(?:\s|$)"
)
_CAPTION_CLASS = re.compile(
    r"caption|chu[-_]?thich|(?:image|img|photo|pic|picture|anh|hinh)[-_]?(?:desc|note|title|text|"
    r"credit)|ghi[-_]?chu[-_]?anh|"
    r"desc[-_]?(?:img|image|photo)|title[-_]?img|photo[-_]?by",
    re.IGNORECASE,
)


_Parts = list[tuple[str, int, HtmlElement | None]]
"""Pieces of a line: text, flags in force, innermost link."""


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


def read_blocks(root: HtmlElement) -> list[Block]:
    """Return the lines and images below a node, in reading order."""
    walker = _Walker()
    walker.walk(root)
    for index, block in enumerate(walker.blocks):
        block.index = index
    return walker.blocks


@dataclass(slots=True)
class _Frame:
    """An element being walked, and what to restore when it ends."""

    element: HtmlElement
    flags: int
    level: int
    node: HtmlElement | None
    children: Iterator[HtmlElement]
    links: int
    block: bool


class _Walker:
    """State of one walk: the line being gathered and the styles in force."""

    __slots__ = ("blocks", "breaks", "flags", "level", "line_links", "links", "node", "parts")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[tuple[str, int, HtmlElement | None]] = []
        self.links: list[HtmlElement] = []
        self.line_links: list[HtmlElement] = []
        self.node: HtmlElement | None = None
        self.flags = 0
        self.level = 0
        self.breaks = 2

    def walk(self, root: HtmlElement) -> None:
        """Gather the lines below `root`. An explicit stack: hostile pages nest deeper than Python recurses."""
        stack: list[_Frame] = []
        self._enter(root, stack)
        while stack and len(self.blocks) < MAX_BLOCKS:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is not None:
                self._enter(child, stack)
                continue
            stack.pop()
            element = frame.element
            tail = element.tail
            if frame.block:
                self._end_line(2)
            elif tail and self.parts and _glued_tail(element, self.parts):
                self._end_line(1)
            self.flags, self.level, self.node = frame.flags, frame.level, frame.node
            del self.links[frame.links :]
            if tail and stack:
                self._text(tail)

    def _enter(self, element: HtmlElement, stack: list[_Frame]) -> None:
        tag = element.tag
        if tag == "br":
            self._end_line(1)
        elif tag in _IMAGES:
            self._image(element)
        elif tag in _SILENT or not isinstance(tag, str):
            pass
        else:
            attributes = element.attrib
            named = len(attributes) > 0
            if not named or not is_hidden(attributes):
                self._open(element, tag, attributes if named else None, stack)
                return
        if stack and element.tail:
            self._text(element.tail)

    def _open(
        self, element: HtmlElement, tag: str, attributes: etree._Attrib | None, stack: list[_Frame]
    ) -> None:
        block = tag in _BLOCK or (attributes is not None and _set_as_block(attributes))
        frame = _Frame(element, self.flags, self.level, self.node, iter(element), len(self.links), block)
        stack.append(frame)
        if block:
            self._end_line(2)
            self.node = element
        elif self.node is None:
            self.node = element
        elif attributes is not None and self.parts and self._abuts(element):
            self._end_line(1)
        self._style(element, tag, attributes)
        if tag == "table" and is_data_table(element):
            self._rows(element)
            frame.children = iter(())
        elif element.text:
            self._text(element.text)

    def _abuts(self, element: HtmlElement) -> bool:
        """Whether an inline element stands wall to wall with the one before, each with a class of its own.

        `<span class=title>..</span><span class=date>..</span>`: a style sheet we do not have parts them.
        The text must look parted too: no blank between, and a capital or digit begins the new piece.
        """
        before = element.getprevious()
        if (
            before is None
            or before.tail
            or before.tag not in ("span", "label", "a", "font", "b", "strong", "em", "i", "small", "time")
        ):
            return False
        names, other = element.get("class"), before.get("class")
        if not names or not other or names == other or _RUN_CLASS.match(names) or _RUN_CLASS.match(other):
            return False
        return _starts_anew(self.parts, next((text for text in element.itertext() if text.strip()), ""))

    def _style(self, element: HtmlElement, tag: str, attributes: etree._Attrib | None) -> None:
        flags = self.flags | _TAG_FLAGS.get(tag, 0)
        if tag == "center":
            flags &= ~RIGHT
        elif tag == "a":
            if element.get("href") is not None or element.get("onclick") is not None:
                flags |= LINK
                self.links.append(element)
                self.line_links.append(element)
        elif tag == "form" and _is_small_form(element):
            flags |= CHROME
        elif tag == "table" and _is_picture_table(element):
            flags |= FIGURE
        elif tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        if attributes is not None:
            flags = _style_attributes(attributes, flags, tag)
        self.flags = flags

    def _text(self, text: str) -> None:
        if text and (self.parts or not text.isspace()):
            self.parts.append((text, self.flags, self.links[-1] if self.links else None))

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
        for piece in _without_menus(parts):
            found = self._line(piece, soft=soft and not found) or found
        if not found:
            self._break(strength)
            return
        self.line_links = list(self.links)
        self.breaks = strength

    def _line(self, parts: list[tuple[str, int, HtmlElement | None]], *, soft: bool) -> bool:
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


_MENU_GAP = re.compile(r"^[\s|·•\-–—,;/»>›:\u00a0]*$")


def _without_menus(parts: _Parts) -> list[_Parts]:
    """Part a line from the menu printed on it: three or more links with nothing but separators between them.

    Old pages set clock, menu and headline in one row without a block element between; prose with links has
    words between them and stays whole.
    """
    links = [place for place, (text, _, link) in enumerate(parts) if link is not None and not text.isspace()]
    if len({id(parts[place][2]) for place in links}) < 3:
        return [parts]
    start = links[0]
    end = start
    count = 1
    for before, place in pairwise(links):
        gap = "".join(text for text, _, _ in parts[before + 1 : place])
        if not _MENU_GAP.match(gap):
            break
        count += parts[place][2] is not parts[before][2]
        end = place
    if count < 3:
        return [parts]
    rest = "".join(text for text, _, _ in parts[end + 1 :]).strip()
    if (rest and rest[0] in "»>›/→") or (len(rest) < 12 and not parts[:start]):
        return [parts]
    return [piece for piece in (parts[:start], parts[start : end + 1], parts[end + 1 :]) if piece]


def _style_attributes(attributes: etree._Attrib, flags: int, tag: str) -> int:
    align = attributes.get("align")
    style = attributes.get("style")
    names = attributes.get("class")
    role = attributes.get("role")
    if style:
        match = _ALIGN_STYLE.search(style)
        if match:
            align = match.group(1)
        match = _BOLD_STYLE.search(style)
        if match:
            flags = flags & ~BOLD if match.group(1).lower() in ("normal", "400") else flags | BOLD
        match = _ITALIC_STYLE.search(style)
        if match:
            flags = flags & ~ITALIC if match.group(1).lower() == "normal" else flags | ITALIC
    if names:
        if "text-right" in names or "has-text-align-right" in names or "text-end" in names:
            align = "right"
        elif "text-center" in names or "has-text-align-center" in names:
            align = "center"
        if _CAPTION_CLASS.search(names) and tag not in ("body", "html", "main", "article"):
            flags |= CAPTION
    if align and tag not in ("img", "table"):
        align = align.lower()
        flags &= ~(CENTER | RIGHT)
        flags |= CENTER if align in ("center", "middle") else RIGHT if align in ("right", "end") else 0
    if role in _CHROME_ROLES:
        flags |= CHROME
    return flags


def is_hidden(attributes: etree._Attrib) -> bool:
    """Return whether an element's own attributes keep it off the screen."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    names = attributes.get("class")
    return bool(names and _UNSEEN_CLASS.search(names))


def is_data_table(table: HtmlElement) -> bool:
    """Return whether a table holds data rather than the page's layout or running text.

    Data: two or more rows of two or more short cells, no table or image inside, and most rows alike.
    """
    if table.find(".//table") is not None or table.find(".//img") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [cells for cells in rows if cells]
    if len(rows) < 2:
        return False
    widths = [len(cells) for cells in rows]
    common = max(set(widths), key=widths.count)
    if common < 2 or widths.count(common) * 2 < len(rows):
        return False
    lengths = sorted(len("".join(cell.itertext()).strip()) for cells in rows for cell in cells)
    links = sum(1 for _ in table.iter("a"))
    return lengths[-1] < 400 and lengths[len(lengths) // 2] < 90 and links * 3 < len(lengths)


def _is_picture_table(table: HtmlElement) -> bool:
    """A small table that frames photographs and their captions, as old editors insert them."""
    images = texts = 0
    for count, element in enumerate(table.iter()):
        if count > 60 or (element.tag == "a" and len("".join(element.itertext()).strip()) > 20):
            return False
        if (element.tag == "table" and element is not table) or element.tag in _HEADINGS:
            return False
        images += element.tag == "img"
        if element.tag == "td" and len("".join(element.itertext()).strip()) > _caption_room(element):
            return False
        if (element.tag in ("td", "p", "div", "br") and (element.text or "").strip()) or (
            element.tail or ""
        ).strip():
            texts += 1
    if not images or texts > 2 * images + 2:
        return False
    return len(clean("".join(table.itertext()))) <= 350 * images


def _caption_room(cell: HtmlElement) -> int:
    """How many characters a cell may hold and still be a caption: few beside a picture, more under one."""
    row = cell.getparent()
    beside = cell.find(".//img") is None and row is not None and row.find(".//img") is not None
    return 110 if beside else 260


def _is_small_form(form: HtmlElement) -> bool:
    """A log-in, search or comment form; not the one form an ASP.NET page wraps around everything."""
    fields = sum(
        1 for field in form.iter("input", "textarea") if (field.get("type") or "text").lower() != "hidden"
    )
    return bool(fields) and len("".join(form.itertext())) < 600


def _set_as_block(attributes: etree._Attrib) -> bool:
    style = attributes.get("style")
    return bool(style and _BLOCK_STYLE.search(style))


def _glued_tail(element: HtmlElement, parts: _Parts) -> bool:
    """Whether bare text follows a classed inline element wall to wall, as a date set before its paragraph."""
    names = element.get("class")
    if not names or _RUN_CLASS.match(names) or element.tag not in ("span", "label", "small", "time"):
        return False
    return len(element.tail or "") > 40 and _starts_anew(parts, element.tail or "")


def _starts_anew(parts: _Parts, text: str) -> bool:
    last = parts[-1][0]
    return (
        bool(text)
        and not last[-1:].isspace()
        and (text[0].isupper() or text[0].isdigit())
        and last[-1:].isalnum() | (last[-1:] in ').”"!?…')
    )
