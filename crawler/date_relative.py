"""Times told from the moment of reading: "2 giờ trước", "hôm qua", "vừa xong"."""

import re
from datetime import datetime, timedelta
from typing import Final, Literal

from crawler.date_tokens import Clock

_NUMBERS: Final = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
                   "mười": 10, "vài": 0, "a": 1, "an": 1, "one": 1}  # fmt: skip
# Drupal tells two units: "2 tháng 2 tuần trước", "1 year 3 months ago". A year alone is no date.
_REST: Final = r"(?:(?P<{0}>\d{{1,2}})\s*(?P<{0}_unit>{1})s?\s*)?"
AGO: Final = re.compile(
    r"(?:(?:(?P<years>\d{1,2})\s*năm\s+)?"
    r"(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài)\s*(?P<unit>giây|phút|giờ|tiếng|h|ngày"
    rf"|tuần|tháng)\s*{_REST.format('rest', 'giây|phút|giờ|ngày|tuần')}trước"
    r"|cách đây\s+(?:khoảng\s+)?(?P<n2>\d{1,3}|một|hai|ba)\s*(?P<unit2>giây|phút|giờ|tiếng|ngày|tuần"
    r"|tháng)(?:\s*trước)?"
    r"|(?<!\w)(?:(?P<years3>\d{1,2})\s*years?\s+)?"
    r"(?P<n3>\d{1,3}|an?|one)\s*(?P<unit3>second|sec|minute|min|hour|day|week|month)s?\s+"
    rf"{_REST.format('rest3', 'second|sec|minute|min|hour|day|week')}ago"
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
    unit = _unit(match["unit"] or match["unit2"] or match["unit3"])
    rest = timedelta()
    if rest_unit := match["rest_unit"] or match["rest3_unit"]:
        rest = timedelta(**{f"{_unit(rest_unit)}s": int(match["rest"] or match["rest3"])})
    months = _MONTHS_A_YEAR * int(match["years"] or match["years3"] or 0)
    if unit == "month" or months:
        spent = rest if unit == "month" else timedelta(**{f"{unit}s": number})
        months += number if unit == "month" else 0
        before = minute - spent
        months = before.year * _MONTHS_A_YEAR + before.month - 1 - months
        year, month = divmod(months, _MONTHS_A_YEAR)
        return before.replace(year=year, month=month + 1, day=1), "month"
    moment = now - timedelta(**{f"{unit}s": number}) - rest
    if unit == "second":
        return moment.replace(microsecond=0), "second"
    return moment.replace(second=0, microsecond=0), "day" if unit in {"day", "week"} else "minute"


_MONTHS_A_YEAR: Final = 12


def _unit(printed: str) -> str:
    return _UNITS.get(printed.lower(), printed.lower())
