"""Labels of authors and sources in lines about a headline, and what else shares those lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crawler.bylines import Byline, read_byline
from crawler.bylines.words import GENRE
from crawler.dates import find_dates
from crawler.reading.blocks import Block

MAX_SIGNATURE_CHARS: Final = 130


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """Who signed, and which lines say so."""

    byline: str
    authors: tuple[str, ...]
    role: str | None
    source: str | None
    lines: frozenset[int]
    """Indexes of the blocks that are the signature."""
    rule: str
    """For `read_by`."""


_HEAD_LABEL: Final = re.compile(
    rf"((?:tác giả(?: bài viết)?|{GENRE}\s+của|"
    r"được (?:viết|đăng)(?: bởi|(?=\s*:))|(?:viết|gửi|đăng|post|người) (?:bởi|đăng|"
    r"gửi|viết)|bởi|by|author|phóng viên|nguồn(?: tin)?|theo(?! dõi)|tin(?:,| và)? (?:bài|ảnh)|"
    r"bài(?:,| và)? ảnh|bài|thực hiện)\s*:?\s+)",
    re.IGNORECASE,
)


# What else shares the line: dates (cut before), counters, sections.
_HEAD_STOP: Final = re.compile(
    # Written large some are names: `Hải Đăng`.
    r"\s+(?:(?-i:vào|lúc|on|ngày|xem|in|trong|đăng)|(?:vào|lúc|ngày|đăng)(?= ?[\d:]| (?:lúc|ngày|vào))|"
    r"đã xem|lượt|chuyên mục|cập nhật|\d+ (?:lượt|bình luận)|bình luận|view|hits)\b.*$|"
    r"\s*::.*$|\.\s+(?:đã|được|đăng)\b.*$|\s*[|·•/»]\s*.*$|"
    r"\s{2,}.*$|\s+\d[\d.,]*$|\s+[-–—]\s*$|[,;:(\[]\s*$",
    re.IGNORECASE,
)


CREDITED: Final = re.compile(r"^(?:nguồn(?: tin)?|tác giả(?: bài viết)?)\s*:", re.IGNORECASE)
"""What says whose a text is, though the rest of its line be a link."""
ACCOUNTS: Final = re.compile(
    r"^(?:admin\w*|administrator|super user|quản trị(?: viên| web| hệ thống)?|root|webmaster|editor|"
    r"user\d*|biên tập viên|btv|mod|wordpress|joomla!?)$",
    re.IGNORECASE,
)


_AGO: Final = re.compile(
    r"\b(?:\d+ (?:phút|giờ|ngày|tuần|tháng|năm) ){1,2}(?:trước|đọc)|\bvừa xong|\bhôm (?:qua|nay|kia)",
    re.IGNORECASE,
)


def without_dates(text: str) -> str:
    """Return a line with a bar in place of each date and each `3 giờ trước`."""
    text = _AGO.sub(" | ", text)
    dates = find_dates(text)
    for date in reversed(dates):
        text = text[: date.start] + " | " + text[date.end :]
    return text


def labelled_author(block: Block, text: str) -> Signature | None:
    """Return the author named after a label in a line about the headline; `admin` and its like are none."""
    match = _HEAD_LABEL.search(text)
    if match is None or (match.start() > 0 and text[match.start() - 1].isalnum()):
        return None
    before = text[: match.start()].strip("([* ")
    if before and match.group(1).lower().startswith(("nguồn", "theo", "tin", "bài", "thực")):
        return None
    name = _HEAD_STOP.sub("", text[match.end() :]).strip(" -–—,;:.()[]|·/")
    if not name or len(name) > 80 or ACCOUNTS.match(name):
        return None
    label = match.group(1).lower()
    sourced = label.startswith(("nguồn", "theo"))
    read = read_byline(f"Nguồn: {name}" if sourced else f"Tác giả: {name}")
    if read is None or not (read.authors or read.source):
        return None
    return found_over_text(block, f"{match.group(1).strip()} {name}", read)


def found_over_text(block: Block, raw: str, read: Byline) -> Signature:
    """Return what a line about the headline says, as a signature."""
    return Signature(
        byline=raw,
        authors=read.authors,
        role=read.role,
        source=read.source,
        lines=frozenset({block.index}),
        rule="landmark: line under the headline",
    )
