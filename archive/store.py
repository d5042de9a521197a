"""The archive: one folder with an SQLite database and the WARC files its records lead to."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from archive import captures, frontier, recheck, recording, stored
from archive.citations import CitedIn, citing_articles, normal_document
from archive.database import FILE_NAME, connect, database_errors, database_path, transaction
from archive.database import create as create_database
from archive.errors import ArchiveError
from archive.export import export_articles, flat
from archive.frontier import ListingState
from archive.indexing import IndexWriter
from archive.model import Capture, Issue, Outcome, Reading, Sighting
from archive.near import TextIndex
from archive.recording import Pens
from archive.search import Results, search
from archive.stored import StoredArticle
from archive.summary import SiteSummary, summarise
from archive.verify import verify
from archive.warc import read_capture

_COUNTS: Final = (
    "requests", "bytes", "listings", "fetched", "new", "same", "changed", "duplicates", "issues",
)  # fmt: skip


class Archive:
    """An open archive. Read-only unless asked otherwise; use it in a `with` block.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Archive.open(folder, create=True) as archive:
    ...     results = archive.search("đảng bộ from:2021")
    ...     [hit.headline for hit in results], results.total
    ([], 0)

    Every writing method is one transaction: done whole when it returns, or not at all. Readers in other
    processes are never locked out. Raises ArchiveLocked when another writer does not finish in 30 s,
    ArchiveFull when the disk is full.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self.db = db
        """The connection, for SQL of one's own."""
        self.path = path
        """The database file."""
        self.folder = path.parent
        """The data folder: WARC files are named relative to it."""
        self._index = IndexWriter(db)
        self._texts = TextIndex(db)
        self._pens = Pens(db, self._index, self._texts)
        self._depth = 0

    @classmethod
    def open(cls, path: str | Path, *, readonly: bool = True, create: bool = False) -> Self:
        """Open the archive at `path`: an archive.db, or the data folder that holds one.

        With `create` a missing one is made. Raises ArchiveError when there is none, SchemaMismatch when it is
        newer than this code or not an archive, ArchiveUnwritable when the folder cannot be made or written.
        """
        file = database_path(path)
        if create:
            create_database(file)
        return cls(connect(file, readonly=readonly and not create), file)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ---------------------------------------------------------------------------------------------- crawls

    def add_site(
        self,
        *,
        name: str,
        title: str,
        publisher: str,
        level: str,
        province: str | None,
        home: str,
        family: str,
    ) -> None:
        """Enter a declared site, or renew what is declared of it."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO sites (name, title, publisher, level, province, home, family)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET title = excluded.title,"
                " publisher = excluded.publisher, level = excluded.level, province = excluded.province,"
                " home = excluded.home, family = excluded.family",
                (name, title, publisher, level, province or None, home, family),
            )

    def begin_run(self, site: str, *, started_at: str, command: str) -> int:
        """Enter the start of a run (UTC) and return its number."""
        process = f"{socket.gethostname()}:{os.getpid()}"
        with self._transaction() as db:
            cursor = db.execute(
                "INSERT INTO runs (site, command, process, started_at) VALUES (?, ?, ?, ?)",
                (site, command, process, started_at),
            )
        return int(cursor.lastrowid or 0)

    def finish_run(self, run: int, *, finished_at: str, reason: str, counts: Mapping[str, int]) -> None:
        """Enter the end of a run (UTC), why it ended, and what it counted (`left`: still to fetch)."""
        others = {name: n for name, n in counts.items() if name not in _COUNTS and name != "left"}
        sets = ", ".join(f"{name} = ?" for name in _COUNTS)
        with self._transaction() as db:
            db.execute(
                f"UPDATE runs SET finished_at = ?, reason = ?, remaining = ?, other_counts = ?, {sets}"
                " WHERE id = ?",
                (
                    finished_at,
                    reason,
                    counts.get("left"),
                    json.dumps(others),
                    *(counts.get(name) for name in _COUNTS),
                    run,
                ),
            )

    def batch(self) -> AbstractContextManager[sqlite3.Connection]:
        """Make all that is recorded in the `with` block one transaction: for imports and replays of many.

        Other writers wait meanwhile, so keep it to some seconds. An article that fails in it fails alone.
        """
        return self._transaction()

    def see(self, run: int, sightings: Sequence[Sighting], *, seen_at: str) -> list[Sighting]:
        """Record sightings; return those of articles that no listing had shown before, each once.

        A date shown now reaches an article recorded earlier without one, or with one from a weaker source.
        """
        with self._transaction() as db:
            new = frontier.see(db, run, sightings, seen_at)
            for sighting in sightings:
                if sighting.date is not None:
                    recording.learn_date(self._pens, sighting)
        return new

    def pending(self, site: str, *, now: str, limit: int | None = None) -> list[Sighting]:
        """Return what is still to fetch of a site and due at `now` (UTC), newest listing order first."""
        return frontier.pending(self.db, site, now, limit)

    def due_again(self, site: str, *, now: str, limit: int | None = None) -> list[Sighting]:
        """Return the archived articles due to be looked at again at `now` (UTC), longest due first.

        They are due a day, a week, a month, a quarter and every year after they were published or first seen.
        """
        return recheck.due_again(self.db, site, now, limit)

    def is_known(self, uid: str) -> bool:
        """Tell whether an article is archived or was seen on a listing before."""
        return frontier.is_known(self.db, uid)

    def sighting(self, uid: str) -> Sighting | None:
        """Return the richest sighting of an article, with a date if any has one; None if never seen."""
        return frontier.sighting_of(self.db, uid)

    def listing_state(self, site: str, listing_url: str) -> ListingState | None:
        """Return how far the pages of a section have been walked; None when they never were."""
        return frontier.listing_state(self.db, site, listing_url)

    def save_listing_state(
        self, site: str, listing_url: str, *, resume_url: str | None, completed_at: str | None
    ) -> None:
        """Note how far the pages of a section have been walked."""
        state = ListingState(
            site=site, listing_url=listing_url, resume_url=resume_url, completed_at=completed_at
        )
        with self._transaction() as db:
            frontier.save_listing_state(db, state)

    def warc_ends(self, site: str) -> dict[str, int]:
        """Return for each WARC file of a site where the last record known here ends: what `recover` needs."""
        rows = self.db.execute(
            "SELECT warc_file, max(warc_offset + warc_length) AS ended FROM captures"
            " WHERE warc_file GLOB ? GROUP BY warc_file",
            (f"warc/{site}/*",),
        )
        return {row["warc_file"]: row["ended"] for row in rows}

    # ------------------------------------------------------------------------------------------- recording

    def record(self, run: int, capture: Capture, reading: Reading, *, seen_as: str | None = None) -> Outcome:
        """Record one reading of one capture, its issues and duplicates, and mark its frontier entry done.

        `seen_as` is the uid under which a listing showed it, where the page turned out to be another one.
        """
        article = reading.article
        with self._transaction() as db:
            outcome = recording.record_article(self._pens, run, capture, reading)
            for issue in reading.issues:
                recording.add_issue(
                    db,
                    run,
                    issue,
                    at=capture.captured_at,
                    capture_id=captures.capture_id_of(db, capture),
                    uid=article.uid,
                )
            frontier.finish(db, {article.uid, seen_as or article.uid}, capture.captured_at)
        return outcome

    def report(
        self,
        run: int,
        issue: Issue,
        *,
        capture: Capture | None = None,
        uid: str | None = None,
        retry_at: str | None = None,
        park: bool = False,
    ) -> None:
        """Record an issue, and the capture it is about if there is one.

        The frontier entry of `uid` is due again at `retry_at`, or parked with the issue as its reason; with
        neither it is done. Of an archived article it is the re-check that is due again at `retry_at`.
        """
        with self._transaction() as db:
            capture_id = captures.add_capture(db, run, capture, "issue") if capture else None
            at = capture.captured_at if capture else _now()
            recording.add_issue(db, run, issue, at=at, capture_id=capture_id, uid=uid)
            if uid is None:
                return
            if park:
                frontier.park(db, uid, f"{issue.kind}: {issue.message}")
            elif retry_at is not None:
                frontier.postpone(db, run, uid, retry_at)
            else:
                frontier.finish(db, [uid], at)

    def keep(self, run: int, capture: Capture, *, kind: str) -> int:
        """Enter a capture that is no article (`listing`, `feed`, `sitemap`, `robots`); return its number."""
        with self._transaction() as db:
            return captures.add_capture(db, run, capture, kind)

    def mark_removed(self, run: int, capture: Capture, uid: str) -> None:
        """Enter the answer that shows an article to be gone; everything known of it is kept."""
        with self._transaction() as db:
            recording.remove_article(db, run, capture, uid)

    # --------------------------------------------------------------------------------------------- reading

    def article(self, uid: str) -> StoredArticle:
        """Return an article by its uid, as `laichau_tuyengiao/5120`. Raises ArchiveError if unknown."""
        with self._snapshot() as db:
            found = stored.find_article(db, uid)
        if found is None:
            raise ArchiveError(f"{self.path}: no article {uid}; find its uid with: vankho search WORDS")
        return found

    def capture(self, uid: str) -> Capture:
        """Return the capture behind an article's present reading, bytes and all, its digest checked.

        Raises ArchiveError for an unknown uid, CaptureMissing when the WARC record is gone or damaged.
        """
        article = self.article(uid)
        return read_capture(self.folder, article.warc_file, article.warc_offset)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, **filters: str | None) -> Results:
        """Return the articles that answer a query: see archive/query.py for what can be typed.

        Filters may be given by name too: site, province, author, section, from_, to.
        """
        with self._snapshot() as db:
            return search(db, query, limit=limit, offset=offset, **filters)

    def cites(self, document: str, *, province: str | None = None, limit: int | None = None) -> list[CitedIn]:
        """Return every mention of a Party or State document, newest article first.

        The number may be typed with stray spaces and without its first zero. Raises ArchiveError when it is
        none.
        """
        number = normal_document(document)
        if number is None:
            raise ArchiveError(f"{document}: no document number; write it as 05-CT/TW or 17/CT-UBND")
        return list(citing_articles(self.db, number, province=province, limit=limit))

    def verify(self, *, deep: bool = False) -> list[str]:
        """Return one line for every fault of the archive; none when it is whole. `deep` reads every byte."""
        return list(verify(self.db, self.folder, deep=deep))

    def to_pandas(self, query: str = "", **filters: str | None) -> Any:
        """Return the articles that answer a query (all for an empty one) as a pandas DataFrame.

        Columns as in the CSV export. Raises ModuleNotFoundError when pandas is not installed.
        """
        try:
            import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415 - optional, ships no types
        except ModuleNotFoundError as error:
            message = f"a data frame needs {error.name}, which is not installed; run: pip install pandas"
            raise ModuleNotFoundError(message, name=error.name) from error
        return pd.DataFrame([flat(record) for record in export_articles(self.db, query, **filters)])

    def summary(self, sites: Sequence[str] | None = None) -> list[SiteSummary]:
        """Return what the archive holds of each site, or of the named ones."""
        return summarise(self.db, sites)

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        """Let several queries see one state of the archive, whatever a crawl writes meanwhile."""
        own = not self.db.in_transaction
        with database_errors(self.path):
            if own:
                self.db.execute("BEGIN")
            else:
                self._index.write()
            try:
                yield self.db
            finally:
                if own:
                    self.db.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock for the body; the index keeps step, whether it is kept or undone."""
        held, self._depth = self._index.held, self._depth + 1
        outermost = self._depth == 1 or not self.db.in_transaction
        try:
            with transaction(self.db, self.path) as db:
                yield db
                if outermost:
                    self._index.write()
                    self._texts.sort_in()
        except BaseException:
            # A full disk undoes the whole batch, not this part of it alone.
            self._index.go_back(held if self.db.in_transaction else ())
            self._texts.forget()
            raise
        finally:
            self._depth -= 1
        if self._index.is_full:
            with database_errors(self.path):
                self._index.write()
                self._texts.sort_in()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["FILE_NAME", "Archive", "ListingState", "SiteSummary"]
