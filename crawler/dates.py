"""Reads the timestamps that Vietnamese Party sites print and gives them as ISO 8601 at +07:00.

A line is cleaned, its pieces (days, clock times, weekdays, zones) are found by pattern (`date_tokens`) and
joined where only separators and a few words stand between them (`date_joining`). Month words typed without
their marks go to dateparser, held to whole Vietnamese dates: it costs half a millisecond where the patterns
cost microseconds, and left to itself it reads "15 giờ 30 phút ngày 12/7/2023" as a time ago.

Zones: the sites print local time, so a printed time is +07:00 whatever name stands by it ("GMT" in a
Last-Modified value is kept as printed); only an offset in figures (`Z`, `+00:00`, `GMT+9`) is converted.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from archive.text import clean
from crawler.date_joining import find_printed, joined, read_pieces
from crawler.date_labels import is_of_article, labels, published_first
from crawler.date_noise import words_left
from crawler.date_printed import VIETNAM, Precision, PrintedDate, as_printed, in_vietnam, mask, to_vietnam
from crawler.date_relative import AGO, count_back
from crawler.date_tokens import (
    FIRST_YEAR,
    LAST_YEAR,
    MASK,
    TWINS,
    find_clocks,
    find_days,
)

LONGEST_LINE: Final = 300
"""Characters. A timestamp stands in a short line; in a longer one only the beginning is searched."""


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
    line = clean(text[: 4 * LONGEST_LINE])[:LONGEST_LINE]
    found = [
        printed
        for printed, before in zip(found, labels(line, found), strict=True)
        if is_of_article(line, before, printed)
    ]
    days = [printed for printed in found if printed.precision != "month"]
    return published_first(labels(line, days), days) or next(iter(found), None)


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
    if not may_hold_date(line) or not _MAY_DATE.search(line):
        return ()
    if licence := _LICENCE.search(line):
        line = line[: licence.start()]
    found = _find_iso(line, shown) or _find_java(line, shown)
    line = mask(line, [(printed.start, printed.end) for printed in found])
    found += find_printed(line, shown, captured_at)
    if not found:
        found = _find_relative(line, shown, captured_at) if captured_at else []
    if not found:
        found = _find_worded(line, shown)
    return tuple(sorted(found, key=lambda printed: printed.start))


def may_hold_date(text: str) -> bool:
    """Return whether a cleaned line prints a digit or a word that counts back from now; else it has no date.

    >>> may_hold_date("Ngày đăng: 17/11/2023"), may_hold_date("Hôm qua"), may_hold_date("Tin hoạt động")
    (True, True, False)
    """
    return bool(_DIGIT.search(text) or _COUNTS_BACK.search(text.lower()))


_DIGIT: Final = re.compile(r"\d")
_COUNTS_BACK: Final = re.compile(r"trước|hôm|vừa|cách đây|mới đây|ago|today|yesterday|just now")


def is_after(printed: PrintedDate, captured_at: datetime) -> bool:
    """Return whether a date lies after the capture, a day allowed for wrong clocks.

    >>> is_after(read_date("12/07/2023"), datetime(2023, 7, 9, 12, tzinfo=VIETNAM))
    True
    """
    limit = in_vietnam(captured_at) + timedelta(days=1)
    return printed.value[:19] > limit.isoformat()[: len(printed.value[:19])]


@lru_cache(maxsize=4096)  # readers of a page ask of one line several times; sites print one on many pages
def is_date_line(text: str) -> bool:
    """Return whether a line is a timestamp and its furniture: labels, counters, buttons, an author's name.

    >>> is_date_line("Chủ nhật - 17/01/2021 14:47 2.527 0"), is_date_line("Dương Văn 18:10, 30/11/2023")
    (True, True)
    >>> is_date_line("Hà Nội, ngày 08 tháng 01 năm 2021"), is_date_line("Chiều ngày 12/7/2023, Huyện ủy họp")
    (False, False)
    """
    line = clean(text[: 4 * LONGEST_LINE])
    found = _find(line, _ANY_CAPTURE) if len(line) <= _LONGEST_DATE_LINE else ()
    if not found:
        return False
    rest = mask(line, [(printed.start, printed.end) for printed in found])
    if _DATELINE.search(rest):
        return False
    words = words_left(_MASKED.sub(" | ", rest))
    return not words or _may_be_name(words)


_MASKED: Final = re.compile(f"{MASK}+")
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


def _may_be_name(words: Sequence[str]) -> bool:
    return (
        len(words) <= 5
        and not _PART_OF_DAY.fullmatch(words[0])
        and all(word[0].isupper() and (word[1:].islower() or len(word) <= 4) for word in words)
    )


# ISO 8601 and its relatives in meta tags. NukeViet prints the zone where the T belongs,
# "2021-01-17+0714:47:00": PHP expands an unescaped T to the zone's name.
_ISO: Final = re.compile(
    r"(?<!\d)(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:[T ]+|(?P<php>[+\-]\d\d)"
    r"|[A-Z]{2,4})(?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?!\d)"
    r"(?:[.,]\d{1,9})?(?:\s?(?P<zone>Z|[+\-]\d\d(?::?\d\d)?)(?![\d:]))?"
)
# The same without separators, as in calendars and some sitemaps: 20210916T074512+0700.
_ISO_BASIC: Final = re.compile(
    r"(?<!\d)(?P<day>\d{8})T(?P<clock>\d{4}(?:\d\d)?)(?P<php>)(?P<zone>Z|[+\-]\d\d:?\d\d)?(?![\d:])"
)


def _find_iso(line: str, shown: str) -> list[PrintedDate]:
    found = []
    for match in (*_ISO.finditer(line), *_ISO_BASIC.finditer(line)):
        digits = re.split(r"[-:]", f"{match['day']}-{match['clock']}")
        if match.re is _ISO_BASIC:
            digits = [digits[0][:4], digits[0][4:6], digits[0][6:], *re.findall("..", digits[1])]
        parts = [int(part) for part in digits]
        try:
            day, clock = date(*parts[:3]), time(parts[3], parts[4], parts[5] if len(parts) > 5 else 0)
        except ValueError:
            continue
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            continue
        moment = to_vietnam(datetime.combine(day, clock), _offset(match["php"] or match["zone"]))
        precision: Precision = "second" if len(parts) > 5 else "minute"  # seconds printed
        found.append(as_printed(moment, precision, shown, match.span()))
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
            found.append(read_pieces(days[0], clocks[0], None, None, None, shown, match.span()))
    return found


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone == "Z":
        return timedelta(0)
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


# A section's name may follow "2 giờ trước"; a sentence may not. "Hôm nay" begins sentences: it stands alone.
_WORDS_BESIDE_AGO: Final = 3


def _find_relative(line: str, shown: str, captured_at: datetime) -> list[PrintedDate]:
    match = AGO.search(line)
    if match is None:
        return []
    now = in_vietnam(captured_at)
    start, end = match.span()
    clock = None
    if match["named"]:
        clocks = find_clocks(mask(line, [match.span()]))
        clock = next((c for c in clocks if joined(line, end, c.start) or joined(line, c.end, start)), None)
        if clock:
            start, end = min(start, clock.start), max(end, clock.end)
    if match["named"] and _COUNTED.match(line, end):
        return []
    beside = words_left(line[:start] + " | " + line[end:])
    if len(beside) > (0 if match["named"] or match["now"] else _WORDS_BESIDE_AGO):
        return []
    moment, precision = count_back(match, now, clock)
    return [as_printed(moment, precision, shown, (start, end), relative=True)]


# A counter of visits: "Hôm nay: 1.234", "Hôm qua (5678)".
_COUNTED: Final = re.compile(r"[\s:(]{1,3}\d[\d.,]*\W*$")


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
    return [as_printed(found.date(), "day", shown, match.span())]
