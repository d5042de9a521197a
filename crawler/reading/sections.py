"""The section a page prints: the last step of its breadcrumb, or the line alone over the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean, fold
from crawler.dates import find_dates, is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block, read_blocks
from crawler.reading.headline import is_site_name
from crawler.reading.layout import FOOT, Layout
from crawler.reading.lines import bare
from crawler.reading.tree import is_named, tree_distance
from crawler.reading.typesetting import CHROME

# `|` parts the items of menus, not the steps of trails.
_CRUMB_SPLIT: Final = re.compile(r"\s*(?:(?:-{1,2}|=)?>|[»›/\\→]|&gt;|::)\s*")
_HOME: Final = re.compile(r"^(?:trang chu|trang nhat|home|tin tuc|trang ?chu)$")
_MENU_LINE: Final = re.compile(r"^(?:trang chu|trang nhat|home)\b.")
_LONGEST_TRAIL: Final = 7
"""Steps; a longer row that begins at home is a menu."""
_HERE: Final = re.compile(r"^(?:bạn đang (?:ở(?: đây)?|xem)|you are here)\s*:?\s*", re.IGNORECASE)
_NO_SECTION: Final = re.compile(
    r"^(?:trinh xuat ban noi dung|hien thi noi dung web|asset publisher|web content display|"
    r"trang (?:chu|nhat)|home|chi tiet(?: tin| bai viet| tin tuc)?|noi dung|menu|dang nhap|tim "
    r"kiem|lien he|xem tin|doc tin|bai viet|page content|tin chi tiet|search|english|"
    r"tieng viet|chi tiet bai viet .*)$"
)


_CATEGORY_NAMES: Final = re.compile(
    r"(?<![a-z])(?:cat(?:egory|e|-links|egories)?|chuyen-?muc|item-?category|taxonomy-category|"
    r"post-?cat)(?![a-z])",
    re.IGNORECASE,
)
_CATEGORY_PATH: Final = re.compile(
    r"/(?:category|categories|chuyen-muc|chuyenmuc|danh-muc|the-loai)/[^/?#]+/?$", re.IGNORECASE
)
_CRUMB: Final = re.compile(r"crumb|bread", re.IGNORECASE)
_CRUMB_NAMES: Final = re.compile(
    r"crumb|bread|duong-?dan|(?<![a-z])path(?![a-z])|(?<![a-z])bc(?![a-z])|vi-?tri",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Surroundings:
    """The lines about a headline."""

    blocks: Sequence[Block]
    at: int
    """Index of the headline."""
    text_at: int
    """Index of the first running text after it."""
    end: int
    """Index after the last block of the body."""


def read_section(layout: Layout, headline: str) -> tuple[str, str] | None:
    """Return (section, rule) as printed about the headline; None when the page prints none."""
    at = layout.headline_at
    if at is None:
        return None
    text_at = next((i for i in layout.paragraphs if i > at), layout.end)
    return _read(_Surroundings(blocks=layout.blocks, at=at, text_at=text_at, end=layout.end), headline)


def read_section_above(root: HtmlElement, node: HtmlElement, headline: str) -> tuple[str, str] | None:
    """Return (section, rule) as printed above the headline's element, wherever on the page; None for none.

    For a page of which only a part has been read.
    """
    blocks = read_blocks(root, last=node)
    inside = set(node.iter())
    at = next((block.index for block in blocks if block.node in inside), None)
    if at is None:
        return None
    end = len(blocks)
    return _read(_Surroundings(blocks=blocks, at=at, text_at=end, end=end), headline)


def _read(about: _Surroundings, headline: str) -> tuple[str, str] | None:
    above = [block for block in about.blocks[max(0, about.at - 12) : about.at] if block.text]
    crumb = _breadcrumb(above, about.blocks[about.at], headline)
    if crumb:
        return crumb, "landmark: breadcrumb"
    named = _named_category(about)
    if named:
        return named, "landmark: category link"
    for block in reversed(above[-3:]):
        links = [clean(link.text_content()) for link in block.node.iter("a")]
        if len(links) > 1 and "".join(links) == block.text:
            continue  # a menu on one line
        if is_date_line(block.text) or landmark(block.text) in ("tools", "counter", "share"):
            continue
        if _is_section_line(block, about, above):
            return _own_step(block), "landmark: line over the headline"
        break
    return _labelled(about) or _beside_date(about)


_BULLETS: Final = " »>:|/-►▶●•■◆"


def _own_step(block: Block) -> str:
    """The line, or the last of its links where it is nothing but links: `Chính trị » Xây dựng Đảng`."""
    names = [clean(link.text_content()) for link in block.node.iter("a")]
    parted = len(names) > 1 and block.link_share > 0.7 and _CRUMB_SPLIT.search(block.text)
    return names[-1] if parted else block.text.strip(_BULLETS)


def _beside_date(about: _Surroundings) -> tuple[str, str] | None:
    """The one link before the date in the date's own row, under the headline or right over it."""
    for block in about.blocks[max(0, about.at - 2) : about.at + 4]:
        names = {clean(link.text_content()) for link in block.node.iter("a")}
        if len(names) != 1:
            continue
        name = names.pop()
        if (
            2 <= len(name) <= 40
            and block.text.startswith(name)
            and is_date_line(block.text.removeprefix(name))
        ):
            found = _last_name([name])
            return (found, "landmark: link in the date's row") if found else None
    return None


def _breadcrumb(above: list[Block], headline_block: Block, headline: str) -> str | None:
    """The last named step of a trail from the home page: on one line, or one step a line."""
    title = bare(headline)
    for block in reversed(above):
        steps = [clean(link.text_content()) for link in block.node.iter("a")]
        if len(set(steps)) >= 2 and _HOME.match(fold(steps[0])) and block.text == "".join(steps):
            if _is_named(block, _CRUMB_NAMES) or _is_under_menu(block, steps, above):
                return _last_name([step for step in steps[1:] if not _same_title(step, title)])
            continue
        if len(steps) >= 2 and _HOME.match(fold(steps[0])) and not _CRUMB_SPLIT.search(block.text):
            if not (
                _is_named(block, _CRUMB_NAMES)
                or _same_title(steps[-1], title)
                or _is_under_menu(block, steps, above)
            ):
                continue
            return _last_name([step for step in steps[1:] if not _same_title(step, title)])
        parts = [part.strip() for part in _CRUMB_SPLIT.split(_HERE.sub("", block.text)) if part.strip()]
        if 2 <= len(parts) <= _LONGEST_TRAIL and _HOME.match(fold(parts[0])):
            return _last_name([part for part in parts[1:] if not _same_title(part, title)])
    homes = [
        place
        for place, block in enumerate(above)
        if _HOME.match(fold(_HERE.sub("", block.text).strip(" »>/|:›"))) and block.links
    ]
    for place in reversed(homes):
        steps_below = [block for block in above[place:] if not is_date_line(block.text)]
        if _is_trail(steps_below, title) or _runs_into(steps_below, headline_block):
            names = [block.text.strip(" »>/|›:") for block in steps_below[1:]]
            return _last_name([name for name in names if not _same_title(name, title)])
    # Where the first step is only the picture of a house, the trail's own name tells it.
    named = [_own_step(block) for block in above if block.link_share > 0.5 and _is_named(block, _CRUMB)]
    return _last_name([name for name in named if not _same_title(name, title)])


def _is_under_menu(block: Block, steps: Sequence[str], above: Sequence[Block]) -> bool:
    """Whether home and one more link stand right over the headline, on a page that has its menu above."""
    menu = sum(len(other.links) for other in above[:-1] if other.link_share > 0.8)
    return block is above[-1] and len(steps) == 2 and menu >= 4


def _is_trail(steps: list[Block], title: str) -> bool:
    """Steps one a line, told from a menu by their name, their separators, or the headline closing them."""
    if not 2 <= len(steps) <= 6 or len({step.node.getparent() for step in steps[:-1]}) > 1:
        return False
    if not all(step.links or _same_title(step.text.strip(" »>/|›:"), title) for step in steps[:-1]):
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


def _is_named(block: Block, pattern: re.Pattern[str]) -> bool:
    node: HtmlElement | None = block.node
    for _ in range(3):
        if node is None or node.tag in ("body", "form"):
            return False
        if pattern.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        node = node.getparent()
    return False


_POST_CATEGORY: Final = re.compile(r"taxonomy-category|post-taxonomies|cat-links|entry-footer", re.IGNORECASE)


def _named_category(about: _Surroundings) -> str | None:
    """A category link by the headline or at the foot: `rel=category` (WordPress), or an element named so."""
    blocks, at = about.blocks, about.at
    above = [
        block for block in blocks[max(0, at - 3) : at] if tree_distance(block.node, blocks[at].node) <= 4
    ]
    foot = [
        block
        for block in blocks[about.end + 5 : about.end + FOOT]
        if block.links and is_named(block, _POST_CATEGORY)
    ]
    zone = [*above, *blocks[at + 1 : about.text_at], *blocks[about.end : about.end + 5], *foot]
    for block in zone:
        for link in block.links:
            if "category" in (link.get("rel") or "").split() or _CATEGORY_PATH.search(link.get("href") or ""):
                return _last_name([clean(link.text_content())])
    for block in zone:
        if (
            block.text
            and block.link_share > 0.8
            and len(block.text) <= 60
            and block.index < about.text_at
            and _category_class(block)
        ):
            return _last_name([_own_step(block)])
    return None


def _category_class(block: Block) -> bool:
    nodes = [block.node, *(link for link in block.links)]
    return any(_CATEGORY_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in nodes)


def _last_name(steps: list[str]) -> str | None:
    for step in reversed(steps):
        if 2 <= len(step) <= 80 and not _NO_SECTION.match(fold(step)) and not find_dates(step):
            return step
    return None


def _same_title(part: str, title: str) -> bool:
    words = bare(part).removesuffix("...").strip()
    return bool(words) and (words == title or (len(words) >= 25 and title.startswith(words)))


def _is_section_line(block: Block, about: _Surroundings, above: list[Block]) -> bool:
    text = block.text
    if (
        not 2 <= len(text) <= 60
        or text[-1] in ".,;!?"
        or re.search(r"\d{3,}|[#:|<>]|^\W|^null", text.lstrip(_BULLETS))
        or block.has(CHROME)
    ):
        return False
    if (text.isupper() and is_site_name(bare(text))) or "°" in text:
        return False
    if (
        _NO_SECTION.match(fold(text))
        or _MENU_LINE.match(fold(text))
        or landmark(text)
        in ("contact", "footer", "comments", "share", "counter", "tools", "rating", "player")
    ):
        return False
    if len({id(link) for link in block.links}) > 1 and _own_step(block) == text.strip(_BULLETS):
        return False
    before = [other for other in above if other.index < block.index]
    if not before:
        return _beside_headline(block, about, None)
    return _beside_headline(block, about, before[-1])


def _beside_headline(block: Block, about: _Surroundings, before: Block | None) -> bool:
    """Whether a line belongs with the headline under it rather than with the menu above it.

    It does when the headline is nearer in the tree than the line before, or when it repeats an item of the
    menu.
    """
    to_headline = tree_distance(block.node, about.blocks[about.at].node)
    if before is None:
        return to_headline <= 3
    if to_headline <= 4 and _is_menu_item(block, about.blocks):
        return True
    to_before = tree_distance(block.node, before.node)
    if before.link_share > 0.7 and len(before.links) >= 3:
        # A whole menu on one line is a thing apart; layout tables set far apart what they print together.
        return to_headline <= (12 if block.node.tag == "td" else 4)
    if before.link_share > 0.8:
        return to_headline < to_before
    if is_date_line(before.text):
        return to_headline <= 5
    if landmark(before.text) is not None:  # a box's title has what follows in its box
        return to_headline <= 5 and to_headline <= to_before
    # Under another line of plain text it belongs to the site's banner, unless the headline is nearer.
    return to_headline < to_before and to_headline <= 5


def _is_menu_item(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a menu elsewhere on the page links the same words."""
    words = bare(block.text)
    return any(
        other.link_share > 0.8
        and other.index != block.index
        and len(other.text) < 70
        and bare(other.text) == words
        for other in blocks
    )


# In a row of particulars, or in a sentence: `nằm trong chuyên mục Văn hóa - Thể thao`.
_INLINE_LABEL: Final = re.compile(r"\b(?:chuyên mục|danh mục)\s*:?\s+", re.IGNORECASE)


def _labelled_link(block: Block) -> str | None:
    label = _INLINE_LABEL.search(block.text) if block.links else None
    if label is None:
        return None
    names = (clean(link.text_content()) for link in block.links)
    return next((name for name in names if name and block.text.startswith(name, label.end())), None)


def _labelled(about: _Surroundings) -> tuple[str, str] | None:
    """`Chuyên mục: X` about the headline, as WordPress and Drupal themes print it, on one line or two."""
    zone = [
        block
        for block in about.blocks[max(0, about.at - 4) : about.end + 6]
        if block.text and block.index != about.at
    ]
    for place, block in enumerate(zone):
        after = zone[place + 1] if place + 1 < len(zone) else None
        if (
            after is not None
            and after.link_share > 0.8
            and re.match(r"^(?:chuyên mục|danh mục|thể loại)\s*:$", block.text, re.IGNORECASE)
        ):
            return after.text, "landmark: labelled line"
        if (linked := _labelled_link(block)) is not None:
            return linked, "landmark: labelled link"
        match = re.match(
            r"^(?:mục\s*:|(?:chuyên mục|danh mục|thể loại|category|(?:được )?(?:xuất bản|đăng) (?:trong|tại|"
            r"ở)|thuộc chuyên mục)\s*:?)\s*([^|]{2,60}?)(?:\s+(?:Thẻ|Tags?|Từ khóa)\b.*)?$",
            block.text,
            re.IGNORECASE,
        )
        if match:
            return match.group(1).strip(), "landmark: labelled line"
        topic = re.match(r"^chủ đề\s*:\s*(.{2,40})$", block.text, re.IGNORECASE)  # PHP-Nuke's sections
        if topic and block.index < about.at and len(block.links) == 1:
            return topic.group(1).strip(), "landmark: labelled line"
    return None
