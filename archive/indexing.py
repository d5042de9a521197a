"""An article's row in the full-text index: its words in both spellings, at a place that sorts by date."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime, timedelta
from typing import Any, Final

from archive.model import Article
from archive.text import fold_letters, place_tones

# Room for articles of one minute, and so for those dated only to one day, month or year.
_PER_MINUTE: Final = 65536
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - local time without an offset, as printed
_COLUMNS: Final = "headline, body, beside, headline_plain, body_plain, beside_plain"

_ENTER: Final = f"INSERT INTO articles_fts (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
_REMOVE: Final = (
    f"INSERT INTO articles_fts (articles_fts, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)"
)
_MOST_HELD: Final = 20_000_000  # characters: some thousand articles

Texts = tuple[str, str, str, str, str, str]
_Entry = tuple[str, tuple[Any, ...]]
Held = tuple[_Entry, ...]


def exact_form(text: str) -> str:
    """Return text as the exact columns index it: NFC, one tone placement (case is the tokenizer's business).

    >>> exact_form("Uỷ ban, hoà bình")
    'Ủy ban, hòa bình'
    """
    return place_tones(text)


def plain_form(text: str) -> str:
    """Return text as the *_plain columns index it: no marks, d for đ (blanks do not matter)."""
    return fold_letters(text)


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


class IndexWriter:
    """Writes the full-text index, many entries at a time.

    FTS5 writes what it holds in memory to the disk at every savepoint, at half a millisecond an article, so
    the entries of a batch are held back until its end: they belong to its transaction all the same.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._held: list[_Entry] = []
        self._size = 0

    def enter(self, rowid: int, texts: Texts) -> None:
        """Add an article to the index."""
        self._hold(_ENTER, rowid, texts)

    def remove(self, rowid: int, texts: Texts) -> None:
        """Take an article out of the index; `texts` must be those it was entered with."""
        self._hold(_REMOVE, rowid, texts)

    def _hold(self, statement: str, rowid: int, texts: Texts) -> None:
        self._held.append((statement, (rowid, *texts)))
        self._size += sum(map(len, texts))

    @property
    def held(self) -> Held:
        """What is held back."""
        return tuple(self._held)

    @property
    def is_full(self) -> bool:
        """Whether what is held back takes more memory than it should."""
        return self._size > _MOST_HELD

    def write(self) -> None:
        """Write what is held back. Belongs in the transaction that made the entries."""
        held, self._held, self._size = self._held, [], 0
        # By rising row: FTS5 writes to the disk also whenever a row is lower than the one before.
        for statement, values in sorted(held, key=_row_of):
            self._db.execute(statement, values)

    def go_back(self, held: Held) -> None:
        """Hold back what was held earlier and nothing else: what was made or written since is undone."""
        self._held = list(held)
        self._size = sum(_size(values) for _, values in held)


def _row_of(entry: _Entry) -> int:
    return int(entry[1][0])


def _size(values: tuple[Any, ...]) -> int:
    return sum(len(text) for text in values[1:])


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


def year_of(rowid: int) -> int:
    """Return the year of a row of the index, as far as years of dates go: from 1 to 9999.

    >>> year_of(minute_of("2021-06-11") * 65536), year_of(0), year_of(2**62), year_of(-(2**62))
    (2021, 1970, 9999, 1)
    """
    try:
        return (_EPOCH + timedelta(minutes=rowid // _PER_MINUTE)).year
    except OverflowError:
        return 9999 if rowid > 0 else 1


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
