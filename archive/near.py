"""Nearly the same text: bands to find it, sketches to measure it, fragments for reprints in longer texts.

Shingles are runs of five folded syllables. Measured on press releases with 5 % of their words changed, 32
bands of 4 rows find 99 % of them, where 64-bit SimHash finds under 15 %; unrelated articles share under 17 %.
Hashes come from CRC-32 and fixed multipliers: the same in every process, on every machine, for ever.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from bisect import bisect_left
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
# What this many texts have in common is a stock phrase or a printed form, not a reprint.
_COMMON: Final = 100
# Stands in text_fragments for all the texts of a common fragment.
COMMON_TEXT: Final = 0

_FRAGMENT_LIMIT: Final = 1 << 28  # one hash in sixteen lies below
_BAND_PRIME: Final = (1 << 47) - 115  # SQLite keeps what is below in six bytes
# One odd number of 30 bits for each place in a shingle.
_PLACES: Final = (0x2545F491, 0x1B873593, 0x19D699A5, 0x27D4EB2F, 0x165667B1)
_LANE: Final = 64  # bits
_MIDDLE: Final = struct.Struct("<I4x")


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


class _WordHashes(dict[str, int]):
    """The 30-bit hashes of words, each made once; forgotten when there are too many."""

    def __missing__(self, word: str) -> int:
        if len(self) > 100_000:  # ten times what Vietnamese has syllables: a long crawl's typing errors
            self.clear()
        value = self[word] = zlib.crc32(word.encode()) >> 2
        return value


_word_hashes = _WordHashes()


def shingle_hashes(words: Sequence[str]) -> set[int]:
    """Return the 32-bit hashes of a text's shingles; of one shorter than a shingle, the one hash of it all.

    A shingle's hash is the sum of its words' hashes, each times the number of its place. All are summed at
    once: the text is one long integer with a word in each lane of 64 bits, and shifting it by a lane puts
    every word's follower in its place. No sum fills its lane (5 x 2**30 x 2**30 < 2**63); its middle bits
    are the hash.
    """
    words = [*words, *[""] * (SHINGLE - len(words))]
    packed = struct.pack(f"<{len(words)}Q", *map(_word_hashes.__getitem__, words))
    lanes = int.from_bytes(packed, "little")
    sums = 0
    for place in _PLACES:
        sums += lanes * place
        lanes >>= _LANE
    middles = (sums >> 24).to_bytes(len(packed), "little")[: -8 * (SHINGLE - 1)]
    return {value for (value,) in _MIDDLE.iter_unpack(middles)}


def make_sketch(words: Sequence[str]) -> Sketch:
    """Return the sketch of a text of folded words; there must be at least one."""
    hashes = sorted(shingle_hashes(words))
    rows = _packed(_rows(hashes))
    size = 4 * _ROWS
    return Sketch(
        lowest=tuple(hashes[:_SKETCH]),
        bands=tuple(
            (int.from_bytes(rows[start : start + size], "little") * _BINS + start // size) % _BAND_PRIME
            for start in range(0, len(rows), size)
        ),
        fragments=tuple(hashes[: bisect_left(hashes, _FRAGMENT_LIMIT)]),
    )


def _rows(hashes: Sequence[int]) -> list[int]:
    """One-permutation MinHash: the lowest hash in each of 128 bins; empty bins borrow from a full one.

    The bin is the hash's lowest bits, so that the order within it is left to the others.
    """
    lowest = {value & (_BINS - 1): value for value in reversed(hashes)}
    if len(lowest) < _BINS:
        full = [n in lowest for n in range(_BINS)]
        return [lowest[n if full[n] else _lender(n, full)] for n in range(_BINS)]
    return [lowest[n] for n in range(_BINS)]


def _lender(number: int, full: Sequence[bool]) -> int:
    """Walk the bins in an order that depends on the empty bin alone, until one is full."""
    state = number
    while True:
        state = (state * 1664525 + 1013904223 + number) & 0xFFFFFFFF  # Numerical Recipes' generator
        if full[candidate := state >> 25]:
            return candidate


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
    pairs = list(find_pairs(db, sketch, words, words_of))
    db.executemany("INSERT INTO text_bands VALUES (?, ?)", [(band, text_id) for band in set(sketch.bands)])
    _enter_fragments(db, text_id, sketch.fragments)
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


def find_pairs(
    db: sqlite3.Connection, sketch: Sketch, words: Sequence[str], words_of: WordsOf
) -> Iterator[Pair]:
    """Yield every text of the archive that is nearly the one sketched, stands in it or has it in itself."""
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
    """Yield the texts that share most fragments of the shorter of the two, stock phrases aside."""
    shared = dict(_shared_fragments(db, sketch.fragments))
    telling = len(sketch.fragments) - shared.pop(COMMON_TEXT, 0)
    for text_id, count in shared.items():
        if count < _FEWEST_FRAGMENTS - 1:
            continue
        other = db.execute("SELECT fragments FROM texts WHERE id = ?", (text_id,)).fetchone()["fragments"]
        smaller = min(other, telling)
        # Verified word by word afterwards, so the net is wider than the rule.
        if smaller >= _FEWEST_FRAGMENTS and count >= 0.6 * smaller:
            yield text_id


def _shared_fragments(db: sqlite3.Connection, fragments: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield text and number of fragments in common with these; COMMON_TEXT stands for all common ones."""
    return (
        (row["text_id"], row["shared"])
        for row in db.execute(
            "SELECT text_id, count(*) AS shared FROM text_fragments"
            " WHERE fragment IN (SELECT value FROM json_each(?)) GROUP BY text_id",
            (str(list(fragments)),),
        )
    )


def _enter_fragments(db: sqlite3.Connection, text_id: int, fragments: Sequence[int]) -> None:
    """Enter a text's fragments; one that has become common is kept once, for no text in particular."""
    counts = {
        row["fragment"]: (row["texts"], row["first"])
        for row in db.execute(
            "SELECT fragment, count(*) AS texts, min(text_id) AS first FROM text_fragments"
            " WHERE fragment IN (SELECT value FROM json_each(?)) GROUP BY fragment",
            (str(list(fragments)),),
        )
    }
    common = [part for part, (texts, _) in counts.items() if texts >= _COMMON]
    known = {part for part, (_, first) in counts.items() if first == COMMON_TEXT}.union(common)
    db.executemany("DELETE FROM text_fragments WHERE fragment = ?", [(part,) for part in common])
    entries = [(part, COMMON_TEXT) for part in common]
    entries += [(part, text_id) for part in fragments if part not in known]
    db.executemany("INSERT INTO text_fragments VALUES (?, ?)", entries)


def _share(words: Sequence[str], other_words: Sequence[str]) -> float:
    own, other = shingle_hashes(words), shingle_hashes(other_words)
    return contained(own, other) if len(own) <= len(other) else contained(other, own)


def _packed(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _unpacked(blob: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(blob) // 4}I", blob)
