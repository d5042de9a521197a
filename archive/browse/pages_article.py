"""Reading: an article, its versions and what changed between them, the bytes it was read from."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from archive.browse.reader import Reader
from archive.browse.view import Asked, Data, NoSuchPage
from archive.cite import STYLES, cite
from archive.diff import changed_words, word_diff
from archive.printing import article_as_json
from archive.stored import StoredArticle, Version, find_article, history_of

# Comparing takes time with the square of the length: 8,000 words twice take about a second.
_MOST_COMPARED: Final = 8_000

_CITED: Final = """
SELECT position, document, kind, province, date FROM citations WHERE article_id = ? ORDER BY position
"""
# The same text anywhere: what this one repeats, what repeats it, and what repeats the same as it does.
_PRINTINGS: Final = """
WITH linked (id) AS (
    SELECT original_id FROM duplicates WHERE article_id = ?1 AND kind <> 'excerpt'
    UNION SELECT article_id FROM duplicates WHERE original_id = ?1 AND kind <> 'excerpt'
    UNION SELECT s.article_id FROM duplicates d JOIN duplicates s ON s.original_id = d.original_id
           WHERE d.article_id = ?1 AND d.kind <> 'excerpt' AND s.kind <> 'excerpt'
    UNION SELECT ?1
)
SELECT a.uid, a.site, s.title AS site_title, a.headline, a.date_published, a.removed_at, d.kind, d.similarity,
       a.id = ?1 AS this
  FROM linked l
  JOIN articles a ON a.id = l.id
  LEFT JOIN sites s ON s.name = a.site
  LEFT JOIN duplicates d ON d.article_id = a.id AND d.kind <> 'excerpt'
 GROUP BY a.id
 ORDER BY a.date_published IS NULL, a.date_published, a.uid
 LIMIT 200
"""
_EXCERPTS: Final = """
SELECT o.uid, o.site, o.headline, o.date_published, d.similarity, 'holds' AS relation
  FROM duplicates d JOIN articles o ON o.id = d.original_id WHERE d.article_id = ?1 AND d.kind = 'excerpt'
UNION ALL
SELECT a.uid, a.site, a.headline, a.date_published, d.similarity, 'repeats'
  FROM duplicates d JOIN articles a ON a.id = d.article_id WHERE d.original_id = ?1 AND d.kind = 'excerpt'
 ORDER BY 4 LIMIT 50
"""
_BESIDE: Final = """
SELECT uid, headline, date_published FROM articles
 WHERE site = ?1 AND (date_published, id) {than} (?2, ?3)
 ORDER BY date_published {order}, id {order} LIMIT 1
"""
_KEPT_IMAGE: Final = """
SELECT id FROM captures
 WHERE url = ? AND status = 200 AND mime IN ('image/jpeg', 'image/png', 'image/gif', 'image/webp')
 ORDER BY captured_at DESC LIMIT 1
"""


async def load_article(asked: Asked, reader: Reader) -> Data:
    """An article: what it says, how it was read, who else printed it, how to cite it."""
    return await reader.read(lambda db: _article(db, asked.name))


def _found(db: sqlite3.Connection, uid: str) -> StoredArticle:
    article = find_article(db, uid)
    if article is None:
        raise NoSuchPage(f"article {uid}")
    return article


def _article(db: sqlite3.Connection, uid: str) -> Data:
    article = _found(db, uid)
    documents = [dict(row) for row in db.execute(_CITED, (article.id,))]
    printings = [dict(row) for row in db.execute(_PRINTINGS, (article.id,))]
    row = db.execute("SELECT capture_id, section FROM articles WHERE id = ?", (article.id,)).fetchone()
    site = db.execute("SELECT level, province FROM sites WHERE name = ?", (article.site,)).fetchone()
    return {
        **article_as_json(article),
        "documents": documents,
        "printings": _with_lag(printings) if len(printings) > 1 else [],
        "excerpts": [dict(found) for found in db.execute(_EXCERPTS, (article.id,))],
        "readings": 1
        + db.execute("SELECT count(*) FROM versions WHERE article_id = ?", (article.id,)).fetchone()[0],
        "previous": _beside(db, article, "<", "DESC"),
        "next": _beside(db, article, ">", "ASC"),
        "capture_id": row["capture_id"],
        "level": site["level"] if site else None,
        "province": site["province"] if site else None,
        "citations": {style: cite(article, style) for style in STYLES},
        # Many sites print their lead again as the text's first paragraph: it is shown once.
        "_lead_in_body": article.description == article.body.partition("\n\n")[0],
        "_paragraphs": paragraphs(article.body, documents),
        "_kept_images": {image.url: _kept_image(db, image.url) for image in article.images},
    }


def _kept_image(db: sqlite3.Connection, url: str) -> int | None:
    row = db.execute(_KEPT_IMAGE, (url,)).fetchone()
    return row["id"] if row else None


def _beside(db: sqlite3.Connection, article: StoredArticle, than: str, order: str) -> Data | None:
    """Return the site's article before or after by date; None at the ends and beside undated ones."""
    if article.date_published is None:
        return None
    sql = _BESIDE.format(than=than, order=order)
    row = db.execute(sql, (article.site, article.date_published, article.id)).fetchone()
    return dict(row) if row else None


def _with_lag(printings: list[Data]) -> list[Data]:
    """Add to each printing how many days after the first it came; None where either has no day."""
    first = next((p["date_published"] for p in printings if p["date_published"]), None)
    for printing in printings:
        printing["lag_days"] = lag_days(first, printing["date_published"])
        printing["this"] = bool(printing["this"])
    return printings


def lag_days(first: str | None, later: str | None) -> float | None:
    """Return the days between two printed dates, to a tenth; whole ones where a time is missing.

    >>> lag_days("2021-12-15", "2021-12-24T09:32:00+07:00")
    9.0
    >>> lag_days("2021-12-24T08:00:00+07:00", "2021-12-24T20:00:00+07:00")
    0.5
    >>> lag_days("2021-12", "2021-12-24") is None
    True
    """
    if first is None or later is None or min(len(first), len(later)) < 10:
        return None
    length = 19 if min(len(first), len(later)) > 10 else 10
    span = datetime.fromisoformat(later[:length]) - datetime.fromisoformat(first[:length])
    return round(span.total_seconds() / 86400, 1)


# ---------------------------------------------------------------------------------------------- paragraphs

Piece = tuple[str, str | None]


def paragraphs(body: str, documents: Sequence[Data]) -> list[list[Piece]]:
    r"""Return a body as paragraphs of (text, document named there or None).

    >>> paragraphs("Theo Chỉ thị 5 - CT/TW.\n\nHết.", [{"position": 13, "document": "05-CT/TW"}])
    [[('Theo Chỉ thị ', None), ('5 - CT/TW', '05-CT/TW'), ('.', None)], [('Hết.', None)]]
    """
    found: list[list[Piece]] = []
    start = 0
    for text in body.split("\n\n"):
        pieces: list[Piece] = []
        at = start
        for document in documents:
            position = document["position"]
            if not at <= position < start + len(text):
                continue
            match = _printed_as(document["document"]).match(body, position, start + len(text))
            if match:
                pieces += [(body[at:position], None), (match[0], document["document"])]
                at = match.end()
        pieces.append((body[at : start + len(text)], None))
        found.append([piece for piece in pieces if piece[0]])
        start += len(text) + 2
    return [pieces for pieces in found if pieces]


@lru_cache(maxsize=512)
def _printed_as(document: str) -> re.Pattern[str]:
    """Return what a document's number may look like on a page: stray spaces, other dashes, no first zero."""
    letters = {"-": r"\s?[-\u2010-\u2015]\s?", "/": r"\s?/\s?", "Đ": "[ĐÐ]"}
    pattern = "".join(letters.get(letter, re.escape(letter)) for letter in document.lstrip("0"))
    return re.compile("0*" + pattern, re.IGNORECASE)


# ------------------------------------------------------------------------------------------------ versions


async def load_versions(asked: Asked, reader: Reader) -> Data:
    """Every reading of an article, and what the site changed between two of them, word by word."""
    uid = asked.name
    article, history = await reader.read(lambda db: (_found(db, uid), history_of(db, uid)))
    last = len(history)
    new = history[asked.number("to", last, most=last) - 1]
    old = history[asked.number("from", max(1, new.number - 1), most=last) - 1]
    return {
        "uid": uid,
        "headline": article.headline,
        "site": article.site,
        "site_title": article.site_title,
        "url": article.url,
        "removed_at": article.removed_at,
        "readings": [asdict(reading) for reading in history],
        "old_number": old.number,
        "new_number": new.number,
        **_compared(old, new),
    }


_COMPARED: Final = ("headline", "description", "byline", "date_published", "body")


def _compared(old: Version, new: Version) -> Data:
    """Return what differs between two readings, field by field."""
    changes: dict[str, Any] = {}
    removed = added = 0
    too_long = max(len(old.body.split()), len(new.body.split())) > _MOST_COMPARED
    for name in _COMPARED:
        before, after = getattr(old, name) or "", getattr(new, name) or ""
        if before == after or (name == "body" and too_long):
            continue
        pieces = word_diff(before, after)
        gone, came = changed_words(pieces)
        removed, added = removed + gone, added + came
        changes[name] = [asdict(piece) for piece in pieces]
    return {"changes": changes, "words_removed": removed, "words_added": added, "too_long": too_long}


def file_name(uid: str, ending: str) -> str:
    """Return a name to save a download under: plain letters only.

    >>> file_name('laichau_tuyengiao/5120', "bib"), file_name('a/"; x=../b', "ris")
    ('laichau_tuyengiao-5120.bib', 'a----x----b.ris')
    """
    return re.sub(r"[^A-Za-z0-9_-]", "-", uid)[:80] + "." + ending
