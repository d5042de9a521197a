"""Which of the dates on a page is the article's publication time.

Never the clock at the top of the page, a related item's date, a date in the body, or one after the
capture. What is printed beside the headline comes first; then a date line at the foot of the article; then
what the page's metadata claims, unless the family is known to misuse it; then the listing, feed, sitemap
or URL.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.date_printed import VIETNAM, PrintedDate
from crawler.dates import is_date_line, may_hold_date, read_date
from crawler.landmarks import AFTERWORDS, landmark
from crawler.reading.blocks import Block
from crawler.reading.datelines import is_dateline, tells_meeting
from crawler.reading.layout import FOOT, Layout
from crawler.reading.metadata import Metadata
from crawler.reading.tree import is_named, tree_distance
from crawler.reading.typesetting import HEADER, ITEM

_PUBLISHED_LABEL: Final = re.compile(
    r"đăng|cập nhật|xuất bản|phát hành|published|posted|created|ngày\s*:|gửi lúc|lúc\s*:|ngày tạo|"
    r"đã tạo",
    re.IGNORECASE,
)
_POST_DATE: Final = re.compile(
    r"(?<![a-z])(?:post|entry)-date|posted-(?:on|by)|(?<![a-z])published|asset-metadata", re.IGNORECASE
)
# A row of particulars under the headline, as WordPress's themes name it.
_META_ROW: Final = re.compile(r"(?<![a-z])(?:post|entry|article)-?meta(?![a-z])", re.IGNORECASE)
_POSTED_ON: Final = re.compile(
    r"(?:đăng|gửi|xuất bản|posted|published)\b.{0,60}\b(?:vào|lúc|ngày|on)[\s:]*$", re.IGNORECASE
)
_EDITOR: Final = re.compile(r"^(?:biên tập|người biên tập|duyệt(?: bài)?)\s*:", re.IGNORECASE)
_UPDATE_LABEL: Final = re.compile(
    r"^\W*(?:(?:ngày|lần|thời gian|giờ)\s+)?"
    r"(?:cập nhật|chỉnh sửa|sửa|hiệu chỉnh|(?:last )?(?:updated?|modified))\b"
    r"(?!.*(?:đăng|xuất bản|publish|post))",
    re.IGNORECASE,
)
_NOT_PUBLISHED: Final = re.compile(
    r"giấy phép|(?<!ngày )ban hành|hiệu lực|sinh ngày|bản quyền|copyright|©|số\s*:|qđ|nghị định|hết "
    r"hạn|\bin (?:ngày|lúc)|ngày in|hôm nay|từ ngày|đến ngày|diễn ra|kỷ niệm|nhiệm kỳ|"
    r"số\s+\d+\s*/",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A publication date and where it was read."""

    value: str | None
    """ISO 8601, only as precise as printed; None when what is printed cannot be read."""
    precision: str | None
    raw: str
    source: str
    """`page`, `meta`, `listing`, `feed`, `sitemap` or `url`."""
    rule: str
    """For `read_by`."""
    at: int | None = None
    """Index of the block it was read in, for a date on the page."""


def printed_date(layout: Layout, body: frozenset[int], captured_at: datetime | None) -> FoundDate | None:
    """Return the date printed about the headline, else the one at the article's foot."""
    candidates = [
        scored
        for block in _date_zone(layout, body)
        if (scored := _score(block, layout, captured_at)) is not None
    ]
    if not candidates:
        return None
    score, _, found = max(candidates, key=lambda item: (item[0], item[1]))
    return found if score > 0 else None


def _date_zone(layout: Layout, body: frozenset[int]) -> list[Block]:
    """Lines that may carry the date: before the body, and a few after it."""
    first = min(body, default=layout.end)
    before = layout.blocks[:first]
    after: list[Block] = []
    closed = False
    for block in layout.blocks[max(body, default=layout.end - 1) + 1 : layout.end + FOOT]:
        kind = layout.kinds[block.index]
        if kind in AFTERWORDS and kind != "related" and not _EDITOR.match(block.text):
            break
        closed = closed or kind in ("related", "rating", "tags")
        if not may_hold_date(block.text):
            continue
        # Past these a bare date is a reader's or another article's; only one that names itself is this one's.
        labelled = _PUBLISHED_LABEL.search(block.text) and not block.has(ITEM)
        near = block.index < layout.end + 14
        if (near and (not closed or labelled)) or is_named(block, _POST_DATE):
            after.append(block)
    skipped = layout.intruders
    inside = [
        block
        for block in layout.blocks[first : layout.end]
        if block.index not in body and block.index not in skipped
    ]
    zone = {block.index: block for block in (*before, *inside, *after)}
    return [
        block
        for block in zone.values()
        if block.text and len(block.text) <= 160 and may_hold_date(block.text)
    ]


def _score(block: Block, layout: Layout, captured_at: datetime | None) -> tuple[float, int, FoundDate] | None:
    """How likely a line's date is the article's, how near to the headline, and the date; None for none."""
    if block.index == layout.headline_at:
        return None
    date = _line_date(block, layout, captured_at)
    if date is None:
        return None
    where, score = _standing(date, block, layout, captured_at)
    text = block.text
    if where == "at the foot" and not is_date_line(text) and not _POSTED_ON.search(text[: date.start]):
        return None
    score += 1.0 if is_date_line(text) else 0.35
    if date.precision in ("minute", "second"):
        score += 0.5
    if _UPDATE_LABEL.match(text):
        score -= 0.6  # a page that prints both was published at the other
    elif _PUBLISHED_LABEL.search(text):
        score += 0.4
    found = FoundDate(
        value=date.value,
        precision=date.precision,
        raw=date.raw,
        source="page",
        rule=f"landmark: date line {where}",
        at=block.index,
    )
    return score, -abs(block.index - (layout.headline_at or 0)), found


def _line_date(block: Block, layout: Layout, captured_at: datetime | None) -> PrintedDate | None:
    """The date of a line that may say when the article was published; None where the line says more."""
    text = block.text
    headline = layout.headline_at
    beside = headline is not None and headline < block.index <= headline + 8
    if (
        _NOT_PUBLISHED.search(text)
        or is_dateline(text)
        or tells_meeting(block, layout.blocks)
        or (block.link_share > 0.6 and not (beside and (is_date_line(text) or is_named(block, _META_ROW))))
    ):
        return None
    stamp = _clock_before(block, layout) + _with_day(block, layout) + _clock_after(block, layout)
    date = read_date(stamp, captured_at)
    if date is None or (date.precision == "month" and not is_date_line(text)):
        return None
    if date.relative and not beside:
        return None  # teasers count the hours; only the headline's own row speaks of this article
    words = len(text.replace(" | ", " ")) - (date.end - date.start)
    more = words > _MORE and not _POSTED_ON.search(text[: date.start])
    return None if more and not is_date_line(text) else date


def _is_one_of_many(block: Block, above: list[Block]) -> bool:
    """Whether other dates over the headline are set alike: of the items of a slider or a list."""
    names = block.node.get("class")
    alike = [
        other
        for other in above[-_FARTHEST_LIST:]
        if names
        and other.node is not block.node
        and other.node.tag == block.node.tag
        and other.node.get("class") == names
        and is_date_line(other.text)
    ]
    return len(alike) > 1  # one may be the page's clock


_FARTHEST_LIST: Final = 60
_FARTHEST_ABOVE: Final = 3
"""Lines from a date to the headline under it, buttons counted."""
_MORE: Final = 60
"""Characters beside a date, beyond which the line is about something else."""


def _standing(
    date: PrintedDate, block: Block, layout: Layout, captured_at: datetime | None
) -> tuple[str, float]:
    """Where a date's line stands to headline and body, in words, and how much that speaks for it."""
    headline = layout.headline_at
    if headline is not None and block.index < headline:
        between = [
            b
            for b in layout.blocks[block.index + 1 : headline]
            if b.text and layout.kinds[b.index] not in ("tools", "share", "counter")
        ]
        near = (
            len(between) <= 2
            and headline - block.index <= _FARTHEST_ABOVE
            and all(b.link_share < 0.6 for b in between)
        )
        if _is_one_of_many(block, layout.blocks[:headline]):
            return "above the headline", -2.0
        likeness = _clock_likeness(date, block, layout, captured_at, near=near)
        return "above the headline", (0.5 if near else -0.6) - likeness
    after_body = block.index >= layout.end or (
        headline is not None and layout.start < layout.end and block.index > _last_paragraph(layout)
    )
    if headline is None:
        return "above the body", 0.0
    if not after_body:
        return "under the headline", 0.8 - 0.04 * min(block.index - headline, 12)
    return "at the foot", 0.1 - 0.05 * max(0, block.index - layout.end)


CLOSING_STAMP: Final = re.compile(
    r"\s*\((?:ngày\s*|cập nhật\s*:?\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
    r"(?:[\s,|-]*\d{1,2}[:hg]\d{2}(?::\d{2})?)?\)$",
    re.IGNORECASE,
)
"""A day, perhaps with its time, in brackets at the end of a line."""

_WEEKDAY_FIRST: Final = re.compile(
    r"^\W*(?:hôm nay\W*|bây giờ\W*)?(?:thứ|chủ nhật|cn\b|t[2-7]\b)", re.IGNORECASE
)
_CLOCK_ONLY: Final = re.compile(
    r"^\W*\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s*(?:am|pm|sa|ch|sáng|chiều|tối|trưa))?\W*$", re.IGNORECASE
)


def _with_day(block: Block, layout: Layout) -> str:
    """The line, a month and its year with the day set large over them in a box: `13`, then `11/2023`."""
    above = layout.blocks[block.index - 1] if block.index else block
    following = layout.blocks[block.index + 1 : block.index + 2]
    if _DAY_ALONE.match(above.text) and _MONTH_WORD.match(block.text):
        year = next((other.text for other in following if _YEAR_ALONE.match(other.text)), None)
        return f"{above.text} {block.text} {year}" if year is not None else block.text
    boxed = _DAY_ALONE.match(above.text) and _MONTH_ALONE.match(block.text)
    return (
        f"{above.text}/{block.text}" if boxed and tree_distance(above.node, block.node) <= 2 else block.text
    )


_DAY_ALONE: Final = re.compile(r"\d{1,2}$")
_MONTH_WORD: Final = re.compile(r"tháng \d{1,2}$", re.IGNORECASE)
_YEAR_ALONE: Final = re.compile(r"(?:19|20)\d\d$")
_MONTH_ALONE: Final = re.compile(r"\d{1,2}\s?[/.-]\s?\d{4}$")


def _clock_before(block: Block, layout: Layout) -> str:
    """The bare time of day set wall to wall before a day, in one element with it."""
    before = layout.blocks[block.index - 1] if block.index else block
    bare_clock = before.node is block.node and _CLOCK_ONLY.match(before.text)
    return f"{before.text} " if bare_clock and not re.search(r"\d[:hg]\d", block.text) else ""


def _clock_after(block: Block, layout: Layout) -> str:
    """The bare time of day that a theme prints as the next item of the same row, or past the headline."""
    if re.search(r"\d[:hg]\d", block.text):
        return ""
    past = block.index + 1 == layout.headline_at
    at = block.index + 1 + past
    following = [other for other in layout.blocks[at : at + 1] if not past or is_named(other, _STAMP_NAMES)]
    return next((f" {other.text}" for other in following if _CLOCK_ONLY.match(other.text)), "")


_STAMP_NAMES: Final = re.compile(r"meta|info|(?<![a-z])(?:date|time|gio|ngay)(?![a-z])", re.IGNORECASE)


def _clock_likeness(
    date: PrintedDate, block: Block, layout: Layout, captured_at: datetime | None, *, near: bool
) -> float:
    """How much a date above the headline looks like a clock: the capture's own day, at the page's top."""
    likeness = 0.0
    if captured_at is not None:
        local = captured_at.astimezone(VIETNAM)
        if date.value[:10] == local.date().isoformat():
            likeness += _same_day_likeness(date, local, near=near)
    place = sum(1 for other in layout.blocks[: block.index] if other.text)
    if _WEEKDAY_FIRST.match(block.text):
        # `Chủ Nhật, 14/7/2024` in the site's banner, or first on the page and nowhere near the headline's
        # own element.
        assert layout.headline_at is not None
        apart = tree_distance(block.node, layout.blocks[layout.headline_at].node) > 3
        likeness += 2.0 if not near else 1.4 if place <= 2 and apart else 0.0
    if (place <= 3 and not near) or (block.has(HEADER) and not near):
        likeness += 0.5
    return likeness


def _same_day_likeness(date: PrintedDate, local: datetime, *, near: bool) -> float:
    """A clock shows the minute of the capture, or the bare day; a publication time has usually passed."""
    if date.precision in ("minute", "second"):
        minutes = abs((datetime.fromisoformat(date.value) - local).total_seconds()) / 60
        return 3.0 if minutes <= 15 else 0.3 if near else 0.9
    return 1.6


def _last_paragraph(layout: Layout) -> int:
    place = bisect_left(layout.paragraphs, layout.end)
    last = layout.paragraphs[place - 1] if place else -1
    return last if last >= layout.start else layout.end


def unreadable_date(layout: Layout, body: frozenset[int]) -> str | None:
    """Return a printed line that names itself a publication date and cannot be read; None without one."""
    headline = layout.headline_at
    if headline is None:
        return None
    first = min(body, default=layout.end)
    for block in layout.blocks[max(0, headline - 2) : first]:
        text = block.text
        if (
            text
            and len(text) <= 60
            and re.search(r"\d", text)
            and _PUBLISHED_LABEL.search(text)
            and landmark(text) is None
        ):
            return text
    return None


def headline_date(layout: Layout, metadata: Metadata, captured_at: datetime | None) -> FoundDate | None:
    """Return the stamp in brackets that old pages set after the headline, where their title tag does not.

    The last resort: a headline may name a day of its own.
    """
    at = layout.headline_at
    stamp = CLOSING_STAMP.search(layout.blocks[at].text) if at is not None else None
    if stamp is None or any(stamp[0].strip() in title for title in metadata.titles()):
        return None
    date = read_date(stamp[0], captured_at)
    if date is None:
        return None
    return FoundDate(
        value=date.value,
        precision=date.precision,
        raw=date.raw,
        source="page",
        rule="landmark: brackets after the headline",
        at=at,
    )
