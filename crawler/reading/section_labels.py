"""The section as a category's link, a label or a piece of the date's row tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from archive.text import clean
from crawler.bylines import read_byline
from crawler.date_tokens import find_weekdays
from crawler.dates import find_dates, is_date_line
from crawler.landmarks import landmark
from crawler.names import names_person
from crawler.reading.blocks import Block
from crawler.reading.layout import FOOT
from crawler.reading.lines import is_menu_item
from crawler.reading.trail_steps import last_name
from crawler.reading.trails import own_step
from crawler.reading.tree import is_named, tree_distance
from crawler.reading.typesetting import HEADINGS

_CATEGORY_NAMES: Final = re.compile(
    r"(?<![a-z])(?:cat(?:egory|e|-links|egories)?|chuyen-?muc|item-?category|taxonomy-category|"
    r"post-?cat)(?![a-z])",
    re.IGNORECASE,
)


_CATEGORY_PATH: Final = re.compile(
    r"/(?:category|categories|chuyen-muc|chuyenmuc|danh-muc|the-loai)/[^/?#]+/?$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """The lines about a headline."""

    blocks: Sequence[Block]
    at: int
    """Index of the headline."""
    text_at: int
    """Index of the first running text after it."""
    end: int
    """Index after the last block of the body."""


def beside_date(about: Surroundings) -> tuple[str, str] | None:
    """The link before the date in its own row, or the last of two, under the headline or right over it."""
    if (over := _over_date(about) or _section_and_category(about)) is not None:
        return over, "landmark: line over the date"
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


def _over_date(about: Surroundings) -> str | None:
    """The menu's item that stands alone between the headline and the date, or any name in the date's row."""
    under = list(about.blocks[about.at + 1 : min(about.at + 4, about.text_at)])
    if len(under) > 2 and under[1].node is under[0].node and names_person(under[1].text):
        del under[1]  # section, author and date are fields of one row
    if len(under) < 2 or not is_date_line(under[1].text):
        return None
    line = under[0]
    plain = 4 <= len(line.text) <= 40 and not line.level and landmark(line.text) in (None, "crumbs")
    # Without the menu only a name of two fields is sure, and no `Cập nhật lần cuối`.
    row = line.node is under[1].node and " - " in line.text and _is_plain_name(line.text)
    return line.text if plain and (row or is_menu_item(line.text, line, about.blocks)) else None


def _section_and_category(about: Surroundings) -> str | None:
    """The second of two links parted by a dash over the date: section and category (Joomla 1.5)."""
    under = [block for block in about.blocks[about.at + 1 : min(about.at + 6, about.text_at)] if block.text]
    for place, row in enumerate(under):
        names = [clean(link.text_content()) for link in dict.fromkeys(row.links)]
        dated = any(is_date_line(line.text) for line in under[place + 1 :])
        if len(names) == 2 and row.text == " - ".join(names) and dated:
            plain = all(landmark(name) in (None, "crumbs", "related") for name in names)
            known = any(is_menu_item(name, row, about.blocks) for name in names)
            return names[1] if plain and known and read_byline(names[1]) is None else None
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
    if len(pieces) < 2 or not 4 <= len(name) <= 40:
        return None
    if not is_date_line(pieces[1]):  # the author's name, or other words, between them
        fields = _BARS.split(pieces[1])
        dated = any(map(is_date_line, fields)) and len(block.text) <= 2 * _LONGEST_ROW
        signed = names_person(fields[0]) and _is_plain_name(name)
        return name if dated and (signed or is_menu_item(name, block, blocks)) else None
    return name if is_menu_item(name, block, blocks) or _is_plain_name(name) else None


def _is_plain_name(name: str) -> bool:
    """Whether words name neither a person, an office nor anything else a date's row prints."""
    if re.search(r"[\d:]", name) or landmark(name) not in (None, "crumbs", "related") or find_weekdays(name):
        return False
    words = name.split()
    return len(words) > 1 and any(word[0].islower() for word in words) and read_byline(name) is None


def _after_date(block: Block, blocks: Sequence[Block]) -> str | None:
    """The menu's item after the date in its row, `18 tháng 5, 2017 Hoạt động`, or words after a bar."""
    dates = find_dates(block.text) if len(block.text) <= _LONGEST_ROW else []
    if len(dates) != 1 or dates[0].start != 0:
        return None
    after = block.text[dates[0].end :]
    rest = after.strip(" |•·-–")
    if not 4 <= len(rest) <= 40:
        return None
    # Without the menu only a name of two fields is sure: `| Giám sát - Phản biện xã hội`.
    barred = after.lstrip()[:1] in ("|", "·", "•") and " - " in rest and re.search(r"[|·•]", rest) is None
    return rest if is_menu_item(rest, block, blocks) or (barred and _is_plain_name(rest)) else None


_LONGEST_ROW: Final = 80
"""Characters."""


_BARS: Final = re.compile(r"\s*[|•·]\s*")
_ROW_PARTS: Final = re.compile(r"\s*[|•·]\s*|\s+[-–]\s+")


_POST_CATEGORY: Final = re.compile(r"taxonomy-category|post-taxonomies|cat-links|entry-footer", re.IGNORECASE)


def named_category(about: Surroundings) -> str | None:
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
    around = [link.getparent() for link in block.links]
    if any("category" in (link.get("data-hook") or "") for link in block.links):  # Wix
        return True
    nodes = [block.node, *block.links, *(node for node in around if node is not None)]
    parent = block.node.getparent()
    if block.node.tag in HEADINGS and parent is not None:  # the section's name over those of its parts
        nodes.append(parent)
    return any(_CATEGORY_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}") for node in nodes)


# In a row of particulars, or in a sentence: `nằm trong chuyên mục Văn hóa - Thể thao`.
_INLINE_LABEL: Final = re.compile(r"\b(?:chuyên mục|danh mục)\s*:?\s+", re.IGNORECASE)


def _labelled_link(block: Block) -> str | None:
    label = _INLINE_LABEL.search(block.text) if block.links else None
    if label is None:
        return None
    names = (clean(link.text_content()) for link in block.links)
    return next((name for name in names if name and block.text.startswith(name, label.end())), None)


_LABEL_ONLY: Final = re.compile(r"^(?:chuyên mục|danh mục|thể loại)\s*:?$", re.IGNORECASE)
_LABELLED_LINE: Final = re.compile(
    r"^(?!danh mục cha)(?:mục\s*:|(?:chuyên mục|danh mục|thể loại|category|"
    r"(?:được )?(?:xuất bản|đăng) (?:trong|tại|ở)|thuộc chuyên mục)\s*:?)"
    r"\s*([^|]{2,60}?)(?:\s+(?:Thẻ|Tags?|Từ khóa)\b.*)?$",
    re.IGNORECASE,
)
# `Chuyên mục: Tin tức Ngày 04.03.2021, 08:05`
_DATE_AFTER: Final = re.compile(
    r"[\s,;·-]*\b(?:ngày|lúc|vào|đăng)?\s*:?\s*(?:\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}:\d{2}).*$",
    re.IGNORECASE,
)
_TOPIC: Final = re.compile(r"^chủ đề\s*:\s*(.{2,40})$", re.IGNORECASE)
"""PHP-Nuke's sections."""


def labelled(about: Surroundings) -> tuple[str, str] | None:
    """`Chuyên mục: X` about the headline, as WordPress and Drupal themes print it, on one line or two."""
    zone = [
        block
        for block in about.blocks[max(0, about.at - 4) : about.end + 6]
        if block.text and block.index != about.at
    ]
    for block, after in zip_longest(zone, zone[1:]):
        if after is not None and _names_section(block, after, about):
            return after.text, "landmark: labelled line"
        if (linked := _labelled_link(block)) is not None:
            return linked, "landmark: labelled link"
        if (name := _labelled_words(block, about)) is not None:
            return name, "landmark: labelled line"
    return None


def _names_section(label: Block, value: Block, about: Surroundings) -> bool:
    """Whether a label alone in its line leads to the link under it; else it may be a menu's title."""
    if value.link_share <= 0.8 or not _LABEL_ONLY.match(label.text):
        return False
    in_menu = label.index > about.at and is_menu_item(value.text, value, about.blocks)
    # Drupal's fields: a label, its value, the next label, the date.
    fields = about.blocks[value.index + 1 : value.index + 3]
    dated = label.index == about.at + 1 and any(is_date_line(field.text) for field in fields if field.text)
    return label.text[-1] == ":" or in_menu or dated


def _labelled_words(block: Block, about: Surroundings) -> str | None:
    match = _LABELLED_LINE.match(block.text)
    in_text = about.text_at <= block.index < about.end
    if match and (block.links or ":" in block.text or not in_text):
        return _DATE_AFTER.sub("", match.group(1).strip()) or None
    topic = _TOPIC.match(block.text) if block.index < about.at and len(block.links) == 1 else None
    return topic.group(1).strip() if topic else None
