"""The section a page prints: the last step of its breadcrumb, or the line alone over the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean, fold
from crawler.bylines import read_byline
from crawler.date_tokens import find_weekdays
from crawler.dates import find_dates, is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block, read_blocks
from crawler.reading.layout import FOOT, Layout
from crawler.reading.lines import bare, is_menu_item
from crawler.reading.site_names import is_site_name
from crawler.reading.trails import (
    BULLETS,
    NO_SECTION,
    breadcrumb,
    far_trail,
    is_home_step,
    is_short_trail,
    last_name,
    own_step,
)
from crawler.reading.tree import is_named, tree_distance
from crawler.reading.typesetting import CHROME, HEADINGS, ITEM

_MENU_LINE: Final = re.compile(r"^(?:trang chu|trang nhat|home)\b.")
_CATEGORY_NAMES: Final = re.compile(
    r"(?<![a-z])(?:cat(?:egory|e|-links|egories)?|chuyen-?muc|item-?category|taxonomy-category|"
    r"post-?cat)(?![a-z])",
    re.IGNORECASE,
)
_CATEGORY_PATH: Final = re.compile(
    r"/(?:category|categories|chuyen-muc|chuyenmuc|danh-muc|the-loai)/[^/?#]+/?$", re.IGNORECASE
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
    crumb = breadcrumb(above, about.blocks[about.at], headline)
    if crumb and is_site_name(bare(crumb)) and (heading := _menu_heading(about, above)) is not None:
        return heading.text, "landmark: line over the headline"
    if crumb:
        return crumb, "landmark: breadcrumb"
    if near := far_trail(above[-3:], headline):
        return near, "landmark: breadcrumb"
    named = _named_category(about)
    if named:
        return named, "landmark: category link"
    for block in reversed(above[-3:]):
        links = [clean(link.text_content()) for link in block.node.iter("a")]
        if len(links) > 1 and block.text.replace(" ", "") == "".join(links).replace(" ", ""):
            if is_short_trail(block, about.blocks[about.at], above):
                return links[-1], "landmark: row of links over the headline"
            continue  # a menu on one line
        if is_date_line(block.text) or landmark(block.text) in ("tools", "counter", "share"):
            continue
        if _is_section_line(block, about, above):
            chosen = _section_over_rubric(block, about, above) or block
            return own_step(chosen), "landmark: line over the headline"
        break
    far = far_trail(about.blocks[: about.at], headline)
    return (far, "landmark: breadcrumb") if far else _labelled(about) or _beside_date(about)


def _menu_heading(about: _Surroundings, above: Sequence[Block]) -> Block | None:
    """The heading over the headline that names an item of the menu; None for none."""
    return next(
        (
            block
            for block in reversed(above[-3:])
            if block.level
            and is_menu_item(block.text, block, about.blocks)
            and not _is_over_picture(block, about)
        ),
        None,
    )


def _section_over_rubric(block: Block, about: _Surroundings, above: list[Block]) -> Block | None:
    """The section's line where the one over the headline is a series' name, which no menu links."""
    if block.links or is_menu_item(block.text, block, about.blocks):
        return None
    for other in reversed([line for line in above if line.index < block.index][-2:]):
        if is_date_line(other.text):
            continue
        in_menu = not other.has(ITEM) and is_menu_item(other.text, other, about.blocks)
        heading = other.level > 0 and len(other.links) == 1
        return other if (in_menu or heading) and len(other.links) < 2 and other.text != block.text else None
    return None


def _beside_date(about: _Surroundings) -> tuple[str, str] | None:
    """The link before the date in its own row, or the last of two, under the headline or right over it."""
    for block in about.blocks[max(0, about.at - 2) : about.at + 4]:
        if name := _piece_of_row(block, about.blocks):
            return name, "landmark: piece of the date's row"
        names = list(dict.fromkeys(clean(link.text_content()) for link in block.node.iter("a")))
        if not 1 <= len(names) <= 2 or not all(2 <= len(name) <= 40 for name in names):
            continue
        row = " ".join(names)
        if block.text.startswith(row) and is_date_line(block.text.removeprefix(row)):
            found = last_name(names)
            return (found, "landmark: link in the date's row") if found else None
    return None


def _piece_of_row(block: Block, blocks: Sequence[Block]) -> str | None:
    """The words that open a row parted by bars, a date the next piece: `Thời sự trong tuần | 15/03/2024`.

    A person's or an office's name there is who wrote the article.
    """
    after = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
    pieces = _ROW_PARTS.split(block.text, maxsplit=1)
    if after is not None and after.node is block.node and is_date_line(after.text):  # set wall to wall
        return block.text if is_menu_item(block.text, block, blocks) else None
    if (named := _after_date(block, blocks)) is not None:
        return named
    name = pieces[0].strip()
    if len(pieces) < 2 or not is_date_line(pieces[1]) or not 4 <= len(name) <= 40:
        return None
    if re.search(r"[\d:]", name) or landmark(name) not in (None, "crumbs") or find_weekdays(name):
        return None
    if is_menu_item(name, block, blocks):
        return name
    words = name.split()
    plain = len(words) > 1 and any(word[0].islower() for word in words)
    return name if plain and read_byline(name) is None else None


def _after_date(block: Block, blocks: Sequence[Block]) -> str | None:
    """The menu's item that stands after the date in its row: `18 tháng 5, 2017 Hoạt động`."""
    dates = find_dates(block.text) if len(block.text) <= _LONGEST_ROW else []
    rest = block.text[dates[0].end :].strip(" |•·-–") if len(dates) == 1 and dates[0].start == 0 else ""
    return rest if 4 <= len(rest) <= 40 and is_menu_item(rest, block, blocks) else None


_LONGEST_ROW: Final = 80
"""Characters."""
_ROW_PARTS: Final = re.compile(r"\s*[|•·]\s*|\s+[-–]\s+")


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
                return last_name([clean(link.text_content())])
    for block in zone:
        if (
            block.text
            and block.link_share > 0.8
            and len(block.text) <= 60
            and block.index < about.text_at
            and _category_class(block)
        ):
            return last_name([own_step(block)])
    return None


def _category_class(block: Block) -> bool:
    nodes = [block.node, *block.links]
    parent = block.node.getparent()
    if block.node.tag in HEADINGS and parent is not None:  # the section's name over those of its parts
        nodes.append(parent)
    return any(_CATEGORY_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in nodes)


def _is_section_line(block: Block, about: _Surroundings, above: list[Block]) -> bool:
    text = block.text
    if (
        not 2 <= len(text) <= 60
        or text[-1] in ".,;!?"
        or re.search(r"\d{3,}|[#:|<>]|^\W|^null", text.lstrip(BULLETS))
        or (block.has(CHROME) and not _is_lone_step(block, about.blocks))
    ):
        return False
    if (text.isupper() and is_site_name(bare(text))) or "°" in text:
        return False
    if any(link.get("href") == "/" for link in block.links):
        return False  # the site's own name
    if not text.isupper() and (read := read_byline(text)) is not None and read.authors:
        return False
    if (
        NO_SECTION.match(fold(text))
        or _MENU_LINE.match(fold(text))
        or landmark(text)
        in ("contact", "advertisement", "footer", "comments", "share", "counter", "tools", "rating", "player")
    ):
        return False
    if len({id(link) for link in block.links}) > 1 and own_step(block) == text.strip(BULLETS):
        return False
    before = [other for other in above if other.index < block.index]
    if not before:
        return _beside_headline(block, about, None)
    return _beside_headline(block, about, before[-1])


def _is_over_picture(block: Block, about: _Surroundings) -> bool:
    """Whether a picture stands between a line and the headline: the line is a box's title."""
    return any(other.image is not None for other in about.blocks[block.index + 1 : about.at])


def _is_lone_step(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line is the only link of a `nav`, and the menu has it too: a trail of one step."""
    return (
        block.node.tag == "nav"
        and len(block.links) == 1
        and block.link_share > 0.8
        and is_menu_item(block.text, block, blocks)
    )


def _beside_headline(block: Block, about: _Surroundings, before: Block | None) -> bool:
    """Whether a line belongs with the headline under it rather than with the menu above it.

    It does when the headline is nearer in the tree than the line before, or when it repeats an item of the
    menu.
    """
    to_headline = tree_distance(block.node, about.blocks[about.at].node)
    if before is None:
        return to_headline <= 3
    # Layout tables set far apart what they print together.
    apart = block.node.tag == "td" and before.link_share <= 0.7 and not _is_over_picture(block, about)
    near = to_headline <= (10 if apart else 4)
    if (near or block.level) and is_menu_item(block.text, block, about.blocks):
        return True
    to_before = tree_distance(block.node, before.node)
    if before.link_share > 0.7 and len(before.links) >= 3:
        # A whole menu on one line is a thing apart; layout tables set far apart what they print together.
        return to_headline <= (12 if block.node.tag == "td" else 4)
    if is_home_step(before) and len(block.links) == 1 and block.node is not before.node:
        return to_headline <= 4
    if before.link_share > 0.8:
        return to_headline < to_before
    if is_date_line(before.text):
        return to_headline <= 5 and to_headline <= to_before  # else the last of a list of other articles
    if landmark(before.text) is not None:  # a box's title has what follows in its box
        return to_headline <= 5 and to_headline <= to_before
    # Under another line of plain text it belongs to the site's banner, unless the headline is nearer.
    return to_headline < to_before and to_headline <= (10 if block.node.tag == "td" else 5)


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
            and re.match(r"^(?:chuyên mục|danh mục|thể loại)\s*:?$", block.text, re.IGNORECASE)
            and (block.text[-1] == ":" or block.index > about.at)  # else the title of a menu
        ):
            return after.text, "landmark: labelled line"
        if (linked := _labelled_link(block)) is not None:
            return linked, "landmark: labelled link"
        match = re.match(
            r"^(?!danh mục cha)(?:mục\s*:|(?:chuyên mục|danh mục|thể loại|category|"
            r"(?:được )?(?:xuất bản|đăng) (?:trong|tại|ở)|thuộc chuyên mục)\s*:?)"
            r"\s*([^|]{2,60}?)(?:\s+(?:Thẻ|Tags?|Từ khóa)\b.*)?$",
            block.text,
            re.IGNORECASE,
        )
        in_text = about.text_at <= block.index < about.end
        if match and (block.links or ":" in block.text or not in_text):
            return match.group(1).strip(), "landmark: labelled line"
        topic = re.match(r"^chủ đề\s*:\s*(.{2,40})$", block.text, re.IGNORECASE)  # PHP-Nuke's sections
        if topic and block.index < about.at and len(block.links) == 1:
            return topic.group(1).strip(), "landmark: labelled line"
    return None
