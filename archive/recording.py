"""Recording what was fetched: one article, one capture, one outcome, within the caller's transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any, Final

from archive import captures, citations, dedup, frontier, indexing, versions
from archive.indexing import IndexWriter
from archive.model import Article, Capture, Issue, Outcome, Reading, Sighting
from archive.near import TextIndex
from archive.rows import article_from_row, json_of

_COLUMNS: Final = (
    "uid", "site", "family", "url", "headline", "description", "body", "authors", "author_role", "byline",
    "source", "section", "keywords", "date_published", "date_published_raw", "date_source", "date_precision",
    "view_count", "read_by", "capture_id", "first_captured_at", "last_captured_at", "removed_at", "text_id",
    "content_digest", "search_rowid",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)
_UPDATE: Final = f"UPDATE articles SET {', '.join(f'{name} = :{name}' for name in _COLUMNS)} WHERE id = :id"


@dataclass(frozen=True, slots=True)
class Pens:
    """What articles are written with: the connection, and the two indexes that hold entries back."""

    db: sqlite3.Connection
    index: IndexWriter
    texts: TextIndex


def record_article(pens: Pens, run: int, capture: Capture, reading: Reading) -> Outcome:
    """Record one reading of one capture and say what became of it.

    A known article whose folded headline and body are unchanged is read again in place; changed ones push
    the earlier reading into versions, unless both were read from the same bytes (a rule was mended). An
    older capture than the newest known never replaces it: it takes its place in the history.
    """
    db, article = pens.db, reading.article
    known = db.execute("SELECT * FROM articles WHERE uid = ?", (article.uid,)).fetchone()
    if known is None:
        return _enter(pens, run, capture, article)
    if capture.captured_at < captures.captured_at(db, known["capture_id"]):
        return versions.enter_past(db, run, capture, article, known)
    return _renew(pens, run, capture, article, known)


def add_issue(
    db: sqlite3.Connection,
    run: int,
    issue: Issue,
    *,
    at: str,
    capture_id: int | None = None,
    uid: str | None = None,
) -> None:
    """Enter an issue of a run."""
    db.execute(
        "INSERT INTO issues (run_id, site, kind, severity, message, url, uid, capture_id, reported_at)"
        " VALUES (?, coalesce(?, (SELECT site FROM runs WHERE id = ?)), ?, ?, ?, ?, ?, ?, ?)",
        (run, issue.site, run, issue.kind, issue.severity, issue.message, issue.url, uid, capture_id, at),
    )


# From where a date is best taken: the order of `date_source`, the most trusted first.
_TRUST: Final = ("page", "meta", "listing", "feed", "sitemap", "url")


def learn_date(pens: Pens, sighting: Sighting) -> bool:
    """Give an article recorded earlier the date a listing shows now, if it has none or one less trusted.

    A date the page prints is never replaced, not even one that could not be read. Tells whether it did.
    """
    db, index = pens.db, pens.index
    source = sighting.date_source or "listing"
    weaker = _TRUST[_TRUST.index(source) + 1 :]
    known = db.execute(
        "SELECT * FROM articles WHERE uid = ? AND (date_published IS NULL AND date_published_raw IS NULL"
        f" OR date_source IN ({', '.join('?' * len(weaker))}))",
        (sighting.uid, *weaker),
    ).fetchone()
    if known is None or sighting.date is None:
        return False
    row = known["search_rowid"]
    if not indexing.fits(row, sighting.date):
        row = indexing.free_rowid(db, sighting.date)
        texts = indexing.indexed_texts(article_from_row(db, known))
        index.remove(known["search_rowid"], texts)
        index.enter(row, texts)
    rule = f"{source}: date beside the link" if source == "listing" else f"{source}: date"
    db.execute(
        "UPDATE articles SET date_published = ?, date_published_raw = ?, date_source = ?, date_precision = ?,"
        " read_by = json_set(read_by, '$.date_published', ?), search_rowid = ? WHERE id = ?",
        (
            sighting.date,
            sighting.date_raw or sighting.date,
            source,
            _precision(sighting.date),
            rule,
            row,
            known["id"],
        ),
    )
    _relink(db, known["text_id"])
    return True


def _precision(date: str) -> str:
    by_length = {4: "year", 7: "month", 10: "day"}
    return by_length.get(len(date)) or ("minute" if date[17:19] == "00" else "second")


def remove_article(db: sqlite3.Connection, run: int, capture: Capture, uid: str) -> None:
    """Keep the answer that shows an article to be gone, and note since when it is."""
    row = db.execute("SELECT id, last_captured_at FROM articles WHERE uid = ?", (uid,)).fetchone()
    captures.add_capture(db, run, capture, "gone", row["id"] if row else None)
    frontier.finish(db, [uid], capture.captured_at)
    if row and capture.captured_at >= row["last_captured_at"]:
        db.execute(
            "UPDATE articles SET removed_at = coalesce(removed_at, ?) WHERE id = ?",
            (capture.captured_at, row["id"]),
        )


# -------------------------------------------------------------------------------------- the two ways in


def _enter(pens: Pens, run: int, capture: Capture, article: Article) -> Outcome:
    db = pens.db
    capture_id = captures.add_capture(db, run, capture, "article")
    text_id, is_alone = _text_of(pens, article)
    values = _values(article) | {
        "text_id": text_id,
        "capture_id": capture_id,
        "first_captured_at": capture.captured_at,
        "last_captured_at": capture.captured_at,
        "removed_at": None,
        "search_rowid": indexing.free_rowid(db, article.date_published),
    }
    article_id = int(db.execute(_INSERT, values).lastrowid or 0)
    db.execute("UPDATE captures SET article_id = ? WHERE id = ?", (article_id, capture_id))
    _enter_parts(db, article_id, article)
    pens.index.enter(values["search_rowid"], indexing.indexed_texts(article))
    if is_alone:  # most texts are one article's and like no other: there is nothing to link
        return Outcome.NEW
    _relink(db, text_id)
    return Outcome.DUPLICATE if dedup.repeats_another(db, article_id) else Outcome.NEW


def _renew(pens: Pens, run: int, capture: Capture, article: Article, known: sqlite3.Row) -> Outcome:
    db, index = pens.db, pens.index
    earlier = article_from_row(db, known)
    article = _keep_date(article, earlier)
    same_bytes = captures.digest_of(db, known["capture_id"]) == capture.digest
    capture_id = captures.add_capture(db, run, capture, "article", known["id"])
    values = _values(article) | {
        "text_id": _text_of(pens, article)[0],
        "capture_id": capture_id,
        "first_captured_at": known["first_captured_at"],
        "last_captured_at": max(known["last_captured_at"], capture.captured_at),
        "removed_at": None if _is_back(known, capture) else known["removed_at"],
        "search_rowid": known["search_rowid"],
    }
    if not indexing.fits(known["search_rowid"], article.date_published):
        values["search_rowid"] = indexing.free_rowid(db, article.date_published)
    changed = values["content_digest"] != known["content_digest"]
    if changed and not same_bytes:
        versions.push_version(db, known, capture.captured_at)
    before, after = indexing.indexed_texts(earlier), indexing.indexed_texts(article)
    if (before, known["search_rowid"]) != (after, values["search_rowid"]):
        index.remove(known["search_rowid"], before)
        index.enter(values["search_rowid"], after)
    db.execute(_UPDATE, values | {"id": known["id"]})
    _drop_parts(db, known["id"])
    _enter_parts(db, known["id"], article)
    moved = known["text_id"] != values["text_id"]
    freed = dedup.unlink(db, known["id"]) if moved else ()
    if moved:
        _relink(db, known["text_id"])
    if moved or known["date_published"] != article.date_published:
        _relink(db, values["text_id"])
    for text_id in freed:
        dedup.link_like(db, text_id)
    return Outcome.CHANGED if changed and not same_bytes else Outcome.SAME


# --------------------------------------------------------------------------------------------------- parts


def _text_of(pens: Pens, article: Article) -> tuple[int | None, bool]:
    """Return the text an article is compared by, None when it is too short, and whether it stands alone."""
    words = dedup.compared_words(article)
    return (None, True) if words is None else dedup.text_of(pens.db, pens.texts, words)


def _values(article: Article) -> dict[str, Any]:
    return {
        "uid": article.uid,
        "site": article.site,
        "family": article.family,
        "url": article.url,
        "headline": article.headline,
        "description": article.description,
        "body": article.body,
        "authors": json_of(article.authors),
        "author_role": article.author_role,
        "byline": article.byline,
        "source": article.source,
        "section": article.section,
        "keywords": json_of(article.keywords),
        "date_published": article.date_published,
        "date_published_raw": article.date_published_raw,
        "date_source": article.date_source,
        "date_precision": article.date_precision,
        "view_count": article.view_count,
        "read_by": json_of(dict(article.read_by)),
        "content_digest": dedup.content_digest(article.headline, article.body),
    }


def _enter_parts(db: sqlite3.Connection, article_id: int, article: Article) -> None:
    db.executemany(
        "INSERT INTO images (article_id, position, url, caption, credit) VALUES (?, ?, ?, ?, ?)",
        [
            (article_id, n, image.url, image.caption, image.credit)
            for n, image in enumerate(article.images, 1)
        ],
    )
    citations.enter_citations(db, article_id, article.site, article.body)
    db.executemany(
        "INSERT INTO attachments (article_id, position, url, title) VALUES (?, ?, ?, ?)",
        [(article_id, n, file.url, file.title) for n, file in enumerate(article.attachments, 1)],
    )


def _drop_parts(db: sqlite3.Connection, article_id: int) -> None:
    for table in ("images", "attachments", "citations"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))


def _relink(db: sqlite3.Connection, text_id: int | None) -> None:
    if text_id is not None:
        dedup.relink(db, text_id)


def _keep_date(article: Article, earlier: Article) -> Article:
    """Keep a date the page does not print: a re-check knows nothing of the listing that gave it."""
    if article.date_published or article.date_published_raw or not earlier.date_published:
        return article
    read_by = dict(article.read_by)
    if rule := earlier.read_by.get("date_published"):
        read_by["date_published"] = rule
    return replace(
        article,
        date_published=earlier.date_published,
        date_published_raw=earlier.date_published_raw,
        date_source=earlier.date_source,
        date_precision=earlier.date_precision,
        read_by=read_by,
    )


def _is_back(known: sqlite3.Row, capture: Capture) -> bool:
    return bool(known["removed_at"] and capture.captured_at > known["removed_at"])
