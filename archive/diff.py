"""What a site changed in an article: a word-by-word comparison of two readings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Final, Literal

from archive.text import place_tones

Kind = Literal["same", "removed", "added"]

# A word with the blanks after it; a paragraph's end is a word of its own.
_TOKEN: Final = re.compile(r"\n+|[^\s]+[^\S\n]*|[^\S\n]+")

# What a comparison takes grows with the pairs of equal words. Two readings of 10,000 words have some 300,000;
# a few words repeated without end have more than can be waited for, and frequent words are then left out.
_MOST_PAIRS: Final = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word; the placement of tone marks is no difference.

    >>> [(p.kind, p.text) for p in word_diff("Tỉnh uỷ họp sáng nay", "Tỉnh ủy họp chiều nay")]
    [('same', 'Tỉnh ủy họp '), ('removed', 'sáng '), ('added', 'chiều '), ('same', 'nay')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    old_keys, new_keys = _keys(before), _keys(after)
    # Most edits are small: what stands before and after them is set aside at once.
    first = _common(zip(old_keys, new_keys, strict=False))
    last = _common(zip(reversed(old_keys[first:]), reversed(new_keys[first:]), strict=False))
    changed, came = old_keys[first : len(before) - last], new_keys[first : len(after) - last]
    matcher = SequenceMatcher(None, changed, came, autojunk=_equal_pairs(changed, came) > _MOST_PAIRS)
    pieces = [
        Piece(kind="same", text="".join(after[:first])),
        *_pieces(before[first:], after[first:], matcher),
        Piece(kind="same", text="".join(after[len(after) - last :])),
    ]
    return tuple(_joined(piece for piece in pieces if piece.text))


def _equal_pairs(one: list[str], other: list[str]) -> int:
    counts = Counter(other)
    return sum(times * counts[word] for word, times in Counter(one).items())


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join pieces of one kind that follow each other."""
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        yield Piece(kind=kind, text="".join(piece.text for piece in run))


def _keys(tokens: list[str]) -> list[str]:
    return [place_tones(token).strip() or token for token in tokens]


def _pieces(before: list[str], after: list[str], matcher: SequenceMatcher[str]) -> Iterator[Piece]:
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            yield Piece(kind="same", text="".join(after[c:d]))
            continue
        if b > a:
            yield Piece(kind="removed", text="".join(before[a:b]))
        if d > c:
            yield Piece(kind="added", text="".join(after[c:d]))


def changed_words(pieces: tuple[Piece, ...]) -> tuple[int, int]:
    """Return how many words went and how many came."""
    removed = sum(len(piece.text.split()) for piece in pieces if piece.kind == "removed")
    added = sum(len(piece.text.split()) for piece in pieces if piece.kind == "added")
    return removed, added
