"""What a site changed in an article: a word-by-word comparison of two readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from archive.text import place_tones

Kind = Literal["same", "removed", "added"]

# A word with the blanks after it; a paragraph's end is a word of its own.
_TOKEN: Final = re.compile(r"\n+|[^\s]+[^\S\n]*|[^\S\n]+")


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
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    return tuple(_pieces(before, after, matcher))


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
