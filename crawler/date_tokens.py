"""The pieces of a printed timestamp: days, clock times, weekdays, zones and relative words.

Each pattern finds one piece in a cleaned line; `crawler.dates` joins the pieces that belong together.
Forms and their pages are listed in tests/data/dates.tsv.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# Typographic twins, one character for one, so that offsets hold: full-width digits and punctuation, the
# dashes, the ratio sign, primes and quotation marks after minutes.
TWINS: Final = str.maketrans(
    "０１２３４５６７８９：／．－，｜（）［］﹕∶‐‑‒–—―−′’‘´`″“”⁄∕│¦",
    "0123456789:/.-,|()[]::-------'''''\"\"\"//||",
)

FIRST_YEAR: Final = 1990
"""No site of these organs published before this year; an earlier one is a birth or a battle."""

LAST_YEAR: Final = 2100

MASK: Final = "\x02"
"""Stands for each character of a day already read; no cleaned line holds it, and it is no blank."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A printed calendar day, or a month when `day` is None."""

    start: int
    end: int
    year: int
    month: int
    day: int | None
    swapped: date | None = None
    """The same digits read month first, when that too is a day of the calendar."""
    weak: bool = False
    """Believed only with a weekday or a clock time beside it, or alone: a short year, unlike separators."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A printed time of day."""

    start: int
    end: int
    hour: int
    minute: int
    second: int | None
    half: bool
    """An English AM or PM is printed with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekday:
    """A printed day of the week."""

    start: int
    end: int
    number: int
    """Monday is 0."""


_ENGLISH_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_VIETNAMESE_MONTHS: Final = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "bẩy": 7, "sáu": 6,
    "năm": 5, "tư": 4, "bốn": 4, "ba": 3, "hai": 2, "một": 1, "giêng": 1,
}  # fmt: skip

_EN_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_VI_MONTH: Final = (
    r"(?:tháng|thang|thg\.?|th\.?)\s*(?:0?[1-9]|1[0-2]|mười\s+hai|mười\s+một|mười|chín|tám|bảy|bẩy|sáu|năm|tư"
    r"|bốn|ba|hai|một|giêng)(?![\w])"
)
_MONTH: Final = rf"(?:{_VI_MONTH}|{_EN_MONTH}(?![a-zà-ỹđ]))"

# A day must not be the tail of a longer number, path or code: 192.168.1.2020, 0294.385.3574.
# Only a time may stand wall to wall with it, where two elements met: 10:3005/08/2019, 05/08/201910:30.
# Nor are `T5.` and `Thứ 5.` longer numbers.
_HEAD: Final = (
    r"(?:(?<!\d)|(?<=\d:\d\d)(?=\d\d[/.\-]\d\d[/.\-]\d{4}))"
    r"(?:(?<!\d[./:])|(?<=(?<!\w)[Tt][2-7]\.)|(?<=[Hh]ứ\s[2-7]\.))(?<![A-Za-zĐđ]/)"
)
# Nor its head: 12/7/2023/QĐ-UBND, 1.2.2020.5. Letters may follow: pages glue "28/9/2020Sáng nay".
# A document's code follows its year at once: 2023/QĐ-UBND; `14/06/2022 / Chuyên mục: ...` goes on otherwise.
_NO_CODE: Final = r"(?!\s?/\s?(?-i:[A-ZĐ](?![a-zà-ỹ])))"
_TAIL: Final = rf"(?!\d(?!\d?:\d\d))(?![./]\d){_NO_CODE}(?!-(?-i:[A-ZĐ]{{2,}}))(?!%)"
_SEP: Final = r"\s{0,2}[/.\-]\s{0,2}"

_NUMERIC: Final = re.compile(
    rf"{_HEAD}(?P<a>\d{{1,2}})(?P<s1>{_SEP})(?:th(?:áng)?\s?)?(?P<b>\d{{1,2}})"
    rf"(?P<s2>{_SEP}|,?\s?năm\s)(?P<y>\d{{4}}|\d{{2}}(?!\s?-\s?\d{{1,2}}\s?-)){_TAIL}",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    rf"{_HEAD}(?P<y>(?:19"
    rf"|20)\d\d)(?P<s>[/.\-])(?P<b>\d{{1,2}})(?P=s)(?P<a>\d{{1,2}})(?!\d)(?![./]\d)(?!-[A-ZĐ]{{2,}})"
)
_YEAR_FIRST_VI: Final = re.compile(
    r"năm\s(?P<y>\d{4}),?\s*tháng\s(?P<b>\d{1,2}),?\s*ngày\s(?P<a>\d{1,2})(?!\d)", re.IGNORECASE
)
_DAY_MONTH_YEAR: Final = re.compile(
    rf"(?<!\d)(?<!\d[./\-])(?:(?P<lead>ngày|mồng|mùng)\s*(?::\s*)?){{0,2}}(?P<a>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[\s,/.\-]{{0,3}}"
    rf"(?P<m>{_MONTH})(?:[\s,/.\-]{{1,3}}|\s*,?\s*n[ăa]m\s*|\s*(?=\())\(?"
    # WordPress prints the day of the edit wall to wall: `28 Tháng Chín, 20201 Tháng Mười, 2020`.
    rf"(?P<y>\d{{4}}|(?<=[a-z]-)\d\d)(?!\d(?!\d?\s+tháng\b)){_NO_CODE}",
    re.IGNORECASE,
)
_UNITS: Final = "một hai ba bốn năm sáu bảy tám chín".split()
_DAYS_IN_WORDS: Final = {
    **{word: number for number, word in enumerate([*_UNITS, "mười"], 1)},
    **{f"mười {word}": number for number, word in enumerate(_UNITS, 11)},
    **{f"hai mươi {word}": number for number, word in enumerate(_UNITS, 21)},
    "bẩy": 7, "mười lăm": 15, "mười bẩy": 17, "hai mươi": 20, "hai mươi mốt": 21, "hai mươi tư": 24,
    "hai mươi lăm": 25, "hai mươi nhăm": 25, "hai mươi bẩy": 27, "ba mươi": 30, "ba mươi mốt": 31,
}  # fmt: skip
_DAY_IN_WORDS: Final = re.compile(
    rf"(?<!\w)(?:ngày|mồng|mùng)\s+"
    rf"(?P<a>{'|'.join(sorted(_DAYS_IN_WORDS, key=len, reverse=True))})\s+(?P<m>{_VI_MONTH})"
    rf"(?:\s+|\s*,?\s*năm\s+)(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR: Final = re.compile(
    rf"(?<![\w])(?P<m>{_MONTH})[\s./\-]{{0,2}}(?P<a>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?[\s,./\-]{{1,3}}(?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(
    rf"(?<![\w])(?<![\d][\s\-])(?P<m>(?:tháng|t)\s?(?:0?[1-9]|1[0-2])|{_MONTH})(?:\s?[,/.\-]\s?|\s+năm\s+"
    rf"|\s+)"
    rf"(?P<y>\d{{4}})(?!\d)(?![./\-]\d){_NO_CODE}",
    re.IGNORECASE,
)

# In figures alone a month is one only where the line says what it is: "Ngày đăng: 04/2017".
_LABELLED_MONTH: Final = re.compile(
    r"(?:đăng|xuất bản|phát hành)\s*:\s*(?P<m>0?[1-9]|1[0-2])\s?/\s?(?P<y>\d{4})\s*$", re.IGNORECASE
)

# "Số 12/7/2023" numbers a paper or an issue of a magazine; "điều 3" and the like never reach four digits.
_NUMBERED: Final = re.compile(
    r"(?:\bsố|\bSố|\bSỐ|№|\b[Nn]o\.|\b[Pp]hiên bản|\b[Vv]ersion|\b[Vv]er\.)\s*:?\s*(?:\d+\s*[\-–(,]?\s*)?$"
)
# "27-28/7/2020" is the days of an event; "15h30-28/7/2020" is a clock and a day.
_A_RANGE: Final = re.compile(
    r"(?<![\d:hg'])(?<!\bt)(?<!giờ )(?<!h )(?<!g )(?<!thứ )(\d{1,2})(?:[/.]\d{1,2})?\s?-\s?$",
    re.IGNORECASE,
)


# From one day to another is an event or an anniversary: "(03/02/1930 - 03/02/2023)".
_DAYS_FROM_TO: Final = re.compile(
    r"(?<!\d)\d{1,2}([/.\-])\d{1,2}\1\d{4}\s*(?:-|đến"
    r"|tới)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}\1\d{1,2}\1\d{4}(?!\d)"
    r"|\btừ\s+(?:ngày\s+)?\d{1,2}(?:[/.]\d{1,2})?\s*(?:-|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{4}(?!\d)",
    re.IGNORECASE,
)


def _year(printed: str) -> int:
    return int(printed) + 2000 if len(printed) == 2 else int(printed)  # digits printed


def month_number(printed: str) -> int | None:
    """Return 1 to 12 for a printed month, Vietnamese or English, or None.

    >>> month_number("Tháng Mười Hai"), month_number("Th7"), month_number("Sept."), month_number("Tháng Chạp")
    (12, 7, 9, None)
    """
    words = printed.lower()
    if digits := re.search(r"\d+", words):
        return int(digits[0]) if 1 <= int(digits[0]) <= 12 else None  # months in a year
    words = " ".join(re.sub(r"^(?:tháng|thang|thg\.?|th\.?)\s*", "", words).split())
    return _VIETNAMESE_MONTHS.get(words) or (
        _ENGLISH_MONTHS.index(words[:3]) + 1 if words[:3] in _ENGLISH_MONTHS else None
    )


def _calendar(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_numeric(line: str, match: re.Match[str]) -> Day | None:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    european, american = _calendar(year, second, first), _calendar(year, first, second)
    # Month first only where the digits allow nothing else: 11/18/2024.
    found = european or (american if second > 12 else None)  # months in a year
    if found is None:
        return None
    if (opening := _A_RANGE.search(line[: match.start()])) and int(opening[1]) < found.day:
        return None
    marks = match["s1"].strip(), match["s2"].strip(" ,").lower()
    weak = len(match["y"]) == 2 or (marks[0] != marks[1] and marks[1] != "năm")  # digits
    return Day(start=match.start(), end=match.end(), year=found.year, month=found.month, day=found.day,
               swapped=american if european else None, weak=weak)  # fmt: skip


def _read_worded(line: str, match: re.Match[str]) -> Day | None:
    month = month_number(match["m"])
    # "6 tháng năm 2021" counts six months of the year; May is "tháng Năm" or "tháng năm năm 2021".
    if month is None or (
        re.search(r"\btháng\s+năm$", match["m"]) and "năm" not in line[match.end("m") : match.end()].lower()
        and not (match.groupdict().get("lead") or match.re is _DAY_IN_WORDS)
    ):  # fmt: skip
        return None
    # .NET prints January so; after `mùng` it is the first month of the moon.
    if "giêng" in match["m"].lower() and (match.groupdict().get("lead") or "").lower() in ("mùng", "mồng"):
        return None
    year = _year(match["y"])
    if "a" not in match.groupdict():
        return _at(match, _calendar(year, month, 1), whole=False)
    day = match["a"]
    number = int(day) if day.isdecimal() else _DAYS_IN_WORDS[" ".join(day.lower().split())]
    return _at(match, _calendar(year, month, number), weak=len(match["y"]) == 2)


def _read_year_first(_line: str, match: re.Match[str]) -> Day | None:
    return _at(match, _calendar(int(match["y"]), int(match["b"]), int(match["a"])))


def _read_labelled_month(_line: str, match: re.Match[str]) -> Day | None:
    found = _calendar(int(match["y"]), int(match["m"]), 1)
    if found is None:
        return None
    return Day(start=match.start("m"), end=match.end("y"), year=found.year, month=found.month, day=None)


def _at(match: re.Match[str], found: date | None, *, whole: bool = True, weak: bool = False) -> Day | None:
    if found is None:
        return None
    start, end = match.span()
    day = found.day if whole else None
    return Day(start=start, end=end, year=found.year, month=found.month, day=day, weak=weak)


_DAY_READERS: Final = (
    (_YEAR_FIRST, _read_year_first),
    (_NUMERIC, _read_numeric),
)
_WORDED_DAY_READERS: Final = (
    (_YEAR_FIRST_VI, _read_year_first),
    (_DAY_MONTH_YEAR, _read_worded),
    (_DAY_IN_WORDS, _read_worded),
    (_MONTH_DAY_YEAR, _read_worded),
    (_MONTH_YEAR, _read_worded),
    (_LABELLED_MONTH, _read_labelled_month),
)
# Some form of `tháng`, `T7`, an English month, or the label of a month in figures.
_MONTH_SEEN: Final = re.compile(
    r"t(?:h|\s?\d)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|đăng|xuất bản|phát hành|năm", re.IGNORECASE
)
_YEAR_SEEN: Final = re.compile(r"\d{4}|[/.\-]\s?\d\d(?!\d)")


def find_days(line: str) -> list[Day]:
    """Return the days and months printed in a line, in order, none overlapping.

    >>> [(d.day, d.month, d.year) for d in find_days("12 Th7, 2023; 03/3/2016; Tháng 7/2023; 31/02/2023")]
    [(12, 7, 2023), (3, 3, 2016), (None, 7, 2023)]
    """
    if not _YEAR_SEEN.search(line):
        return []
    line = _DAYS_FROM_TO.sub(lambda match: MASK * len(match[0]), line)
    found: list[Day] = []
    # Most lines print a date in figures, `(12/03/2020)`, in which no word is to be looked for.
    for pattern, read in (*_DAY_READERS, *(_WORDED_DAY_READERS if _MONTH_SEEN.search(line) else ())):
        for match in pattern.finditer(line):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            if _NUMBERED.search(line[: match.start()]):
                continue
            if day := read(line, match):
                found.append(day)
    return sorted(found, key=lambda day: day.start)


_HALF: Final = r"(?P<half>[aApP]\.?\s?[mM]\b\.?|SA\b|CH\b|sa\b|ch\b|Sa\b|Ch\b)"
_PART: Final = (
    r"(?P<part>(?:sáng|trưa|chiều|tối|đêm)\b|"
    # Written large it may begin the text: `02:05 Chiều 12/7, Huyện ủy ...`.
    r"(?:Sáng|Trưa|Chiều|Tối|Đêm|SÁNG|TRƯA|CHIỀU|TỐI)(?=\s*(?:$|[,;|()\[\]\-\x02]|[Nn]gày\b|[Tt]hứ\b)))"
)
_CLOCKS: Final = (
    re.compile(
        r"(?<![\d:])(?<!\d[.,hHgG])(?P<h>\d{1,2})\s?:\s?(?P<m>\d{1,2})"
        r"(?:\s?:\s?(?P<s>\d{1,2})(?:[.,]\d{1,6})?(?!\d))?"
        # A number of comments may stand wall to wall with the minutes.
        r"(?!:|\d(?!\d*\s?(?:bình luận|lượt|comment|view)))"
        rf"(?:\s?['\"]+|\s?h\b|\s?giờ\b|\s?phút\b)?(?:\s*{_HALF}|\s*{_PART})?"
    ),
    re.compile(
        r"(?<![\d:])(?<!\d[.,])(?P<h>\d{1,2})\s?(?:[hHgG](?![^\W\d_])|giờ\b|Giờ\b|GIỜ\b)\s?:?\s?"
        r"(?:(?P<m>\d{1,2})(?![\d/]|:(?!\d\d(?![\d:])))\s?(?:phút\b|Phút\b|PHÚT\b|ph\b|p\b|m\b|')?"
        r"(?:(?::|\s?)(?P<s>\d{1,2})(?:(?<=:\d\d)|\s?(?:giây\b|Giây\b|s\b|'{1,2}|\"))(?!\d))?)?"
        rf"(?:\s*{_HALF}|\s*{_PART})?"
    ),
    re.compile(
        r"(?:(?<=lúc )|(?<=Lúc )|(?<=hồi ))(?P<h>\d{1,2})\.(?P<m>\d\d)(?P<s>(?!))?(?P<half>(?!))?(?![\d.])"
    ),
)  # fmt: skip


_CLOCK_SEEN: Final = re.compile(r"\d\s?[:hHgG]|[lL]úc |hồi ")


def _read_clock(match: re.Match[str]) -> Clock | None:
    parts = match.groupdict()
    hour, minute = int(parts["h"]), int(parts["m"] or 0)
    second = int(parts["s"]) if parts["s"] else None
    half = (parts["half"] or "").lower().replace(".", "").replace(" ", "")
    part = (parts.get("part") or "").lower()
    if hour > 23 or minute > 59 or (second or 0) > 59:  # a day's clock
        return None
    # A 24-hour clock beside PM ("15:30 PM") keeps its hour; noon and midnight follow .NET and PHP.
    if hour < 12 and (half in {"pm", "ch"} or part in {"chiều", "tối"} or (part == "trưa" and hour < 4)):
        hour += 12
    elif hour == 12 and (half in {"am", "sa"} or part == "đêm"):  # noon
        hour = 0
    elif part == "đêm" and 8 <= hour < 12:  # đêm runs from evening over midnight
        hour += 12
    return Clock(start=match.start(), end=match.end(), hour=hour, minute=minute, second=second,
                 half=half in {"am", "pm"})  # fmt: skip


def find_clocks(line: str) -> list[Clock]:
    """Return the times of day printed in a line, in order; the days in it masked by MASK beforehand.

    >>> [(c.hour, c.minute, c.second) for c in find_clocks("8:00:02 CH; 10:8'; 16g30; 15 giờ 30 phút")]
    [(20, 0, 2), (10, 8, None), (16, 30, None), (15, 30, None)]
    """
    found: list[Clock] = []
    if not _CLOCK_SEEN.search(line):
        return found
    for pattern in _CLOCKS:
        for match in pattern.finditer(line):
            if any(match.start() < clock.end and clock.start < match.end() for clock in found):
                continue
            if clock := _read_clock(match):
                found.append(clock)
    return sorted(found, key=lambda clock: clock.start)


_WEEKDAYS: Final = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4,
                    "bảy": 5, "bẩy": 5, "7": 5}  # fmt: skip
_ENGLISH_WEEKDAYS: Final = "mon tue wed thu fri sat sun".split()
# `Thu` after another word is a name: `Hoài Thu lúc 30/09/2016`.
_WEEKDAY: Final = re.compile(
    r"(?:(?<!\w)|(?<=\d:\d\d))(?:(?:thứ\s*|t\.?)(?P<vi>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sun>ch[ủúù]a?\s*nhật|c\.?n)"
    r"|(?P<en>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|(?<![^\W\d_] )thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?))(?!\w)\.?",
    re.IGNORECASE,
)


def find_weekdays(line: str) -> list[Weekday]:
    """Return the days of the week printed in a line, in order.

    >>> [w.number for w in find_weekdays("Thứ Hai | T7, | CHỦ NHẬT | thứ bẩy | CN | Wed,")]
    [0, 5, 6, 5, 6, 2]
    """
    return [
        Weekday(start=match.start(), end=match.end(), number=_weekday_number(match))
        for match in _WEEKDAY.finditer(line)
    ]


def _weekday_number(match: re.Match[str]) -> int:
    if match["sun"]:
        return 6
    if match["vi"]:
        return _WEEKDAYS[match["vi"].lower()]
    return _ENGLISH_WEEKDAYS.index(match["en"][:3].lower())


ZONE: Final = re.compile(
    r"[\s,(\[|\-]*(?:(?:GMT|UTC|ICT)\s*(?P<offset>[+\-]\s?\d{1,2}(?::?\d\d)?)?(?!\w)"
    r"|(?P<bare>\+\d\d:?\d\d)(?!\d)"
    r"|\(\s*giờ\s+(?:Việt Nam|Hà Nội)\s*\))\s*[)\]]?",
    re.IGNORECASE,
)


def zone_offset(match: re.Match[str]) -> timedelta | None:
    """Return the offset a zone mark states in figures, or None when it states none ("GMT", "ICT")."""
    printed = match["offset"] or match["bare"]
    if not printed:
        return None
    digits = re.sub(r"[^\d]", "", printed)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if printed.startswith("-") else offset
