"""Rows of links over a headline: a section with its parts, a short trail, or the site's menu."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from archive.text import clean, fold
from crawler.dates import is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block
from crawler.reading.lines import is_menu_item
from crawler.reading.trail_steps import BULLETS, HOME_NAMES, NO_SECTION, is_home
from crawler.reading.tree import has_more, tree_distance


def heads_its_parts(row: Block) -> bool:
    """Return whether a row's first link leads to a section and the others to its parts, side by side."""
    first, *others = [(link.get("href") or "").rstrip("/") for link in dict.fromkeys(row.links)]
    return (
        not fold(row.text).startswith("gioi thieu")
        and len(others) > 1
        and len(first) > 1
        and all(part.startswith(f"{first}/") for part in others)
        and not others[1].startswith(f"{others[0]}/")
    )


def are_nested(row: Block) -> bool:
    """Return whether each link's address lies in the one before: `/xa-hoi.htm`, `/xa-hoi/phong-su.htm`."""
    paths = [_ENDING.sub("", link.get("href") or "") for link in dict.fromkeys(row.links)]
    return all(len(before) > 1 and path.startswith(f"{before}/") for before, path in pairwise(paths))


_ENDING: Final = re.compile(r"(?:\.(?:html?|aspx?|php|htm))?/?$")


def is_short_trail(block: Block, headline: Block, above: Sequence[Block]) -> bool:
    """Return whether two or three links right over the headline are a section and its part, no menu."""
    menu = sum(len(other.links) for other in above if other is not block and other.link_share > 0.8)
    between = [other for other in above if other.index > block.index]
    return (
        all(is_date_line(other.text) for other in between)
        and not _is_titled_box(block, above)
        and 2 <= len(block.links) <= 3
        and menu >= 4
        and tree_distance(block.node, headline.node) <= 3
        and not any(
            NO_SECTION.match(fold(name)) or landmark(name) == "tools"
            for name in (clean(link.text_content()) for link in block.links)
        )
    )


def _is_titled_box(row: Block, above: Sequence[Block]) -> bool:
    """Whether a box's title stands right over a row: `Liên kết`."""
    before = next((other for other in reversed(above) if other.index < row.index), None)
    return before is not None and not before.links and landmark(before.text) in ("related", "footer")


def is_under_menu(block: Block, steps: Sequence[str], above: Sequence[Block]) -> bool:
    """Return whether home and a link or two stand right over the headline, the page's menu above them."""
    before = [other for other in above if other.index < block.index]
    menu = sum(len(other.links) for other in before if other.link_share > 0.8)
    between = [other for other in above if other.index > block.index]
    if not all(is_date_line(other.text) for other in between) or menu < 4 or not 2 <= len(steps) <= 3:
        return False
    menus = any(_begins_at_home(other) and len(other.links) > len(steps) for other in before)
    if menus and is_menu_item(steps[-1], block, before):
        return True  # the menu, which begins at home too, stands above
    return len(steps) == 2 or ("|" not in block.text and _may_be_part(steps[-1], block, before))


def is_list_under_menu(steps: Sequence[Block], above: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Return whether home and up to three more links are a list of their own right over the headline.

    Elsewhere on the page stands its menu: with home, or the last of them, or simply long. `blocks` are all
    the page's lines.
    """
    first, last = steps[0], steps[-1]
    listed = first.node.getparent()
    if listed is None or not 2 <= len(steps) <= _LONGEST_LIST or has_more(listed, len(steps)):
        return False
    if not all(step.link_share > 0.8 for step in steps[:-1]) or 0.0 < last.link_share <= 0.8:
        return False  # the last may be this page's own section, which leads nowhere
    between = [other for other in above if other.index > last.index]
    if not all(is_date_line(other.text) or landmark(other.text) == "tools" for other in between):
        return False
    if fold(first.text.strip(BULLETS)) not in HOME_NAMES or NO_SECTION.match(fold(last.text)):
        return False
    if any(landmark(step.text) in _NO_STEPS or _SERVICE.search(fold(step.text)) for step in steps):
        return False
    if _OFFERED.search(fold(last.text)):
        return False
    if not last.links and _TELEPHONE.search(last.text):
        return False
    earlier = [other for other in blocks[: first.index] if other.link_share > 0.8]
    if sum(len(other.links) for other in earlier) < _SHORTEST_MENU:
        return False
    again = any(is_home(other.text) for other in earlier) or is_menu_item(last.text, last, blocks)
    return again or _is_long_menu(earlier)


_NO_STEPS: Final = frozenset({"tools", "share", "footer", "contact", "comments", "counter"})
_TELEPHONE: Final = re.compile(r"\d{3,}[.\s]?\d{3}")
# What a row of services beside the menu offers.
_SERVICE: Final = re.compile(
    r"^(?:thu dien tu|hop thu|dich vu cong|phan anh|lich (?:cong tac|lam viec|tiep)|lien he|so do|"
    r"duong day nong|tin (?:moi|noi bat)|van phong dien tu|danh ba|phan mem)"
)
_OFFERED: Final = re.compile(
    r"^(?:thu vien|(?:hoi dap|gop y|co cau to chuc|chao mung(?: quy vi)?|tra cuu(?: van ban)?|video|"
    r"dau thau(?: mua sam cong)?)$)"
)


def _is_long_menu(linked: Sequence[Block]) -> bool:
    """Whether some lists or rows among these lines hold five links that name no tool or foot of the site."""
    names = [line for line in linked if landmark(line.text) in (None, "related", "crumbs")]
    boxes = Counter({line.node.getparent(): 0 for line in names})
    for line in names:
        boxes[line.node.getparent()] += len(line.links)
    return max(boxes.values(), default=0) > _SHORTEST_MENU


_LONGEST_LIST: Final = 4
_SHORTEST_MENU: Final = 4
"""Links."""


def _begins_at_home(row: Block) -> bool:
    return len(row.links) > 1 and row.link_share > 0.7 and is_home(clean(row.links[0].text_content()))


def _may_be_part(name: str, row: Block, above: Sequence[Block]) -> bool:
    """Whether the last of three links in a row is a section's part: no item of the site's menu."""
    if landmark(name) not in (None, "related", "crumbs") or NO_SECTION.match(fold(name)):
        return False
    return not is_menu_item(name, row, above)
