"""Reads the timestamps that Vietnamese Party sites print and gives them as ISO 8601 at +07:00.

A line is cleaned, its pieces (days, clock times, weekdays, zones) are found by pattern and joined where
only separators and a few words stand between them. Month words typed without their marks go to dateparser,
held to whole Vietnamese dates: it costs half a millisecond where the patterns cost microseconds, and left to
itself it reads "15 giờ 30 phút ngày 12/7/2023" as a time ago.

Zones: the sites print local time, so a printed time is +07:00 whatever name stands by it ("GMT" in a
Last-Modified value is kept as printed); only an offset in figures (`Z`, `+00:00`, `GMT+9`) is converted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Final, Literal

from archive.text import clean
from crawler.date_noise import words_left
from crawler.date_relative import AGO, count_back
from crawler.date_tokens import (
    FIRST_YEAR,
    LAST_YEAR,
    MASK,
    TWINS,
    ZONE,
    Clock,
    Day,
    Weekday,
    find_clocks,
    find_days,
    find_weekdays,
    zone_offset,
)

Precision = Literal["second", "minute", "day", "month"]

VIETNAM: Final = timezone(timedelta(hours=7))
"""Vietnam has kept UTC+7 without daylight saving since 1975."""

LONGEST_LINE: Final = 300
"""Characters. A timestamp stands in a short line; in a longer one only the beginning is searched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedDate:
    """A timestamp as a page prints it, and what it means."""

    value: str
    """ISO 8601, only as precise as printed: `2021-06`, `2021-06-11`, `2021-06-11T08:05:00+07:00`."""
    precision: Precision
    """The finest unit printed; a minute's value still carries `:00`."""
    raw: str
    """The token as printed, cleaned: weekday, day, time and zone."""
    start: int
    """Where `raw` begins in the cleaned line (`archive.text.clean`); -1 when not from text."""
    end: int
    """Where `raw` ends in the cleaned line; -1 when not from text."""
    relative: bool
    """Counted back from the time of capture ("2 giờ trước"), not printed itself."""


def read_date(text: str, captured_at: datetime | None = None) -> PrintedDate | None:
    """Return the one date a line prints, or None.

    Of several it is the first, but a publication comes before an update, as their labels tell, and a day
    before a month alone. With `captured_at`, dates more than a day after it are passed over:
    nothing is published after it was captured. Relative words need `captured_at`.

    >>> read_date("Thứ Năm, 26/10/2023 10:8'(GMT+7)").value
    '2023-10-26T10:08:00+07:00'
    >>> read_date("Số 12 - 2021") is read_date("nhiệm kỳ 2020-2025") is None
    True
    """
    found = find_dates(text, captured_at)
    if captured_at is not None:
        found = [printed for printed in found if not is_after(printed, captured_at)]
    days = [printed for printed in found if printed.precision != "month"]
    if len(days) > 1:
        labels = _labels(clean(text), days)
        if _UPDATED.search(labels[0]):
            published = (day for day, label in zip(days, labels, strict=True) if _PUBLISHED.search(label))
            return next(published, days[0])
    return next(iter(days or found), None)


_UPDATED: Final = re.compile(r"cập nhật|sửa|hiệu chỉnh|updated?|modified", re.IGNORECASE)
_PUBLISHED: Final = re.compile(
    r"^(?!.*(?:cập nhật|sửa|updated?|modified)).*"
    r"(?:đăng|xuất bản|phát hành|ngày tạo|gửi|publish|post|created)",
    re.IGNORECASE,
)


def _labels(line: str, dates: Sequence[PrintedDate]) -> list[str]:
    """Return what a line prints before each of its dates, from the end of the one before."""
    ends = [0, *(printed.end for printed in dates)]
    return [line[end : printed.start] for end, printed in zip(ends, dates, strict=False)]


def find_dates(text: str, captured_at: datetime | None = None) -> list[PrintedDate]:
    """Return every timestamp a short line of text prints, in order; later than the capture or not.

    >>> [d.value for d in find_dates("Ngày đăng 17/11/2023 | 16:30 | Lượt xem: 137, cập nhật 18/11/2023")]
    ['2023-11-17T16:30:00+07:00', '2023-11-18']
    """
    return list(_find(clean(text[: 4 * LONGEST_LINE])[:LONGEST_LINE], captured_at))


@lru_cache(maxsize=1024)
def _find(shown: str, captured_at: datetime | None) -> tuple[PrintedDate, ...]:
    """Find the dates in a cleaned line. Kept for a while: readers of a page ask of one line several times."""
    line = shown.translate(TWINS)
    if not _MAY_DATE.search(line) or _LICENCE.search(line):
        return ()
    found = _find_iso(line, shown) or _find_java(line, shown)
    line = _mask(line, [(printed.start, printed.end) for printed in found])
    found += _find_printed(line, shown, captured_at)
    if not found:
        found = _find_relative(line, shown, captured_at) if captured_at else []
    if not found:
        found = _find_worded(line, shown)
    return tuple(sorted(found, key=lambda printed: printed.start))


def is_after(printed: PrintedDate, captured_at: datetime) -> bool:
    """Return whether a date lies after the capture, a day allowed for wrong clocks.

    >>> is_after(read_date("12/07/2023"), datetime(2023, 7, 9, 12, tzinfo=VIETNAM))
    True
    """
    limit = _local(captured_at) + timedelta(days=1)
    return printed.value[:19] > limit.isoformat()[: len(printed.value[:19])]


def is_date_line(text: str) -> bool:
    """Return whether a line is a timestamp and its furniture: labels, counters, buttons, an author's name.

    >>> is_date_line("Chủ nhật - 17/01/2021 14:47 2.527 0"), is_date_line("Dương Văn 18:10, 30/11/2023")
    (True, True)
    >>> is_date_line("Hà Nội, ngày 08 tháng 01 năm 2021"), is_date_line("Chiều ngày 12/7/2023, Huyện ủy họp")
    (False, False)
    """
    line = clean(text[: 4 * LONGEST_LINE])
    return len(line) <= _LONGEST_DATE_LINE and _is_date_line(line)


@lru_cache(maxsize=1024)
def _is_date_line(line: str) -> bool:
    found = _find(line, _ANY_CAPTURE)
    if not found:
        return False
    rest = _mask(line, [(printed.start, printed.end) for printed in found])
    if _DATELINE.search(rest):
        return False
    words = words_left(rest.replace(MASK, " "))
    return not words or _may_be_name(words)


# A line this long with a timestamp in it says something else too; counters and share links fit.
_LONGEST_DATE_LINE: Final = 160
# Lets is_date_line see "2 giờ trước"; the value is thrown away.
_ANY_CAPTURE: Final = datetime(2100, 1, 1, tzinfo=VIETNAM)
# "Chiều 13/7/2023" begins a text.
_PART_OF_DAY: Final = re.compile(r"sáng|trưa|chiều|tối|đêm", re.IGNORECASE)
# "Hà Nội, ngày ..." dates a document, not the page.
_DATELINE: Final = re.compile(r"^\W*[A-ZĐÀ-Ỹ][^\x02:|]*,\s*(?:ngày\s*)?\x02", re.IGNORECASE)

_MAY_DATE: Final = re.compile(
    r"[/.\-]\s?\d|\d{4}|trước|hôm|vừa|cách đây|mới đây|ago|today|yesterday|just now", re.IGNORECASE
)
# What is licensed, with its number and day, is the site; nothing published is dated so.
_LICENCE: Final = re.compile(r"giấy phép[^|]{0,60}\d", re.IGNORECASE)
_SEPARATORS: Final = r"[\s,;|:.()\[\]@~*•·・●►»/_'\"\-]*"
_GLUE: Final = re.compile(
    rf"{_SEPARATORS}(?:(?:T|ngày|lúc|vào|hồi|giờ|đăng|thời gian|cập nhật|at|on|time"
    rf"|date)(?!\w){_SEPARATORS}|(?:GMT|UTC)\s?[+\-]\s?\d+\W*|[\d/]+\s*âm lịch\W*)*",
    re.IGNORECASE,
)
_LONGEST_GLUE: Final = 30


def _may_be_name(words: Sequence[str]) -> bool:
    return (
        len(words) <= 5
        and not _PART_OF_DAY.fullmatch(words[0])
        and all(word[0].isupper() and (word[1:].islower() or len(word) <= 4) for word in words)
    )


def _local(moment: datetime) -> datetime:
    """The moment in Vietnam; a naive one is taken as local already."""
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)


def _mask(line: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        line = line[:start] + MASK * (end - start) + line[end:]
    return line


# ISO 8601 and its relatives in meta tags. NukeViet prints the zone where the T belongs,
# "2021-01-17+0714:47:00": PHP expands an unescaped T to the zone's name.
_ISO: Final = re.compile(
    r"(?<!\d)(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:[T ]+|(?P<php>[+\-]\d\d)"
    r"|[A-Z]{2,4})(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?!\d)"
    r"(?:[.,]\d{1,9})?(?:\s?(?P<zone>Z|[+\-]\d\d(?::?\d\d)?)(?![\d:]))?"
)


def _find_iso(line: str, shown: str) -> list[PrintedDate]:
    found = []
    for match in _ISO.finditer(line):
        parts = [int(part) for part in re.split(r"[-:]", f"{match['day']}-{match['clock']}")]
        try:
            day, clock = date(*parts[:3]), time(parts[3], parts[4], parts[5] if len(parts) > 5 else 0)
        except ValueError:
            continue
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            continue
        moment = _to_vietnam(datetime.combine(day, clock), _offset(match["php"] or match["zone"]))
        precision: Precision = "second" if len(parts) > 5 else "minute"  # seconds printed
        found.append(_printed(moment, precision, shown, match.span()))
    return found


# Java's own form, printed by JSP pages: "Thu Jul 13 13:45:00 ICT 2023".
_JAVA: Final = re.compile(
    r"(?<!\w)[A-Z][a-z]{2} (?P<day>[A-Z][a-z]{2} \d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?:[A-Z]{3,4}|GMT\+07:00) (?P<year>\d{4})(?!\d)"
)


def _find_java(line: str, shown: str) -> list[PrintedDate]:
    found = []
    for match in _JAVA.finditer(line):
        days, clocks = find_days(f"{match['day']}, {match['year']}"), find_clocks(match["clock"])
        if days and clocks:
            printed = _read(days[0], clocks[0], None, None, None, shown, match.span())
            found.append(printed)
    return found


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone == "Z":
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def _to_vietnam(moment: datetime, offset: timedelta | None) -> datetime:
    """Return local time for a time printed at an offset, or the time itself where none is stated."""
    return moment if offset is None else moment - offset + timedelta(hours=7)


def _printed(
    moment: datetime | date,
    precision: Precision,
    shown: str,
    span: tuple[int, int],
    *,
    relative: bool = False,
) -> PrintedDate:
    if precision == "month":
        value = f"{moment:%Y-%m}"
    elif precision == "day":
        value = f"{moment:%Y-%m-%d}"
    else:
        value = f"{moment:%Y-%m-%dT%H:%M:%S}+07:00"
    start, end = span
    raw = shown[start:end]
    start += len(raw) - len(raw.lstrip(" ,;|-([:"))
    end -= len(raw) - len(raw.rstrip(" ,;|-([:"))
    return PrintedDate(
        value=value, precision=precision, raw=shown[start:end], start=start, end=end, relative=relative
    )


def _find_printed(line: str, shown: str, captured_at: datetime | None) -> list[PrintedDate]:
    days = find_days(line)
    if not days:
        return []
    masked = _mask(line, [(day.start, day.end) for day in days])
    clocks, weekdays = find_clocks(masked), find_weekdays(masked)
    # Between a day and its time a weekday may stand: "06:00, Thứ Năm, 12/07/2018".
    blank = masked
    for weekday in weekdays:
        blank = blank[: weekday.start] + " " * (weekday.end - weekday.start) + blank[weekday.end :]
    found = []
    for day, clock in zip(days, _pair(days, clocks, blank), strict=True):
        start, end = day.start, day.end
        if clock:
            start, end = min(start, clock.start), max(end, clock.end)
        beside = _weekday_beside(start, end, weekdays, masked)
        if day.weak and not (clock or beside or _is_alone(masked)):
            continue
        if beside:
            start, end = min(start, beside.start), max(end, beside.end)
        offset = None
        if clock and (zone := ZONE.match(masked, max(end, clock.end))):
            offset, end = zone_offset(zone), max(end, zone.end())
        found.append(_read(day, clock, beside, offset, captured_at, shown, (start, end)))
    return found


def _pair(days: Sequence[Day], clocks: Sequence[Clock], line: str) -> list[Clock | None]:
    """Return each day's clock. A line that begins with a clock prints it before each day, else after."""
    before_first = any(
        _joined(line, clock.end, days[0].start) for clock in clocks if clock.end <= days[0].start
    )
    taken: set[int] = set()
    pairs: list[Clock | None] = []
    for day in days:
        after = [
            c
            for c in clocks
            if c.start >= day.end and c.start not in taken and _joined(line, day.end, c.start)
        ]
        before = [
            c
            for c in clocks
            if c.end <= day.start and c.start not in taken and _joined(line, c.end, day.start)
        ]
        sides = [before[-1:], after[:1]] if before_first else [after[:1], before[-1:]]
        clock = next((side[0] for side in sides if side), None) if day.day else None
        if clock:
            taken.add(clock.start)
        pairs.append(clock)
    return pairs


def _is_alone(masked: str) -> bool:
    """Whether a line prints nothing beside its dates but their labels."""
    rest = masked.replace(MASK, " ")
    return not words_left(rest) and not any(letter.isdigit() for letter in rest)


def _joined(line: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_GLUE and _GLUE.fullmatch(line, start, end) is not None


def _weekday_beside(start: int, end: int, weekdays: Sequence[Weekday], line: str) -> Weekday | None:
    for weekday in weekdays:
        if start <= weekday.start < end:
            return weekday
        if weekday.end <= start and _joined(line, weekday.end, start):
            return weekday
        if weekday.start >= end and _joined(line, end, weekday.start):
            return weekday
    return None


def _read(
    day: Day, clock: Clock | None, weekday: Weekday | None, offset: timedelta | None,
    captured_at: datetime | None, shown: str, span: tuple[int, int],
) -> PrintedDate:  # fmt: skip
    if day.day is None:
        return _printed(date(day.year, day.month, 1), "month", shown, span)
    when = _choose_order(day, clock, weekday, captured_at)
    if clock is None:
        return _printed(when, "day", shown, span)
    moment = datetime.combine(when, time(clock.hour, clock.minute, clock.second or 0))
    precision: Precision = "minute" if clock.second is None else "second"
    return _printed(_to_vietnam(moment, offset), precision, shown, span)


def _choose_order(
    day: Day, clock: Clock | None, weekday: Weekday | None, captured_at: datetime | None
) -> date:
    """Return the day read day first, or month first where the page itself shows that it is meant.

    It shows so when the printed weekday fits only that reading, or when an English AM/PM stands by and
    the day-first reading lies after the capture.
    """
    when = date(day.year, day.month, day.day or 1)
    if day.swapped is None or day.swapped == when:
        return when
    if weekday and when.weekday() != weekday.number == day.swapped.weekday():
        return day.swapped
    if captured_at and clock and clock.half:
        limit = _local(captured_at).date() + timedelta(days=1)
        if day.swapped <= limit < when:
            return day.swapped
    return when


# A section's name may follow "2 giờ trước"; a sentence may not. "Hôm nay" begins sentences: it stands alone.
_WORDS_BESIDE_AGO: Final = 3


def _find_relative(line: str, shown: str, captured_at: datetime) -> list[PrintedDate]:
    match = AGO.search(line)
    if match is None:
        return []
    now = _local(captured_at)
    start, end = match.span()
    clock = None
    if match["named"]:
        clocks = find_clocks(_mask(line, [match.span()]))
        clock = next((c for c in clocks if _joined(line, end, c.start) or _joined(line, c.end, start)), None)
        if clock:
            start, end = min(start, clock.start), max(end, clock.end)
    beside = words_left(line[:start] + " | " + line[end:])
    if len(beside) > (0 if match["named"] or match["now"] else _WORDS_BESIDE_AGO):
        return []
    moment, precision = count_back(match, now, clock)
    return [_printed(moment, precision, shown, (start, end), relative=True)]


# Months in words typed without marks ("12 thang bay 2023"), which dateparser's folding reads. May stands
# apart: "6 thang nam 2021" may count months.
_WORDED: Final = re.compile(
    r"(?<![\w/.\-])\d{1,2}[\s/\-]{1,3}thang\s+(?:muoi\s+mot|muoi\s+hai|muoi|mot|hai|ba|bon|tu"
    r"|nam(?=\s+nam)|sau|bay|tam|chin)"
    r"[\s,]+(?:nam\s+)?(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)


def _find_worded(line: str, shown: str) -> list[PrintedDate]:
    match = _WORDED.search(line)
    if match is None:
        return []
    # Imported here: loading its language data takes some 60 ms, and few pages need it.
    import dateparser  # noqa: PLC0415 - see above

    found = dateparser.parse(
        match[0],
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "PARSERS": ["absolute-time"],
        },
    )
    if found is None or found.year < FIRST_YEAR:
        return []
    return [_printed(found.date(), "day", shown, match.span())]
