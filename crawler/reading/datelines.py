"""Days printed in lines of their own that are not the page's: of a document, of a meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.reading.blocks import Block

_DATELINE: Final = re.compile(
    r"^\(?[A-ZĐÂĂÊÔƠƯ][\w.\s-]{1,30},\s*(?:ngày|NGÀY)\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\)?\.?$"
)
_WEEKDAY: Final = re.compile(r"^(?:thứ|chủ nhật|cn|t\d)\b", re.IGNORECASE)


def is_dateline(text: str) -> bool:
    """Return whether a line is a document's place and day.

    Seen on soxaydung.hatinh.gov.vn one day before the date in the URL, and on haiphong.gov.vn's print
    pages, where it is the day of printing.

    >>> is_dateline("Hà Tĩnh, ngày 15 tháng 6 năm 2021"), is_dateline("Thứ Tư, ngày 12 tháng 7 năm 2023")
    (True, False)
    """
    return bool(_DATELINE.match(text)) and not _WEEKDAY.match(text)


_NUMBER: Final = r"^\W*(?:(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]\s*)?"
_HELD: Final = re.compile(
    _NUMBER + r"(?:thời gian|ngày (?:họp|thi|tổ chức|khai mạc|diễn ra|hội nghị)|khai mạc)\s*:", re.IGNORECASE
)
_PARTICULAR: Final = re.compile(
    _NUMBER
    + r"(?:(?:địa điểm|thành phần|nội dung|đối tượng|hình thức)(?: \w+){0,3}|chủ (?:trì|tọa))\s*:\s*\S",
    re.IGNORECASE,
)
_BESIDE: Final = 2
"""Lines."""


def tells_meeting(line: Block, blocks: Sequence[Block], dated: Block | None = None) -> bool:
    """Return whether a line says when a meeting is held: beside it stands where, who comes or who presides.

    `Thời gian: 15h30 ngày 20/11/2025` alone may be the publication time as well, but not under the line
    that bears the page's date, `dated`.
    """
    if not _HELD.match(line.text):
        return False
    around = blocks[max(0, line.index - _BESIDE) : line.index + _BESIDE + 1]
    return dated is not None or any(_PARTICULAR.match(other.text) for other in around if other is not line)
