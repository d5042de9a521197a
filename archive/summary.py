"""What an archive holds of each site: the figures of the table a crawl ends with."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteSummary:
    """The archive's holdings of one site."""

    site: str
    family: str
    articles: int
    unique: int
    """Articles that repeat no earlier published one."""
    duplicates: int
    issues: int
    """Issues of severity `error` and `warning` reported by any run of the site."""
    oldest: str | None
    """The earliest `date_published`; None when no article is dated."""
    newest: str | None


_SUMMARY = """
SELECT s.name AS site, s.family,
       count(a.id) AS articles,
       count(a.id) FILTER (WHERE d.article_id IS NULL) AS uniques,
       count(a.id) FILTER (WHERE d.article_id IS NOT NULL) AS duplicates,
       (SELECT count(*) FROM issues i WHERE i.site = s.name) AS issues,
       min(a.date_published) AS oldest, max(a.date_published) AS newest
  FROM sites s
  LEFT JOIN articles a ON a.site = s.name
  LEFT JOIN (SELECT DISTINCT article_id FROM duplicates WHERE kind <> 'excerpt') d ON d.article_id = a.id
 GROUP BY s.name
 ORDER BY s.name
"""


def summarise(db: sqlite3.Connection, sites: Sequence[str] | None = None) -> list[SiteSummary]:
    """Return the summary of every site, or of the named ones in that order (unknown names are left out)."""
    found = {
        row["site"]: SiteSummary(
            site=row["site"],
            family=row["family"],
            articles=row["articles"],
            unique=row["uniques"],
            duplicates=row["duplicates"],
            issues=row["issues"],
            oldest=row["oldest"],
            newest=row["newest"],
        )
        for row in db.execute(_SUMMARY)
    }
    return list(found.values()) if sites is None else [found[name] for name in sites if name in found]
