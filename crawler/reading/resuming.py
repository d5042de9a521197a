"""Where the article goes on after a widget between its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from crawler.bylines import read_byline
from crawler.dates import is_date_line
from crawler.landmarks import FINAL_CLOSERS
from crawler.names import names_person
from crawler.reading.blocks import Block
from crawler.reading.furniture import is_pointer
from crawler.reading.lines import Lines
from crawler.reading.tree import (
    are_parts_of_one,
    box_below,
    box_beside,
    common_ancestor,
    container_of,
    is_within,
    says_only,
)
from crawler.reading.typesetting import BOLD, CAPTION, ITEM, QUOTE, RIGHT


def resumes(
    index: int, last: int, lines: Lines, kind: str, *, seen: int, passed: Collection[int] = ()
) -> int | None:
    """Return where the article goes on after a widget that starts at `index`; None when it does not.

    It goes on when, after the widget's links, a paragraph stands in the same container as those before.
    `last` is the index after the body's container; `kind` the landmark that opens the widget; `seen` how many
    characters of text stand before it, `passed` the indexes of the widgets before it.
    """
    if (kind in FINAL_CLOSERS and kind != "footer") or _is_signed_over(index, lines):
        return None
    opening = lines.blocks[index]
    home = _home(index, lines, passed)
    box = _widget_box(index, lines, home)
    links = opening.link_share > 0.5 or kind in ("advertisement", "footer")
    for after in range(index + 1, last):
        block = lines.blocks[after]
        links = links or is_link(block)
        if box is not None and is_within(block.node, box):
            continue
        if _is_home_prose(after, lines, home):
            if box is not None:
                return _with_pictures(after, lines, box)
            if links and _text_goes_on(after, last, lines, home):
                return after
            continue
        if box is not None and links and seen < _LEAD and _text_begins(after, last, lines, box):
            return after
        if lines.kinds[after] in FINAL_CLOSERS:
            return None
        if block.text and not is_link(block) and lines.kinds[after] is None and not is_date_line(block.text):
            if box is None:
                goes_on = links and _is_at_home(block, home) and _prose_follows(after, last, lines, home)
                return after if goes_on and _text_goes_on(after, last, lines, home) else None
            if _is_within_home(block, home) and _is_teased(after, lines.blocks, box, home):
                continue  # of another widget
            beside = container_of(block) is box.getparent() and (len(block.text) < _SHORT or block.has(QUOTE))
            goes_on = (beside or _belongs(block, lines, home)) and _prose_follows(after, last, lines, home)
            return _with_pictures(after, lines, box) if goes_on else None
    return None


def _is_signed_over(index: int, lines: Lines) -> bool:
    """Whether the line over a widget is a name, on the right or in bold: the text is signed, and ends."""
    before = next((block for block in reversed(lines.blocks[max(0, index - 3) : index]) if block.text), None)
    if before is None or before.level or not before.flags & (RIGHT | BOLD) or before.has(CAPTION):
        return False
    return names_person(before.text) and lines.kinds[before.index] is None


def _text_goes_on(index: int, last: int, lines: Lines, home: HtmlElement | None) -> bool:
    """Whether text goes on here on a page without structure: more than one line of it, none a link's teaser.

    Under the last list such pages print teasers, link by link, and what the site says to its readers.
    """
    if _is_teased(index, lines.blocks):
        return False
    own = lines.blocks[index].node
    before = [lines.blocks[i] for i in range(max(0, index - _FAR), index) if i in lines.prose]
    if own.tag == "p" and before and before[-1].node is own:
        return True  # in the paragraph that was broken by links
    below = [block for block in lines.blocks[index + 1 : min(last + _SOON, len(lines.blocks))] if block.text]
    if not below or (below[0].link_share > 0.8 and not is_pointer(below[0])):
        return False
    return any(
        _is_home_prose(block.index, lines, home) or block.has(RIGHT) or _is_signature(block)
        for block in below[:_SOON]
    )


_FAR: Final = 40
"""Lines before one that are looked through."""


def _is_signature(block: Block) -> bool:
    read = read_byline(block.text) if len(block.text) <= _LONGEST_NAME else None
    return read is not None and read.score >= 0.6


_LONGEST_NAME: Final = 80
"""Characters of a line that signs."""


def _widget_box(index: int, lines: Lines, home: HtmlElement | None) -> HtmlElement | None:
    """The element of a widget that starts at `index` among paragraphs in `home`; None where it has none."""
    opening = lines.blocks[index]
    before = next((lines.blocks[i] for i in range(index - 1, -1, -1) if i in lines.prose), None)
    box = box_beside(opening, home, before)
    if box is None and home is not None and opening.node is not home:
        box = box_beside(opening, home.getparent(), before)
    if box is None and before is not None:  # a builder's part, among paragraphs in boxes of their own
        around = common_ancestor(opening.node, before.node)
        own = around is not None and around.tag not in ("body", "html", "form", "table", "tbody", "tr")
        box = box_beside(opening, around, before) if own else None
    return box


def _belongs(block: Block, lines: Lines, home: HtmlElement | None) -> bool:
    """Whether a line after a widget stands as the article's own lines do: a subhead, a verse, a caption."""
    return (
        block.has(CAPTION)
        or _is_under_picture(block, lines)
        or ((_is_at_home(block, home) or _is_beside(block, home)) and len(block.text) < _SHORT)
        or _is_within_home(block, home)
    )


_SHORT: Final = 200
"""Characters; longer lines are paragraphs or none of the article's."""


def _is_under_picture(block: Block, lines: Lines) -> bool:
    """Whether a line stands with the picture before it in an element of their own: its caption."""
    before = lines.blocks[block.index - 1]
    if before.image is None or before.links:
        return False
    box = block.node.getparent()
    return is_within(before.node, block.node) or (
        box is not None and is_within(before.node, box) and says_only(box, block.text)
    )


def _is_at_home(block: Block, home: HtmlElement | None) -> bool:
    return home is not None and are_parts_of_one(container_of(block), home)


def _is_beside(block: Block, home: HtmlElement | None) -> bool:
    """Whether a line's element, or a row's table, stands beside paragraphs that are containers each."""
    if home is None or home.tag != "div":
        return False
    table = next((node for node in block.node.iterancestors() if node.tag == "table"), None)
    element = table if block.row and table is not None else block.node
    return element.getparent() is home.getparent()


def _is_within_home(block: Block, home: HtmlElement | None) -> bool:
    """Whether a line stands in a box of its own among the paragraphs: a note, a photograph's caption."""
    return home is not None and home.tag not in ("body", "form") and is_within(block.node, home)


def _with_pictures(index: int, lines: Lines, box: HtmlElement | None) -> int:
    """Return where the photographs begin that stand right before a line and outside a box."""
    while box is not None and (before := lines.blocks[index - 1]).image is not None:
        if is_within(before.node, box) or before.text:
            break
        index -= 1
    return index


_LEAD: Final = 700
"""Characters. What stands before a widget is no more than a lead where the text itself comes after it."""


def _text_begins(index: int, last: int, lines: Lines, box: HtmlElement) -> bool:
    """Whether two paragraphs of one container begin here, neither the teaser of a link after the box."""
    here = [i for i in range(index, min(last, index + 8)) if i in lines.prose][:2]
    return (
        len(here) == 2
        and here[0] == index
        and not any(_is_teased(i, lines.blocks, box) for i in here)
        and container_of(lines.blocks[here[0]]) is container_of(lines.blocks[here[1]])
    )


def _is_home_prose(index: int, lines: Lines, home: HtmlElement | None) -> bool:
    block = lines.blocks[index]
    if index not in lines.prose or len(block.text) < 60:
        return False
    return home is None or _is_at_home(block, home)


def _prose_follows(index: int, last: int, lines: Lines, home: HtmlElement | None) -> bool:
    """Whether a paragraph of the article stands here or soon, past rows of a table and widgets' links."""
    room = _SOON
    for i in range(index, last):
        block = lines.blocks[i]
        if _is_home_prose(i, lines, home):
            return not _is_teased(i, lines.blocks)
        if lines.kinds[i] in FINAL_CLOSERS or not room:
            return False
        counts = bool(block.text) and not block.row and not is_link(block)
        room -= counts and not _goes_on_listing(block, lines.blocks[i - 1])
    return False


def _goes_on_listing(item: Block, before: Block) -> bool:
    """Whether a line is an item of the list that the line before it is an item of: a list counts as one."""
    return item.node.tag == before.node.tag == "li" and item.node.getparent() is before.node.getparent()


_SOON: Final = 6
"""Lines of the article that are neither paragraphs nor rows, one after another: verses, lists, a subhead."""


def is_link(block: Block) -> bool:
    """Return whether a line is a link to another article, perhaps with a word that leads to it."""
    return block.link_share > 0.6 or is_pointer(block)


def _home(index: int, lines: Lines, passed: Collection[int]) -> HtmlElement | None:
    """The container of most paragraphs just before, the last one's of equals: one may be a quotation's."""
    before = [lines.blocks[i] for i in islice(_prose_before(index, lines, passed), 6)]
    # A list among the paragraphs has a container of its own, but a lead alone has one too.
    plain = [block for block in before if not block.has(ITEM)]
    homes = [container_of(block) for block in (plain if len(plain) > 1 else before)]
    return max(homes, key=homes.count, default=None)


def _prose_before(index: int, lines: Lines, passed: Collection[int]) -> Iterator[int]:
    return (i for i in range(index - 1, -1, -1) if i in lines.prose and i not in passed)


def _is_teased(
    index: int, blocks: Sequence[Block], box: HtmlElement | None = None, home: HtmlElement | None = None
) -> bool:
    """Whether a paragraph is the teaser of a link above it, outside a box, not the article going on.

    The last of several links in a row has no teaser, nor has one with a bullet or a word that leads to it, or
    in a box of its own with more than itself.
    """
    above: list[Block] = []
    for before in range(index - 1, max(index - _NEAR, -1), -1):
        block = blocks[before]
        if box is not None and is_within(block.node, box):
            break
        if block.text and not is_date_line(block.text):
            above.append(block)
    if not above or above[0].link_share <= 0.8 or _MARKED.match(above[0].text) or is_pointer(above[0]):
        return False
    if len(above) > 1 and _FILED.match(above[1].text):
        return False  # the article's own category
    own = box_below(above[0], home)
    if own is not None and not is_within(blocks[index].node, own) and not says_only(own, above[0].text):
        return False
    return not (len(above) > 1 and is_link(above[1]))


_NEAR: Final = 6
"""Lines over a paragraph in which its headline stands."""
_FILED: Final = re.compile(r"(?:chuyên mục|danh mục|thể loại|lĩnh vực)\s*:$", re.IGNORECASE)
_MARKED: Final = re.compile(r"[-–•·*+»►>▪■]")
