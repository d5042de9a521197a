"""Where the article ends, and which widgets its text flows around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS, FINAL_CLOSERS
from crawler.reading.attachments import is_document
from crawler.reading.blocks import Block
from crawler.reading.furniture import is_pointer
from crawler.reading.lines import Lines, ends_sentence
from crawler.reading.tree import are_parts_of_one, box_below, container_of, has_more, is_within, says_only
from crawler.reading.typesetting import CAPTION, ITEM


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """Where the text closes."""

    end: int
    """Index after the last block of the body."""
    intruders: frozenset[int]
    """Blocks of widgets between the paragraphs."""


def find_end(lines: Lines, container: HtmlElement | None, inside: frozenset[int], start: int) -> Ending:
    """Walk from the headline to where the article closes; widgets that its text flows around are intruders.

    `inside` are the blocks of the body's container, `start` is the index after the headline.
    """
    index = next((i for i in range(start, len(lines.blocks)) if i in inside), start)
    first = next((i for i in lines.paragraphs if i in inside and i >= start), None)
    last = max(inside, default=start - 1) + 1
    intruders: set[int] = set()
    seen = 0
    while index < last:
        if index not in inside:
            intruders.add(index)
            index += 1
            continue
        seen += len(lines.blocks[index].text) if index in lines.prose else 0
        widget = _widget_end(index, last, lines, container, seen=seen)
        if widget is not None:
            intruders.update(range(index, widget))
            if lines.blocks[index - 1].image is not None and lines.blocks[index - 1].links:
                intruders.add(index - 1)
            index = widget
        elif closing_kind(index, last, lines) in CLOSERS and (seen or first is None or index > first):
            return Ending(end=index, intruders=frozenset(intruders))
        else:
            index += 1
    return Ending(end=last, intruders=frozenset(intruders))


def _widget_end(
    index: int, last: int, lines: Lines, container: HtmlElement | None, *, seen: int
) -> int | None:
    """Where a widget that starts at `index` ends and the article goes on; None where that does not happen."""
    boxed = _teaser_box(index, last, lines.blocks, container)
    if boxed is None and seen > len(lines.blocks[index].text):  # text stands before it
        boxed = _control_box(index, last, lines, container)
    if boxed is not None:
        return boxed
    kind = closing_kind(index, last, lines)
    if kind not in CLOSERS or (kind in {"rating", "tags"} and seen):
        return None
    return _resumes(index, last, lines, kind, seen=seen)


def _teaser_box(index: int, last: int, blocks: Sequence[Block], container: HtmlElement | None) -> int | None:
    """Where a box with another article's link and teaser, set between paragraphs without a heading, ends."""
    block = blocks[index]
    if container is None or block.link_share < 0.8 or len(block.text) < 20:
        return None
    if any(is_document(link) for link in block.links):
        return None
    box = box_below(block, container)
    if box is None or box.tag in ("p", "li", "ul", "ol", "table"):
        return None
    before = next((other for other in reversed(blocks[:index]) if other.text), None)
    if before is not None and is_within(before.node, box):
        return None  # a link in the middle of a box that holds the text itself
    end = index
    chars = 0
    while end < last and is_within(blocks[end].node, box):
        chars += len(blocks[end].text)
        end += 1
    return end if chars <= 500 else None


def _control_box(index: int, last: int, lines: Lines, container: HtmlElement | None) -> int | None:
    """Where a box with buttons to press, set between paragraphs, ends: a poll, a form."""
    box = box_below(lines.blocks[index], container) if container is not None else None
    if box is None or box.tag in ("p", "li", "table", "figure") or has_more(box, _MOST_CONTROLS):
        return None
    if next(box.iter("button", "input", "select"), None) is None or box.find(".//img") is not None:
        return None
    end = index
    while end < last and is_within(lines.blocks[end].node, box):
        end += 1
    chars = sum(len(block.text) for block in lines.blocks[index:end])
    goes_on = any(i in lines.prose for i in range(end, min(last, end + 6)))
    return end if goes_on and chars <= 300 and not is_within(lines.blocks[index - 1].node, box) else None


_MOST_CONTROLS: Final = 40
"""Elements right in such a box."""


def closing_kind(index: int, last: int, lines: Lines) -> str | None:
    """Return the landmark kind of a line, or `related` for an unknown heading that only links follow."""
    kind = lines.kinds[index]
    if kind is not None:
        return kind
    block = lines.blocks[index]
    if not block.text or len(block.text) > 60 or block.link_share >= 0.8:
        return None
    if (
        block.has(CAPTION)
        or _goes_on(block, lines)
        or (ends_sentence(block.text) and block.text[-1] in ".;)”")
    ):
        return None
    for follower in lines.blocks[index + 1 : min(last, index + 8)]:
        # A subhead is followed by a paragraph, never by a headline that is nothing but a link.
        if follower.link_share > 0.8 and len(follower.text) >= 20:
            return None if any(is_document(link) for link in follower.links) else "related"
        if follower.text and not is_date_line(follower.text):
            return None
    return None


def _goes_on(block: Block, lines: Lines) -> bool:
    """Whether a line is set as the one before it and parted from it by no blank line: a verse, no heading."""
    before = lines.blocks[block.index - 1] if block.index else None
    return (
        block.soft
        and before is not None
        and before.node is block.node
        and before.flags == block.flags
        and bool(before.text)
        and not _is_link(before)
        and lines.kinds[before.index] is None
    )


def _resumes(index: int, last: int, lines: Lines, kind: str, *, seen: int) -> int | None:
    """Where the article goes on after a widget that starts at `index`; None when it does not.

    It goes on when, after the widget's links, a paragraph stands in the same container as those before.
    """
    if kind in FINAL_CLOSERS and kind != "footer":
        return None
    opening = lines.blocks[index]
    home = _home(index, lines)
    box = _widget_box(index, lines, home)
    links = opening.link_share > 0.5 or kind in ("advertisement", "footer")
    for after in range(index + 1, last):
        block = lines.blocks[after]
        links = links or _is_link(block)
        if box is not None and is_within(block.node, box):
            continue
        if _is_home_prose(after, lines, home):
            if box is None:
                return after if links and not _is_teased(after, lines.blocks) else None
            return _with_pictures(after, lines, box)
        if box is not None and links and seen < _LEAD and _text_begins(after, last, lines, box):
            return after
        if lines.kinds[after] in FINAL_CLOSERS:
            return None
        if block.text and not _is_link(block) and lines.kinds[after] is None and not is_date_line(block.text):
            if box is None:
                goes_on = links and _is_at_home(block, home) and _prose_follows(after, last, lines, home)
                return after if goes_on and not _is_teased(after, lines.blocks) else None
            if _is_within_home(block, home) and _is_teased(after, lines.blocks, box, home):
                continue  # of another widget
            goes_on = _belongs(block, lines, home) and _prose_follows(after, last, lines, home)
            return _with_pictures(after, lines, box) if goes_on else None
    return None


def _widget_box(index: int, lines: Lines, home: HtmlElement | None) -> HtmlElement | None:
    """The element of a widget that starts at `index` among paragraphs in `home`; None where it has none."""
    opening = lines.blocks[index]
    box = box_below(opening, home)
    if box is None and home is not None and opening.node is not home:
        box = box_below(opening, home.getparent())
    before = next((lines.blocks[i] for i in range(index - 1, -1, -1) if i in lines.prose), None)
    while box is not None and before is not None and is_within(before.node, box):
        box = box_below(opening, box)  # a paragraph that was never closed holds the widget's box
    return box


def _belongs(block: Block, lines: Lines, home: HtmlElement | None) -> bool:
    """Whether a line after a widget stands as the article's own lines do: a subhead, a verse, a caption."""
    return (
        block.has(CAPTION)
        or _is_under_picture(block, lines)
        or (_is_at_home(block, home) and len(block.text) < _SHORT)
        or _is_within_home(block, home)
    )


_SHORT: Final = 200
"""Characters; longer lines are paragraphs or none of the article's."""


def _is_under_picture(block: Block, lines: Lines) -> bool:
    """Whether a line stands with the picture before it in an element of their own: its caption."""
    before = lines.blocks[block.index - 1]
    return before.image is not None and not before.links and is_within(before.node, block.node)


def _is_at_home(block: Block, home: HtmlElement | None) -> bool:
    return home is not None and are_parts_of_one(container_of(block), home)


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
        room -= bool(block.text) and not block.row and not _is_link(block)
    return False


_SOON: Final = 6
"""Lines of the article that are neither paragraphs nor rows, one after another: verses, items, a subhead."""


def _is_link(block: Block) -> bool:
    """Whether a line is a link to another article, perhaps with a word that leads to it."""
    return block.link_share > 0.6 or is_pointer(block)


def _home(index: int, lines: Lines) -> HtmlElement | None:
    """The container of most paragraphs just before, the last one's of equals: one may be a quotation's."""
    before = [lines.blocks[i] for i in islice((i for i in range(index - 1, -1, -1) if i in lines.prose), 6)]
    # A list among the paragraphs has a container of its own, but a lead alone has one too.
    plain = [block for block in before if not block.has(ITEM)]
    homes = [container_of(block) for block in (plain if len(plain) > 1 else before)]
    return max(homes, key=homes.count, default=None)


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
    own = box_below(above[0], home)
    if own is not None and not is_within(blocks[index].node, own) and not says_only(own, above[0].text):
        return False
    return not (len(above) > 1 and _is_link(above[1]))


_NEAR: Final = 6
_MARKED: Final = re.compile(r"[-–•·*+»►>▪■]")
