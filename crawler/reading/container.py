"""The element in which the article's running text gathers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from crawler.landmarks import CLOSERS, FINAL_CLOSERS
from crawler.reading.blocks import Block
from crawler.reading.lines import Lines
from crawler.reading.tree import common_ancestor, container_of, has_more, is_within
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, FIGURE, ITALIC


def body_container(lines: Lines, headline: int | None) -> HtmlElement | None:
    """Return the element in which running text gathers after the headline; None where there is none.

    Each paragraph votes for its container and, ever less, for those around it. Text after a closing landmark,
    and teasers under a link, weigh little.
    """
    votes: dict[HtmlElement, float] = {}
    closed = 1.0
    previous: Block | None = None
    own = _headed_box(lines, headline)
    for block in lines.blocks[headline + 1 if headline is not None else 0 :]:
        if not block.text:
            continue
        kind = lines.kinds[block.index]
        if headline is not None and votes and kind in CLOSERS:
            closed *= 0.25 if kind in FINAL_CLOSERS else 0.5
        if block.index in lines.prose:
            weight = min(len(block.text), 1500) * (1 - block.link_share) * max(closed, 0.02)
            if previous is not None and (_is_teased(previous) or _heads_box(previous, block, own, lines)):
                weight *= 0.25
            _vote(votes, block, weight)
        previous = block
    return max(votes, key=lambda node: votes[node], default=None)


def _headed_box(lines: Lines, headline: int | None) -> HtmlElement | None:
    """The smallest element that holds the headline and the first running text after it; None for the page."""
    first = next((i for i in lines.paragraphs if headline is not None and i > headline), None)
    if first is None or headline is None:
        return None
    box = common_ancestor(lines.blocks[headline].node, lines.blocks[first].node)
    return None if box is None or box.tag in ("body", "html", "form") else box


def _is_teased(heading: Block) -> bool:
    return heading.link_share > 0.8 and len(heading.text) >= 20


def _heads_box(heading: Block, text: Block, own: HtmlElement | None, lines: Lines) -> bool:
    """Whether a paragraph stands right under the title of another box than the headline's: `Lời Bác dạy`."""
    return (
        own is not None
        and len(heading.text) <= _LONGEST_TITLE
        and bool(heading.level or heading.has(BOLD))
        and not is_within(heading.node, own)
        and not is_within(text.node, own)
        and not _has_parts(heading, text, own, lines)
    )


def _has_parts(heading: Block, text: Block, own: HtmlElement, lines: Lines) -> bool:
    """Whether the box of a heading has other headings or paragraphs: the text, beside its lead's box."""
    box = heading.node
    while (parent := box.getparent()) is not None and not is_within(own, parent):
        box = parent
    near = lines.blocks[max(0, heading.index - _NEAR) : text.index + _NEAR]
    return any(
        other is not heading
        and other is not text
        and (other.index in lines.prose or bool(other.level) or (other.has(BOLD) and bool(other.text)))
        and is_within(other.node, box)
        for other in near
    )


_NEAR: Final = 8
"""Lines."""


_LONGEST_TITLE: Final = 40
"""Characters of a box's title."""


def gallery_container(lines: Lines, headline: int | None) -> HtmlElement | None:
    """Return the element in which captioned photographs gather, on a page without running text.

    None where fewer than two stand after the headline.
    """
    votes: dict[HtmlElement, float] = {}
    found = 0
    for block, after in pairwise(lines.blocks[headline + 1 if headline is not None else 0 :]):
        if block.image is not None and after.text and after.has(CAPTION) and not after.has(CHROME):
            found += 1
            _vote(votes, after, 1.0)
    return max(votes, key=lambda node: votes[node]) if found >= 2 else None


def _vote(votes: dict[HtmlElement, float], block: Block, weight: float) -> None:
    """Vote for the element a line stands in and, ever less, for those around it.

    The boxes in which a block builder wraps each paragraph, one around the other, are one.
    """
    node: HtmlElement | None = _wrapped(container_of(block))
    for steps in range(6):
        if node is None or node.tag == "html":
            break
        votes[node] = votes.get(node, 0.0) + weight * 0.8**steps
        node = node.getparent()


def _wrapped(box: HtmlElement) -> HtmlElement:
    """The outermost of the boxes that hold one paragraph and nothing else; three and more are a builder's."""
    outer = box
    for wrappers in range(_MOST_WRAPPERS):
        parent = outer.getparent()
        if has_more(outer, 1) or parent is None or parent.tag != box.tag or has_more(parent, 1):
            return outer if wrappers >= _FEWEST_WRAPPERS else box
        outer = parent
    return box


_FEWEST_WRAPPERS: Final = 2
_MOST_WRAPPERS: Final = 12


def with_pictures(container: HtmlElement | None, lines: Lines) -> HtmlElement | None:
    """Widen the box of a photo story's lead to hold the photographs that stand after it."""
    for _ in range(3):
        if container is None or container.tag in {"body", "html", "form", "article", "main"}:
            return container
        inside = lines.within(container)
        parent = container.getparent()
        if len(inside & lines.prose) > 2 or parent is None or not _pictures_follow(inside, lines):
            return container
        container = parent
    return container


def _pictures_follow(inside: frozenset[int], lines: Lines) -> bool:
    last = max(inside, default=-1)
    found = 0
    for block in lines.blocks[last + 1 : last + 7]:
        if lines.kinds[block.index] in CLOSERS:
            break
        found += (block.image is not None and not block.links) + block.has(CAPTION)
    return found >= 2


def first_picture(blocks: Sequence[Block]) -> int | None:
    """Return the index of the first photograph with a caption under it, on a page without running text."""
    for block, after in pairwise(blocks):
        if block.image is None or block.links or not after.text:
            continue
        if after.flags & (FIGURE | CAPTION | ITALIC):
            return block.index
    return None
