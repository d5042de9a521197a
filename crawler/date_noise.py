"""What these sites print around a timestamp: labels, counters, print and share links.

Samples: "Ngày đăng 17/11/2023 | 16:30 | Lượt xem: 137", "27/09/2019 03:04:23 Xem cỡ chữ Google",
"14/5/2019 8:43' Gửi bài này In bài này", "Chủ nhật - 17/01/2021 14:47 2.527 0".
"""

import re
from typing import Final

_COUNT: Final = r"(?:\d[\d.,]*\s?[kKmM]?)"

_LABEL: Final = (
    r"(?:(?:được\s+)?(?:thời\s+gian|thời\s+điểm|ngày\s+giờ|ngày|giờ|lần|lúc)\s*(?:cập\s+nhật"
    r"|đăng(?:\s+(?:tải|tin|bài))?"
    r"|xuất\s+bản|phát\s+hành|tạo|gửi|viết|post|đưa\s+tin|đưa|biên\s+tập|nhập|hiệu\s+chỉnh|sửa)"
    r"|(?:được\s+|đã\s+|tin\s+|bài\s+)?(?:cập\s+nhật|tạo|đăng(?:\s+(?:tải|tin|bài))?|xuất\s+bản|phát\s+hành"
    r"|post(?:ed)?"
    r"|publish(?:ed)?|updated?|created|modified|viết|gửi)"
    r"|last\s+(?:updated?|modified)|(?:publication|publish(?:ed)?|release|post)\s+date|date(?:\s+published)?"
    r"|thời\s+gian|thời\s+điểm|ngày\s+tháng|ngày|giờ)"
    r"(?:\s+(?:lần\s+cuối|cuối\s+cùng|cuối|mới\s+nhất|tin|bài|bài\s+viết|lên\s+web))*"
    r"(?:\s+(?:vào\s+lúc|vào\s+ngày|vào|lúc|hồi|ngày|on|at|by|bởi))*"
)
_COUNTED: Final = (
    r"(?:lượt\s+(?:xem|đọc|truy\s+cập|tải|thích|nghe|chia\s+sẻ|bình\s+luận|like)|người\s+(?:xem|đọc)"
    r"|bình\s+luận"
    r"|phản\s+hồi|ý\s+kiến|đánh\s+giá|lần\s+xem|views?|hits?|comments?|likes?|shares?|lượt|xem|đọc)"
)
_COUNTER_LABEL: Final = (
    r"(?:số\s+)?(?:lượt\s+(?:xem|đọc|truy\s+cập|tải)|lần\s+(?:xem|đọc)|người\s+(?:xem|đọc))|đã\s+xem"
    r"|đã\s+đọc|xem|đọc|view\s?count|views?"
    r"|hits?|bình\s+luận|comments?|phản\s+hồi|ý\s+kiến|like|thích|visits?"
)
_BUTTON: Final = (
    r"in\s+bài(?:\s+(?:viết|này))?|in\s+trang(?:\s+này)?|in\s+tin|bản\s+in|gửi\s+(?:bài|email|mail|tin"
    r"|cho\s+bạn(?:\s+bè)?)(?:\s+(?:viết|này))?"
    r"|đọc\s+bài(?:\s+viết)?|nghe\s+(?:đọc\s+)?bài(?:\s+viết)?|nghe\s+audio|nghe\s+tin|xem\s+cỡ\s+chữ"
    r"|cỡ\s+chữ|font\s+size|tăng\s+cỡ\s+chữ"
    r"|giảm\s+cỡ\s+chữ|kích\s+thước\s+chữ|google(?:\s+news)?|facebook|zalo|twitter|tweet|linkedin"
    r"|messenger|pinterest|email"
    r"|chia\s+sẻ(?:\s+(?:bài\s+viết|qua|trên|lên|facebook))*|share|like|print|lưu\s+bài(?:\s+viết)?"
    r"|lưu\s+tin|lưu|sao\s+chép(?:\s+liên\s+kết)?"
    r"|copy\s+link|theo\s+dõi(?:\s+trên)?|quay\s+lại|trở\s+lại|màu\s+chữ|tương\s+phản|bài\s+gốc"
    r"|xem\s+với\s+cỡ\s+chữ|mặc\s+định|nhỏ|lớn"
    r"|gửi\s+bình\s+luận|góp\s+ý|ý\s+kiến\s+bạn\s+đọc|viết\s+bình\s+luận|null|audio|miền\s+(?:bắc|nam)"
    r"|giọng\s+(?:nam|nữ)(?:\s+miền\s+\w+)?"
    r"|in|a\s?[+\-]|aa?|rss|tt|pdf|tải\s+về|download|mail"
)
_CATEGORY: Final = r"(?:chuyên\s+mục|danh\s+mục|thể\s+loại|category)\s*:[^|/]{2,60}(?=$|[|/])"
_NOISE: Final = re.compile(
    rf"(?<!\w)(?:{_CATEGORY}|\(?{_COUNT}\)?\s*{_COUNTED}|(?:{_COUNTER_LABEL})\s*[:(]?\s*{_COUNT}\)?(?:\s+(?:lần|lượt|người))?"
    rf"|{_COUNTED}\s*:?\s*\(?\d[\d.,]*\)?|{_BUTTON}|{_LABEL}|{_COUNTED}"
    rf"|GMT\s*(?:[+\-]\s?\d{{1,2}}(?::?\d\d)?)?|UTC|ICT"
    rf"|giờ\s+việt\s+nam|thứ|hôm\s+nay|khoảng|người\s+đăng(?:\s+bài(?:\s+viết)?)?"
    rf"|(?:super)?admin(?:istrator)?|quản\s+trị(?:\s+viên)?|ban\s+biên\s+tập|PV|BBT|BTV|tác\s+giả"
    rf"|(?:by|bởi)(?:\s+(?-i:[a-z][a-z0-9._\-]{{2,}}))?"
    rf"|lúc|vào|hồi|at|on|ngày|giờ|và|là)(?!\w)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.\-/][^\W\d_]+)*")


def words_left(line: str) -> list[str]:
    """Return the words of a line that are not the furniture of a timestamp.

    >>> words_left("Ngày đăng | Lượt xem: 137"), words_left("2.527 0 A+ A- In bài này (0) Bình luận")
    ([], [])
    >>> words_left("Dương Văn, 4829 lượt xem")
    ['Dương', 'Văn']
    """
    return _WORD.findall(_NOISE.sub(" ", line)) if _WORD.search(line) else []
