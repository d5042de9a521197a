"""Captions: which lines belong to a photograph, by where they stand and how they are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.dates import is_date_line
from crawler.reading.attachments import is_document
from crawler.reading.blocks import Block
from crawler.reading.caption_words import (
    FILE_NAME,
    is_only_credit,
    names_picture,
    names_somebody_first,
    read_credit,
    reads_like_scene,
    sentences,
)
from crawler.reading.lines import bare
from crawler.reading.tree import are_typeset_alike, has_more, says_only
from crawler.reading.typesetting import BOLD, CAPTION, CENTER, FIGURE, ITALIC

MAX_CAPTION_CHARS: Final = 420
_CAP_CLASS: Final = re.compile(r"(?:^|[\s_-])(?:cap|chu-?thich|ghi-?chu|note)(?:$|[\s_-])", re.IGNORECASE)


def caption_blocks(
    blocks: Sequence[Block],
    order: Sequence[int],
    place: int,
    taken: set[int],
    repeated: frozenset[int],
) -> list[int]:
    """Indexes of the lines that caption the image at this place.

    The one after it and its continuation, else, inside one figure, the one before.
    """
    image = blocks[order[place]]
    column = _under_in_table(image, blocks, order, place)
    if column:
        return column
    after: list[int] = []
    for index in order[place + 1 : place + 4]:
        block = blocks[index]
        if block.image is not None:
            if after:
                break
            continue  # several photographs over one caption
        if FILE_NAME.match(block.text) or numbers_picture(block, blocks):
            continue  # Liferay and old editors print the file's name under the image, a gallery its number
        if after and stands_under_figcaption(block, blocks[after[-1]]):
            break
        if index in taken or not is_caption(image, block, blocks, order, repeated, first=not after):
            break
        after.append(index)
    if after:
        return after
    if place and _NUMBERED_PICTURE.match(blocks[order[place - 1]].text) and order[place - 1] not in taken:
        return [order[place - 1]]
    if place and image.flags & FIGURE:
        before = blocks[order[place - 1]]
        if (
            before.text
            and not is_date_line(before.text)
            and before.flags & FIGURE
            and order[place - 1] not in taken
            and _same_frame(image, before)
        ):
            return [order[place - 1]]
    return []


def numbers_picture(block: Block, blocks: Sequence[Block]) -> bool:
    """Return whether a line tells which of how many pictures one is: `3/10`, where others tell so too."""
    place = _PLACE.fullmatch(block.text)
    if place is None:
        return False
    near = blocks[max(0, block.index - _NEAR) : block.index + _NEAR]
    others = (_PLACE.fullmatch(other.text) for other in near if other is not block)
    return any(other is not None and other[1] == place[1] for other in others)


_PLACE: Final = re.compile(r"\(?\d{1,2} ?/ ?(\d{1,2})\)?")
_NUMBERED_PICTURE: Final = re.compile(r"^(?:ảnh|hình)\s*\d{1,2}\s*[:.]", re.IGNORECASE)


def _under_in_table(image: Block, blocks: Sequence[Block], order: Sequence[int], place: int) -> list[int]:
    """The lines of the cell under the image's, where a row of pictures stands over a row of captions."""
    assert image.image is not None
    cell = next((node for node in image.image.iterancestors() if node.tag in ("td", "th")), None)
    row = cell.getparent() if cell is not None else None
    below = row.getnext() if row is not None else None
    if cell is None or row is None or below is None:
        return []
    if (
        has_more(row, _MOST_COLUMNS)
        or has_more(below, _MOST_COLUMNS)
        or len(row) < 2
        or len(row) != len(below)
    ):
        return []
    if not all(other.find(".//img") is not None for other in row) or below.find(".//img") is not None:
        return []
    inside = set(below[row.index(cell)].iter())
    return [i for i in order[place + 1 : place + 16] if blocks[i].text and blocks[i].node in inside]


def is_caption(
    image: Block,
    block: Block,
    blocks: Sequence[Block],
    order: Sequence[int],
    repeated: frozenset[int],
    *,
    first: bool,
) -> bool:
    """Whether a line captions the image above it, by how both are set."""
    text = block.text
    if not _may_caption(block) or (block.level and not _is_credited(text)):
        return False
    if block.has(CAPTION) or _is_in_caption(block):
        return True
    if block.has(FIGURE) and image.has(FIGURE) and _same_frame(image, block):
        return (
            block.link_share < 0.8 or block.node.tag == "figcaption"
        )  # else a list with bullets for pictures
    if not first or is_only_credit(text):
        return is_only_credit(text)
    if block.index in repeated or _is_alt(image, text) or block.level:
        return True
    if _shares_paragraph(image, block, blocks) or _closes_picture_box(image, block):
        return True
    if block.link_share > 0.5:
        return False
    if (block.has(ITALIC) or (block.has(CENTER) and _is_rare(CENTER, block, blocks, order))) and len(
        text
    ) <= 350:
        quoted = len(text) > 60 and text[0] in '“"'
        return not (block.has(BOLD) and not block.has(ITALIC)) and not quoted
    if names_picture(text):
        return sentences(text) <= 1
    if len(text) <= _LONGEST_LINE and _OLD_PICTURE.search(text):
        return True
    if block.has(BOLD) or _goes_on_as_text(image, block, blocks):
        return False
    return reads_like_scene(text)


# `... ngày hội đại đoàn kết. Ảnh minh họa`
_OLD_PICTURE: Final = re.compile(
    r"[.(\-–]\s*ảnh (?:tư liệu|minh h[ọo]a|chụp lại|internet)\W*$", re.IGNORECASE
)


def _is_credited(text: str) -> bool:
    return names_picture(text) or (text.endswith(")") and "(ảnh" in text.lower())


_LOWEST: Final = 6
"""The rank of a heading that some editors set captions in."""


def _may_caption(block: Block) -> bool:
    text = block.text
    if (
        not text
        or len(text) > MAX_CAPTION_CHARS
        or 1 <= block.level < _LOWEST
        or block.row
        or is_date_line(text)
    ):
        return False
    return not (block.link_share > 0.5 and any(map(is_document, block.links)))


def stands_under_figcaption(block: Block, before: Block) -> bool:
    """Whether a line follows a figure that has its caption: text, whatever its class is called."""
    return before.node.tag == "figcaption" and not block.has(FIGURE)


def _is_in_caption(block: Block) -> bool:
    """Whether a line is one of few in a box that is named a caption: its words, then its photographer."""
    box = block.node.getparent()
    return (
        box is not None
        and box.tag == "div"
        and not has_more(box, _FEW)
        and bool(_CAP_CLASS.search(box.get("class") or ""))
    )


def _goes_on_as_text(image: Block, block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a sentence under a picture is the article's: set as its paragraphs, or out of the figure."""
    assert image.image is not None
    if _NAMED_AT_END.sub("", block.text)[-1:] not in (".", "!", "?"):
        return False
    # An editor that sets figures would have set the caption in it.
    figure = block.text[-1] == "." and any(node.tag == "figure" for node in image.image.iterancestors())
    return figure or (_is_set_as_text(block, blocks) and not names_somebody_first(block.text))


# The last paragraph names its author: `... nhiệm kỳ 2020 - 2025. (Ngọc Hà)`.
_NAMED_AT_END: Final = re.compile(r"(?<=[.!?])\s*\([^()]{2,40}\)$")


def _is_set_as_text(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line is set like the paragraphs about it: same element, same box, same type."""
    near = blocks[max(0, block.index - _NEAR) : block.index + _NEAR]
    return any(
        other is not block and len(other.text) >= 100 and are_typeset_alike(other, block) for other in near
    )


_NEAR: Final = 12
"""Lines before and after one that are compared with it."""


def _is_rare(flag: int, block: Block, blocks: Sequence[Block], order: Sequence[int]) -> bool:
    lines = [blocks[i] for i in order if blocks[i].text and i != block.index]
    return sum(1 for line in lines if line.has(flag)) * 2 <= len(lines) + 1


def _shares_paragraph(image: Block, block: Block, blocks: Sequence[Block]) -> bool:
    """Image and line alone together in one small element (`<p><img><br>caption</p>`)."""
    assert image.image is not None
    node = block.node
    sentence = (
        block.text[-1] == "." and not block.flags & (ITALIC | CENTER) and read_credit(block.text) is None
    )
    if len(block.text) > 100 and (sentence or _floats(image.image)):
        return False  # the paragraph flows round it, or begins with it
    if block.has(BOLD) and not block.flags & (ITALIC | CENTER) and block.text[-1] == ".":
        return False  # a lead with its picture
    if node.tag in ("body", "form", "article", "section", "main", "html"):
        return False
    if not any(ancestor is node for ancestor in image.image.iterancestors()):
        return False
    lines = [
        other
        for other in blocks[max(0, block.index - 6) : block.index + 7]
        if other.text and other.node is node
    ]
    return len(lines) <= 2 and sum(len(line.text) for line in lines) <= MAX_CAPTION_CHARS


def _floats(image: HtmlElement) -> bool:
    """Whether text is set to flow round an image."""
    return image.get("align") in ("left", "right") or bool(
        _FLOATED.search(f"{image.get('class') or ''} {image.get('style') or ''}")
    )


_FLOATED: Final = re.compile(
    r"(?:align|float|pull)-?(?:left|right)|float\s*:\s*(?:left|right)", re.IGNORECASE
)


def _closes_picture_box(image: Block, block: Block) -> bool:
    """The one line in a box that otherwise holds only pictures, as slides and e-magazines are set.

    It is named a caption, or stands between paragraphs, or three boxes or more are built alike: one alone,
    over the text, may hold a lead and its picture.
    """
    assert image.image is not None
    box = block.node.getparent()
    if box is None or box.tag not in ("div", "li", "a", "td") or sentences(block.text) > 1:
        return False
    if not any(ancestor is box for ancestor in image.image.iterancestors()):
        return False
    if len(block.text) > 300 or not says_only(box, block.text):
        return False
    if _CAP_CLASS.search(block.node.get("class") or ""):
        return True
    if len(block.text) <= _LONGEST_LINE and _is_paragraph(box.getprevious()) and _is_paragraph(box.getnext()):
        return True
    alike = [
        other
        for other in (box.getparent() if box.getparent() is not None else box)
        if other.tag == box.tag and other.get("class") == box.get("class")
    ]
    return len(alike) >= 3 and all(
        other.find(".//img") is not None and 0 < len(clean(other.text_content())) <= 300 for other in alike
    )


def _is_paragraph(element: HtmlElement | None) -> bool:
    """Whether an element is a paragraph of text with no picture in it."""
    if element is None or element.tag not in ("p", "div") or element.find(".//img") is not None:
        return False
    return len(clean("".join(islice(element.itertext(), _MOST_PIECES)))) >= _SHORTEST_PARAGRAPH


_LONGEST_LINE: Final = 200
_SHORTEST_PARAGRAPH: Final = 60
"""Characters."""
_MOST_PIECES: Final = 30
_FEW: Final = 4
_MOST_COLUMNS: Final = 12
"""Bounds on hostile pages: what is looked through for each line and each picture."""


def is_under_video(block: Block) -> bool:
    """Whether a line is all the text of a box that plays a video: its caption, and none of a photograph."""
    if not block.text or len(block.text) > MAX_CAPTION_CHARS or has_more(block.node, _FEW):
        return False
    return any(
        box is not None
        and box.tag in ("div", "figure", "center")
        and not has_more(box, _FEW)
        and next(box.iter("video", "iframe", "embed", "object"), None) is not None
        and says_only(box, block.text)
        for box in (block.node, block.node.getparent())
    )


def _same_frame(image: Block, block: Block) -> bool:
    assert image.image is not None
    frame = next((node for node in image.image.iterancestors() if node.tag in ("figure", "table")), None)
    return frame is not None and any(node is frame for node in (block.node, *block.node.iterancestors()))


def _is_alt(image: Block, text: str) -> bool:
    assert image.image is not None
    for name in ("alt", "title"):
        value = image.image.get(name)
        if not value:
            continue
        one, other = bare(value), bare(text)
        if len(one) >= 12 and (one == other or (len(one) >= 40 and other.startswith(one))):
            return True
    return False
