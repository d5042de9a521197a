"""The trail from the home page over a headline: on one line or one step a line, however it is parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean, fold
from crawler.dates import find_dates, is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block
from crawler.reading.lines import bare, is_menu_item
from crawler.reading.tree import tree_distance
from crawler.reading.typesetting import ITEM

# `|` parts the items of menus, not the steps of trails.
_CRUMB_SPLIT: Final = re.compile(r"\s*(?:(?:-{1,2}|=)?>|[»›/\\→]|&gt;|::)\s*")
_HOME: Final = re.compile(r"^(?:trang chu|trang nhat|home|tin tuc|trang ?chu)$")
_LONGEST_TRAIL: Final = 7
"""Steps; a longer row that begins at home is a menu."""
_HERE: Final = re.compile(r"(?:^|\s)(?:bạn đang (?:ở(?: đây)?|xem)|you are here)\s*:?\s*", re.IGNORECASE)
NO_SECTION: Final = re.compile(
    r"^(?:(?:trinh|nha) xuat ban noi dung|xuat ban (?:thong tin|noi dung)|"
    r"hien thi noi dung(?: web)?|asset publisher|web content display|"
    r"trang (?:chu|nhat)|home|chi tiet(?: tin| bai viet| tin tuc)?|noi dung|menu|dang nhap|tim "
    r"kiem|lien he|xem tin|doc tin|bai viet|page content|tin chi tiet|search|english|"
    r"tieng viet|chi tiet bai viet .*)$"
)
"""Folded: names of pages and boxes that name no section."""
_CRUMB: Final = re.compile(r"crumb|bread", re.IGNORECASE)
_CRUMB_NAMES: Final = re.compile(
    r"crumb|bread|duong-?dan|(?<![a-z])path(?![a-z])|(?<![a-z])bc(?![a-z])|vi-?tri",
    re.IGNORECASE,
)
BULLETS: Final = " »›>:|/-►▶●•■◆"


_BLANKS: Final = re.compile(r"[\s|]")


def own_step(block: Block) -> str:
    """Return a line, or its last link where it is nothing but links: `Chính trị » Xây dựng Đảng`."""
    names = [name for link in block.node.iter("a") if (name := clean(link.text_content()))]
    glued = _BLANKS.sub("", block.text) == _BLANKS.sub("", "".join(names))
    if len(names) > 1 and block.link_share > 0.7 and (glued or _CRUMB_SPLIT.search(block.text)):
        return names[-1]
    return re.split(r"\s*[›»>]\s*", block.text.strip(BULLETS))[-1]


def breadcrumb(above: list[Block], headline_block: Block, headline: str) -> str | None:
    """Return the last named step of a trail from the home page: on one line, or one step a line."""
    title = bare(headline)
    steps = None
    for block in reversed(above):
        steps = _steps_in_row(block, above, title)
        if steps is not None:
            if (chosen := _chosen_item(steps, above, block)) is not None:
                return chosen
            break
    if steps is None:
        steps = _step_a_line(above, headline_block, title)
    if steps is None:
        # Where the first step is only the picture of a house, the trail's own name tells it.
        named = (own_step(block) for block in above if block.link_share > 0.5 and _is_in_trail(block))
        steps = [name for name in named if not _is_home(name)]
    return _last_step(steps, title)


def _steps_in_row(block: Block, above: Sequence[Block], title: str) -> list[str] | None:
    """The steps of a trail on one line, without its first; None where the line is none."""
    if next(block.node.iter("a"), None) is None and not _CRUMB_SPLIT.search(block.text):
        return None
    links = [name for link in block.node.iter("a") if (name := clean(link.text_content()))]
    if not all(name in block.text for name in links):
        links = []  # of other lines in the same element
    glued = block.text == "".join(links)
    parted = _CRUMB_SPLIT.search(block.text)
    if len(set(links)) >= 2 and (
        (glued and _leads_home(block, links)) or (not parted and _is_home(links[0]))
    ):
        known = _is_named(block, _CRUMB_NAMES) or _is_under_menu(block, links, above)
        last = block.text.rpartition(links[-1])[2].strip() or links[-1]
        closed = not glued and _same_title(last, title)
        return links[1:] if known or closed else None  # else a menu
    here = _HERE.search(block.text)
    row = block.text[here.end() :] if here else block.text
    steps = [name for part in _CRUMB_SPLIT.split(row) for name in _names_in(part.strip(), links)]
    closed = len(steps) > 2 and _same_title(steps[-1], title)
    # A row of more than two that begins at the front page under another name is a menu.
    begins = len(steps) > 1 and (_is_home(steps[0]) or (len(steps) == 2 and _starts_at_home(block, steps)))
    if 2 <= len(steps) <= _LONGEST_TRAIL and (closed or here or begins):
        return steps[1:]
    return None


def _chosen_item(steps: Sequence[str], above: Sequence[Block], row: Block) -> str | None:
    """The step of a row that the page prints again, alone and unlinked, over the headline: of a menu then."""
    if len(steps) < _SHORTEST_MENU or _is_named(row, _CRUMB_NAMES):
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


def _step_a_line(above: list[Block], headline_block: Block, title: str) -> list[str] | None:
    """The steps of a trail with each on a line of its own, without its first; None where there is none."""
    for place in reversed(range(len(above))):
        first = above[place]
        if not _is_home(_HERE.sub("", first.text).strip(BULLETS)):
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
        if first.node.tag == "li":  # the items of one list, and what follows is none
            steps = [step for step in steps if step.node.getparent() is first.node.getparent()]
        if _is_trail(steps, title) or _runs_into(steps, headline_block):
            end = steps[-1]
            # The headline, shortened; a section may be called as it begins: `Thông báo`.
            cut = not end.links and end.text.count(" ") >= 3 and title.startswith(bare(end.text))
            return [
                step.text.strip(BULLETS) for step in (steps[1:-1] if cut and len(steps) > 2 else steps[1:])
            ]
    return None


def _plain_steps(steps: Sequence[Block], headline: Block) -> list[str] | None:
    """The steps of a list without links that is named a trail and ends right over the headline."""
    listed = steps[0].node.getparent()
    if listed is None or not 2 <= len(steps) <= _LONGEST_PLAIN or not _is_named(steps[0], _CRUMB_NAMES):
        return None
    own = all(step.node.getparent() is listed and not step.links for step in steps)
    near = headline.index - steps[-1].index <= 2 and len(listed) <= _LONGEST_PLAIN
    return [step.text.strip(BULLETS) for step in steps[1:]] if own and near else None


_LONGEST_PLAIN: Final = 4
"""Steps; a longer list without links is a menu whose links are a script's."""


def _is_home(name: str) -> bool:
    return bool(_HOME.match(fold(name)))


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
        spans = () if block.node in seen else islice(block.node.iter("span"), _LONGEST_TRAIL)
        seen.add(block.node)
        inner = [clean(node.text_content()) for node in spans if _CRUMB.search(node.get("id") or "")]
        for row in [block.text] if _is_named(block, _CRUMB) else inner:
            steps = [step.strip() for step in _CRUMB_SPLIT.split(row) if step.strip()]
            if 2 <= len(steps) <= _LONGEST_TRAIL:
                return _last_step(steps[1:], title)
        if (last := _last_link(block, title)) is not None:
            return last
    return None


def _last_link(block: Block, title: str) -> str | None:
    """The last link of an element named as a trail that holds links alone, however set (NukeViet)."""
    node = _named_element(block, _CRUMB) if block.link_share > 0.7 else None
    if node is None:
        return None
    steps = [clean(link.text_content()) for link in islice(node.iter("a"), _LONGEST_TRAIL + 1)]
    own = sum(len(step) for step in steps)
    room = sum(len(clean(text)) for text in islice(node.itertext(), _MOST_PIECES))
    whole = 2 <= len(steps) <= _LONGEST_TRAIL and room <= own + _LONGEST_TRAIL
    return _last_step(steps, title) if whole else None


_MOST_PIECES: Final = 60
"""Pieces of text in a trail; a bound on hostile pages."""


def _step_before_title(above: Sequence[Block], title: str) -> str | None:
    """The last link of a row from home to the headline, with pictures of arrows between its steps."""
    lines = [block for block in above[-_FARTHEST:] if block.text]
    for place, block in enumerate(lines):
        if place < 2 or block.links or not _same_title(block.text, title):
            continue
        steps = [line for line in lines[max(0, place - _LONGEST_TRAIL) : place] if line.node is block.node]
        if len(steps) >= 2 and all(step.links for step in steps) and _is_home(steps[0].text):
            return last_name([step.text for step in steps[1:]])
    return None


def _step_after_label(above: Sequence[Block], title: str) -> str | None:
    """The last step of the row under `Bạn đang xem:`, whatever parts its steps: a bar too."""
    for label, row in pairwise(block for block in above[-_FARTHEST:] if block.text):
        if _HERE.fullmatch(label.text) and len(row.links) >= 2 and _is_home(row.text.split("|")[0].strip()):
            steps = [step.strip() for step in row.text.split("|")]
            return _last_step(steps[1:], title)
    return None


def _names_in(part: str, links: Sequence[str]) -> list[str]:
    """A step of a row, or the links that are set wall to wall in it: the last may be `Đăng nhập`."""
    for one, other in pairwise(link for link in links if link):
        if part == one + other:
            return [one, other]
    return [part] if part else []


def _leads_home(block: Block, steps: Sequence[str]) -> bool:
    """Whether a row of links begins at home, by its name or by its address: `Đảng bộ` may lead there too."""
    return _is_home(steps[0]) or any(link.get("href") == "/" for link in block.links[:1])


def _starts_at_home(block: Block, steps: Sequence[str]) -> bool:
    """Whether a row's first step, by whatever name, is a link to the front page."""
    first = block.links[0] if block.links else None
    return first is not None and first.get("href") == "/" and clean(first.text_content()) == steps[0]


def is_home_step(block: Block) -> bool:
    """Whether a line is a trail's first step, alone: no item of a menu."""
    name = fold(block.text.strip(BULLETS))
    return len(block.links) == 1 and not block.has(ITEM) and name in ("trang chu", "trang nhat", "home")


def heads_its_parts(row: Block) -> bool:
    """Return whether a row's first link leads to a section and the others to its parts, side by side."""
    first, *others = [(link.get("href") or "").rstrip("/") for link in dict.fromkeys(row.links)]
    return (
        len(others) > 1
        and len(first) > 1
        and all(part.startswith(f"{first}/") for part in others)
        and not others[1].startswith(f"{others[0]}/")
    )


def is_short_trail(block: Block, headline: Block, above: Sequence[Block]) -> bool:
    """Whether two or three links in a row right over the headline are a section and its part, not a menu."""
    menu = sum(len(other.links) for other in above if other is not block and other.link_share > 0.8)
    between = [other for other in above if other.index > block.index]
    return (
        all(is_date_line(other.text) for other in between)
        and 2 <= len(block.links) <= 3
        and menu >= 4
        and tree_distance(block.node, headline.node) <= 3
        and not any(
            NO_SECTION.match(fold(name)) or landmark(name) == "tools"
            for name in (clean(link.text_content()) for link in block.links)
        )
    )


def _is_under_menu(block: Block, steps: Sequence[str], above: Sequence[Block]) -> bool:
    """Whether home and one more link stand right over the headline, on a page that has its menu above."""
    before = [other for other in above if other.index < block.index]
    menu = sum(len(other.links) for other in before if other.link_share > 0.8)
    between = [other for other in above if other.index > block.index]
    if not all(is_date_line(other.text) for other in between) or menu < 4 or not 2 <= len(steps) <= 3:
        return False
    menus = any(_begins_at_home(other) and len(other.links) > len(steps) for other in before)
    if menus and is_menu_item(steps[-1], block, before):
        return True  # the menu, which begins at home too, stands above
    return len(steps) == 2 or ("|" not in block.text and _may_be_part(steps[-1], block, before))


def _begins_at_home(row: Block) -> bool:
    return len(row.links) > 1 and row.link_share > 0.7 and _is_home(clean(row.links[0].text_content()))


def _may_be_part(name: str, row: Block, above: Sequence[Block]) -> bool:
    """Whether the last of three links in a row is a section's part: no item of the site's menu."""
    if landmark(name) not in (None, "related", "crumbs") or NO_SECTION.match(fold(name)):
        return False
    return not is_menu_item(name, row, above)


def _is_trail(steps: list[Block], title: str) -> bool:
    """Steps one a line, told from a menu by their name, their separators, or the headline closing them."""
    if not 2 <= len(steps) <= 6 or len({step.node.getparent() for step in steps if step.links}) > 1:
        return False
    closed = steps[0].node.tag == "li" and _same_title(steps[-1].text, title)  # a list from home to here
    if not closed and not all(
        step.links or _same_title(step.text.strip(" »>/|›:"), title) for step in steps[:-1]
    ):
        return False
    if _HERE.match(steps[0].text) or _are_parted_by_pictures(steps):
        return True
    if _is_named(steps[0], _CRUMB_NAMES) or any(
        re.match(r"^[»>›/→]", step.text) or re.search(r"[»>›/→]$", step.text) for step in steps
    ):
        return True
    return _same_title(steps[-1].text, title)


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
    node = _named_element(block, _CRUMB)
    return node is not None and sum(1 for _ in islice(node.iter("a"), _LONGEST_TRAIL + 1)) <= _LONGEST_TRAIL


def _is_named(block: Block, pattern: re.Pattern[str]) -> bool:
    return _named_element(block, pattern) is not None


def _named_element(block: Block, pattern: re.Pattern[str]) -> HtmlElement | None:
    node: HtmlElement | None = block.node
    for _ in range(3):
        if node is None or node.tag in ("body", "form"):
            return None
        if pattern.search(f"{node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}"):
            return node
        node = node.getparent()
    return None


def last_step(steps: Sequence[str], headline: str) -> str | None:
    """Return the last step of a trail that may name a section: neither home nor the headline."""
    return _last_step(steps, bare(headline))


def _last_step(steps: Sequence[str], title: str) -> str | None:
    return last_name([step for step in steps if not _same_title(step, title)])


def last_name(steps: list[str]) -> str | None:
    """Return the last step that may name a section; None when none does."""
    for step in reversed(steps):
        if 2 <= len(step) <= 80 and not NO_SECTION.match(fold(step)) and not find_dates(step):
            return step
    return None


def _same_title(part: str, title: str) -> bool:
    words = bare(part).removesuffix("...").strip()
    return bool(words) and (words == title or (len(words) >= 25 and title.startswith(words)))
