"""How pages say things: dates and numbers as either language writes them, and the archive's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

Words = Mapping[str, tuple[str, str]]


def _said(words: Words, word: str | None, language: str) -> str:
    vi, en = words.get(word or "", (word or "", word or ""))
    return vi if language == "vi" else en


def number(value: float | None, language: str) -> str:
    """Return a number with its thousands apart.

    >>> number(1234567, "vi"), number(1234567, "en"), number(0.5, "vi"), number(None, "en")
    ('1.234.567', '1,234,567', '0,5', '')
    """
    if value is None:
        return ""
    english = f"{value:,}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def day(date: str | None, language: str) -> str:
    """Return a printed date, no more precise than it is: 11/06/2021, or 2021-06-11 for English readers.

    >>> day("2021-06-11T08:05:00+07:00", "vi"), day("2021-06", "vi"), day("2021", "vi"), day(None, "vi")
    ('11/06/2021 08:05', '06/2021', '2021', 'không rõ ngày')
    >>> day("2021-06-11T08:05:00+07:00", "en"), day(None, "en")
    ('2021-06-11 08:05', 'undated')
    """
    if not date:
        return "không rõ ngày" if language == "vi" else "undated"
    clock = f" {date[11:16]}" if len(date) > 10 else ""
    if language == "en":
        return date[:10] + clock
    return "/".join(reversed(date[:10].split("-"))) + clock


def moment(at: str | None, language: str) -> str:
    """Return a moment we observed, UTC.

    >>> moment("2021-06-11T08:05:09Z", "vi"), moment(None, "vi")
    ('11/06/2021 08:05 UTC', '')
    """
    return f"{day(at, language)} UTC" if at else ""


_LEVELS: Final[Words] = {
    "central": ("Trung ương", "central"),
    "province": ("tỉnh, thành phố", "province"),
    "district": ("huyện, thị", "district"),
    "commune": ("xã, phường", "commune"),
}


def level_name(level: str | None, language: str) -> str:
    """Return what a level of the Party's organisation is called."""
    return _said(_LEVELS, level, language)


_SOURCES: Final[Words] = {
    "page": ("trang bài viết", "the article's page"),
    "meta": ("dữ liệu ẩn của trang", "the page's metadata"),
    "listing": ("trang danh mục", "a listing"),
    "feed": ("nguồn tin RSS", "a feed"),
    "sitemap": ("sơ đồ trang", "a sitemap"),
    "url": ("địa chỉ trang", "the address"),
}


def source_name(source: str | None, language: str) -> str:
    """Return where a date was read, in words."""
    return _said(_SOURCES, source, language)


_KINDS: Final[Words] = {
    "exact": ("giống hệt", "the same words"),
    "near": ("gần giống", "nearly the same"),
    "excerpt": ("trích", "excerpt"),
}


def kind_name(kind: str | None, language: str) -> str:
    """Return how alike two texts are, in words."""
    return _said(_KINDS, kind, language)


_ORDERS: Final[Words] = {
    "best": ("khớp nhất trước", "best match first"),
    "newest": ("mới nhất trước", "newest first"),
    "oldest": ("cũ nhất trước", "oldest first"),
}


def order_name(order: str, language: str) -> str:
    """Return an order of results in words."""
    return _said(_ORDERS, order, language)


_REASONS: Final[Words] = {
    "": ("đang chạy hoặc bị ngắt", "running, or killed"),
    "finished": ("xong", "finished"),
    "interrupted": ("bị dừng", "interrupted"),
    "limit": ("đủ số đã hẹn", "limit reached"),
    "challenged": ("bị trang chặn", "challenged"),
    "network": ("lỗi mạng", "network"),
}


def say_reason(reason: str | None, language: str) -> str:
    """Return why a run ended, in words."""
    return _said(_REASONS, reason or "", language)


# The archive's notes on a search, in English, and how a Vietnamese reader is told the same.
_NOTES: Final = (
    (r"nothing to look for: type a word", "chưa có từ nào để tìm: hãy gõ một từ"),
    (
        r"no such phrase as typed: words without marks were taken for any marks",
        "không có cụm từ đúng như đã gõ: từ không dấu được hiểu là mang dấu nào cũng được",
    ),
    (r"only the first (\d+) words are looked for", r"chỉ tìm \1 từ đầu"),
    (r"no section is called (.*)", r"không có chuyên mục nào tên là \1"),
    (r"no site is called (.*); there are (.*)", r"không có trang nào tên là \1; hiện có \2"),
    (r"no site of province (.*)", r"không có trang nào của tỉnh \1"),
    (
        r"(from|to): (.*) is no date; write (.*) or (.*)",
        r"\1: \2 không phải ngày; hãy viết \3 hoặc \4",
    ),
    (r"no (?:such )?site of level (.*)", r"không có trang nào như thế ở cấp \1"),
)


def say_note(note: str, language: str) -> str:
    """Return a note on a search in the reader's language.

    >>> say_note("only the first 64 words are looked for", "vi")
    'chỉ tìm 64 từ đầu'
    """
    if language == "en":
        return note
    for pattern, words in _NOTES:
        match = re.fullmatch(pattern, note, re.DOTALL)
        if match:
            return match.expand(words)
    return note


def marked(snippet: Mapping[str, Any]) -> Markup:
    """Return a snippet with its matches marked; everything in it is text.

    >>> marked({"text": "<b>Đảng</b>", "matches": [[3, 7]]})
    Markup('&lt;b&gt;<mark>Đảng</mark>&lt;/b&gt;')
    """
    text, end, parts = snippet["text"], 0, []
    for start, stop in snippet["matches"]:
        parts += [Markup.escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*parts, text[end:]])
