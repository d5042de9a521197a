"""Putting what was found in order: best first where that means something, and can be had quickly."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from archive.indexing import exact_form, plain_form
from archive.query import Term
from archive.snippets import pattern_of

# Reading so many articles takes some ten milliseconds, as long as going through a common word once.
FEW: Final = 200
# A word in the headline says ten times as much of what an article is about as one in the body.
HEADLINE: Final = 10.0
BODY: Final = 1.0
BESIDE: Final = 2.0  # captions, byline, source, keywords

# As FTS5's bm25: how soon a word said again adds little, and how much a long article's words count less.
_SATURATION: Final = 1.2
_LENGTH_SHARE: Final = 0.75

# A syllable that can be printed with its tone on either vowel, in the exact form: hòa, ủy.
_MOVED_TONE: Final = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")


def best_first(db: sqlite3.Connection, rowids: Sequence[int], term: Term) -> list[int]:
    """Return rows of the index, all of articles that have one term, best match first (BM25).

    FTS5's own bm25 goes through every article of the archive that has the phrase's words, twice: 40 ms for a
    name of two syllables that 100,000 articles have each. For few hits their texts tell the same.
    """
    form, pattern = _form(term), pattern_of(term)
    found = []
    for rowid in rowids:
        sql = "SELECT headline, body FROM articles WHERE search_rowid = ?"
        headline, body = db.execute(sql, (rowid,)).fetchone()
        in_headline, in_body = (len(pattern.findall(form(text))) for text in (headline, body))
        # Found by the index and neither here nor there, it stands beside.
        weight = HEADLINE * in_headline + BODY * in_body or BESIDE
        found.append((weight, len(headline) + len(body), rowid))
    mean = sum(length for _, length, _ in found) / max(1, len(found))
    scores = {
        rowid: weight / (weight + _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / mean))
        for weight, length, rowid in found
    }
    return sorted(scores, key=lambda rowid: (-scores[rowid], -rowid))


def _form(term: Term) -> Callable[[str], str]:
    """Return how text is to be written to find a term in it: what the index does to it, and no more."""
    if not term.marked:
        return plain_form
    if term.prefix or any(_MOVED_TONE.search(word) for word in term.words):
        return lambda text: exact_form(text).lower()
    return str.lower  # moving tones takes most of the time, and makes none of these words
