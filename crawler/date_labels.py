"""What a printed date is of, told by the words about it: the article, an update of it, or something else.

Samples: "Ngày đăng 17/11/2023 | cập nhật 18/11/2023", "Giấy phép số 125/GP-TTĐT cấp ngày 19/4/2018",
"Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị", "Hạn nộp bài: 30/9/2023", "Hôm nay: 01/06/2026".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.date_noise import words_left
from crawler.date_printed import PrintedDate

_UPDATED: Final = re.compile(r"cập nhật|sửa|hiệu chỉnh|updated?|modified", re.IGNORECASE)
_PUBLISHED: Final = re.compile(
    r"^(?!.*(?:cập nhật|sửa|updated?|modified)).*"
    r"(?:đăng|xuất bản|phát hành|ngày tạo|gửi|publish|post|created)",
    re.IGNORECASE,
)
# Up to the date itself. What begins with `^` may be the last piece of a row: "Lượt xem: 5 | Ngày in: ...".
_OF_ANOTHER: Final = re.compile(
    # A document, by its number or its kind, and what it decides.
    r"(?:^|[\s(])(?:số\s*:?\s*)?\d{1,5}\s?[-/]\s?[A-ZĐƯ]{1,6}(?:[-/&][A-ZĐƯa-zđ]{1,10})*\W*"
    r"(?:ban hành|ký|được ban hành|cấp)?\s*(?:ngày)?\W*$"
    r"|(?:luật|bộ luật|nghị định|thông tư|pháp lệnh|hiến pháp|công điện)\b[^|]{0,80}ngày\W*$"
    r"|(?:có hiệu lực|hiệu lực|ban hành|ký ban hành)[^|\d]{0,60}$"
    r"|(?:^|[|;.]\s*)số\s*:\s*\d[^|]{0,60},\s*(?:ngày\W*)?$"
    r"|kính gửi[^|]{0,120},\s*(?:ngày\W*)?$|^\W*(?:TM|KT|TL|TUQ)\.[^|]{0,80},\s*(?:ngày\W*)?$"
    # A term that ends, or is counted from.
    r"|(?:hạn (?:nộp|chót|cuối|đăng ký|gửi)|thời hạn|trước ngày|chậm nhất|hết hạn|hết ngày"
    r"|thống kê từ|kể từ|tính đến|tính từ|từ ngày|đến ngày)[^|\d]{0,24}"
    r"(?:\d{1,2}\s?[:hg]\s?\d{0,2}\W*(?:ngày)?\W*)?$"
    # The reader's own day.
    r"|(?:hôm nay|bây giờ|today)(?:\s+là)?\W*(?:(?:thứ\s*\w+|chủ nhật|ngày)\W*)*$"
    r"|ngày\s+(?:xem|in|truy cập|tải)\W*$|(?:sinh|mất) ngày\W*$"
    # What readers and guests are told.
    r"|(?:bình luận|trả lời|phản hồi|tham gia) (?:lúc|ngày|vào)[^|]{0,12}$"
    r"|(?:bình luận|trả lời|phản hồi|ý kiến) của\s[^|]{1,40}\s(?:lúc|ngày|vào)\W*$"
    r"|(?:kính mời|khai (?:mạc|giảng)|bế mạc|phát sóng lúc|diễn ra|tổ chức|được kết nạp)\b[^|]{0,60}$",
    re.IGNORECASE,
)
# A document is issued on a day; `Ngày ban hành: 15/08/2025 08:02` over an article is when it was published.
_ISSUED: Final = re.compile(r"^\W*ngày ban hành\W*$", re.IGNORECASE)
_SPEAKS_ON: Final = re.compile(
    r"^\s*,?\s*(?:của|về|tại|trong|để|đã(?! (?:xem|đọc))|được|toàn|các|những|nhằm|sẽ|có)\s", re.IGNORECASE
)
_SENTENCE: Final = 6
"""Words of a line with a full stop that says something else than when it was published."""


def published_first(label_of: Sequence[str], dates: Sequence[PrintedDate]) -> PrintedDate | None:
    """Return the publication where an update is printed before it, else the first date; None of none."""
    if len(dates) > 1 and _UPDATED.search(label_of[0]):
        pairs = zip(dates, label_of, strict=True)
        return next((date for date, label in pairs if _PUBLISHED.search(label)), dates[0])
    return next(iter(dates), None)


def labels(line: str, dates: Sequence[PrintedDate]) -> list[str]:
    """Return what a line prints before each of its dates, from the end of the one before."""
    ends = [0, *(printed.end for printed in dates)]
    return [line[end : printed.start] for end, printed in zip(ends, dates, strict=False)]


def is_of_article(line: str, before: str, printed: PrintedDate) -> bool:
    """Tell whether a date may be the article's: `before` is what the line prints right before it.

    >>> from crawler.dates import find_dates
    >>> line = "Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị"
    >>> is_of_article(line, line[:23], find_dates(line)[0])
    False
    """
    if printed.relative:
        return True
    after = line[printed.end :]
    if _ISSUED.match(before) and printed.precision in ("minute", "second"):
        return not printed.value[10:].startswith("T00:00")
    if _OF_ANOTHER.search(before) or _SPEAKS_ON.match(after):
        return False
    return not (line.endswith((".", ";")) and len(words_left(f"{before} | {after}")) >= _SENTENCE)
