"""Which line is the headline.

The title the page claims is the best witness; then how a line is set; then where it stands before the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.reading.blocks import Block
from crawler.reading.lines import Lines, bare, ends_sentence, is_menu_item, is_stamped
from crawler.reading.metadata import Metadata
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, FIGURE, ITEM

_TITLE_NAMES: Final = re.compile(
    r"(?<![a-z])(?:title|headline|tieu-?de|tieude|post-?title|news-?title|entry-?title|heading|"
    r"subject|ten-?bai|lbl-?title|detail-?title)",
    re.IGNORECASE,
)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
SITE_NAME: Final = re.compile(
    r"^(?:trang (?:thong tin|tin|chu|web)|cong (?:thong tin|ttdt|tt)|website|web site|ban tuyen giao|"
    r"ban tg|tinh uy|huyen uy|"
    r"thanh uy|thi uy|quan uy|dang uy|dang bo (?:tinh|huyen|thanh pho|thi xa|quan|khoi)|bao (?:dien "
    r"tu )?\w+(?: \w+)?$|tap chi|tin tuc$|chi tiet|"
    r"trang chu|home|ubnd|uy ban nhan dan|dang cong san|welcome|untitled|bai viet$|tin bai$|noi dung|"
    r"van phong|hoc vien|truong chinh tri|uy ban|"
    r"xem tin|doc tin|news|detail|index|default|(?:huyen|tinh|thanh pho|thi xa|thi tran|xa|phuong|"
    r"quan)(?: \w+){1,3}$)"
)
_VERB: Final = re.compile(
    r"\b(?:hop|to chuc|khai (?:mac|giang)|be (?:mac|giang)|trien khai|tong ket|so ket|lam viec|tham|"
    r"trao|tang|don|tiep|ban hanh|quan triet|"
    r"toa dam|giao ban|day manh|tang cuong|ra mat|phat dong|ky niem|cong bo|kiem (?:tra|diem)|giam "
    r"sat|cho y kien|thong qua|doi thoai|tap huan|"
    r"boi duong|ket nap|gap mat|chuc|vieng|huong ung|nang cao|doi moi|lanh dao|thuc hien|xay dung|"
    r"hoc tap|duoc|da|se|cua|lam|voi|ve|chu|"
    r"phoi hop|ket qua|bao cao|hoi nghi|hoi thao|le|chi dao|thong bao|hoan thanh|sap xep|cham lo|ho "
    r"tro|ung ho|mit tinh|danh gia|thay doi|chinh thuc|van hanh|khai truong|nang cap|dat giai|gap "
    r"go|bieu duong|ra quan|lan toa|quyet tam|quy [ivx]+|thang \d+|nam \d{4})\b"
)
_NEVER_HEADLINES: Final = frozenset(
    {"contact", "advertisement", "footer", "counter", "tools", "comments", "rating"}
)


def is_site_name(words: str) -> bool:
    """Return whether folded words are a site's or office's name rather than a headline that begins with one.

    >>> is_site_name("ban tuyen giao tinh uy lai chau")
    True
    >>> is_site_name("dang uy phuong kim ma toa dam khoi doan the")
    False
    """
    return bool(SITE_NAME.match(words)) and words.count(" ") < 14 and not _VERB.search(_without_name(words))


def _without_name(words: str) -> str:
    # `xây dựng Đảng`, `tuyên giáo` and the like belong to names.
    return re.sub(
        r"\b(?:xay dung dang|thong tin dien tu|cua (?:tinh|huyen|ban|dang)|uy ban|ve viec|le loi)\b",
        "",
        words,
    )


def score_headlines(lines: Lines, metadata: Metadata) -> dict[int, float]:
    """Return how much each line looks like the headline, by index; lines that do not at all are left out.

    A score of 1 or more means that the page's own title names the line.
    """
    claims = [bare(part) for part in metadata.title_parts()]
    banners = _banners(lines)
    claims = [
        claim for claim in claims if len(claim) >= 8 and not is_site_name(claim) and claim not in banners
    ]
    site = bare(metadata.site_name or "")
    scores: dict[int, float] = {}
    for block in lines.blocks:
        text = block.text
        if not 8 <= len(text) <= 400 or block.has(CAPTION) or block.row:
            continue
        # A menu's or list's item: the headline may be a link, but then it is set as a title.
        linked = block.link_share > 0.8
        if linked and _is_plain_item(block):
            continue
        setting = _setting(block)
        if linked and setting < 0:
            continue
        words = bare(text)
        named = _title_match(words, claims) if words and words != site else 0.0
        # An article may be about voting or comments: a landmark's words are its headline when the title
        # says so.
        if named < 1.0 and lines.kinds[block.index] in _NEVER_HEADLINES:
            continue
        score = named + setting
        if score <= _LEAST:  # what follows only lowers it
            continue
        if is_site_name(words) and score < 1.2 and not _is_titled_as_office(block, lines):
            score -= 0.5
        if block.has(CHROME) or lines.asides.holds(block.node):
            score -= 0.5
        if score > _LEAST and (named >= 1.0 or not is_date_line(text)):
            scores[block.index] = score
    return scores


_LEAST: Final = 0.05
"""Of what looks like a headline at all."""


def _banners(lines: Lines) -> frozenset[str]:
    """The words of links in the page's head that lead to the front page: the site's name, however set."""
    return frozenset(
        bare(block.text)
        for block in lines.blocks[:_HEAD]
        if block.text and block.link_share > 0.8 and [link.get("href") for link in block.links] == ["/"]
    )


_HEAD: Final = 12
"""Lines in which a page names its site."""


def _is_titled_as_office(block: Block, lines: Lines) -> bool:
    """Whether a heading that reads like an office's name is one over a date and its text, not over a menu."""
    if block.level not in (1, 2) or not _is_dated(block, lines):
        return False
    text = next((i for i in lines.paragraphs if i > block.index), len(lines.blocks))
    return sum(1 for other in lines.blocks[block.index : text] if other.link_share > 0.8) < _MENU


_MENU: Final = 5
"""Links in a row, at the least."""


def _title_match(words: str, claims: Sequence[str]) -> float:
    best = 0.0
    for claim in claims:
        if words == claim:
            return 1.2 if len(claim) >= 20 else 1.0
        if (len(words) >= 24 and words in claim) or (len(claim) >= 40 and words.startswith(claim)):
            best = max(best, 1.0)
        elif len(claim) >= 30 and claim in words and len(claim) > 0.8 * len(words):
            best = max(best, 0.9)
        elif 30 <= len(claim) < len(words) and best < 0.9 and _is_shortened(claim, words):
            best = 0.9
    return best


def _is_plain_item(block: Block) -> bool:
    """Whether a link is set so plainly that no name of its element could make it a title."""
    return block.has(ITEM) and not block.level and not block.has(BOLD)


def _setting(block: Block) -> float:
    score = {0: 0.0, 1: 0.6, 2: 0.4, 3: 0.3, 4: 0.2, 5: 0.15, 6: 0.1}[block.level]
    node: HtmlElement | None = block.node
    for _ in range(2):
        if node is None or node.tag in ("body", "form"):
            break
        if node.get("itemprop") == "headline":
            score += 0.6
            break
        if _is_title_name(node.get("class") or "") or _is_title_name(node.get("id") or ""):
            score += 0.25
            break
        node = node.getparent()
    if block.has(BOLD) and not block.level:
        score += 0.15
    if block.link_share > 0.8:
        score -= 0.35
    if block.has(ITEM):
        score -= 0.3
    if block.text[:5].lower() == "null ":
        score -= 0.5  # Liferay prints a missing icon's name before the portlet's own copy of the title
    if ends_sentence(block.text) and block.text[-1] in ".;:":
        score -= 0.2
    return score


def _is_shortened(claim: str, words: str) -> bool:
    """Whether a title says the same in fewer words, in order: editors shorten what the title tag carries."""
    own, printed = claim.split(), words.split()
    if not 6 <= len(own) <= len(printed) <= 2 * len(own):
        return False
    rest = iter(printed)
    return all(word in rest for word in own)


@lru_cache(maxsize=4096)  # a site's elements have few names
def _is_title_name(names: str) -> bool:
    return bool(_TITLE_NAMES.search(_CAMEL.sub("-", names)))


def surest_headline(scores: dict[int, float], lines: Lines) -> tuple[int | None, float]:
    """Return the best-scored line and its score; of equals the one nearest before running text."""
    if not scores:
        return None, 0.0
    last = lines.paragraphs[-1] if lines.paragraphs else None
    if last is not None:
        # Nothing is the headline of what stands above it.
        scores = {i: score - (0.6 if i >= last else 0.0) for i, score in scores.items()}
    top = max(scores.values())
    near = [i for i, score in scores.items() if score >= top - 0.12]
    if len(near) > 1:
        near.sort(key=lambda i: (_prose_after(i, lines), scores[i]), reverse=True)
    return near[0], scores[near[0]]


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
    if _ALBUM.match(words) and not _is_dated(below, lines):
        return None
    named = (
        lines.kinds[index] == "related"
        or _SECTION.match(words)
        or is_menu_item(block.text, block, lines.blocks)
    )
    if block.text.isupper() and not below.text.isupper() and _is_dated(below, lines):
        return below.index
    if not named and block.level == 1:
        return None
    return below.index if _setting(below) >= (0.1 if named else 0.25) else None


def headline_past_menu(index: int, lines: Lines) -> int | None:
    """Return the heading over the text where a menu parts it from a short line the title names: the banner.

    None where the line is no banner.
    """
    if bare(lines.blocks[index].text).count(" ") > _LONGEST_BANNER:
        return None
    text = next((i for i in lines.paragraphs if i > index), index)
    items = [
        i for i in range(index + 1, text) if lines.blocks[i].link_share > 0.7 and lines.kinds[i] != "share"
    ]
    if sum(len(lines.blocks[i].links) for i in items) < _MENU:
        return None
    headings = (block for block in lines.blocks[items[-1] + 1 : text] if 1 <= block.level <= _HIGH)
    return next((block.index for block in headings if len(block.text) >= _SHORTEST), None)


_LONGEST_BANNER: Final = 4
"""Blanks between its words."""
_HIGH: Final = 3
"""The lowest rank of a heading that is an article's."""
_SHORTEST: Final = 20
"""Characters of such a headline."""

_ALBUM: Final = re.compile(r"^(?:thu vien|album|anh|video|hinh anh)\b")


def _prose_after(index: int, lines: Lines) -> int:
    return sum(min(len(lines.blocks[i].text), 400) for i in lines.paragraphs if index < i <= index + 25)


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
        words = block.text.count(" ") + 1
        score = scores.get(block.index, 0.0) + min(words, 16) * 0.03 - seen * 0.015
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
        if score > best_score:
            best, best_score = block.index, score
    if best is None:
        best = _over_date(lines.blocks[:first], lines)
        best_score = 0.12 if best is not None else 0.0
    return best, best_score


# `Ghi chép của Hồ Nguyên`: whose, not what.
_GENRE: Final = re.compile(
    r"^(?:ghi chép|bút ký|phóng sự|ký sự|tùy bút|tản văn|truyện ngắn)\s+của\s", re.IGNORECASE
)
_SUBHEAD: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s|^\(.*\)$")


def headline_of_verse(lines: Lines) -> int | None:
    """Return the line over the date on a page of short lines alone: a poem, a programme; None elsewhere.

    Four lines at least follow the date before anything that closes an article, none of them a link.
    """
    for block in lines.blocks:
        if not (6 <= len(block.text) <= 200 and not block.link_share and _is_dated(block, lines)):
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
        if block.text and 6 <= len(block.text) < 40 and not block.link_share and _is_dated(block, lines):
            return block.index if lines.kinds[block.index] is None else None
    return None


def _is_dated(block: Block, lines: Lines) -> bool:
    """Whether the next line is a date: what stands over one is a headline, whatever closes it."""
    after = next((other for other in lines.blocks[block.index + 1 : block.index + 3] if other.text), None)
    return after is not None and is_date_line(after.text)


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
        return text[-1] != "." and _is_dated(block, lines)
    if block.link_share > 0.6 and score < 0.6:
        return False
    return lines.kinds[block.index] is None and not is_date_line(text)
