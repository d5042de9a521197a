"""Which articles to look at again: often while they are new, ever more seldom as they age."""

from __future__ import annotations

import sqlite3
from typing import Final

from archive.frontier import sighting_of
from archive.model import Sighting

# Corrections come within days, quiet edits within weeks, removals with a change of leaders or of the site:
# after a day, a week, a month, a quarter, and then every year. Counted from the publication, where it has a
# day, else from the first capture: what stood for ten years is not edited in the week we find it, and the
# yearly checks of a large site's old articles spread over the year. Checks missed are made up by one, never
# within a day of the last answer. Only indexes are read of articles not due: their rows hold whole texts.
# Materialized, or the two look-ups of each article are made for every mention of them.
_DUE: Final = """
WITH known AS MATERIALIZED (
    SELECT a.id, julianday((SELECT min(c.captured_at) FROM captures c WHERE c.article_id = a.id)) AS first,
           CASE WHEN length(a.date_published) >= 10 THEN julianday(a.date_published) END AS published,
           julianday((SELECT max(c.captured_at) FROM captures c WHERE c.article_id = a.id)) AS checked
      FROM articles a
     WHERE a.site = :site
       AND a.id NOT IN (SELECT o.id FROM frontier f JOIN articles o ON o.uid = f.uid
                         WHERE f.site = :site AND f.next_try_at > :now)
), aged AS (
    SELECT id, checked, coalesce(min(first, published), first) AS born FROM known
), timed AS (
    SELECT id, max(checked + 1,
                   born + CASE WHEN checked - born < 1 THEN 1 WHEN checked - born < 7 THEN 7
                               WHEN checked - born < 30 THEN 30 WHEN checked - born < 91 THEN 91
                               ELSE 365 * (CAST((checked - born) / 365 AS INTEGER) + 1) END) AS due
      FROM aged
), chosen AS (
    SELECT id, due FROM timed WHERE due <= julianday(:now) ORDER BY due, id LIMIT :limit
)
SELECT a.uid, a.site, a.url FROM chosen JOIN articles a USING (id) ORDER BY due, id
"""


def due_again(db: sqlite3.Connection, site: str, now: str, limit: int | None = None) -> list[Sighting]:
    """Return the articles of a site that are due to be looked at again at `now` (UTC), longest due first.

    Removed ones too: they may come back. An article no listing showed is given with what is known of it.
    """
    rows = db.execute(_DUE, {"site": site, "now": now, "limit": -1 if limit is None else limit}).fetchall()
    return [
        sighting_of(db, row["uid"])
        or Sighting(site=row["site"], url=row["url"], uid=row["uid"], listing_url=row["url"])
        for row in rows
    ]
