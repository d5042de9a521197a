"""Datelines: the place and day a document bears, neither the page's publication time nor its clock."""

from __future__ import annotations

import re
from typing import Final

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
