"""What captions say: a scene, who is seen in it, and whom they credit with the photograph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from archive.text import fold

FILE_NAME: Final = re.compile(
    r"^[\w\s()%+.,&'\-–]{1,120}\.(?:jpe?g|png|gif|webp|bmp|tiff?|mp4|mp3|wmv|flv|avi|docx?|pdf|"
    r"xlsx?)(?:\s*\(?[\d.,]+ ?[KMG]?B\)?)?$",
    re.IGNORECASE,
)
"""A line that is nothing but a file's name."""

_CREDIT: Final = re.compile(
    r"[\s.,;\-–—|(\[_]*(?<![^\W_])(?:ảnh|Ảnh|ẢNH|Hình ảnh|Nguồn ảnh|Photo)(?:\s+(?:của|"
    r"do))?\s*:\s*([^()\[\]:]{2,60}?)[\s.)\]]*$"
)


_ONLY_CREDIT: Final = re.compile(
    r"^[(\[]?\s*(?:ảnh|hình ảnh|photo|nguồn ảnh)\s*:\s*(.{2,60}?)[)\].\s]*$", re.IGNORECASE
)


_CAPTION_START: Final = re.compile(
    r"^\(?(?:ảnh|hình(?= ảnh|\s*\d|\s*:)|trong ảnh|từ trái|hàng đầu|quang cảnh|toàn cảnh|một góc|khung cảnh|"
    r"chân dung)\b",
    re.IGNORECASE,
)


_SCENE_START: Final = re.compile(
    r"^(?:cac )?(?:dong chi|d/c|dai bieu|lanh dao|dai dien|doan|ba|ong|can bo|chien si|hoi vien|doan "
    r"vien|dang vien|thanh vien|"
    r"nguoi dan|nhan dan|hoc vien|hoc sinh|tap the|ca nhan|tiet muc|bi thu|pho bi thu|chu tich|"
    r"thuong truc|ban to chuc|chu toa|doan chu tich|"
    r"thi sinh|bao cao vien|giang vien|luc luong|khach|quy|hoi nghi|buoi|le|mo hinh|canh)\b"
)


# Who is seen, first of all: on pages without any setting, captions begin so and few paragraphs do.
_SOMEBODY: Final = re.compile(
    r"^(?:cac )?(?:dong chi|d/c|dai bieu|lanh dao|dai dien|tap the|ca nhan|doan|"
    r"bao cao vien)\b"
)


_SCENE_ACTION: Final = re.compile(
    r"\b(?:phat bieu|trinh bay|trao|tang|chup anh|tham|kiem tra|chu tri|bieu quyet|tham du|du hoi "
    r"nghi|bao cao|trien khai|quan triet|"
    r"ket luan|dieu hanh|dang hoa|dang huong|bo phieu|ky ket|giao luu|bieu dien|nhan|khai mac|be mac|"
    r"dien ra|thao luan|cat bang|chuc mung|"
    r"noi chuyen|"
    r"tai (?:hoi nghi|buoi|dai hoi|le|diem cau|cuoc)|quang canh|luu niem|du buoi)\b"
)


# A caption shows somebody doing something; a sentence of the text tells that they did it, must, or may.
_NARRATIVE: Final = re.compile(
    r"\b(?:đã|được|bị|sẽ|vừa|đang|cần|phải|đề nghị|yêu cầu|mong|cho biết|cho rằng|khẳng định|nhấn "
    r"mạnh|bày tỏ|còn|luôn|nhằm|bởi|vì vậy|do đó|"
    r"tuy nhiên|sau đó|trước đó)\b",
    re.IGNORECASE,
)


_SENTENCES: Final = re.compile(r"[.!?…]\s+[A-ZÀ-ỸĐ“\"]")


def read_credit(text: str) -> str | None:
    """Return the photographer a caption names at its end; None when it names none.

    >>> [read_credit(text) for text in ("Quang cảnh hội nghị. Ảnh: Thu Hà", "(Ảnh: TTXVN)", "Ảnh minh họa")]
    ['Thu Hà', 'TTXVN', None]
    """
    match = _ONLY_CREDIT.match(text) or _CREDIT.search(text)
    return match.group(1).strip() if match else None


def caption_and_credit(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """A caption as printed, and who took the picture; a line that is only a credit is no part of it."""
    credit = next((found for line in reversed(lines) if (found := read_credit(line))), None)
    words = [line for line in lines if not _ONLY_CREDIT.match(line)] or list(lines)
    return " ".join(dict.fromkeys(words)) or None, credit


def is_only_credit(text: str) -> bool:
    """Return whether a line names the photographer and nothing else.

    >>> is_only_credit("(Ảnh: TTXVN)"), is_only_credit("Quang cảnh hội nghị. Ảnh: Thu Hà")
    (True, False)
    """
    return _ONLY_CREDIT.match(text) is not None


def names_picture(text: str) -> bool:
    """Return whether a line begins by naming a picture (`Quang cảnh hội nghị`) or ends by crediting it."""
    return bool(_CAPTION_START.match(text) or _CREDIT.search(text))


def sentences(text: str) -> int:
    """Return how many sentences begin after the first."""
    return len(_SENTENCES.findall(text))


def names_somebody_first(text: str) -> bool:
    """Return whether a line begins with who is seen: `Các đại biểu ...`, `Đồng chí ...`."""
    return _SOMEBODY.match(fold(text)) is not None


def shows_action(text: str) -> bool:
    """Return whether a line says what somebody in a picture is doing: `... biểu diễn phục vụ đồng bào`."""
    return _SCENE_ACTION.search(fold(text)) is not None and not _NARRATIVE.search(text)


def reads_like_scene(text: str) -> bool:
    """Return whether a line tells what is seen: somebody doing something, not that they did it or must."""
    if _SENTENCES.search(text) or len(text) > 340 or ":" in text[-2:] or re.match(r"[-+•*\d]", text):
        return False
    ended = text[-1] in '.!?…;”"'
    if not ended:
        return text.count(" ") >= 3
    if len(text) > _LONGEST_SCENE or ";" in text:
        return False
    folded = fold(text)
    return bool(_SCENE_START.match(folded) and _SCENE_ACTION.search(folded)) and not _NARRATIVE.search(text)


_LONGEST_SCENE: Final = 210
"""Characters of a caption that is a sentence."""
