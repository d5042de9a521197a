"""Quiet hours: the part of a day in which a site is left to its own readers.

`crawler.quiet_watch` keeps runs out of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final, Self

VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""The sites' clock. Without summer time since 1975, so that no time zone database is asked."""

_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)")
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of a day in Vietnam until another, past midnight where the second is the earlier.

    >>> from datetime import UTC
    >>> hours = QuietHours.read("07:30-17:30")
    >>> hours.contain(datetime(2026, 3, 2, 1, 0, tzinfo=UTC)), str(hours)
    (True, '07:30-17:30')
    """

    begin: int
    """Seconds after midnight; the first quiet one."""
    end: int
    """Seconds after midnight; the first that is no longer quiet."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `07:30-17:30`. Raises ValueError saying how it is written."""
        match = _WINDOW.fullmatch(text.strip())
        if match is None:
            raise ValueError("must be two times of a day in Vietnam as '07:30-17:30'")
        hour, minute, end_hour, end_minute = (int(figure) for figure in match.groups())
        begin, end = hour * 3600 + minute * 60, end_hour * 3600 + end_minute * 60
        if begin == end:
            raise ValueError("must end at another time than it begins, or the site is never crawled")
        return cls(begin, end)

    def __str__(self) -> str:
        return "-".join(f"{at // 3600:02}:{at // 60 % 60:02}" for at in (self.begin, self.end))

    def contain(self, moment: datetime) -> bool:
        """Whether a moment (with its time zone) is quiet."""
        return (_of_day(moment) - self.begin) % _DAY < (self.end - self.begin) % _DAY

    def seconds_until(self, moment: datetime) -> float:
        """Seconds from a moment to the next beginning; a day at the beginning itself."""
        return (self.begin - _of_day(moment)) % _DAY or float(_DAY)


def _of_day(moment: datetime) -> float:
    local = moment.astimezone(VIETNAM)
    return local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
