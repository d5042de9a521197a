"""What is known of articles not yet captured: sightings, the frontier, and how far listings were walked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.model import Sighting


@dataclass(frozen=True, kw_only=True, slots=True)
class ListingState:
    """How far the pages of one section have been walked."""

    site: str
    listing_url: str
    """The section's first page."""
    resume_url: str | None
    """The page to go on with; None when none is left to walk."""
    completed_at: str | None
    """When its last page was reached, UTC; None if never."""


_SIGHT: Final = """
INSERT INTO sightings (site, uid, listing_url, url, section, headline, description,
                       date, date_raw, date_source, first_seen_at, last_seen_at)
VALUES (:site, :uid, :listing_url, :url, :section, :headline, :description,
        :date, :date_raw, :date_source, :seen_at, :seen_at)
    ON CONFLICT (uid, listing_url) DO UPDATE
   SET url = excluded.url, last_seen_at = excluded.last_seen_at,
       section = coalesce(excluded.section, section),
       headline = coalesce(excluded.headline, headline),
       description = coalesce(excluded.description, description),
       date = coalesce(excluded.date, date),
       date_raw = CASE WHEN excluded.date IS NULL THEN date_raw ELSE excluded.date_raw END,
       date_source = CASE WHEN excluded.date IS NULL THEN date_source ELSE excluded.date_source END
"""


def see(db: sqlite3.Connection, run: int, sightings: Sequence[Sighting], seen_at: str) -> list[Sighting]:
    """Record every sighting; return the first of each article neither archived nor in the frontier before.

    An article archived without having been listed (imported) enters the frontier done.
    """
    new = []
    for sighting in sightings:
        db.execute(_SIGHT, _parameters(sighting, seen_at))
        entered = db.execute(
            "INSERT INTO frontier (uid, site, run_id, done_at)"
            " VALUES (:uid, :site, :run, (SELECT last_captured_at FROM articles WHERE uid = :uid))"
            " ON CONFLICT (uid) DO NOTHING RETURNING done_at",
            {"uid": sighting.uid, "site": sighting.site, "run": run},
        ).fetchone()
        if entered is not None and entered["done_at"] is None:
            new.append(sighting)
    return new


def _parameters(sighting: Sighting, seen_at: str) -> dict[str, str | None]:
    return {
        "site": sighting.site,
        "uid": sighting.uid,
        "listing_url": sighting.listing_url,
        "url": sighting.url,
        "section": sighting.section,
        "headline": sighting.headline,
        "description": sighting.description,
        "date": sighting.date,
        "date_raw": sighting.date_raw,
        "date_source": sighting.date_source,
        "seen_at": seen_at,
    }


def pending(db: sqlite3.Connection, site: str, now: str, limit: int | None = None) -> list[Sighting]:
    """Return the frontier of a site: seen, not done, due, not parked; the latest run's first."""
    rows = db.execute(
        "SELECT uid FROM frontier WHERE site = ? AND done_at IS NULL AND parked_reason IS NULL"
        " AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY run_id DESC, id LIMIT ?",
        (site, now, -1 if limit is None else limit),
    )
    found = (sighting_of(db, row["uid"]) for row in rows)
    return [sighting for sighting in found if sighting is not None]


def sighting_of(db: sqlite3.Connection, uid: str) -> Sighting | None:
    """Return the richest sighting of an article: the best dated one, its gaps filled from the others."""
    rows = db.execute("SELECT * FROM sightings WHERE uid = ? ORDER BY id", (uid,)).fetchall()
    if not rows:
        return None
    return _richest([_sighting(row) for row in rows])


def _richest(sightings: Sequence[Sighting]) -> Sighting:
    best = max(sightings, key=lambda s: (len(s.date or ""), s.section is not None, s.headline is not None))
    return replace(
        best,
        section=best.section or _first(s.section for s in sightings),
        headline=best.headline or _first(s.headline for s in sightings),
        description=best.description or _first(s.description for s in sightings),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _sighting(row: sqlite3.Row) -> Sighting:
    return Sighting(
        site=row["site"],
        url=row["url"],
        uid=row["uid"],
        listing_url=row["listing_url"],
        section=row["section"],
        headline=row["headline"],
        description=row["description"],
        date=row["date"],
        date_raw=row["date_raw"],
        date_source=row["date_source"],
    )


def is_known(db: sqlite3.Connection, uid: str) -> bool:
    """Tell whether an article is archived or has been seen on a listing before."""
    return bool(
        db.execute(
            "SELECT EXISTS (SELECT 1 FROM frontier WHERE uid = :uid)"
            " OR EXISTS (SELECT 1 FROM articles WHERE uid = :uid)",
            {"uid": uid},
        ).fetchone()[0]
    )


def finish(db: sqlite3.Connection, uids: Iterable[str], at: str) -> None:
    """Mark frontier entries done. Belongs in the transaction that records what was fetched."""
    db.executemany(
        "UPDATE frontier SET done_at = ?, next_try_at = NULL, parked_reason = NULL WHERE uid = ?",
        [(at, uid) for uid in uids],
    )


def postpone(db: sqlite3.Connection, run: int, uid: str, retry_at: str) -> None:
    """Note a failed attempt; the entry is due again at `retry_at` (UTC).

    That of an archived article stays done: it is its re-check that waits.
    """
    db.execute(
        "INSERT INTO frontier (uid, site, run_id, done_at)"
        " SELECT uid, site, ?, last_captured_at FROM articles WHERE uid = ? AND site IS NOT NULL"
        " ON CONFLICT (uid) DO NOTHING",
        (run, uid),
    )
    db.execute("UPDATE frontier SET attempts = attempts + 1, next_try_at = ? WHERE uid = ?", (retry_at, uid))


def park(db: sqlite3.Connection, uid: str, reason: str) -> None:
    """Give an entry up until someone asks for it again, with the reason."""
    db.execute(
        "UPDATE frontier SET attempts = attempts + 1, next_try_at = NULL, done_at = NULL, parked_reason = ?"
        " WHERE uid = ?",
        (reason, uid),
    )


def listing_state(db: sqlite3.Connection, site: str, listing_url: str) -> ListingState | None:
    """Return how far a section was walked; None when it never was."""
    row = db.execute("SELECT * FROM listings WHERE site = ? AND url = ?", (site, listing_url)).fetchone()
    if row is None:
        return None
    return ListingState(
        site=row["site"],
        listing_url=row["url"],
        resume_url=row["resume_url"],
        completed_at=row["completed_at"],
    )


def save_listing_state(db: sqlite3.Connection, state: ListingState) -> None:
    """Note how far a section has been walked."""
    db.execute(
        "INSERT INTO listings (site, url, resume_url, completed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (site, url) DO UPDATE SET resume_url = excluded.resume_url,"
        " completed_at = excluded.completed_at",
        (state.site, state.listing_url, state.resume_url, state.completed_at),
    )
