"""Figures over whole tables: what the archive holds, by site and month. Counted once, kept by the reader.

Each takes time that grows with the archive (0.3 µs an article in an index), so no page asks for one itself.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

LEVELS = ("central", "province", "district", "commune")


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteFigures:
    """What the archive holds of one site."""

    name: str
    title: str
    publisher: str
    level: str
    province: str | None
    province_now: str | None
    """What the province became on 1 July 2025."""
    home: str
    family: str
    articles: int
    repeats: int
    """Articles with the text of an earlier one."""
    months: Mapping[str, int]
    """Month, or only year, -> articles; '' for undated ones. In order."""
    oldest: str | None
    newest: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """What the archive holds."""

    sites: tuple[SiteFigures, ...]
    """Central ones first, then by province."""
    articles: int
    unique: int
    """Articles that repeat no earlier one."""
    removed: int
    edited: int
    """Articles of which an earlier reading is kept."""
    oldest: str | None
    newest: str | None
    counted_at: str
    """UTC."""

    def site(self, name: str | None) -> SiteFigures | None:
        """Return one site; None when there is none of that name."""
        return next((site for site in self.sites if site.name == name), None)


_SITES = """
SELECT s.*, p.successor FROM sites s LEFT JOIN provinces p ON p.name = s.province
"""
# Each is answered from one index alone.
_MONTHS = "SELECT site, substr(date_published, 1, 7) AS month, count(*) AS n FROM articles GROUP BY 1, 2"
_SPANS = """
SELECT s.name AS site,
       (SELECT min(date_published) FROM articles a WHERE a.site = s.name) AS oldest,
       (SELECT max(date_published) FROM articles a WHERE a.site = s.name) AS newest
  FROM sites s
"""
_REPEATS = """
SELECT a.site, count(*) AS n
  FROM (SELECT DISTINCT article_id FROM duplicates WHERE kind <> 'excerpt') d
  JOIN articles a ON a.id = d.article_id
 GROUP BY a.site
"""


def count_holdings(db: sqlite3.Connection) -> Holdings:
    """Count what the archive holds."""
    months: dict[str, dict[str, int]] = defaultdict(dict)
    for row in db.execute(_MONTHS):
        months[row["site"]][row["month"] or ""] = row["n"]
    repeats = {row["site"]: row["n"] for row in db.execute(_REPEATS)}
    spans = {row["site"]: (row["oldest"], row["newest"]) for row in db.execute(_SPANS)}
    sites = [
        SiteFigures(
            name=row["name"],
            title=row["title"],
            publisher=row["publisher"],
            level=row["level"],
            province=row["province"],
            province_now=row["successor"] or row["province"],
            home=row["home"],
            family=row["family"],
            articles=sum(months[row["name"]].values()),
            repeats=repeats.get(row["name"], 0),
            months=dict(sorted(months[row["name"]].items())),
            oldest=spans[row["name"]][0],
            newest=spans[row["name"]][1],
        )
        for row in db.execute(_SITES)
    ]
    articles = sum(sum(counts.values()) for counts in months.values())
    return Holdings(
        sites=tuple(sorted(sites, key=_order)),
        articles=articles,
        unique=articles - sum(repeats.values()),
        removed=_number(db, "SELECT count(*) FROM articles WHERE removed_at IS NOT NULL"),
        edited=_number(db, "SELECT count(DISTINCT article_id) FROM versions"),
        oldest=min((site.oldest for site in sites if site.oldest), default=None),
        newest=max((site.newest for site in sites if site.newest), default=None),
        counted_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _order(site: SiteFigures) -> tuple[int, str, str]:
    level = LEVELS.index(site.level) if site.level in LEVELS else len(LEVELS)
    return (level, site.province or "", site.title)


def _number(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])
