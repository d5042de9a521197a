"""Same text: which article printed it first, and who repeated it.

Texts are compared folded (lower case, no marks, d for đ) and word by word, so that neither punctuation, nor
the placement of a tone mark, nor a mirror that perturbs diacritics hides a reprint.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from typing import Final

from archive.model import Article
from archive.text import fold

# Under this, a body is compared together with its headline and captions: photo stories share stock phrases.
SHORT: Final = 30
# Under this many words in all, nothing is compared: "Tin ảnh" with an empty body says nothing.
_TOO_SHORT: Final = 6

_WORD: Final = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    """Return the folded words (syllables) of a text, in order, punctuation left out.

    >>> folded_words("Huyện uỷ Trạm Tấu, tỉnh Yên Bái - 14/7")
    ['huyen', 'uy', 'tram', 'tau', 'tinh', 'yen', 'bai', '14', '7']
    """
    return _WORD.findall(fold(text))


def digest_of(words: Sequence[str]) -> str:
    """Return the digest of a sequence of words, in hex."""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()


def content_digest(headline: str, body: str) -> str:
    """Return the digest of what an article says: when it changes, the article has a new version.

    >>> content_digest("Tỉnh uỷ họp", "Chiều 15/01.") == content_digest("TỈNH ỦY HỌP ", "Chiều 15/01")
    True
    """
    return digest_of([*folded_words(headline), "", *folded_words(body)])


def compared_words(article: Article) -> list[str] | None:
    """Return the words by which an article is compared with others; None when there are too few."""
    words = folded_words(article.body)
    if len(words) < SHORT:
        captions = " ".join(image.caption or "" for image in article.images)
        words = [*folded_words(article.headline), *words, *folded_words(captions)]
    return words if len(words) >= _TOO_SHORT else None


def text_of(db: sqlite3.Connection, words: Sequence[str]) -> int:
    """Return the id of the text made of these words, entered when it is new."""
    digest = digest_of(words)
    db.execute(
        "INSERT INTO texts (digest, words) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
        (digest, len(words)),
    )
    return int(db.execute("SELECT id FROM texts WHERE digest = ?", (digest,)).fetchone()[0])


# Dated before undated; a month before its days; then by uid, so that the order never depends on arrival.
_FIRST: Final = """
SELECT id FROM articles WHERE text_id = ? ORDER BY date_published IS NULL, date_published, uid LIMIT 1
"""


def link_exact(db: sqlite3.Connection, text_id: int) -> None:
    """Link every article of one text to the earliest of them."""
    first = db.execute(_FIRST, (text_id,)).fetchone()
    if first is None:
        return
    db.execute(
        "DELETE FROM duplicates WHERE kind = 'exact' AND article_id IN (SELECT id FROM articles WHERE text_id = ?)"
        " AND (original_id <> ? OR article_id = ?)",
        (text_id, first["id"], first["id"]),
    )
    db.execute(
        "INSERT INTO duplicates (article_id, original_id, kind, similarity)"
        " SELECT id, ?, 'exact', 1.0 FROM articles WHERE text_id = ? AND id <> ?"
        " ON CONFLICT (article_id, original_id) DO UPDATE SET kind = 'exact', similarity = 1.0",
        (first["id"], text_id, first["id"]),
    )


def forget_text(db: sqlite3.Connection, article_id: int, text_id: int) -> None:
    """Unlink an article whose text has changed, and drop the text when no article has it any more."""
    db.execute("DELETE FROM duplicates WHERE article_id = :id OR original_id = :id", {"id": article_id})
    if db.execute("SELECT 1 FROM articles WHERE text_id = ? LIMIT 1", (text_id,)).fetchone():
        link_exact(db, text_id)
    else:
        db.execute("DELETE FROM texts WHERE id = ?", (text_id,))


def repeats_another(db: sqlite3.Connection, article_id: int) -> bool:
    """Tell whether an article's text is also another's, whichever of the two was published first."""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM duplicates WHERE kind <> 'excerpt' AND (article_id = :id"
            " OR original_id = :id))",
            {"id": article_id},
        ).fetchone()[0]
    )
