"""Lines among an article's that are not its text: files offered, filing lines, pointers, scraps over it."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from crawler.dates import find_dates
from crawler.reading.attachments import document_url, is_document
from crawler.reading.blocks import Block
from crawler.reading.caption_words import FILE_NAME
from crawler.reading.datelines import is_dateline
from crawler.reading.tree import is_named
from crawler.reading.typesetting import BOLD, CELL

_SIZE: Final = re.compile(
    r"^\(?(?:(?:pdf|docx?|xlsx?|zip|rar)\s*[-–,|]?\s*)?[\d.,]+ ?(?:KB|MB|bytes)\)?$", re.IGNORECASE
)
_ATTACHMENT_LABEL: Final = re.compile(
    r"^\W*(?:(?:các )?(?:file|tệp|tập|tài liệu|văn bản)?(?: tin)? ?(?:đính kèm|kèm theo|tải về|download)"
    r"(?: file)?|(?:tập|tệp) tin$|(?:tệp|file)\s*:$|tải (?:file|tệp|tài liệu|về|văn bản).{0,30}"
    r"|download)\W*$",
    re.IGNORECASE,
)
# `Tài liệu kèm theo: <a>Thông báo kết quả kỳ họp</a> (doc, 52 KB)`
_OFFERED: Final = re.compile(
    r"^\W*(?:các )?(?:(?:file|tệp|tập|tài liệu|văn bản)(?: tin)? )?"
    r"(?:đính kèm|kèm theo|tải về|download)\W{1,3}\w",
    re.IGNORECASE,
)
_FILED: Final = re.compile(
    r"^(?:(?:chuyên mục|thể loại|posted in|filed under)\s*:?|danh mục\s*:)\s", re.IGNORECASE
)
_POINTER: Final = re.compile(
    r"^(?:>+|»+|→|\*|\+|-|•|\[)?\s*(?:(?:bài )?(?:xem|đọc) (?:thêm|tiếp|ngay)|(?:tin|bài) liên quan|"
    r"mời (?:(?:quý |các )?(?:bạn đọc|độc giả|bạn|vị) )?(?:xem|đọc)|"
    r"có thể bạn (?:quan tâm|chưa đọc)|tham khảo thêm|>>)",
    re.IGNORECASE,
)
# A label and what it leads to, wall to wall: `Quảng cáoNước mắm rươi`, `>> Xem thêmThông báo ...`.
_GLUED: Final = re.compile(
    r"^[>»\s]*(?:Quảng cáo|QUẢNG CÁO|(?:Thông tin t|T)ài trợ|Advertisement|Xem thêm|Đọc thêm|"
    r"(?:Tin|Bài) liên quan)"
    r"(?=[A-ZÀ-ỸĐ“][a-zà-ỹ])"
)
_LABELLED_AD: Final = re.compile(r"^(?:quảng cáo|tài trợ|advertisement)\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^(?:[IVX]{1,4}|\d{1,2}|[a-zđ])[.)]\s|^[-–+•*]\s")
_AGO: Final = re.compile(
    r"\d+ (?:phút|giờ|ngày|tuần|tháng) trước|vừa xong|hôm (?:qua|nay|kia)\b.{0,12}$|phút đọc", re.IGNORECASE
)
_VIDEO_CAPTION: Final = re.compile(r"^(?:video|clip|audio|podcast|infographic)\b\s*[:.|-]", re.IGNORECASE)
_REPORT: Final = re.compile(r"^phóng sự\s*:", re.IGNORECASE)
_PLAYER: Final = re.compile(r"video|player|clip", re.IGNORECASE)
_PRINTED_IN: Final = re.compile(r"^bài (?:đăng|in) trên (?:tạp chí|báo)(?: in)? số\b.{1,30}$", re.IGNORECASE)
_DOCUMENT_NUMBER: Final = re.compile(r"^số\s*:?\s*\d+\s*[-/]\s*[A-ZĐ]", re.IGNORECASE)
_SERIES: Final = re.compile(
    r"^\(?(?:tiếp theo|tiếp (?:kỳ|bài)|kỳ trước|còn (?:nữa|tiếp))\b.{0,40}\)?$", re.IGNORECASE
)


def is_furniture(line: Block, base_url: str) -> bool:
    """Whether a line among the article's is the site's: a file, a filing line, a pointer to others."""
    text = line.text
    speaks = text.endswith((".", "!", "?"))
    if (
        FILE_NAME.match(text)
        or _SIZE.match(text)
        or _ATTACHMENT_LABEL.match(text)
        or _PRINTED_IN.match(text)
        or (not speaks and (_VIDEO_CAPTION.match(text) or (_REPORT.match(text) and is_named(line, _PLAYER))))
    ):
        return True
    if _FILED.match(text) and line.links and len(text) < 200:
        return True
    if not line.links and _lists_documents(line):
        return True
    if is_pointer(line) or _leads_to_another(line) or _is_advertised(line):
        return True
    if line.link_share > 0.85:
        documents = any(document_url(link, base_url) for link in line.links)
        return documents or (len(text) < 400 and not text.endswith((".", "!", "?")))
    offered = any(document_url(link, base_url) for link in line.links)
    return (
        offered
        and not speaks
        and (line.link_share > 0.5 or (line.link_share > 0.3 and _OFFERED.match(text) is not None))
    )


def _lists_documents(line: Block) -> bool:
    """Whether a short line stands in a table of documents: each row but its head offers one."""
    table = None
    if line.has(CELL) and len(line.text) <= _LONGEST_CELL:
        table = next((above for above in line.node.iterancestors() if above.tag == "table"), None)
    rows = list(islice(table.iter("tr"), _MOST_ROWS + 1)) if table is not None else []
    if not 1 <= len(rows) <= _MOST_ROWS:
        return False
    if not _OFFERING_HEAD.search("".join(islice(rows[0].itertext(), _MOST_PIECES))):
        return False
    offering = [row for row in rows if any(map(is_document, row.iter("a")))]
    if not offering or len(offering) < len(rows) - 1:
        return False
    return all(len("".join(islice(row.itertext(), _MOST_PIECES))) <= _LONGEST_ROW for row in rows)


_OFFERING_HEAD: Final = re.compile(r"đính kèm|kèm theo|kích thước|dung lượng", re.IGNORECASE)
_LONGEST_CELL: Final = 120
_LONGEST_ROW: Final = 300
"""Characters; a table that lays out the page has a row with the whole of it."""
_MOST_ROWS: Final = 20
_MOST_PIECES: Final = 30
"""Bounds on hostile pages."""


def is_pointer(line: Block) -> bool:
    """Return whether a line leads to another article: `Xem thêm: ...`, `>>> ...`, `Mời bạn đọc xem: ...`."""
    if not _POINTER.match(line.text):
        return False
    speaks = line.text.endswith((".", "!", "?")) and line.link_share < 0.6
    return len(line.text) < 25 or (line.link_share > 0.3 and not speaks)


# `Tải thêm tài liệu: <a>...</a>`
_LED: Final = re.compile(
    r"^(?:tải|xem|đọc|tham khảo|tin|bài)\b[^:.!?]{0,20}\b(?:thêm|liên quan|khác|tiếp|cùng|ngay)\b"
    r"[^:.!?]{0,20}:\s*(?P<led>\S.{19,})$",
    re.IGNORECASE,
)


def _is_advertised(line: Block) -> bool:
    """Whether a line is an advertisement or a pointer with its label, wall to wall or in one link."""
    return bool(_GLUED.match(line.text) or (line.link_share > 0.6 and _LABELLED_AD.match(line.text)))


def _leads_to_another(line: Block) -> bool:
    """Whether a line is a few words and a link to another article's headline."""
    led = _LED.match(line.text) if len(line.links) == 1 and line.link_share > 0.5 else None
    return led is not None and " " in led["led"] and "." not in led["led"]


def is_opening_scrap(line: Block) -> bool:
    """Words printed over the text that are neither sentence nor subhead: a section's name, a label."""
    if is_dateline(line.text) or _SERIES.match(line.text) or _DOCUMENT_NUMBER.match(line.text):
        return False
    if len(line.text) < 110 and (_AGO.search(line.text) or _is_mostly_date(line.text)):
        return True
    if _NUMBERED.match(line.text) or line.text.isupper():
        return False
    return len(line.text) < 25 and not line.has(BOLD) and line.text[-1] not in ".!?:…,"


def _is_mostly_date(text: str) -> bool:
    """A stamp with a few words beside it, not a sentence or subhead that names a day."""
    dates = [date for date in find_dates(text) if date.precision != "month"]
    rest = len(text) - sum(date.end - date.start for date in dates)
    return bool(dates) and (rest < 20 or (any(date.precision != "day" for date in dates) and rest < 60))
