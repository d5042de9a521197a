"""An article's row in the full-text index: its words in both spellings, at a place that sorts by date."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from archive.folding import folded
from archive.model import Article
from archive.text import place_tones

# Room for articles of one minute, and so for those dated only to one day, month or year.
_PER_MINUTE: Final = 65536
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - local time without an offset, as printed
_COLUMNS: Final = "headline, body, beside, headline_plain, body_plain, beside_plain"

Texts = tuple[str, str, str, str, str, str]


def exact_form(text: str) -> str:
    """Return text as the exact columns index it: NFC, one tone placement (case is the tokenizer's business).

    >>> exact_form("Uỷ ban, hoà bình")
    'Ủy ban, hòa bình'
    """
    return place_tones(text)


def plain_form(text: str) -> str:
    """Return text as the *_plain columns index it: no marks, d for đ."""
    return folded(text)


def indexed_texts(article: Article) -> Texts:
    """Return the six texts indexed of an article.

    Must give the same for the same article for ever: the index keeps no text, so an entry is removed by
    giving its texts again.
    """
    captions = [part for image in article.images for part in (image.caption, image.credit) if part]
    others = [article.byline, article.source, *article.authors, *article.keywords]
    beside = " | ".join([*captions, *(part for part in others if part)])
    texts = (article.headline, article.body, beside)
    headline, body, beside = (exact_form(text) for text in texts)
    return (headline, body, beside, *(plain_form(text) for text in texts))  # type: ignore[return-value]


def enter(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Add an article to the index."""
    db.execute(f"INSERT INTO articles_fts (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", (rowid, *texts))


def remove(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Take an article out of the index; `texts` must be those it was entered with."""
    db.execute(
        f"INSERT INTO articles_fts (articles_fts, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        (rowid, *texts),
    )


def minute_of(date: str) -> int:
    """Return the minutes from 1970 to a local date of any precision, its first minute when there is none.

    >>> minute_of("1970-01-02T00:05:00+07:00"), minute_of("1970-01-02"), minute_of("1970-02")
    (1445, 1440, 44640)
    """
    year, month, day, hour, minute = (int(part) for part in _parts(date))
    return (datetime(year, month, day, hour, minute) - _EPOCH) // timedelta(minutes=1)  # noqa: DTZ001 - local


def _parts(date: str) -> list[str]:
    parts = re.findall(r"\d+", date)[:5]
    return parts + ["1", "1", "0", "0"][len(parts) - 1 :]


def rowid_range(first: str | None, last: str | None) -> tuple[int, int]:
    """Return the lowest and highest row of articles dated from `first` to `last`, both included whole.

    Dates as printed: `2021`, `2021-06` or `2021-06-11`. None leaves an end open; undated articles are
    within only when both are.
    """
    low = -(2**62) if first is None and last is None else 0
    if first is not None:
        low = minute_of(first) * _PER_MINUTE
    high = 2**62 if last is None else _minute_after(last) * _PER_MINUTE - 1
    return low, high


def _minute_after(date: str) -> int:
    year, *rest = (int(part) for part in re.findall(r"\d+", date)[:3])
    if not rest:
        return minute_of(f"{year + 1}")
    if len(rest) == 1:
        return minute_of(f"{year + rest[0] // 12}-{rest[0] % 12 + 1:02}")
    return minute_of(date) + 24 * 60


def free_rowid(db: sqlite3.Connection, date: str | None) -> int:
    """Return a free row for an article of this date: rows sort by minute, undated ones before all others."""
    if date is None:
        lowest = db.execute("SELECT min(search_rowid) FROM articles WHERE search_rowid < 0").fetchone()[0]
        return -1 if lowest is None else int(lowest) - 1
    first = minute_of(date) * _PER_MINUTE
    last = db.execute(
        "SELECT max(search_rowid) FROM articles WHERE search_rowid BETWEEN ? AND ?",
        (first, first + _PER_MINUTE - 1),
    ).fetchone()[0]
    return first if last is None else int(last) + 1


def fits(rowid: int, date: str | None) -> bool:
    """Tell whether a row is one that an article of this date may have."""
    return rowid < 0 if date is None else rowid // _PER_MINUTE == minute_of(date)
