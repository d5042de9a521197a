"""The stretch of an article that shows why it was found, and where in it the match stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archive.indexing import exact_form
from archive.query import Term
from archive.text import fold_in_place

_LENGTH: Final = 240  # three lines on a terminal, two in a browser
_GAP: Final = r"[\W_]+"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """A piece of text and the matches in it."""

    text: str
    """One line; an ellipsis stands where the text goes on."""
    matches: tuple[tuple[int, int], ...] = ()
    """Start and end of each match in `text`, in characters, in order, none overlapping."""

    def marked(self, before: str, after: str) -> str:
        """Return the text with each match between `before` and `after`.

        >>> Snippet(text="Đảng bộ tỉnh", matches=((0, 7),)).marked("[", "]")
        '[Đảng bộ] tỉnh'
        """
        parts, end = [], 0
        for start, stop in self.matches:
            parts += [self.text[end:start], before, self.text[start:stop], after]
            end = stop
        return "".join([*parts, self.text[end:]])


def make_snippet(texts: Sequence[str], terms: Sequence[Term], length: int = _LENGTH) -> Snippet:
    """Return the densest stretch of the first text in which anything matches; the first text's start if none.

    Matches are found in the text as stored, so that what is shown is what the page prints.
    """
    wanted = [term for term in terms if not term.negated]
    lines = [" ".join(text.split()) for text in texts if text]
    for line in lines:
        matches = find_matches(line, wanted)
        if matches:
            return _cut(line, matches, _together(line, wanted), length)
    return _cut(lines[0] if lines else "", [], None, length)


def _together(text: str, terms: Sequence[Term]) -> int | None:
    """Return where the words looked for first stand side by side, in the order typed; None if nowhere."""
    if len(terms) < 2:
        return None
    phrase = Term(words=tuple(word for term in terms for word in term.words))
    matches = find_matches(text, [phrase])
    return matches[0][0] if matches else None


def find_matches(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Return where the terms stand in a text, merged and in order."""
    if not text:
        return []
    marked = any(term.marked for term in terms)
    exact = exact_form(text).lower() if marked else ""
    plain = (
        ""
        if marked and all(term.marked for term in terms) and len(exact) == len(text)
        else fold_in_place(text)
    )
    spans = [
        span
        for term in terms
        for span in _spans(exact if term.marked and len(exact) == len(text) else plain, term)
    ]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(text: str, term: Term) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern_of(term).finditer(text))


@lru_cache(maxsize=256)
def pattern_of(term: Term) -> re.Pattern[str]:
    """Return what finds a term in text of the form it is looked for in, exact or plain, in lower case."""
    ending = r"[^\W_]*" if term.prefix else ""
    first, *others = map(re.escape, term.words)
    # A pattern that begins with the letters themselves is found many times faster; what stands before them
    # is looked at afterwards.
    words = _GAP.join([rf"{first}(?<![^\W_]{first})", *others])
    return re.compile(words + ending + r"(?![^\W_])")


def _cut(text: str, matches: Sequence[tuple[int, int]], together: int | None, length: int) -> Snippet:
    start = _best_start(matches, length) if together is None else max(0, together - 40)
    if start > 0:
        space = text.rfind(" ", 0, start + 1)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + length)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    lead, trail = ("… " if start > 0 else ""), (" …" if end < len(text) else "")
    shift = len(lead) - start
    inside = tuple((a + shift, b + shift) for a, b in matches if a >= start and b <= end)
    return Snippet(text=lead + text[start:end] + trail, matches=inside)


def _best_start(matches: Sequence[tuple[int, int]], length: int) -> int:
    """Return where to begin so that most matches are shown, the first with some words before it."""
    if not matches:
        return 0
    room = length - 60
    ends = [end for _, end in matches]
    count = [bisect_right(ends, first + room) - i for i, (first, _) in enumerate(matches[:200])]
    first = matches[count.index(max(count))][0]
    return 0 if first < 60 else first - 40
