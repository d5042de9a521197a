"""Is the archive whole? The database against itself, and against the bytes it was made from."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archive import dedup
from archive.errors import CaptureMissing
from archive.fixity import read_manifest
from archive.rows import article_from_row
from archive.warc_reader import find_warc, read_capture

Problems = Iterator[str]


def verify(db: sqlite3.Connection, folder: Path, *, deep: bool = False) -> Problems:
    """Yield one line for everything that is not as it should be; nothing when all is well.

    Always: SQLite's own checks, foreign keys, both spellings of the full-text index, rows without their
    counterparts, digests of texts, WARC files gone or of another size. With `deep` also every capture's
    bytes and every closed WARC file's digest: as long as reading the disk takes.
    """
    for check in _CHECKS:
        yield from check(db)
    yield from _check_files(db, folder)
    if deep:
        yield from _check_manifest(folder)
        yield from _check_captures(db, folder)


def _check_sqlite(db: sqlite3.Connection) -> Problems:
    for row in db.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"database: {row[0]}; restore the newest backup"


def _check_foreign_keys(db: sqlite3.Connection) -> Problems:
    for row in db.execute("PRAGMA foreign_key_check"):
        yield f"{row['table']}: row {row['rowid']} points to no row of {row['parent']}"


def _check_index(db: sqlite3.Connection) -> Problems:
    try:
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY:
            raise
    except sqlite3.DatabaseError as error:
        yield f"full-text index: {error}"
    for row in db.execute(
        "SELECT uid FROM articles WHERE search_rowid NOT IN (SELECT id FROM articles_fts_docsize)"
    ):
        yield f"full-text index: {row['uid']} is not in it"
    for row in db.execute(
        "SELECT id FROM articles_fts_docsize WHERE id NOT IN (SELECT search_rowid FROM articles)"
    ):
        yield f"full-text index: entry {row['id']} belongs to no article"


_ORPHANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "frontier entries without a sighting": """
            SELECT uid FROM frontier WHERE uid NOT IN (SELECT uid FROM sightings) AND done_at IS NULL""",
        "sightings outside the frontier": """
            SELECT uid FROM sightings WHERE uid NOT IN (SELECT uid FROM frontier)""",
        "articles still waiting in the frontier though never tried again": """
            SELECT a.uid FROM articles a JOIN frontier f USING (uid)
             WHERE f.done_at IS NULL AND f.attempts = 0 AND f.parked_reason IS NULL""",
        "captures of articles that belong to none": """
            SELECT url FROM captures WHERE kind = 'article' AND article_id IS NULL""",
        "articles whose capture is another's": """
            SELECT a.uid FROM articles a JOIN captures c ON c.id = a.capture_id WHERE c.article_id <> a.id""",
        "text bands of no text": """
            SELECT band FROM text_bands WHERE text_id NOT IN (SELECT id FROM texts)""",
        "text fragments of no text": """
            SELECT fragment FROM text_fragments
             WHERE text_id <> 0 AND text_id NOT IN (SELECT id FROM texts)""",
    }
)


def _check_orphans(db: sqlite3.Connection) -> Problems:
    for what, sql in _ORPHANS.items():
        rows = db.execute(sql).fetchall()
        if rows:
            yield f"{len(rows)} {what}, the first: {rows[0][0]}"


def _check_digests(db: sqlite3.Connection) -> Problems:
    rows = db.execute(
        "SELECT a.*, t.digest AS text_digest FROM articles a LEFT JOIN texts t ON t.id = a.text_id"
    )
    for row in rows:
        if dedup.content_digest(row["headline"], row["body"]) != row["content_digest"]:
            yield f"{row['uid']}: headline and body do not have the digest they were recorded with"
            continue
        words = dedup.compared_words(article_from_row(db, row))
        if (None if words is None else dedup.digest_of(words)) != row["text_digest"]:
            yield f"{row['uid']}: its text is not the one it is compared by"


def _check_files(db: sqlite3.Connection, folder: Path) -> Problems:
    sizes = {fixity.warc_file: fixity.size for fixity in read_manifest(folder)}
    rows = db.execute(
        "SELECT warc_file, max(warc_offset + warc_length) AS ended FROM captures GROUP BY warc_file"
    )
    for row in rows:
        path = find_warc(folder, row["warc_file"])
        if path is None:
            yield f"{row['warc_file']}: gone; restore it from a backup of the data folder"
            continue
        size = path.stat().st_size
        if size < row["ended"]:
            yield f"{row['warc_file']}: cut short, {size} bytes of at least {row['ended']}"
        elif row["warc_file"] in sizes and size != sizes[row["warc_file"]]:
            yield f"{row['warc_file']}: {size} bytes, but {sizes[row['warc_file']]} when it was closed"


def _check_manifest(folder: Path) -> Problems:
    for fixity in read_manifest(folder):
        path = folder / fixity.warc_file
        if not path.is_file():
            yield f"{fixity.warc_file}: gone; restore it from a backup of the data folder"
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != fixity.digest:
                yield f"{fixity.warc_file}: not the bytes it was closed with"


def _check_captures(db: sqlite3.Connection, folder: Path) -> Problems:
    for row in db.execute("SELECT * FROM captures ORDER BY warc_file, warc_offset"):
        where = f"{row['warc_file']} at byte {row['warc_offset']}"
        try:
            capture = read_capture(folder, row["warc_file"], row["warc_offset"])
        except CaptureMissing as error:
            yield str(error)
            continue
        if (capture.url, capture.digest) != (row["url"], row["digest"]):
            yield f"{where}: holds another capture than the database says ({row['url']})"


_CHECKS: Final[tuple[Callable[[sqlite3.Connection], Problems], ...]] = (
    _check_sqlite,
    _check_foreign_keys,
    _check_index,
    _check_orphans,
    _check_digests,
)
