"""Where the article ends, and which widgets its text flows around."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS
from crawler.reading.attachments import is_document
from crawler.reading.blocks import Block
from crawler.reading.caption_words import reads_like_scene
from crawler.reading.lines import Lines, ends_sentence
from crawler.reading.pictures import leads_elsewhere
from crawler.reading.resuming import is_link, resumes
from crawler.reading.signature_labels import CREDITED
from crawler.reading.tree import box_beside, has_more, is_within
from crawler.reading.typesetting import CAPTION


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
    first = None
    if container is not None:  # else a poem or a gallery, and running text is a reader's
        first = next((i for i in lines.paragraphs if i in inside and i >= start), None)
    last = max(inside, default=start - 1) + 1
    intruders: set[int] = set()
    seen = 0
    said = False  # any line of words: a poem has no paragraphs
    while index < last:
        if index not in inside:
            intruders.add(index)
            index += 1
            continue
        block = lines.blocks[index]
        seen += len(block.text) if index in lines.prose else 0
        said = said or (bool(block.text) and lines.kinds[index] is None and block.link_share < 0.5)
        widget = _widget_end(index, last, lines, container, seen=seen, passed=intruders)
        if widget is not None:
            intruders.update(range(index, widget))
            if lines.blocks[index - 1].image is not None and lines.blocks[index - 1].links:
                intruders.add(index - 1)
            index = widget
        elif closing_kind(index, last, lines) in CLOSERS and (
            seen or (index > first if first is not None else said)
        ):
            return Ending(end=index, intruders=frozenset(intruders))
        else:
            index += 1
    return Ending(end=last, intruders=frozenset(intruders))


def _widget_end(
    index: int,
    last: int,
    lines: Lines,
    container: HtmlElement | None,
    *,
    seen: int,
    passed: Collection[int],
) -> int | None:
    """Where a widget that starts at `index` ends and the article goes on; None where that does not happen."""
    boxed = _teaser_box(index, last, lines.blocks, container)
    if boxed is None and seen > len(lines.blocks[index].text):  # text stands before it
        boxed = _control_box(index, last, lines, container) or _picture_box(index, last, lines, container)
    if boxed is not None:
        return boxed
    kind = closing_kind(index, last, lines)
    if kind not in CLOSERS or (kind in {"rating", "tags"} and seen):
        return None
    return resumes(index, last, lines, kind, seen=seen, passed=passed)


def _teaser_box(index: int, last: int, blocks: Sequence[Block], container: HtmlElement | None) -> int | None:
    """Where a box with another article's link and teaser, set between paragraphs without a heading, ends."""
    block = blocks[index]
    if container is None or len(block.text) < 20:
        return None
    if CREDITED.match(block.text):
        return None
    labelled = ":" in block.text or block.text[-1] in ".;!?"
    if block.link_share < (0.8 if labelled else _TEASED):
        return None
    if any(is_document(link) for link in block.links):
        return None
    before = _text_before(index, blocks)
    box = box_beside(block, container, before)
    if box is None or box.tag not in ("div", "section", "article", "aside", "figure", "blockquote"):
        return None
    end = index
    chars = 0
    while end < last and is_within(blocks[end].node, box):
        chars += len(blocks[end].text)
        end += 1
    return end if chars <= 500 else None


def _text_before(index: int, blocks: Sequence[Block]) -> Block | None:
    near = range(index - 1, max(index - _FARTHEST, -1), -1)
    return next((blocks[i] for i in near if blocks[i].text), None)


_FARTHEST: Final = 60
"""Pictures in a row; a bound on hostile pages."""


_TEASED: Final = 0.7
"""Share of link text in a teaser whose link stands wall to wall with a label."""


def _picture_box(index: int, last: int, lines: Lines, container: HtmlElement | None) -> int | None:
    """Where a box between paragraphs ends that holds a picture leading elsewhere and a few words at most."""
    block = lines.blocks[index]
    if container is None or block.image is None:
        return None
    folder = _ADVERTISED.search(block.image.get("src") or "")
    advertised = folder is not None and bool(block.links)
    teased = not advertised and _heads_teaser(block, lines.blocks)
    if not (advertised or teased or leads_elsewhere(block)):
        return None
    before = _text_before(index, lines.blocks)
    box = box_beside(block, container, before)
    if box is None or box.tag not in ("div", "section", "aside") or box.find(".//figcaption") is not None:
        return None
    end, chars = index, 0
    while end < last and is_within(lines.blocks[end].node, box):
        chars += len(lines.blocks[end].text)
        other = lines.blocks[end]
        captioned = other.has(CAPTION) or (other.text and _may_be_caption(other.text) and not advertised)
        if captioned or end in lines.prose:
            return None
        end += 1
    goes_on = any(i in lines.prose for i in range(end, min(last, end + 6)))
    return end if goes_on and chars <= (_LONGEST_TEASER if teased else _LONGEST_LABEL) else None


def _heads_teaser(picture: Block, blocks: Sequence[Block]) -> bool:
    """Whether the link right after a picture, in a box with it, is another article's headline."""
    after = blocks[picture.index + 1] if picture.index + 1 < len(blocks) else None
    box = picture.node.getparent()
    if after is None or not after.links or box is None or not is_within(after.node, box):
        return False
    link = after.links[0]
    headline = clean(link.text_content())
    return len(headline) >= _SHORTEST_HEADLINE and after.text.startswith(headline) and not is_document(link)


_SHORTEST_HEADLINE: Final = 20
"""Characters."""
_LONGEST_TEASER: Final = 300
"""Characters."""


# Folders in which sites keep what advertisers send them.
_ADVERTISED: Final = re.compile(r"/(?:qc|ads|quang-?cao|banners?)/", re.IGNORECASE)


def _may_be_caption(text: str) -> bool:
    return text[-1] == "." or (":" not in text and reads_like_scene(text))


_LONGEST_LABEL: Final = 60
"""Characters."""


def _control_box(index: int, last: int, lines: Lines, container: HtmlElement | None) -> int | None:
    """Where a box with buttons to press, set between paragraphs, ends: a poll, a form."""
    before = _text_before(index, lines.blocks)
    box = box_beside(lines.blocks[index], container, before)
    if box is None or box.tag in ("p", "li", "table", "figure") or has_more(box, _MOST_CONTROLS):
        return None
    asks = lines.blocks[index].text.endswith("?") and box.find(".//button") is not None
    if not (asks or _is_to_choose(box)) or any(box.find(f".//{tag}") is not None for tag in ("img", "table")):
        return None
    end = index
    while end < last and is_within(lines.blocks[end].node, box):
        end += 1
    told = [block.text for block in lines.blocks[index:end] if block.text]
    if any(text.endswith(".") or _QUIZ.match(text) for text in told):
        return None  # a sentence: the text's own, which a button shows or hides; or a question of its quiz
    if len(told) > _MOST_BUTTONED and box.find(".//input") is None and not asks:
        return None  # a song with a button to hear it
    chars = sum(len(block.text) for block in lines.blocks[index:end])
    goes_on = any(i in lines.prose for i in range(end, min(last, end + 6)))
    return end if goes_on and chars <= 300 and not is_within(lines.blocks[index - 1].node, box) else None


_QUIZ: Final = re.compile(r"câu (?:hỏi )?(?:số )?\d", re.IGNORECASE)
_MOST_BUTTONED: Final = 2
"""Lines beside the buttons."""
_ASKED: Final = (None, "radio", "checkbox", "text", "email", "tel", "search")


def _is_to_choose(box: HtmlElement) -> bool:
    """Whether a box offers a choice: a lone button may show, hide or copy what the article says."""
    choices = [one for one in box.iter("input", "select") if one.get("type") in _ASKED]
    return bool(choices) or len(list(islice(box.iter("button"), 2))) > 1


_MOST_CONTROLS: Final = 40
"""Elements right in such a box."""


def closing_kind(index: int, last: int, lines: Lines) -> str | None:
    """Return the landmark kind of a line, or `related` for an unknown heading that only links follow."""
    kind = lines.kinds[index]
    if kind is not None:
        return kind
    block = lines.blocks[index]
    if not block.text or len(block.text) > 60 or block.link_share >= 0.8 or is_date_line(block.text):
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


_LONGEST_VERSE: Final = 80
"""Characters."""


def _goes_on(block: Block, lines: Lines) -> bool:
    """Whether a line is set as the one before it and parted from it by no blank line: a verse, no heading."""
    before = lines.blocks[block.index - 1] if block.index else None
    return (
        block.soft
        and before is not None
        and before.node is block.node
        and before.flags == block.flags
        and 0 < len(before.text) < _LONGEST_VERSE
        and before.text[-1] not in ".!?…"
        and not is_link(before)
        and lines.kinds[before.index] is None
    )
