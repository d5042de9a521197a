"""Same text: which article printed it first, and who repeated it.

Texts are compared folded (lower case, no marks, d for đ) and word by word, so that neither punctuation, nor
the placement of a tone mark, nor a mirror that perturbs diacritics hides a reprint.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from archive.model import Article
from archive.near import TextIndex
from archive.rows import article_from_row
from archive.text import fold_words

# Under this, a body is compared together with its headline and captions: photo stories share stock phrases.
SHORT: Final = 30
# Under this many words in all, nothing is compared: "Tin ảnh" with an empty body says nothing.
_TOO_SHORT: Final = 6


@lru_cache(maxsize=4)  # one body is asked for its words as a version and as a duplicate
def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words (syllables) of a text; the same text is taken apart once in a row of calls."""
    return tuple(fold_words(text))


def digest_of(words: Sequence[str]) -> str:
    """Return the digest of a sequence of words, in hex."""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def content_digest(headline: str, body: str) -> str:
    """Return the digest of what an article says: when it changes, the article has a new version.

    >>> content_digest("Tỉnh uỷ họp", "Chiều 15/01.") == content_digest("TỈNH ỦY HỌP ", "Chiều 15/01")
    True
    """
    return digest_of((*folded_words(headline), "", *folded_words(body)))


def compared_words(article: Article) -> tuple[str, ...] | None:
    """Return the words by which an article is compared with others; None when there are too few."""
    words = folded_words(article.body)
    if len(words) < SHORT:
        captions = " ".join(image.caption or "" for image in article.images)
        words = (*folded_words(article.headline), *words, *folded_words(captions))
    return words if len(words) >= _TOO_SHORT else None


def text_of(db: sqlite3.Connection, texts: TextIndex, words: Sequence[str]) -> tuple[int, bool]:
    """Return the id of the text made of these words, and whether it stands alone: new and like no other."""
    digest = digest_of(words)
    row = db.execute("SELECT id FROM texts WHERE digest = ?", (digest,)).fetchone()
    if row is not None:
        return int(row["id"]), False
    text_id, has_like = texts.enter(digest, words, lambda text_id: words_of_text(db, text_id))
    return text_id, not has_like


def words_of_text(db: sqlite3.Connection, text_id: int) -> tuple[str, ...]:
    """Return the words of a text, read from an article that has it; empty when none has it any more."""
    row = db.execute("SELECT * FROM articles WHERE text_id = ? LIMIT 1", (text_id,)).fetchone()
    if row is None:
        return ()
    return compared_words(article_from_row(db, row)) or ()


def relink(db: sqlite3.Connection, text_id: int) -> None:
    """Make the links of a text's articles anew, and those of the texts like it.

    Needed when an article takes, leaves or redates a text. Every link is a function of the texts, the pairs
    of texts and the articles' dates alone, never of what came first.
    """
    pairs = db.execute("SELECT * FROM text_pairs WHERE text_id = ?", (text_id,)).fetchall()
    articles = db.execute("SELECT id FROM articles WHERE text_id = ? LIMIT 2", (text_id,)).fetchall()
    if len(articles) == 1 and not pairs:  # most texts are one article's and like no other
        db.execute("DELETE FROM duplicates WHERE article_id = ?", (articles[0]["id"],))
        return
    _link_exact(db, text_id)
    link_like(db, text_id)
    first = _first_of(db, text_id)
    for pair in pairs:
        own = _first_of(db, pair["other_id"])
        if own is not None:
            _link_other(db, own, pair, first)


# Dated before undated; a month before its days; then by uid, so that the order never depends on arrival.
_ORDER: Final = "date_published IS NULL, date_published, uid"


def _first_of(db: sqlite3.Connection, text_id: int) -> sqlite3.Row | None:
    """Return the earliest published article of a text, with what it is ordered by."""
    row: sqlite3.Row | None = db.execute(
        "SELECT id, date_published IS NULL AS undated, date_published, uid FROM articles"
        f" WHERE text_id = ? ORDER BY {_ORDER} LIMIT 1",
        (text_id,),
    ).fetchone()
    return row


def _rank(row: sqlite3.Row) -> tuple[bool, str, str]:
    return bool(row["undated"]), row["date_published"] or "", row["uid"]


def _link_exact(db: sqlite3.Connection, text_id: int) -> None:
    """Link every article of one text to the earliest of them."""
    first = _first_of(db, text_id)
    if first is None:
        return
    several = db.execute("SELECT count(*) FROM articles WHERE text_id = ?", (text_id,)).fetchone()[0] > 1
    if not several:
        db.execute("DELETE FROM duplicates WHERE article_id = ? AND kind = 'exact'", (first["id"],))
        return
    names = {"text": text_id, "first": first["id"]}
    db.execute(
        "DELETE FROM duplicates WHERE article_id IN (SELECT id FROM articles WHERE text_id = :text)"
        " AND (article_id = :first OR original_id <> :first)",
        names,
    )
    db.execute(
        "INSERT INTO duplicates (article_id, original_id, kind, similarity)"
        " SELECT id, :first, 'exact', 1.0 FROM articles WHERE text_id = :text AND id <> :first"
        " ON CONFLICT (article_id, original_id) DO UPDATE SET kind = 'exact', similarity = 1.0",
        names,
    )


def link_like(db: sqlite3.Connection, text_id: int) -> None:
    """Link the earliest article of one text to the earliest of all like it, and to what it quotes whole.

    Later articles of the same text are linked to their earliest already.
    """
    own = _first_of(db, text_id)
    if own is None:
        return
    db.execute("DELETE FROM duplicates WHERE article_id = ? AND kind <> 'exact'", (own["id"],))
    # By rank, so that of each other text the first article that comes is its earliest.
    rows = db.execute(
        "SELECT p.other_id, p.kind, p.similarity, a.id, a.date_published IS NULL AS undated,"
        " a.date_published, a.uid FROM text_pairs p JOIN articles a ON a.text_id = p.other_id"
        f" WHERE p.text_id = ? ORDER BY {_ORDER}",
        (text_id,),
    )
    firsts: dict[int, sqlite3.Row] = {}
    for row in rows:
        firsts.setdefault(row["other_id"], row)
    earlier = [
        (_rank(row), row["id"], row["kind"], row["similarity"])
        for row in firsts.values()
        if _rank(row) < _rank(own)
    ]
    near = sorted(link for link in earlier if link[2] == "near")[:1]
    excerpts = [link for link in earlier if link[2] == "excerpt"]
    db.executemany(
        "INSERT INTO duplicates (article_id, original_id, kind, similarity) VALUES (?, ?, ?, ?)",
        [(own["id"], original, kind, likeness) for _, original, kind, likeness in near + excerpts],
    )


def _link_other(
    db: sqlite3.Connection, own: sqlite3.Row, pair: sqlite3.Row, first: sqlite3.Row | None
) -> None:
    """Link the earliest article of another text to the earliest of the one that changed, where that is due.

    `pair` is as the changed text has it. Weather reports and their like are alike by the hundred: a new one
    must not make all links of all of them anew.
    """
    earlier = first is not None and _rank(first) < _rank(own)
    if pair["kind"] == "excerpt":
        db.execute(
            "DELETE FROM duplicates WHERE article_id = ? AND kind = 'excerpt'"
            " AND original_id IN (SELECT id FROM articles WHERE text_id = ?)",
            (own["id"], pair["text_id"]),
        )
    else:
        now = db.execute(
            "SELECT a.id, a.text_id, a.date_published IS NULL AS undated, a.date_published, a.uid"
            " FROM duplicates d JOIN articles a ON a.id = d.original_id"
            " WHERE d.article_id = ? AND d.kind = 'near'",
            (own["id"],),
        ).fetchone()
        if now is not None and now["text_id"] == pair["text_id"]:
            link_like(db, pair["other_id"])  # the changed text may not be the earliest of all any more
            return
        if first is None or not earlier or (now is not None and _rank(now) < _rank(first)):
            return
        db.execute("DELETE FROM duplicates WHERE article_id = ? AND kind = 'near'", (own["id"],))
    if first is not None and earlier:
        db.execute(
            "INSERT INTO duplicates (article_id, original_id, kind, similarity) VALUES (?, ?, ?, ?)",
            (own["id"], first["id"], pair["kind"], pair["similarity"]),
        )


def unlink(db: sqlite3.Connection, article_id: int) -> tuple[int, ...]:
    """Take an article whose text has changed out of all links, before those are made anew.

    Return the texts that were linked to it: once the article's old and new text are linked, so must they be.
    """
    rows = db.execute(
        "SELECT DISTINCT a.text_id FROM duplicates d JOIN articles a ON a.id = d.article_id"
        " WHERE d.original_id = ? AND a.text_id IS NOT NULL",
        (article_id,),
    ).fetchall()
    db.execute("DELETE FROM duplicates WHERE article_id = :id OR original_id = :id", {"id": article_id})
    return tuple(row["text_id"] for row in rows)


def repeats_another(db: sqlite3.Connection, article_id: int) -> bool:
    """Tell whether an article's text is also another's, whichever of the two was published first."""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM duplicates WHERE kind <> 'excerpt' AND (article_id = :id"
            " OR original_id = :id))",
            {"id": article_id},
        ).fetchone()[0]
    )
