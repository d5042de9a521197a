"""How pages read the archive: in a thread, in one snapshot, within a time limit; never a write.

Figures over whole tables (how many articles, of which months) are kept while the archive stays as it is.
While a crawl writes they are counted again beside the readers, who meanwhile see the last ones: no page waits
for a count of everything but the first.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit

T = TypeVar("T")
Stamp = tuple[int, ...]

DATABASE: Final = "archive"
# The slowest honest page (a phrase that stands in every article of a million, by month) takes about 4 s.
TIME_LIMIT_MS: Final = 15_000
# A figure is counted again at most this often, and never for more than a twentieth of the time.
_LEAST_AGE: Final = 10.0
_SHARE: Final = 20.0
_MOST_REMEMBERED: Final = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    """A figure and what it was counted from."""

    value: Any
    stamp: Stamp
    counted: float
    """Monotonic seconds."""
    cost: float
    """Seconds it took."""
    at: str
    """UTC."""


class Reader:
    """The archive as one running Datasette reads it."""

    def __init__(self, datasette: Datasette) -> None:
        self._database = datasette.get_database(DATABASE)
        self.folder = Path(self._database.path).parent
        """The data folder: WARC files are named relative to it."""
        self._kept: dict[str, _Kept] = {}
        self._answers: dict[Hashable, tuple[Stamp, Any]] = {}
        self._counting: dict[str, asyncio.Task[_Kept]] = {}

    async def read(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a function finds in the archive; everything it reads is of one moment.

        Raises sqlite3.OperationalError when it takes more than the time limit.
        """

        def answer(db: sqlite3.Connection) -> T:
            with sqlite_timelimit(db, TIME_LIMIT_MS):
                db.execute("BEGIN")
                try:
                    return question(db)
                finally:
                    db.execute("ROLLBACK")

        found: T = await self._database.execute_fn(answer)
        return found

    async def figure(self, count: Callable[[sqlite3.Connection], T]) -> T:
        """Return a figure over whole tables, counted at some moment of the last seconds."""
        value: T = (await self._current(count)).value
        return value

    async def remembered(self, key: Hashable, question: Callable[[sqlite3.Connection], T]) -> T:
        """Read once what the next pages of one search ask again, while the archive stays as it is."""
        stamp = self._stamp()
        known = self._answers.get(key)
        if known is None or known[0] != stamp:
            known = (stamp, await self.read(question))
            self._answers[key] = known
            while len(self._answers) > _MOST_REMEMBERED:
                self._answers.pop(next(iter(self._answers)))
        answer: T = known[1]
        return answer

    async def _current(self, count: Callable[[sqlite3.Connection], Any]) -> _Kept:
        name = count.__name__
        kept = self._kept.get(name)
        if kept is None:
            return await self._recount(name, count)
        if kept.stamp != self._stamp():
            age = time.monotonic() - kept.counted
            if age > max(_LEAST_AGE, _SHARE * kept.cost) and name not in self._counting:
                _ = self._recount(name, count)  # beside us, for who asks next
        return kept

    def _recount(self, name: str, count: Callable[[sqlite3.Connection], Any]) -> asyncio.Task[_Kept]:
        """Count in a task of its own, one for all who wait."""
        if name not in self._counting:
            task = asyncio.create_task(self._count(name, count))
            self._counting[name] = task
            task.add_done_callback(lambda _: self._counting.pop(name, None))
        return self._counting[name]

    async def _count(self, name: str, count: Callable[[sqlite3.Connection], Any]) -> _Kept:
        stamp, began = self._stamp(), time.monotonic()
        value = await self.read(count)
        now = time.monotonic()
        kept = _Kept(
            value=value,
            stamp=stamp,
            counted=now,
            cost=now - began,
            at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        self._kept[name] = kept
        return kept

    def _stamp(self) -> Stamp:
        """Return what changes with every commit: SQLite's data_version tells only within one connection."""
        path = Path(self._database.path)
        stamp: list[int] = []
        for file in (path, path.with_name(path.name + "-wal")):
            try:
                stat = file.stat()
            except OSError:
                continue
            stamp += [stat.st_mtime_ns, stat.st_size]
        return tuple(stamp)


_readers: WeakKeyDictionary[Datasette, Reader] = WeakKeyDictionary()


def reader_of(datasette: Datasette) -> Reader:
    """Return the reader of a running Datasette, the same one each time."""
    if datasette not in _readers:
        _readers[datasette] = Reader(datasette)
    return _readers[datasette]
