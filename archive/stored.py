"""An article as the archive holds it: its latest reading, and all that is known around it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from archive.model import Article
from archive.rows import article_fields


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One reading of an article; the last of its history is the present one."""

    number: int
    """1 is the oldest."""
    captured_at: str
    """When the bytes it was read from were fetched, UTC."""
    replaced_at: str | None
    """When the site was first found with another text, UTC; None for the present one."""
    headline: str
    description: str | None
    body: str
    authors: tuple[str, ...]
    byline: str | None
    source: str | None
    date_published: str | None
    digest: str
    """Of the payload it was read from: `sha256:` + hex."""
    warc_file: str
    warc_offset: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Duplicate:
    """Another article with the same or nearly the same text."""

    uid: str
    site: str | None
    date_published: str | None
    headline: str
    kind: str
    """`exact`, `near` or `excerpt`."""
    similarity: float
    """1.0 for an exact one."""
    earlier: bool
    """Whether the other is the one printed first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """A time in which the site did not show an article, as far as it was asked for."""

    found_gone_at: str
    """When the site was first found without it, UTC."""
    status: int
    """HTTP status of that answer: 404, 410, or 200 of a page that says so or is the home page."""
    found_back_at: str | None
    """When it was first found back, UTC; None while it is gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredArticle(Article):
    """An article's latest reading with its provenance, sections, duplicates and history."""

    id: int
    """Row in `articles`."""
    captured_at: str
    """When the bytes of this reading were fetched, UTC."""
    first_captured_at: str
    last_captured_at: str
    removed_at: str | None
    """When the site was first found without it; None while it is there."""
    digest: str
    """Of the payload as received: `sha256:` + hex."""
    warc_file: str
    warc_offset: int
    warc_length: int
    sections: tuple[str, ...]
    """Every section it was listed in or prints itself."""
    duplicates: tuple[Duplicate, ...]
    absences: tuple[Absence, ...]
    """Every removal with its return, oldest first."""
    site_title: str | None
    publisher: str | None
    load_history: Callable[[], tuple[Version, ...]] = field(repr=False, compare=False)

    @property
    def history(self) -> tuple[Version, ...]:
        """Every reading of the article, oldest first; the last is the present one."""
        return self.load_history()


_ARTICLE = """
SELECT a.*, c.captured_at, c.digest, c.warc_file, c.warc_offset, c.warc_length, s.title AS site_title,
       s.publisher
  FROM articles a
  JOIN captures c ON c.id = a.capture_id
  LEFT JOIN sites s ON s.name = a.site
 WHERE a.uid = ?
"""


def find_article(db: sqlite3.Connection, uid: str) -> StoredArticle | None:
    """Return an article by its uid; None when the archive has none of that uid."""
    row = db.execute(_ARTICLE, (uid,)).fetchone()
    if row is None:
        return None
    fields: dict[str, Any] = article_fields(db, row)
    for name in (
        "id", "captured_at", "first_captured_at", "last_captured_at", "removed_at", "digest", "warc_file",
        "warc_offset", "warc_length", "site_title", "publisher",
    ):  # fmt: skip
        fields[name] = row[name]
    return StoredArticle(
        **fields,
        sections=_sections(db, uid),
        duplicates=_duplicates(db, row["id"]),
        absences=_absences(db, row["id"]),
        load_history=lambda: history_of(db, uid),
    )


def _sections(db: sqlite3.Connection, uid: str) -> tuple[str, ...]:
    # What the view `article_sections` holds of one article: asked of the view itself, SQLite reads all of it.
    rows = db.execute(
        "SELECT section FROM ("
        "SELECT section, 0 AS listed FROM articles WHERE uid = :uid AND section IS NOT NULL"
        " UNION ALL SELECT section, 1 FROM sightings WHERE uid = :uid AND section IS NOT NULL)"
        " GROUP BY section ORDER BY min(listed), section",
        {"uid": uid},
    )
    return tuple(row["section"] for row in rows)


_DUPLICATES = """
SELECT * FROM (
SELECT o.uid, o.site, o.date_published, o.headline, d.kind, d.similarity, 1 AS earlier
  FROM duplicates d JOIN articles o ON o.id = d.original_id WHERE d.article_id = :id
UNION ALL
SELECT a.uid, a.site, a.date_published, a.headline, d.kind, d.similarity, 0
  FROM duplicates d JOIN articles a ON a.id = d.article_id WHERE d.original_id = :id)
 ORDER BY earlier DESC, date_published IS NULL, date_published, uid
"""


def _duplicates(db: sqlite3.Connection, article_id: int) -> tuple[Duplicate, ...]:
    return tuple(
        Duplicate(
            uid=row["uid"],
            site=row["site"],
            date_published=row["date_published"],
            headline=row["headline"],
            kind=row["kind"],
            similarity=row["similarity"],
            earlier=bool(row["earlier"]),
        )
        for row in db.execute(_DUPLICATES, {"id": article_id})
    )


_ANSWERS = """
SELECT kind, captured_at, status FROM captures
 WHERE article_id = ? AND kind IN ('article', 'gone') ORDER BY captured_at, id
"""


def _absences(db: sqlite3.Connection, article_id: int) -> tuple[Absence, ...]:
    found: list[Absence] = []
    for row in db.execute(_ANSWERS, (article_id,)):
        is_gone = bool(found) and found[-1].found_back_at is None
        if row["kind"] == "gone" and not is_gone:
            found.append(Absence(found_gone_at=row["captured_at"], status=row["status"], found_back_at=None))
        elif row["kind"] == "article" and is_gone:
            found[-1] = replace(found[-1], found_back_at=row["captured_at"])
    return tuple(found)


def history_of(db: sqlite3.Connection, uid: str) -> tuple[Version, ...]:
    """Return every reading of an article, oldest first; empty when there is no such article."""
    return tuple(
        Version(
            number=row["number"],
            captured_at=row["captured_at"],
            replaced_at=row["replaced_at"],
            headline=row["headline"],
            description=row["description"],
            body=row["body"],
            authors=tuple(json.loads(row["authors"])),
            byline=row["byline"],
            source=row["source"],
            date_published=row["date_published"],
            digest=row["digest"],
            warc_file=row["warc_file"],
            warc_offset=row["warc_offset"],
        )
        for row in db.execute("SELECT * FROM history WHERE uid = ? ORDER BY number", (uid,))
    )
