"""The database file: created, opened, checked for its schema, upgraded with a backup, and locked briefly."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from archive import migrations
from archive.errors import ArchiveError, ArchiveFull, ArchiveLocked, ArchiveUnwritable, SchemaMismatch
from archive.provinces import read_provinces
from archive.storage import storage_errors

FILE_NAME: Final = "archive.db"
APPLICATION_ID: Final = 1986096747
SCHEMA_VERSION: Final = 2
# A crawler's own transactions take milliseconds; whoever holds the lock longer is an import or a backup.
BUSY_SECONDS: Final = 30.0

_HERE: Final = Path(__file__).parent


def database_path(path: str | Path) -> Path:
    """Return the database file of `path`, which may be that file or the data folder it lies in."""
    path = Path(path)
    return path if path.suffix == ".db" else path / FILE_NAME


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """Open an existing archive of the right schema. An older one is backed up and upgraded first.

    Raises SchemaMismatch for a newer one or another program's database, ArchiveError when there is none.
    """
    if not path.is_file():
        raise ArchiveError(f"{path}: no archive there; make one with: vankho crawl, or give another --data")
    with database_errors(path):
        with closing(_open_to_read(path)) as db:
            version = _version(db, path)
        if version < SCHEMA_VERSION:
            upgrade(path)
        return _open_to_read(path) if readonly else _open(path, "mode=rw")


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Open read-only, also where nothing can be written: a mounted image, another user's folder."""
    try:
        return _open(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # WAL needs a file beside the database, unless nobody is writing and nobody can.
        closed = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not closed or os.access(path.parent, os.W_OK):
            raise
        return _open(path, "immutable=1")


def create(path: Path) -> None:
    """Create an empty archive at `path`; one that exists is left as it is.

    Raises ArchiveUnwritable when the folder cannot be made or written, ArchiveFull on a full disk.
    """
    with storage_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    with database_errors(path), closing(_open(path, "mode=rwc")) as db:
        if not _is_blank(db):
            return
        # Outside the transaction: it cannot be changed within one. It stays with the file.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("BEGIN IMMEDIATE")
        if _is_blank(db):  # and not made by another process meanwhile
            for statement in migrations.statements((_HERE / "schema.sql").read_text(encoding="utf-8")):
                db.execute(statement)
            db.executemany("INSERT INTO provinces (name, successor) VALUES (?, ?)", read_provinces())
        db.commit()


def _is_blank(db: sqlite3.Connection) -> bool:
    """Tell whether nothing is in a database yet: new, or its making was killed."""
    return not any(
        db.execute(sql).fetchone()[0]
        for sql in ("SELECT count(*) FROM sqlite_master", "PRAGMA application_id", "PRAGMA user_version")
    )


def upgrade(path: Path, steps: Path | None = None) -> Path:
    """Back an older archive up beside itself, take every step it needs, and return the backup's path."""
    try:
        with closing(_open(path, "mode=rw")) as db:
            version = _version(db, path)
            backup = path.with_name(f"{path.stem}-schema{version}-backup{path.suffix}")
            db.execute("BEGIN IMMEDIATE")  # nobody writes between the backup and the upgrade's first step
            _back_up(path, backup)
            db.rollback()
            for step in migrations.steps_after(version, steps or migrations.FOLDER):
                migrations.take(db, step)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise SchemaMismatch(
                f"{path}: made by an older version, and it cannot be upgraded where it cannot be written; "
                "copy it to a folder of your own and open it there"
            ) from error
        raise
    return backup


def _back_up(path: Path, backup: Path) -> None:
    with closing(_open(path, "mode=ro")) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)


def _open(path: Path, how: str) -> sqlite3.Connection:
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        # With WAL a power failure may lose the last commits, never the file's integrity; what is lost is
        # fetched again.
        db.execute("PRAGMA synchronous = NORMAL")
        # Some systems' SQLite writes zeros over all it frees; merging the index then costs twice as much.
        db.execute("PRAGMA secure_delete = OFF")
        db.execute(
            "PRAGMA cache_size = -65536"
        )  # 64 MiB: the inner pages of every index at a million articles
        db.execute("SELECT count(*) FROM sqlite_master")  # the file is first touched here
    except BaseException:
        db.close()
        raise
    return db


def _version(db: sqlite3.Connection, path: Path) -> int:
    """Return the archive's schema version; SchemaMismatch when it is newer than the code or no archive."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise SchemaMismatch(f"{path}: not an archive of vankho; give the path of an {FILE_NAME}")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise SchemaMismatch(
            f"{path}: made by a newer version (schema {version}, this one reads {SCHEMA_VERSION}); "
            "install the newer vankho"
        )
    return version


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises for locks, full disks, closed folders and other files into our own errors."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ArchiveLocked(
                f"{path}: another process is writing, and not done in {BUSY_SECONDS:.0f} s{_writers(path)}; "
                "wait for it or end it, then run again"
            ) from error
        if code == sqlite3.SQLITE_FULL:
            raise ArchiveFull(
                f"{path}: the disk is full; what was being written is undone; free some space and run again"
            ) from error
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise ArchiveUnwritable(
                f"{path}: cannot be written ({error}); choose another data folder or mend its permissions"
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise SchemaMismatch(f"{path}: not an archive, nor any database; give an {FILE_NAME}") from error
        raise


def _writers(path: Path) -> str:
    """Name the runs that have not ended: in WAL mode they can be read while another process writes."""
    try:
        with closing(_open(path, "mode=ro")) as db:
            runs = db.execute(
                "SELECT id, site, process, started_at FROM runs"
                " WHERE finished_at IS NULL ORDER BY id DESC LIMIT 3"
            ).fetchall()
    except sqlite3.Error:
        return ""
    return "".join(
        f" (run {run['id']} of {run['site']}, process {run['process']}, since {run['started_at']})"
        for run in runs
    )


@contextmanager
def transaction(db: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock for the body: committed at its end, undone when it raises.

    Within another transaction it is a part of that one, undone by itself when it raises.
    """
    nested = db.in_transaction
    begin, commit, undo = _NESTED if nested else _OUTERMOST
    with database_errors(path):
        db.execute(begin)
        try:
            yield db
            db.execute(commit)
        except BaseException:
            # A full disk has already rolled everything back.
            if db.in_transaction:
                for statement in undo:
                    db.execute(statement)
            raise


_OUTERMOST: Final = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_NESTED: Final = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
