"""Earlier readings of an article: those a newer one replaced, and those met later than they were captured."""

from __future__ import annotations

import sqlite3

from archive import captures, dedup
from archive.model import Article, Capture, Outcome
from archive.rows import article_from_row, json_of


def push_version(db: sqlite3.Connection, known: sqlite3.Row, replaced_at: str) -> None:
    """Keep the reading an article has as a version, before a newer one replaces it."""
    read_at = captures.captured_at(db, known["capture_id"])
    article = article_from_row(db, known)
    _insert(db, known["id"], known["capture_id"], read_at, replaced_at, article, known["content_digest"])


def enter_past(
    db: sqlite3.Connection, run: int, capture: Capture, article: Article, known: sqlite3.Row
) -> Outcome:
    """Give an older capture, met later (an imported WARC), its place in the article's history."""
    capture_id = captures.add_capture(db, run, capture, "article", known["id"])
    db.execute(
        "UPDATE articles SET first_captured_at = min(first_captured_at, ?) WHERE id = ?",
        (capture.captured_at, known["id"]),
    )
    digest = dedup.content_digest(article.headline, article.body)
    following = db.execute(
        "SELECT captured_at, content_digest FROM versions WHERE article_id = ? AND captured_at > ?"
        " ORDER BY captured_at LIMIT 1",
        (known["id"], capture.captured_at),
    ).fetchone()
    replaced_at = following["captured_at"] if following else captures.captured_at(db, known["capture_id"])
    if digest == (following or known)["content_digest"]:
        return Outcome.SAME
    preceding = db.execute(
        "SELECT content_digest FROM versions WHERE article_id = ? AND captured_at <= ?"
        " ORDER BY captured_at DESC LIMIT 1",
        (known["id"], capture.captured_at),
    ).fetchone()
    if preceding and preceding["content_digest"] == digest:
        return Outcome.SAME
    _insert(db, known["id"], capture_id, capture.captured_at, replaced_at, article, digest)
    return Outcome.CHANGED


def _insert(
    db: sqlite3.Connection,
    article_id: int,
    capture_id: int,
    captured_at: str,
    replaced_at: str,
    article: Article,
    digest: str,
) -> None:
    db.execute(
        "INSERT INTO versions (article_id, capture_id, captured_at, replaced_at, headline, description, body,"
        " authors, byline, source, date_published, date_published_raw, content_digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (article_id, captured_at, content_digest) DO NOTHING",
        (
            article_id,
            capture_id,
            captured_at,
            replaced_at,
            article.headline,
            article.description,
            article.body,
            json_of(article.authors),
            article.byline,
            article.source,
            article.date_published,
            article.date_published_raw,
            digest,
        ),
    )
