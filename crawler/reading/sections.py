"""The section a page prints: the last step of its breadcrumb, or the line alone over the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean, fold
from crawler.bylines import read_byline
from crawler.dates import is_date_line
from crawler.landmarks import landmark
from crawler.reading.blocks import Block, read_blocks
from crawler.reading.far_trails import far_trail
from crawler.reading.layout import Layout
from crawler.reading.lines import bare, is_menu_item
from crawler.reading.link_rows import are_nested, heads_its_parts, is_short_trail
from crawler.reading.section_labels import Surroundings, beside_date, labelled, named_category
from crawler.reading.signature import named_author
from crawler.reading.site_names import is_site_name
from crawler.reading.trail_steps import BULLETS, NO_SECTION, is_home_step
from crawler.reading.trails import breadcrumb, own_step
from crawler.reading.tree import tree_distance
from crawler.reading.typesetting import CHROME, ITEM

_LONGEST_SECTION: Final = 70
"""Characters: `Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh` has 61."""
_SHORTEST_KICKER: Final = 3
"""Blanks."""
_PARTED: Final = re.compile(r"[\s|•·/]+")
_MENU_LINE: Final = re.compile(r"^(?:trang chu|trang nhat|home)\b.")


def read_section(layout: Layout, headline: str) -> tuple[str, str] | None:
    """Return (section, rule) as printed about the headline; None when the page prints none."""
    at = layout.headline_at
    if at is None:
        return None
    text_at = next((i for i in layout.paragraphs if i > at), layout.end)
    return _read(Surroundings(blocks=layout.blocks, at=at, text_at=text_at, end=layout.end), headline)


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
    return _read(Surroundings(blocks=blocks, at=at, text_at=end, end=end), headline)


def _read(about: Surroundings, headline: str) -> tuple[str, str] | None:
    # Liferay prints `null` for a portlet's missing icon.
    above = [
        block for block in about.blocks[max(0, about.at - 12) : about.at] if block.text not in ("", "null")
    ]
    crumb = breadcrumb(above, about.blocks[about.at], headline, about.blocks)
    if crumb and is_site_name(bare(crumb)) and (heading := _menu_heading(about, above)) is not None:
        return heading.text, "landmark: line over the headline"
    if crumb:
        return crumb, "landmark: breadcrumb"
    if near := far_trail(above[-3:], headline):
        return near, "landmark: breadcrumb"
    named = named_category(about)
    if named:
        return named, "landmark: category link"
    for block in reversed([line for line in above[-5:] if not named_author(line)][-3:]):
        links = [clean(link.text_content()) for link in block.node.iter("a")]
        if len(links) > 1 and _PARTED.sub("", block.text) == _PARTED.sub("", "".join(links)):
            barred = "|" in block.text or "•" in block.text or "·" in block.text
            if is_short_trail(block, about.blocks[about.at], above) and (
                not barred or are_nested(block) or heads_its_parts(block)
            ):
                named = links[0] if heads_its_parts(block) else next(filter(None, reversed(links)))
                return named, "landmark: row of links over the headline"
            continue  # a menu on one line
        if links and (section := _over_parts(block, links[0], about)) is not None:
            return section, "landmark: line over the headline"
        if _stands_between(block):
            continue
        if block.text[-1] == ":" and block.text.count(" ") >= _SHORTEST_KICKER and not block.links:
            continue  # who speaks, over an interview's headline
        if _is_section_line(block, about, above):
            chosen = _section_over_rubric(block, about, above) or block
            return own_step(chosen), "landmark: line over the headline"
        break
    far = far_trail(about.blocks[: about.at], headline)
    return (far, "landmark: breadcrumb") if far else labelled(about) or beside_date(about)


def _stands_between(block: Block) -> bool:
    """Whether a line between section and headline is neither: a date, a button, the section's feed."""
    return (
        is_date_line(block.text)
        or landmark(block.text) in ("tools", "counter", "share")
        or block.text == "RSS"
    )


def _over_parts(block: Block, first: str, about: Surroundings) -> str | None:
    """The section whose name opens a row of links to its parts: a menu's item, itself no link here."""
    name = block.text.partition(first)[0].strip() if first else ""
    return name if 2 <= len(name) <= 40 and is_menu_item(name, block, about.blocks) else None


def _menu_heading(about: Surroundings, above: Sequence[Block]) -> Block | None:
    """The heading over the headline that names an item of the menu; None for none."""
    return next(
        (
            block
            for block in reversed(above[-3:])
            if block.level
            and is_menu_item(block.text, block, about.blocks)
            and not _is_over_picture(block, about)
            and not NO_SECTION.match(fold(block.text))
            and landmark(block.text) is None
            and not any(
                other.link_share > 0.7 and landmark(other.text) != "tools"
                for other in about.blocks[block.index + 1 : about.at]
            )
        ),
        None,
    )


def _section_over_rubric(block: Block, about: Surroundings, above: list[Block]) -> Block | None:
    """The section's line where the one over the headline is a series' name, which no menu links."""
    if block.links or is_menu_item(block.text, block, about.blocks):
        return None
    for other in reversed([line for line in above if line.index < block.index][-2:]):
        if is_date_line(other.text):
            continue
        if NO_SECTION.match(fold(other.text)) or landmark(other.text) is not None:
            return None
        if _is_last_of_menu(other, about.blocks):
            return None
        in_menu = not other.has(ITEM) and is_menu_item(other.text, other, about.blocks)
        heading = other.level > 0 and len(other.links) == 1
        return other if (in_menu or heading) and len(other.links) < 2 and other.text != block.text else None
    return None


def _is_last_of_menu(line: Block, blocks: Sequence[Block]) -> bool:
    """Whether a link stands under another that is set as it is: an item of the menu, the last."""
    before = blocks[line.index - 1] if line.index else None
    return (
        before is not None
        and before.link_share > 0.8
        and line.link_share > 0.8
        and (before.node.tag, before.node.get("class")) == (line.node.tag, line.node.get("class"))
    )


def _is_section_line(block: Block, about: Surroundings, above: list[Block]) -> bool:
    text = block.text
    if (
        not 2 <= len(text) <= _LONGEST_SECTION
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


def _is_over_picture(block: Block, about: Surroundings) -> bool:
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


_NEAR_RANK: Final = 8
"""Steps in the tree."""


def _beside_headline(block: Block, about: Surroundings, before: Block | None) -> bool:
    """Whether a line belongs with the headline under it rather than with the menu above it.

    It does when the headline is nearer in the tree than the line before, or when it repeats an item of the
    menu.
    """
    to_headline = tree_distance(block.node, about.blocks[about.at].node)
    if before is None:
        return to_headline <= 3
    headline = about.blocks[about.at]
    if 1 < block.level < headline.level and block.index == headline.index - 1 and to_headline <= _NEAR_RANK:
        return True  # a heading right over one of a lower rank
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
        return to_headline <= (10 if block.node.tag == "td" else 5) and to_headline <= to_before
    # Under another line of plain text it belongs to the site's banner, unless the headline is nearer.
    return to_headline < to_before and to_headline <= (10 if block.node.tag == "td" else 5)
