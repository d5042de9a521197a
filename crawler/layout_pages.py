"""What the archive knows of a site's pages that tells one layout from another, for one run and before it.

Nothing is stored for this: the readings, the Issues and the bytes in the WARC files are the site's history.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

ENOUGH: Final = 8
"""Pages to judge by. Of fewer, half may lack a field by chance. A run with fewer is judged together with the
runs before it."""
SUSPECTED: Final = "LayoutSuspected"
"""The kind of the Issue."""
_LATEST: Final = 200
"""Articles that are a site's measure: a year of most district sites, a fortnight of the largest."""
_RUNS_BACK: Final = 60
"""Runs with pages that a small one is judged together with, at most."""
_FORGOTTEN_AFTER: Final = "-30 days"
"""Pages of a suspected run are no measure for so long; then a change nobody mended is how the site is."""

# A run's own pages, newest on the listings first; known articles it looked at again are among them.
_OF_RUN: Final = """
SELECT c.id AS capture_id, a.id AS article_id, a.uid
  FROM captures c
  JOIN articles a ON a.capture_id = c.id
 WHERE c.run_id = :run AND c.kind = 'article'
 ORDER BY c.id
 LIMIT :most
"""
_UNREAD: Final = """
SELECT capture_id, NULL AS article_id, uid
  FROM issues
 WHERE run_id = :run AND kind IN ('MissingField', 'NotAnArticle') AND capture_id IS NOT NULL
 ORDER BY id
 LIMIT :most
"""
_RUNS: Final = """
SELECT id FROM runs
 WHERE site = :site AND id < :run AND (fetched IS NULL OR fetched > 0)
 ORDER BY id DESC
 LIMIT :most
"""
_BEFORE: Final = """
SELECT c.id AS capture_id, a.id AS article_id, a.uid
  FROM articles a
  JOIN captures c ON c.id = a.capture_id
 WHERE a.site = :site AND c.run_id < :run
   AND c.id NOT IN (SELECT value FROM json_each(:but))
   AND (:any OR c.run_id NOT IN (
        SELECT i.run_id FROM issues i JOIN runs r ON r.id = i.run_id
         WHERE i.kind = :suspected AND r.site = :site AND i.run_id < :run
           AND i.reported_at > strftime('%Y-%m-%dT%H:%M:%SZ',
               (SELECT started_at FROM runs WHERE id = :run), :forgotten)))
 ORDER BY a.date_published DESC, c.id DESC
 LIMIT :limit
"""
_READ: Final = """
SELECT a.uid, a.url, a.authors <> '[]' AS authors, a.section, a.description, a.date_published,
       length(a.body) AS body, a.read_by, c.captured_at, c.warc_file, c.warc_offset,
       EXISTS (SELECT 1 FROM images i WHERE i.article_id = a.id AND i.caption IS NOT NULL) AS captions
  FROM articles a JOIN captures c ON c.id = :capture
 WHERE a.id = :article
"""
_SEEN: Final = """
SELECT c.url, c.captured_at, c.warc_file, c.warc_offset,
       (SELECT max(s.date) FROM sightings s WHERE s.uid = :uid) AS date_published
  FROM captures c WHERE c.id = :capture
"""
_UNREAD_SHARE: Final = """
SELECT total(r.fetched) AS fetched,
       total((SELECT count(*) FROM issues i
               WHERE i.run_id = r.id AND i.kind IN ('MissingField', 'NotAnArticle'))) AS unread
  FROM runs r
 WHERE r.id IN (SELECT c.run_id FROM captures c WHERE c.id IN (SELECT value FROM json_each(:captures)))
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of an article, as it was read or was not."""

    capture_id: int
    uid: str
    url: str
    captured_at: str
    warc_file: str
    warc_offset: int
    date: str | None
    """When the article says it was published; of an unread page what the listing printed."""
    filled: frozenset[str] | None
    """The fields that were read; None where the page could not be read as an article."""
    body: int = 0
    """Length of the body in characters."""
    layers: Mapping[str, str]
    """Field -> the layer that read it: `family`, `landmark`, `meta`, `listing`, `trafilatura`..."""

    @property
    def is_read(self) -> bool:
        """Whether the page could be read as an article."""
        return self.filled is not None


def pages_to_judge(db: sqlite3.Connection, site: str, run: int) -> list[Page]:
    """Return a run's pages, with those of the runs before it where they are too few; none if it has none.

    Of a run of many pages the first ones.
    """
    pages = _pages_of(db, run)
    if not pages:
        return []
    for (earlier,) in db.execute(_RUNS, {"site": site, "run": run, "most": _RUNS_BACK}):
        if len(pages) >= ENOUGH:
            break
        pages += _pages_of(db, earlier)[: ENOUGH - len(pages)]
    return pages


def pages_before(
    db: sqlite3.Connection,
    site: str,
    run: int,
    judged: list[Page],
    *,
    limit: int = _LATEST,
    suspected_too: bool = False,
) -> list[Page]:
    """Return the site's newest articles of earlier runs, apart from those judged: its measure.

    Left out are those of runs that were suspected in the last 30 days, unless asked for.
    """
    but = json.dumps([page.capture_id for page in judged])
    values = {
        "site": site, "run": run, "but": but, "any": suspected_too, "limit": limit,
        "suspected": SUSPECTED, "forgotten": _FORGOTTEN_AFTER,
    }  # fmt: skip
    return [_page(db, row) for row in db.execute(_BEFORE, values).fetchall()]


def unread_before(db: sqlite3.Connection, before: list[Page]) -> int:
    """Return how many pages that could not be read belong to these that could, by the runs they are of."""
    captures = json.dumps([page.capture_id for page in before])
    row = db.execute(_UNREAD_SHARE, {"captures": captures}).fetchone()
    return round(len(before) * row["unread"] / row["fetched"]) if row["fetched"] else 0


def _pages_of(db: sqlite3.Connection, run: int) -> list[Page]:
    values = {"run": run, "most": _LATEST}
    rows = [*db.execute(_OF_RUN, values), *db.execute(_UNREAD, values)]
    return [_page(db, row) for row in sorted(rows, key=lambda row: int(row["capture_id"]))]


def _page(db: sqlite3.Connection, row: sqlite3.Row) -> Page:
    values: dict[str, Any] = {"capture": row["capture_id"], "article": row["article_id"], "uid": row["uid"]}
    facts = db.execute(_SEEN if row["article_id"] is None else _READ, values).fetchone()
    common = {name: facts[name] for name in ("url", "captured_at", "warc_file", "warc_offset")}
    common |= {"capture_id": row["capture_id"], "uid": row["uid"] or facts["url"]}
    if row["article_id"] is None:
        return Page(**common, date=facts["date_published"], filled=None, layers={})
    return Page(
        **common,
        date=facts["date_published"],
        filled=frozenset(_filled(facts)),
        body=facts["body"],
        layers={name: rule.partition(":")[0] for name, rule in json.loads(facts["read_by"]).items()},
    )


def _filled(facts: sqlite3.Row) -> Iterator[str]:
    for name, column in FIELDS.items():
        if facts[column]:
            yield name


FIELDS: Final = {
    "authors": "authors",
    "section": "section",
    "date": "date_published",
    "captions": "captions",
    "description": "description",
}
"""Field whose loss is looked for -> the column of the query above."""
