"""Joins the pieces of a printed timestamp that belong together: a day with its time, weekday and zone."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from crawler.date_noise import words_left
from crawler.date_printed import Precision, PrintedDate, as_printed, in_vietnam, mask, to_vietnam
from crawler.date_tokens import (
    MASK,
    ZONE,
    Clock,
    Day,
    Weekday,
    find_clocks,
    find_days,
    find_weekdays,
    zone_offset,
)

_SEPARATORS: Final = r"[\s,;|:.()\[\]@~*•·・●►»/_'\"\-]*"
_GLUE: Final = re.compile(
    rf"{_SEPARATORS}(?:(?:T|ngày|lúc|vào|hồi|giờ|đăng|thời gian|cập nhật|at|on|time"
    rf"|date)(?!\w){_SEPARATORS}|(?:GMT|UTC)\s?[+\-]\s?\d+\W*|ICT\b\W*"
    r"|[\d/]+\s*(?:âm lịch|năm [A-ZĐ]\w+ \w+)\W*)*",
    re.IGNORECASE,
)
_LONGEST_GLUE: Final = 30


def find_printed(line: str, shown: str, captured_at: datetime | None) -> list[PrintedDate]:
    """Return the timestamps of a line in figures or words, whole days and months among them, in order."""
    days = find_days(line)
    if not days:
        return []
    masked = mask(line, [(day.start, day.end) for day in days])
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
        found.append(read_pieces(day, clock, beside, offset, captured_at, shown, (start, end)))
    return found


def _pair(days: Sequence[Day], clocks: Sequence[Clock], line: str) -> list[Clock | None]:
    """Return each day's clock. A line that begins with a clock prints it before each day, else after."""
    before_first = any(
        joined(line, clock.end, days[0].start) for clock in clocks if clock.end <= days[0].start
    )
    taken: set[int] = set()
    pairs: list[Clock | None] = []
    for day in days:
        after = [
            c
            for c in clocks
            if c.start >= day.end and c.start not in taken and joined(line, day.end, c.start)
        ]
        before = [
            c
            for c in clocks
            if c.end <= day.start and c.start not in taken and joined(line, c.end, day.start)
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


def joined(line: str, start: int, end: int) -> bool:
    """Return whether nothing but separators and a few words stands between two pieces."""
    return end - start <= _LONGEST_GLUE and _GLUE.fullmatch(line, start, end) is not None


def _weekday_beside(start: int, end: int, weekdays: Sequence[Weekday], line: str) -> Weekday | None:
    for weekday in weekdays:
        if start <= weekday.start < end:
            return weekday
        if weekday.end <= start and joined(line, weekday.end, start):
            return weekday
        if weekday.start >= end and joined(line, end, weekday.start):
            return weekday
    return None


def read_pieces(
    day: Day, clock: Clock | None, weekday: Weekday | None, offset: timedelta | None,
    captured_at: datetime | None, shown: str, span: tuple[int, int],
) -> PrintedDate:  # fmt: skip
    """Return what a day means with the time, weekday and zone that stand with it."""
    if day.day is None:
        return as_printed(date(day.year, day.month, 1), "month", shown, span)
    when = _choose_order(day, clock, weekday, captured_at)
    if clock is None:
        return as_printed(when, "day", shown, span)
    moment = datetime.combine(when, time(clock.hour, clock.minute, clock.second or 0))
    precision: Precision = "minute" if clock.second is None else "second"
    return as_printed(to_vietnam(moment, offset), precision, shown, span)


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
    limit = in_vietnam(captured_at).date() + timedelta(days=1) if captured_at else None
    if weekday and when.weekday() != weekday.number == day.swapped.weekday():
        # A misprinted weekday fits some other day as well: nothing is published after it was captured.
        return when if limit and when <= limit < day.swapped else day.swapped
    if limit and clock and clock.half and day.swapped <= limit < when:
        return day.swapped
    return when
