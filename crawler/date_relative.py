"""Times told from the moment of reading: "2 giờ trước", "hôm qua", "vừa xong"."""

import re
from datetime import datetime, timedelta
from typing import Final, Literal

from crawler.date_tokens import Clock

_NUMBERS: Final = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
                   "mười": 10, "vài": 0, "a": 1, "an": 1, "one": 1}  # fmt: skip
AGO: Final = re.compile(
    r"(?:(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài)\s*(?P<unit>giây|phút|giờ|tiếng|h|ngày"
    r"|tuần|tháng)\s*(?:(?P<rest>\d{1,2})\s*phút\s*)?trước"
    r"|cách đây\s+(?:khoảng\s+)?(?P<n2>\d{1,3}|một|hai|ba)\s*(?P<unit2>giây|phút|giờ|tiếng|ngày|tuần"
    r"|tháng)(?:\s*trước)?"
    r"|(?<!\w)(?P<n3>\d{1,3}|an?|one)\s*(?P<unit3>second|sec|minute|min|hour|day|week|month)s?\s+ago"
    r"|(?P<now>vừa xong|vừa mới đây|vừa mới|mới đây|just now)"
    r"|(?P<named>hôm qua|hôm nay|hôm kia|today|yesterday))",
    re.IGNORECASE,
)
_UNITS: Final = {
    "giây": "second", "phút": "minute", "giờ": "hour", "tiếng": "hour", "h": "hour", "ngày": "day",
    "tuần": "week", "tháng": "month", "sec": "second", "min": "minute",
}  # fmt: skip
_DAYS_AGO: Final = {"hôm nay": 0, "today": 0, "hôm qua": 1, "yesterday": 1, "hôm kia": 2}


def count_back(
    match: re.Match[str], now: datetime, clock: Clock | None
) -> tuple[datetime, Literal["second", "minute", "day", "month"]]:
    """Return the time a match of AGO tells, and how precisely, counted back from `now` in Vietnam.

    "hôm qua" may print a clock too. An hour ago is given to the minute, as the sites' own clocks count it.
    """
    minute = now.replace(second=0, microsecond=0)
    if match["now"]:
        return minute, "minute"
    if match["named"]:
        day = minute - timedelta(days=_DAYS_AGO[match["named"].lower()])
        return (day.replace(hour=clock.hour, minute=clock.minute), "minute") if clock else (day, "day")
    printed = (match["n"] or match["n2"] or match["n3"]).lower()
    number = int(printed) if printed.isdecimal() else _NUMBERS[printed]
    unit = (match["unit"] or match["unit2"] or match["unit3"]).lower()
    unit = _UNITS.get(unit, unit)
    if unit == "month":
        months = minute.year * 12 + minute.month - 1 - number
        return minute.replace(year=months // 12, month=months % 12 + 1, day=1), "month"
    moment = now - timedelta(**{f"{unit}s": number}) - timedelta(minutes=int(match["rest"] or 0))
    if unit == "second":
        return moment.replace(microsecond=0), "second"
    return moment.replace(second=0, microsecond=0), "day" if unit in {"day", "week"} else "minute"
