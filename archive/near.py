"""Nearly the same text: bands to find it, sketches to measure it, fragments for reprints in longer texts.

Shingles are runs of five folded syllables. Measured on press releases with 5 % of their words changed, 32
bands of 4 rows find 99 % of them, where 64-bit SimHash finds under 15 %; unrelated articles share under 17 %.
Hashes are CRC-32 with a multiplier: the same in every process, on every machine, for ever.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SHINGLE: Final = 5
_BINS: Final = 128
_ROWS: Final = 4
_SKETCH: Final = 128
# Two thirds of unrelated texts' likeness comes from titles and stock phrases and stays under 0.2; a text with
# one word in twenty changed shares 0.64 with its source on average, 0.52 at the least.
NEAR: Final = 0.5
# A reprint loses its first and last shingles to the text around it, and a sentence or two to the editor.
CONTAINED: Final = 0.8
# Under some hundred syllables too few fragments are kept to tell.
_FEWEST_FRAGMENTS: Final = 6
# What more texts than this have in common is a stock phrase or a printed form, not a reprint.
_COMMON: Final = 200

# Many fragments are looked up in one statement; SQLite takes up to 500.
_AT_ONCE: Final = 100
_ONE_FRAGMENT: Final = (
    f"SELECT * FROM (SELECT fragment, text_id FROM text_fragments WHERE fragment = ? LIMIT {_COMMON + 1})"
)

_MASK: Final = 0xFFFFFFFF
_MIX: Final = 0x9E3779B1  # 2**32 divided by the golden ratio: spreads CRC-32, which is linear
_FRAGMENT_LIMIT: Final = 1 << 28  # one hash in sixteen lies below


WordsOf = Callable[[int], Sequence[str]]
"""The folded words of a text by its id; empty when no article has it any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """What is kept of a text to find and measure texts like it."""

    lowest: tuple[int, ...]
    """Its 128 lowest shingle hashes, rising; all of them for a text of at most 128 shingles."""
    bands: tuple[int, ...]
    fragments: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Another text that is like this one."""

    text_id: int
    kind: str
    """`near` or `excerpt`."""
    similarity: float


def shingle_hashes(words: Sequence[str]) -> set[int]:
    """Return the hashes of a text's shingles; of a text shorter than a shingle, the one hash of it all."""
    coded = [word.encode() for word in words]
    last = max(len(coded) - SHINGLE, 0)
    crc, join = zlib.crc32, b" ".join
    return {(crc(join(coded[i : i + SHINGLE])) * _MIX) & _MASK for i in range(last + 1)}


def make_sketch(words: Sequence[str]) -> Sketch:
    """Return the sketch of a text of folded words; there must be at least one."""
    hashes = sorted(shingle_hashes(words))
    rows = _rows(hashes)
    return Sketch(
        lowest=tuple(hashes[:_SKETCH]),
        bands=tuple(_band(number, rows) for number in range(_BINS // _ROWS)),
        fragments=tuple(value for value in hashes if value < _FRAGMENT_LIMIT),
    )


def _rows(hashes: Sequence[int]) -> list[int]:
    """One-permutation MinHash: the lowest hash in each of 128 bins; empty bins borrow from a full one.

    The bin is the hash's lowest bits, so that the order within it is left to the others.
    """
    rows = [-1] * _BINS
    for value in reversed(hashes):
        rows[value & (_BINS - 1)] = value
    full = [value >= 0 for value in rows]
    if all(full):
        return rows
    return [value if full[n] else rows[_lender(n, full)] for n, value in enumerate(rows)]


def _lender(number: int, full: Sequence[bool]) -> int:
    """Walk the bins in an order that depends on the empty bin alone, until one is full."""
    state = number
    while True:
        state = (state * 1664525 + 1013904223 + number) & _MASK  # Numerical Recipes' generator
        if full[candidate := state >> 25]:
            return candidate


def _band(number: int, rows: Sequence[int]) -> int:
    packed = _packed([number, *rows[number * _ROWS : (number + 1) * _ROWS]])
    return zlib.crc32(packed) << 31 | zlib.crc32(packed[::-1]) >> 1


def similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the estimated share of common shingles (Jaccard) of two texts from their lowest hashes.

    Exact for texts of at most 128 shingles together, within 0.04 (one standard error) for longer ones.
    """
    union = sorted({*one, *other})
    if max(len(one), len(other)) >= _SKETCH:
        # Beyond its 128 lowest a text's hashes are not known; up to there those of both are.
        union = union[:_SKETCH]
    common = set(one) & set(other)
    return sum(1 for value in union if value in common) / len(union)


def contained(shorter: Iterable[int], longer: Iterable[int]) -> float:
    """Return the share of the shorter text's shingles that stand in the longer one."""
    part = set(shorter)
    return len(part & set(longer)) / len(part)


# ---------------------------------------------------------------------------------------- in the database


def enter_text(db: sqlite3.Connection, digest: str, words: Sequence[str], words_of: WordsOf) -> int:
    """Enter a new text with its sketch, find the texts like it, and return its id."""
    sketch = make_sketch(words)
    cursor = db.execute(
        "INSERT INTO texts (digest, words, fragments, sketch) VALUES (?, ?, ?, ?)",
        (digest, len(words), len(sketch.fragments), _packed(sketch.lowest)),
    )
    text_id = int(cursor.lastrowid or 0)
    pairs = list(_find_pairs(db, sketch, words, words_of))
    db.executemany("INSERT INTO text_bands VALUES (?, ?)", [(band, text_id) for band in set(sketch.bands)])
    db.executemany("INSERT INTO text_fragments VALUES (?, ?)", [(part, text_id) for part in sketch.fragments])
    db.executemany(
        "INSERT INTO text_pairs (text_id, other_id, kind, similarity) VALUES (?, ?, ?, ?)",
        [row for pair in pairs for row in _both_ways(text_id, pair)],
    )
    return text_id


def _both_ways(text_id: int, pair: Pair) -> tuple[tuple[int, int, str, float], ...]:
    return (
        (text_id, pair.text_id, pair.kind, pair.similarity),
        (pair.text_id, text_id, pair.kind, pair.similarity),
    )


def _find_pairs(
    db: sqlite3.Connection, sketch: Sketch, words: Sequence[str], words_of: WordsOf
) -> Iterator[Pair]:
    near = dict(_near_texts(db, sketch))
    for text_id, likeness in near.items():
        yield Pair(text_id=text_id, kind="near", similarity=round(likeness, 4))
    for text_id in _excerpt_candidates(db, sketch):
        if text_id in near:
            continue
        share = _share(words, words_of(text_id))
        if share >= CONTAINED:
            yield Pair(text_id=text_id, kind="excerpt", similarity=round(share, 4))


def _near_texts(db: sqlite3.Connection, sketch: Sketch) -> Iterator[tuple[int, float]]:
    marks = ", ".join("?" * len(sketch.bands))
    rows = db.execute(
        f"SELECT id, sketch FROM texts WHERE id IN (SELECT text_id FROM text_bands WHERE band IN ({marks}))",
        sketch.bands,
    )
    for row in rows:
        likeness = similarity(sketch.lowest, _unpacked(row["sketch"]))
        if likeness >= NEAR:
            yield row["id"], likeness


def _excerpt_candidates(db: sqlite3.Connection, sketch: Sketch) -> Iterator[int]:
    """Yield the texts that share most fragments of the shorter of the two."""
    for text_id, count in _shared_fragments(db, sketch.fragments).items():
        if count < _FEWEST_FRAGMENTS - 1:
            continue
        own = db.execute("SELECT fragments FROM texts WHERE id = ?", (text_id,)).fetchone()["fragments"]
        smaller = min(own, len(sketch.fragments))
        # Verified word by word afterwards, so the net is wider than the rule.
        if smaller >= _FEWEST_FRAGMENTS and count >= 0.6 * smaller:
            yield text_id


def _shared_fragments(db: sqlite3.Connection, fragments: Sequence[int]) -> Counter[int]:
    """Count for each text the fragments it has in common with these, without those that are stock phrases."""
    shared: Counter[int] = Counter()
    for few in (fragments[start : start + _AT_ONCE] for start in range(0, len(fragments), _AT_ONCE)):
        rows = db.execute(" UNION ALL ".join([_ONE_FRAGMENT] * len(few)), few)
        found: dict[int, list[int]] = {}
        for fragment, text_id in rows:
            found.setdefault(fragment, []).append(text_id)
        for texts in found.values():
            if len(texts) <= _COMMON:
                shared.update(texts)
    return shared


def _share(words: Sequence[str], other_words: Sequence[str]) -> float:
    own, other = shingle_hashes(words), shingle_hashes(other_words)
    return contained(own, other) if len(own) <= len(other) else contained(other, own)


def _packed(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _unpacked(blob: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(blob) // 4}I", blob)
