"""The trail that stands far above its headline, told by its name or its label alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.reading.blocks import Block
from crawler.reading.lines import bare
from crawler.reading.trail_steps import (
    CRUMB,
    HERE,
    LONGEST_TRAIL,
    is_home,
    is_named_as,
    last_name,
    named_element,
    same_title,
    split_steps,
    step_before,
)

_FARTHEST: Final = 160
"""Lines over the headline: columns of menus and boxes, and a bound on hostile pages."""


def far_trail(above: Sequence[Block], headline: str) -> str | None:
    """Return the last step of a row that is named as a trail and parted like one, however far above.

    SharePoint and DotNetNuke skins print it under the banner, with a column of menus before the headline; its
    first step may be the site's own name.
    """
    title = bare(headline)
    if (last := _step_before_title(above, title) or _step_after_label(above, title)) is not None:
        return last
    seen: set[HtmlElement] = set()
    for block in reversed(above[-_FARTHEST:]):
        spans = () if block.node in seen else islice(block.node.iter("span"), LONGEST_TRAIL)
        seen.add(block.node)
        inner = [clean(node.text_content()) for node in spans if CRUMB.search(node.get("id") or "")]
        for row in [block.text] if is_named_as(block, CRUMB) else inner:
            steps = [step.strip() for step in split_steps(row) if step.strip()]
            if 2 <= len(steps) <= LONGEST_TRAIL:
                return step_before(steps[1:], title)
        if (last := _last_link(block, title)) is not None:
            return last
    return None


def _last_link(block: Block, title: str) -> str | None:
    """The last link of an element named as a trail that holds links alone, however set (NukeViet)."""
    node = named_element(block, CRUMB) if block.link_share > 0.7 else None
    if node is None:
        return None
    steps = [clean(link.text_content()) for link in islice(node.iter("a"), LONGEST_TRAIL + 1)]
    own = sum(len(step) for step in steps)
    room = sum(len(clean(text)) for text in islice(node.itertext(), _MOST_PIECES))
    whole = 2 <= len(steps) <= LONGEST_TRAIL and room <= own + LONGEST_TRAIL
    return step_before(steps, title) if whole else None


_MOST_PIECES: Final = 60
"""Pieces of text in a trail; a bound on hostile pages."""


def _step_before_title(above: Sequence[Block], title: str) -> str | None:
    """The last link of a row from home to the headline, with pictures of arrows between its steps."""
    lines = [block for block in above[-_FARTHEST:] if block.text]
    for place, block in enumerate(lines):
        if place < 2 or block.links or not same_title(block.text, title):
            continue
        steps = [line for line in lines[max(0, place - LONGEST_TRAIL) : place] if line.node is block.node]
        if len(steps) >= 2 and all(step.links for step in steps) and is_home(steps[0].text):
            return last_name([step.text for step in steps[1:]])
    return None


def _step_after_label(above: Sequence[Block], title: str) -> str | None:
    """The last step of the row under `Bạn đang xem:`, whatever parts its steps: a bar too."""
    for label, row in pairwise(block for block in above[-_FARTHEST:] if block.text):
        if HERE.fullmatch(label.text) and len(row.links) >= 2 and is_home(row.text.split("|")[0].strip()):
            steps = [step.strip() for step in row.text.split("|")]
            return step_before(steps[1:], title)
    return None
