"""Texts alike in the archive: nearly the same, or one inside the other.

Every text has some eighty bands and fragments, each with a place of its own in tables of millions of rows: to
enter them text by text would change as many pages of the file for each. So those of the newest texts are kept
together, a row a text in `recent_texts`, and by value in memory; a few thousand texts at a time they are
sorted into `text_bands` and `text_fragments`. What is found is the same wherever a text's stand.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from archive.sketch import Sketch, contained, make_sketch, packed, shingle_hashes, similarity, unpacked

# Two thirds of unrelated texts' likeness comes from titles and stock phrases and stays under 0.2; a text with
# one word in twenty changed shares 0.64 with its source on average, 0.52 at the least.
NEAR: Final = 0.5
# A reprint loses its first and last shingles to the text around it, and a sentence or two to the editor.
CONTAINED: Final = 0.8
# Under some hundred syllables too few fragments are kept to tell.
_FEWEST_FRAGMENTS: Final = 6
# What this many texts have in common is a stock phrase or a printed form, not a reprint.
_COMMON: Final = 100
# Stands in text_fragments for all the texts of a common fragment.
COMMON_TEXT: Final = 0
# Sorted in together they change each page once, not once for each text. In memory these take some 30 MB.
_MOST_RECENT: Final = 4096
_ROWS_AT_ONCE: Final = 100  # in one statement: half the cost of a statement a row
_VALUES_AT_ONCE: Final = 10_000  # the least any SQLite takes is 32,766; the longest page has more fragments

WordsOf = Callable[[int], Sequence[str]]
"""The folded words of a text by its id; empty when no article has it any more."""
_Holders = Mapping[int, Sequence[int]]
"""Band or fragment -> the texts that have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Another text that is like this one."""

    text_id: int
    kind: str
    """`near` or `excerpt`."""
    similarity: float


class TextIndex:
    """Finds the texts of an archive that are like one, and takes new texts in."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._recent = _Recent()

    def enter(self, digest: str, words: Sequence[str], words_of: WordsOf) -> tuple[int, bool]:
        """Enter a new text, pair it with the texts like it; return its id and whether there are any."""
        sketch = make_sketch(words)
        holders = self._holders(sketch)
        pairs = list(self._pairs(sketch, holders, words, words_of))
        cursor = self._db.execute(
            "INSERT INTO texts (digest, words, fragments, sketch) VALUES (?, ?, ?, ?)",
            (digest, len(words), len(sketch.fragments), packed(sketch.lowest)),
        )
        text_id = int(cursor.lastrowid or 0)
        self._keep(text_id, sketch.bands, self._telling(holders))
        if pairs:
            self._db.executemany(
                "INSERT INTO text_pairs (text_id, other_id, kind, similarity) VALUES (?, ?, ?, ?)",
                [row for pair in pairs for row in _both_ways(text_id, pair)],
            )
        return text_id, bool(pairs)

    def find_pairs(self, sketch: Sketch, words: Sequence[str], words_of: WordsOf) -> Iterator[Pair]:
        """Yield every text of the archive that is nearly the one sketched, stands in it or has it within."""
        return self._pairs(sketch, self._holders(sketch), words, words_of)

    def sort_in(self) -> None:
        """Enter the recent texts' bands and fragments among all others', once there are enough of them.

        Best called at the end of a transaction: all pages that change within a part of one are written twice.
        """
        if len(self._recent) < _MOST_RECENT:
            return
        self._catch_up()
        self._insert("text_bands", self._recent.bands)
        self._insert("text_fragments", self._recent.fragments)
        # Those that another process found common since this one met them.
        self._db.execute(
            "DELETE FROM text_fragments WHERE text_id <> 0"
            " AND fragment IN (SELECT fragment FROM text_fragments WHERE text_id = 0)"
        )
        self._db.execute("DELETE FROM recent_texts")
        self.forget()

    def forget(self) -> None:
        """Forget what is held in memory: some of it was undone. It is read again when it is needed."""
        self._recent = _Recent()

    # ------------------------------------------------------------------------------------------ looking up

    def _holders(self, sketch: Sketch) -> _Holders:
        """Return who has each fragment of a text; [COMMON_TEXT] for a common one, [] for a new one."""
        self._catch_up()
        holders: dict[int, list[int]] = {fragment: [] for fragment in sketch.fragments}
        for start in range(0, len(sketch.fragments), _VALUES_AT_ONCE):
            some = sketch.fragments[start : start + _VALUES_AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT fragment, text_id FROM text_fragments WHERE fragment IN ({marks})"
            for fragment, text_id in self._rows(sql, some):
                holders[fragment].append(text_id)
        for fragment in holders.keys() & self._recent.fragments.keys():
            if COMMON_TEXT not in holders[fragment][:1]:
                holders[fragment] += self._recent.fragments[fragment]
        return holders

    def _pairs(
        self, sketch: Sketch, holders: _Holders, words: Sequence[str], words_of: WordsOf
    ) -> Iterator[Pair]:
        near = dict(self._near_texts(sketch))
        for text_id, likeness in near.items():
            yield Pair(text_id=text_id, kind="near", similarity=round(likeness, 4))
        for text_id in self._excerpt_candidates(holders):
            if text_id in near:
                continue
            share = _share(words, words_of(text_id))
            if share >= CONTAINED:
                yield Pair(text_id=text_id, kind="excerpt", similarity=round(share, 4))

    def _near_texts(self, sketch: Sketch) -> Iterator[tuple[int, float]]:
        marks = ", ".join("?" * len(sketch.bands))
        rows = self._rows(f"SELECT text_id FROM text_bands WHERE band IN ({marks})", sketch.bands)
        met = {text_id for (text_id,) in rows}
        met.update(*(self._recent.bands.get(band, ()) for band in sketch.bands))
        for text_id in sorted(met):
            row = self._db.execute("SELECT sketch FROM texts WHERE id = ?", (text_id,)).fetchone()
            likeness = similarity(sketch.lowest, unpacked(row["sketch"]))
            if likeness >= NEAR:
                yield text_id, likeness

    def _excerpt_candidates(self, holders: _Holders) -> Iterator[int]:
        """Yield the texts that share most fragments of the shorter of the two, stock phrases aside."""
        shared = Counter(chain.from_iterable(holders.values()))
        telling = len(holders) - shared.pop(COMMON_TEXT, 0)
        for text_id, count in shared.items():
            if count < _FEWEST_FRAGMENTS - 1:
                continue
            row = self._db.execute("SELECT fragments FROM texts WHERE id = ?", (text_id,)).fetchone()
            smaller = min(row["fragments"], telling)
            # Verified word by word afterwards, so the net is wider than the rule.
            if smaller >= _FEWEST_FRAGMENTS and count >= 0.6 * smaller:
                yield text_id

    def _rows(self, sql: str, values: Sequence[int]) -> Iterable[tuple[int, ...]]:
        cursor = self._db.cursor()
        cursor.row_factory = None  # plain tuples: there are hundreds
        return cursor.execute(sql, values)

    # ---------------------------------------------------------------------------------------- recent texts

    def _telling(self, holders: _Holders) -> list[int]:
        """Return the fragments that are not common; one that has become so is kept once, for no text."""
        telling = []
        for fragment, texts in holders.items():
            if len(texts) >= _COMMON:
                self._db.execute("DELETE FROM text_fragments WHERE fragment = ?", (fragment,))
                self._db.execute("INSERT INTO text_fragments VALUES (?, ?)", (fragment, COMMON_TEXT))
                self._recent.fragments.pop(fragment, None)
            elif COMMON_TEXT not in texts[:1]:
                telling.append(fragment)
        return telling

    def _keep(self, text_id: int, bands: Iterable[int], fragments: Sequence[int]) -> None:
        distinct = sorted({*bands})
        self._db.execute(
            "INSERT INTO recent_texts (text_id, bands, fragments) VALUES (?, ?, ?)",
            (text_id, struct.pack(f"<{len(distinct)}Q", *distinct), packed(fragments)),
        )
        self._recent.add(text_id, distinct, fragments)

    def _catch_up(self) -> None:
        """Read what other processes have entered or sorted in meanwhile: mostly nothing."""
        first, last = self._db.execute(
            "SELECT (SELECT min(text_id) FROM recent_texts), (SELECT max(text_id) FROM recent_texts)"
        ).fetchone()
        if (first, last) == (self._recent.first, self._recent.last):
            return
        if first != self._recent.first or last < self._recent.last:
            self.forget()
        rows = self._db.execute(
            "SELECT * FROM recent_texts WHERE text_id > ? ORDER BY text_id", (self._recent.last or 0,)
        )
        for row in rows:
            bands = struct.unpack(f"<{len(row['bands']) // 8}Q", row["bands"])
            self._recent.add(row["text_id"], bands, unpacked(row["fragments"]))

    def _insert(self, table: str, holders: _Holders) -> None:
        """Insert into one of the two tables by rising key: every page of it is come to once."""
        values = [value for key in sorted(holders) for text_id in holders[key] for value in (key, text_id)]
        # None conflicts; were one to, SQLite would otherwise keep each page a statement changes till its end.
        sql = f"INSERT OR IGNORE INTO {table} VALUES "
        size = 2 * _ROWS_AT_ONCE
        for start in range(0, len(values), size):
            some = values[start : start + size]
            self._db.execute(sql + ", ".join(["(?, ?)"] * (len(some) // 2)), some)


class _Recent:
    """The bands and fragments of the recent texts, by value."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.last: int | None = None
        self.bands: dict[int, tuple[int, ...]] = {}
        self.fragments: dict[int, tuple[int, ...]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, text_id: int, bands: Iterable[int], fragments: Iterable[int]) -> None:
        one = (text_id,)  # shared by all values that no other text has
        for holders, values in ((self.bands, bands), (self.fragments, fragments)):
            for value in values:
                holders[value] = holders.get(value, ()) + one
        self.first = self.first or text_id
        self.last = text_id
        self._count += 1


def _both_ways(text_id: int, pair: Pair) -> tuple[tuple[int, int, str, float], ...]:
    return (
        (text_id, pair.text_id, pair.kind, pair.similarity),
        (pair.text_id, text_id, pair.kind, pair.similarity),
    )


def _share(words: Sequence[str], other_words: Sequence[str]) -> float:
    own, other = shingle_hashes(words), shingle_hashes(other_words)
    return contained(own, other) if len(own) <= len(other) else contained(other, own)
