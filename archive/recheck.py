"""Which articles to look at again: often while they are new, ever more seldom as they age."""

from __future__ import annotations

import sqlite3
from typing import Final

from archive.frontier import sighting_of
from archive.model import Sighting

# Corrections come within days, quiet edits within weeks, removals with a change of leaders or of the site:
# after a day, a week, a month, a quarter, and then every year. Checks missed are made up by one.
_DUE: Final = """
WITH aged AS (
    SELECT uid, site, url, first_captured_at, search_rowid,
           julianday(:now) - julianday(first_captured_at) AS age,
           (SELECT max(captured_at) FROM captures c WHERE c.article_id = a.id) AS checked_at
      FROM articles a
     WHERE site = :site
)
SELECT uid, site, url FROM aged
 WHERE julianday(checked_at) - julianday(first_captured_at) <
       CASE WHEN age < 1 THEN 0 WHEN age < 7 THEN 1 WHEN age < 30 THEN 7 WHEN age < 91 THEN 30
            WHEN age < 365 THEN 91 ELSE 365 * CAST(age / 365 AS INTEGER) END
 ORDER BY search_rowid DESC LIMIT :limit
"""


def due_again(db: sqlite3.Connection, site: str, now: str, limit: int | None = None) -> list[Sighting]:
    """Return the articles of a site that are due to be looked at again at `now` (UTC), newest first.

    Removed ones too: they may come back. An article no listing showed is given with what is known of it.
    """
    rows = db.execute(_DUE, {"site": site, "now": now, "limit": -1 if limit is None else limit}).fetchall()
    return [
        sighting_of(db, row["uid"])
        or Sighting(site=row["site"], url=row["url"], uid=row["uid"], listing_url=row["url"])
        for row in rows
    ]
