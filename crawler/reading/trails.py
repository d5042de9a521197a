"""The trail from the home page over a headline: on one line or one step a line, however it is parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

from archive.text import clean
from crawler.dates import is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block
from crawler.reading.lines import bare
from crawler.reading.link_rows import is_list_under_menu, is_under_menu
from crawler.reading.trail_steps import (
    BULLETS,
    CRUMB_NAMES,
    HERE,
    LONGEST_TRAIL,
    STEP_SPLIT,
    is_home,
    is_named_as,
    named_element,
    same_title,
    split_steps,
    step_before,
)

_LONGEST_NAMELESS: Final = 60
"""Characters of a step after the picture of a house; what is longer leads to an article."""
_BLANKS: Final = re.compile(r"[\s|]")


def own_step(block: Block) -> str:
    """Return a line, or its last link where it is nothing but links: `Chính trị » Xây dựng Đảng`."""
    names = [name for link in block.node.iter("a") if (name := clean(link.text_content()))]
    glued = _BLANKS.sub("", block.text) == _BLANKS.sub("", "".join(names))
    if len(names) > 1 and block.link_share > 0.7 and (glued or STEP_SPLIT.search(block.text)):
        return names[-1]
    return re.split(r"\s*[›»>]\s*", block.text.strip(BULLETS))[-1]


def breadcrumb(
    above: list[Block], headline_block: Block, headline: str, blocks: Sequence[Block]
) -> str | None:
    """Return the last named step of a trail from the home page: on one line, or one step a line.

    `above` are the few lines over the headline, `blocks` all the page's.
    """
    title = bare(headline)
    steps = None
    for block in reversed(above):
        steps = _steps_in_row(block, above, title)
        if steps is not None:
            if (chosen := _chosen_item(steps, above, block)) is not None:
                return chosen
            break
    if steps is None:
        steps = _step_a_line(above, headline_block, title, blocks)
    if steps is None:
        # Where the first step is only the picture of a house, the trail's own name tells it.
        named = (own_step(block) for block in above if block.link_share > 0.5 and _is_in_trail(block))
        steps = [name for name in named if not is_home(name) and len(name) <= _LONGEST_NAMELESS]
    return step_before(steps, title)


def _steps_in_row(block: Block, above: Sequence[Block], title: str) -> list[str] | None:
    """The steps of a trail on one line, without its first; None where the line is none."""
    if next(block.node.iter("a"), None) is None and not STEP_SPLIT.search(block.text):
        return None
    links = [name for link in block.node.iter("a") if (name := clean(link.text_content()))]
    if not all(name in block.text for name in links):
        links = []  # of other lines in the same element
    glued = block.text == "".join(links)
    parted = STEP_SPLIT.search(block.text)
    if len(set(links)) >= 2 and ((glued and _leads_home(block, links)) or (not parted and is_home(links[0]))):
        known = is_named_as(block, CRUMB_NAMES) or is_under_menu(block, links, above)
        last = block.text.rpartition(links[-1])[2].strip() or links[-1]
        closed = not glued and same_title(last, title)
        return links[1:] if known or closed else None  # else a menu
    here = HERE.search(block.text)
    row = block.text[here.end() :] if here else block.text
    steps = [name for part in split_steps(row) for name in _names_in(part.strip(), links)]
    closed = len(steps) > 2 and same_title(steps[-1], title)
    # A row of more than two that begins at the front page under another name is a menu.
    begins = len(steps) > 1 and (is_home(steps[0]) or (len(steps) == 2 and _starts_at_home(block, steps)))
    if 2 <= len(steps) <= LONGEST_TRAIL and (closed or here or begins):
        return steps[1:]
    return None


def _chosen_item(steps: Sequence[str], above: Sequence[Block], row: Block) -> str | None:
    """The step of a row that the page prints again, alone and unlinked, over the headline: of a menu then."""
    if len(steps) < _SHORTEST_MENU or is_named_as(row, CRUMB_NAMES):
        return None
    names = {bare(step) for step in steps[:-1]}
    return next(
        (
            line.text
            for line in reversed(above)
            if line.index > row.index and not line.links and bare(line.text) in names
        ),
        None,
    )


_SHORTEST_MENU: Final = 4
"""Items of a row besides home; a trail has fewer."""


def _step_a_line(
    above: list[Block], headline_block: Block, title: str, blocks: Sequence[Block]
) -> list[str] | None:
    """The steps of a trail with each on a line of its own, without its first; None where there is none."""
    for place in reversed(range(len(above))):
        first = above[place]
        if not is_home(HERE.sub("", first.text).strip(BULLETS)):
            continue
        if not first.links:
            if (plain := _plain_steps(above[place:], headline_block)) is not None:
                return plain
            continue
        steps = [
            block
            for block in above[place:]
            if not is_date_line(block.text) and (block is first or landmark(block.text) != "tools")
        ]
        own = [step for step in steps if step.node is first.node]
        if len(own) > 1 and not own[-1].links:  # parted by pictures in one element, and closed in it
            steps = own
        parted = [step for step in steps if step.text.strip(BULLETS)]
        barred, steps = len(parted) < len(steps), parted
        if first.node.tag == "li":  # the items of one list, and what follows is none
            steps = [step for step in steps if step.node.getparent() is first.node.getparent()]
        listed = first.node.tag == "li" and is_list_under_menu(steps, above, blocks)
        if (
            listed
            or (barred and _are_links(steps))
            or _is_trail(steps, title)
            or _runs_into(steps, headline_block)
        ):
            end = steps[-1]
            # The headline, shortened; a section may be called as it begins: `Thông báo`.
            cut = not end.links and end.text.count(" ") >= 3 and title.startswith(bare(end.text))
            return [
                step.text.strip(BULLETS) for step in (steps[1:-1] if cut and len(steps) > 2 else steps[1:])
            ]
    return None


def _are_links(steps: Sequence[Block]) -> bool:
    """Whether all steps but the last are links, as those between bars of their own are."""
    return 2 <= len(steps) <= LONGEST_TRAIL and all(step.link_share > 0.8 for step in steps[:-1])


def _plain_steps(steps: Sequence[Block], headline: Block) -> list[str] | None:
    """The steps of a list without links that is named a trail and ends right over the headline."""
    listed = steps[0].node.getparent()
    if listed is None or not 2 <= len(steps) <= _LONGEST_PLAIN or not is_named_as(steps[0], CRUMB_NAMES):
        return None
    own = all(step.node.getparent() is listed and not step.links for step in steps)
    near = headline.index - steps[-1].index <= 2 and len(listed) <= _LONGEST_PLAIN
    return [step.text.strip(BULLETS) for step in steps[1:]] if own and near else None


_LONGEST_PLAIN: Final = 4
"""Steps; a longer list without links is a menu whose links are a script's."""


def _names_in(part: str, links: Sequence[str]) -> list[str]:
    """A step of a row, or the links that are set wall to wall in it: the last may be `Đăng nhập`."""
    for one, other in pairwise(link for link in links if link):
        if part == one + other:
            return [one, other]
    return [part] if part else []


def _leads_home(block: Block, steps: Sequence[str]) -> bool:
    """Whether a row of links begins at home, by its name or by its address: `Đảng bộ` may lead there too."""
    return is_home(steps[0]) or any(link.get("href") == "/" for link in block.links[:1])


def _starts_at_home(block: Block, steps: Sequence[str]) -> bool:
    """Whether a row's first step, by whatever name, is a link to the front page."""
    first = block.links[0] if block.links else None
    return first is not None and first.get("href") == "/" and clean(first.text_content()) == steps[0]


def _is_trail(steps: list[Block], title: str) -> bool:
    """Steps one a line, told from a menu by their name, their separators, or the headline closing them."""
    if not 2 <= len(steps) <= 6 or len({step.node.getparent() for step in steps if step.links}) > 1:
        return False
    closed = steps[0].node.tag == "li" and same_title(steps[-1].text, title)  # a list from home to here
    if not closed and not all(
        step.links or same_title(step.text.strip(" »>/|›:"), title) for step in steps[:-1]
    ):
        return False
    if HERE.match(steps[0].text) or _are_parted_by_pictures(steps):
        return True
    if is_named_as(steps[0], CRUMB_NAMES) or any(
        re.match(r"^[»>›/→]", step.text) or re.search(r"[»>›/→]$", step.text) for step in steps
    ):
        return True
    return same_title(steps[-1].text, title)


def _are_parted_by_pictures(steps: list[Block]) -> bool:
    """Whether the steps stand in one element, an arrow's picture between each two."""
    return len({step.node for step in steps}) == 1 and all(
        after.index - before.index == 2 for before, after in pairwise(steps)
    )


def _runs_into(steps: list[Block], headline: Block) -> bool:
    """Whether the headline itself is the trail's last step: all in one element."""
    return 2 <= len(steps) <= 5 and all(
        step.node is headline.node and step.link_share > 0.5 for step in steps
    )


def _is_in_trail(block: Block) -> bool:
    """Whether a line's element is named as a trail and holds no more links than one: some menus are."""
    node = named_element(block, CRUMB_NAMES)
    return node is not None and sum(1 for _ in islice(node.iter("a"), LONGEST_TRAIL + 1)) <= LONGEST_TRAIL
