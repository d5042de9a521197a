"""A timestamp as a page prints it, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

from crawler.date_tokens import MASK

Precision = Literal["second", "minute", "day", "month"]

VIETNAM: Final = timezone(timedelta(hours=7))
"""Vietnam has kept UTC+7 without daylight saving since 1975."""


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
    """Where `raw` begins in the cleaned line (`archive.text.clean`)."""
    end: int
    """Where `raw` ends in the cleaned line."""
    relative: bool
    """Counted back from the time of capture ("2 giờ trước"), not printed itself."""


def in_vietnam(moment: datetime) -> datetime:
    """Return the moment in Vietnam; a naive one is taken as local already."""
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)


def mask(line: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a line with what has been read of it masked, so that nothing reads it again."""
    for start, end in spans:
        line = line[:start] + MASK * (end - start) + line[end:]
    return line


def to_vietnam(moment: datetime, offset: timedelta | None) -> datetime:
    """Return local time for a time printed at an offset, or the time itself where none is stated."""
    return moment if offset is None else moment - offset + timedelta(hours=7)


def as_printed(
    moment: datetime | date,
    precision: Precision,
    shown: str,
    span: tuple[int, int],
    *,
    relative: bool = False,
) -> PrintedDate:
    """Return a moment read from a span of a line, no more precise than it is printed."""
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
