"""The headline of a page whose best witness is wrong: a section, a banner, a title over verse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.bylines.words import GENRE
from crawler.dates import is_date_line
from crawler.reading.blocks import Block
from crawler.reading.caption_words import shows_action
from crawler.reading.headline_signs import MENU, is_dated, title_setting
from crawler.reading.lines import Lines, bare, is_menu_item, is_stamped
from crawler.reading.site_names import is_site_name
from crawler.reading.tree import tree_distance
from crawler.reading.typesetting import BOLD, CAPTION, CENTER, CHROME, FIGURE

_SECTION: Final = re.compile(
    r"^(?:tin (?:tuc|trong|hoat dong|tinh|huyen|xa|noi|dia phuong)|thong bao|hoat dong|chuyen muc|van ban|"
    r"su kien)\b"
)


def headline_under(index: int, lines: Lines) -> int | None:
    """Return the line set as a title right under a section's name; None where that line is no section's name.

    A page whose title tag names its section alone prints the section over the headline.
    """
    block = lines.blocks[index]
    words = bare(block.text)
    if words.count(" ") > 3:
        return None
    after = [
        other for other in lines.blocks[index + 1 : index + 5] if other.text and not is_date_line(other.text)
    ]
    below = after[0] if after else None
    if (
        below is None
        or not 5 <= below.text.count(" ") + 1 <= 40
        or below.has(CAPTION | FIGURE)
        or below.link_share > 0.3
        or below.index in lines.prose
        or lines.kinds[below.index] is not None
        or _SUBHEAD.match(below.text)
    ):
        return None
    if _ALBUM.match(words) and not is_dated(below, lines):
        return None
    named = (
        lines.kinds[index] == "related"
        or _SECTION.match(words)
        or is_menu_item(block.text, block, lines.blocks)
    )
    if block.text.isupper() and not below.text.isupper() and is_dated(below, lines):
        return below.index
    if not named and block.level == 1:
        return None
    dated = is_dated(below, lines) and not _ALBUM.match(words)
    plain = named and dated
    stamp = next((other for other in lines.blocks[below.index + 1 :][:2] if other.text), None)
    shared = stamp is not None and stamp.node is below.node  # the headline and its date in one element
    longer = dated and shared and not block.level and _words(below) > 2 * _words(block)
    least = 0.0 if plain or longer else 0.1 if named else 0.25
    return below.index if title_setting(below) >= least else None


def headline_past_menu(index: int, lines: Lines) -> int | None:
    """Return the heading over the text where a menu parts it from a short line the title names: the banner.

    None where the line is no banner.
    """
    banner = lines.blocks[index]
    words = bare(banner.text).count(" ")
    if banner.level or words > _LONGEST_NAME or is_dated(banner, lines):
        return None
    text = next((i for i in lines.paragraphs if i > index), index)
    items = [
        i for i in range(index + 1, text) if lines.blocks[i].link_share > 0.7 and lines.kinds[i] != "share"
    ]
    if sum(len(lines.blocks[i].links) for i in items) < MENU:
        return None
    high = _HIGH if words <= _LONGEST_BANNER else 1
    headings = (block for block in lines.blocks[items[-1] + 1 : text] if 1 <= block.level <= high)
    return next((block.index for block in headings if len(block.text) >= _SHORTEST), None)


_LONGEST_BANNER: Final = 4
_LONGEST_NAME: Final = 9
"""Blanks between its words; over a page's first heading it may be longer."""


_HIGH: Final = 3
"""The lowest rank of a heading that is an article's."""


_SHORTEST: Final = 20
"""Characters of such a headline."""


_ALBUM: Final = re.compile(r"^(?:thu vien|album|anh|video|hinh anh)\b")


def is_only_h1(index: int, score: float, blocks: Sequence[Block]) -> bool:
    """Return whether a line is the page's one first-level heading, and not its banner's."""
    return (
        blocks[index].level == 1
        and score >= 0.55
        and sum(1 for block in blocks if block.level == 1 and block.text) == 1
    )


def opens_as_headline(block: Block, after: Sequence[Block]) -> bool:
    """Return whether a bold sentence stands over text that is not bold: a headline with a full stop."""
    following = next((other for other in after if other.text), None)
    return (
        block.has(BOLD)
        and len(block.text) <= 220
        and following is not None
        and not following.has(BOLD)
        and not re.search(r"[.!?]\s+[A-ZÀ-ỸĐ]", block.text)
    )


def headline_before(first: int, scores: dict[int, float], lines: Lines) -> tuple[int | None, float]:
    """Return the likeliest headline above the first paragraph, when no title tag names it, and its score."""
    best: int | None = None
    best_score = 0.0
    seen = 0
    dated = False
    for block in reversed(lines.blocks[:first]):
        if not block.text:
            continue
        seen += 1
        if seen > 30:
            break
        dated = dated or is_date_line(block.text) or (len(block.text) <= 160 and is_stamped(block.text))
        if not _may_be_headline(block, lines, scores.get(block.index, 0.0)):
            continue
        score = scores.get(block.index, 0.0) - seen * 0.015 + _likelihood(block, dated=dated)
        if _is_centred_under_date(block, lines):
            score += 0.2
        if _SHORTEST_OVER_LEAD <= _words(block) < _SHORTEST_TITLE and is_dated(block, lines):
            score += 0.15
        if block.index in lines.prose and not (block.level or block.has(BOLD)):
            score -= 0.2  # another box's text
        if score > best_score and is_menu_item(block.text, block, lines.blocks):
            score -= 0.3  # a section's name
        if score > best_score:
            best, best_score = block.index, score
    if best is None:
        best = _over_date(lines.blocks[:first], lines)
        best_score = 0.12 if best is not None else 0.0
    else:
        above = (_over_picture(best, scores, lines), _over_lead(best, lines))
        best = next((over for over in above if over is not None), best)
    return best, best_score


def _over_lead(index: int, lines: Lines) -> int | None:
    """The line over the date that a whole sentence stands under: the headline, and that one is the lead."""
    lead = lines.blocks[index]
    over = _over_date(lines.blocks[:index], lines) if lead.text[-1] == "." and not lead.level else None
    if over is None or _words(lines.blocks[over]) < _SHORTEST_OVER_LEAD:
        return None
    return over if tree_distance(lines.blocks[over].node, lead.node) <= _NEAR_LEAD else None


_SHORTEST_OVER_LEAD: Final = 5
"""Words; a section's name has fewer."""
_NEAR_LEAD: Final = 4
"""Steps in the tree."""


def _is_centred_under_date(block: Block, lines: Lines) -> bool:
    """Whether a line is set as Word sets a title, right under a date."""
    if not (block.has(BOLD) and block.has(CENTER) and _words(block) >= _SHORTEST_TITLE):
        return False
    before = next((other for other in reversed(lines.blocks[: block.index][-2:]) if other.text), None)
    return before is not None and is_date_line(before.text)


_SHORTEST_TITLE: Final = 6
"""Words."""


def _words(block: Block) -> int:
    return block.text.count(" ") + 1


def _likelihood(block: Block, *, dated: bool) -> float:
    """How much a line's own words speak for it; `dated` when the date stands between it and the text."""
    words = _words(block)
    score = min(words, 16) * 0.03
    if dated and words >= 6:
        score += 0.25  # what stands between the date and the text is a lead more often than the headline
    if words < 4:
        score -= 0.2
    if block.text[-1] in ".;,":
        score -= 0.3
    if _SUBHEAD.match(block.text):
        score -= 0.3  # a numbered subhead, or a remark in brackets over the text
    if _GENRE.match(block.text) or is_site_name(bare(block.text)):
        score -= 0.4
    return score


def _over_picture(index: int, scores: dict[int, float], lines: Lines) -> int | None:
    """The dated line over the picture that a line stands right under: that one is the picture's caption."""
    block = lines.blocks[index]
    if not index or lines.blocks[index - 1].image is None or block.level or block.has(BOLD):
        return None
    if not shows_action(block.text):
        return None
    above = [block for block in lines.blocks[max(0, index - 5) : index] if block.text][-2:]
    if len(above) < 2 or not is_date_line(above[0].text):
        return None
    words = bare(above[1].text)
    if is_site_name(words) or _SECTION.match(words):
        return None
    return above[1].index if _may_be_headline(above[1], lines, scores.get(above[1].index, 0.0)) else None


# `Ghi chép của Hồ Nguyên`: whose, not what.
_GENRE: Final = re.compile(rf"^{GENRE}\s+của\s.{{2,40}}$", re.IGNORECASE)


_SUBHEAD: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s|^\(.*\)$")


def headline_of_verse(lines: Lines) -> int | None:
    """Return the line over the date on a page of short lines alone: a poem, a programme; None elsewhere.

    Four lines at least follow the date before anything that closes an article, none of them a link.
    """
    for block in lines.blocks:
        if not (6 <= len(block.text) <= 200 and not block.link_share and is_dated(block, lines)):
            continue
        if lines.kinds[block.index] is not None or is_date_line(block.text):
            continue
        said = 0
        for other in lines.blocks[block.index + 1 :]:
            if other.image is not None or is_date_line(other.text):
                continue
            if other.link_share or lines.kinds[other.index] is not None:
                break
            said += 1
        return block.index if said >= 4 else None
    return None


def _over_date(above: Sequence[Block], lines: Lines) -> int | None:
    """The short line right over the date, where nothing else could be a headline: `TIN BUỒN`."""
    for block in reversed(above[-6:]):
        if block.text and 6 <= len(block.text) < 40 and not block.link_share and is_dated(block, lines):
            return block.index if lines.kinds[block.index] is None else None
    return None


def _may_be_headline(block: Block, lines: Lines, score: float) -> bool:
    text = block.text
    if not 12 <= len(text) <= 400 or block.has(FIGURE) or is_stamped(text):
        return False
    # Some systems name a title's box `caption`: a caption has its picture over it.
    if block.has(CAPTION) and any(
        other.image is not None for other in lines.blocks[max(0, block.index - 3) : block.index]
    ):
        return False
    if block.has(CHROME) and not block.level:
        return False
    if block.index in lines.prose and text[-1] in ".?!" and not block.has(BOLD):
        return text[-1] != "." and is_dated(block, lines)
    if block.link_share > 0.6 and score < 0.6:
        return False
    return lines.kinds[block.index] is None and not is_date_line(text)
