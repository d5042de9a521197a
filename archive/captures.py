"""The index of what the WARC files hold: one row a capture, found by its file and offset."""

from __future__ import annotations

import sqlite3

from archive.model import Capture


def add_capture(
    db: sqlite3.Connection, run: int, capture: Capture, kind: str, article_id: int | None = None
) -> int:
    """Enter a capture in the index of the WARC files and return its id; the one that is there, if it is."""
    known = capture_id_of(db, capture)
    if known is not None:
        db.execute(
            "UPDATE captures SET kind = ?, article_id = coalesce(?, article_id) WHERE id = ?",
            (kind, article_id, known),
        )
        return known
    content_type = capture.header("Content-Type") or ""
    cursor = db.execute(
        "INSERT INTO captures (run_id, kind, article_id, url, captured_at, status, mime, digest, warc_file,"
        " warc_offset, warc_length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run,
            kind,
            article_id,
            capture.url,
            capture.captured_at,
            capture.status,
            content_type.partition(";")[0].strip().lower() or None,
            capture.digest,
            capture.warc_file,
            capture.warc_offset,
            capture.warc_length,
        ),
    )
    return int(cursor.lastrowid or 0)


def capture_id_of(db: sqlite3.Connection, capture: Capture) -> int | None:
    """Return the id of a capture that is entered already; None when it is not."""
    row = db.execute(
        "SELECT id FROM captures WHERE warc_file = ? AND warc_offset = ?",
        (capture.warc_file, capture.warc_offset),
    ).fetchone()
    return None if row is None else int(row["id"])


def captured_at(db: sqlite3.Connection, capture_id: int) -> str:
    """Return when a capture was made, in UTC."""
    return str(_column(db, capture_id, "captured_at"))


def digest_of(db: sqlite3.Connection, capture_id: int) -> str:
    """Return the digest of a capture's payload."""
    return str(_column(db, capture_id, "digest"))


def _column(db: sqlite3.Connection, capture_id: int, name: str) -> object:
    return db.execute(f"SELECT {name} FROM captures WHERE id = ?", (capture_id,)).fetchone()[0]
