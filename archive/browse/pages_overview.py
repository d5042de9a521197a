"""What the archive holds and how it stands: home, the sites, one site, health."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from archive.browse.charts import Row, bars, by_year, heat_map
from archive.browse.figures import Holdings, SiteFigures, count_holdings
from archive.browse.reader import Reader
from archive.browse.view import Asked, Data, NoSuchPage

_NEWEST: Final = """
SELECT a.uid, a.site, a.headline, a.description, a.date_published, a.removed_at
  FROM articles a ORDER BY a.search_rowid DESC LIMIT ?
"""
_NEWEST_OF_SITE: Final = """
SELECT a.uid, a.site, a.headline, a.description, a.date_published, a.removed_at
  FROM articles a WHERE a.site = ? ORDER BY a.date_published DESC, a.id DESC LIMIT ?
"""
_EDITS: Final = """
SELECT a.uid, a.site, a.headline, a.date_published, v.captured_at, v.replaced_at
  FROM versions v JOIN articles a ON a.id = v.article_id
 WHERE ?1 IS NULL OR a.site = ?1
 ORDER BY v.id DESC LIMIT ?2
"""
_REMOVALS: Final = """
SELECT a.uid, a.site, a.headline, a.date_published, a.removed_at
  FROM articles a INDEXED BY articles_removed
 WHERE a.removed_at IS NOT NULL AND (?1 IS NULL OR a.site = ?1)
 ORDER BY a.removed_at DESC LIMIT ?2
"""


def rows(db: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """Return what a query gives as dicts."""
    return [dict(row) for row in db.execute(sql, values)]


def newest(db: sqlite3.Connection, limit: int) -> list[dict[str, Any]]:
    """Return the articles with the latest dates."""
    return rows(db, _NEWEST, limit)


def removals(db: sqlite3.Connection, limit: int, site: str | None = None) -> list[dict[str, Any]]:
    """Return the articles last found gone."""
    return rows(db, _REMOVALS, site, limit)


def edits(db: sqlite3.Connection, limit: int, site: str | None = None) -> list[dict[str, Any]]:
    """Return the readings last found replaced by their sites."""
    return rows(db, _EDITS, site, limit)


async def load_home(asked: Asked, reader: Reader) -> Data:
    """What the archive holds, what is new in it, what was changed and what vanished."""
    holdings = await reader.figure(count_holdings)
    latest = await reader.read(
        lambda db: {"newest": newest(db, 10), "edits": edits(db, 6), "removals": removals(db, 6)}
    )
    title = {"vi": "Số bài theo trang và theo tháng", "en": "Articles by site and month"}[asked.language]
    return {
        **_totals(holdings),
        "sites": [_site_line(site) for site in holdings.sites],
        **latest,
        "counted_at": holdings.counted_at,
        "_heat_map": heat_map([Row(label=s.title, counts=s.months) for s in holdings.sites], title=title),
        "_titles": {site.name: site.title for site in holdings.sites},
        "_years": sorted({year for site in holdings.sites for year in by_year(site.months) if year}),
    }


def _totals(holdings: Holdings) -> Data:
    names = ("articles", "unique", "removed", "edited", "oldest", "newest")
    values = {name: getattr(holdings, name) for name in names}
    values["newest_date"] = values.pop("newest")
    return values


def _site_line(site: SiteFigures) -> Data:
    values = asdict(site)
    values["months"] = dict(site.months)
    values["years"] = by_year(site.months)
    values["unique"] = site.articles - site.repeats
    return values


# ------------------------------------------------------------------------------------------------ one site

# Sections stand behind the text in a row: only so many rows are read for them.
_NEWEST_SECTIONS: Final = """
SELECT section, count(*) AS articles FROM (
  SELECT coalesce(a.section, (SELECT g.section FROM sightings g
                             WHERE g.uid = a.uid AND g.section IS NOT NULL ORDER BY g.id LIMIT 1)) AS section
    FROM articles a WHERE a.site = ? ORDER BY a.date_published DESC, a.id DESC LIMIT 1000)
 WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC, section LIMIT 30
"""
_RUNS: Final = """
SELECT id, started_at, finished_at, reason, fetched, new, changed, duplicates, issues, remaining
  FROM runs WHERE site = ? ORDER BY started_at DESC LIMIT ?
"""


async def load_site(asked: Asked, reader: Reader) -> Data:
    """One site: coverage, rhythm, sections, addresses, runs, latest articles, edits and removals."""
    holdings = await reader.figure(count_holdings)
    site = holdings.site(asked.name)
    if site is None:
        raise NoSuchPage(f"site {asked.name}")
    name = site.name
    found = await reader.read(
        lambda db: {
            "newest_articles": rows(db, _NEWEST_OF_SITE, name, 15),
            "edits": edits(db, 8, name),
            "removals": removals(db, 8, name),
            "runs": rows(db, _RUNS, name, 10),
            "sections": rows(db, _NEWEST_SECTIONS, name),
        }
    )
    weekdays = (await reader.figure(count_weekdays)).get(name, {})
    hosts = (await reader.figure(count_hosts)).get(name, [])
    text = {"vi": ("Số bài mỗi tháng", "Số bài theo thứ"), "en": ("Articles a month", "Articles by weekday")}
    monthly, weekly = text[asked.language]
    return {
        **_site_line(site),
        **found,
        "weekdays": weekdays,
        "hosts": hosts,
        "counted_at": holdings.counted_at,
        "_months": bars(site.months, title=monthly),
        "_weekdays": bars(
            {_WEEKDAY_NAMES[asked.language][n]: weekdays.get(n, 0) for n in range(7)},
            title=weekly,
            periods=_WEEKDAY_NAMES[asked.language],
        ),
        "_weekday_names": _WEEKDAY_NAMES[asked.language],
    }


_WEEKDAY_NAMES: Final[dict[str, Sequence[str]]] = {
    "vi": ("CN", "T2", "T3", "T4", "T5", "T6", "T7"),
    "en": ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"),
}


def count_weekdays(db: sqlite3.Connection) -> dict[str, dict[int, int]]:
    """Count each site's articles by weekday, 0 for Sunday: a figure over a whole index."""
    counts: dict[str, dict[int, int]] = {}
    for row in db.execute(_DAYS):
        try:
            weekday = date.fromisoformat(row["day"]).isoweekday() % 7
        except ValueError:
            continue
        site = counts.setdefault(row["site"], {})
        site[weekday] = site.get(weekday, 0) + row["n"]
    return counts


_DAYS: Final = """
SELECT site, substr(date_published, 1, 10) AS day, count(*) AS n
  FROM articles WHERE site IS NOT NULL AND length(date_published) >= 10 GROUP BY 1, 2
"""
_HOST: Final = """
SELECT count(*) AS captures, min(captured_at) AS first, max(captured_at) AS last
  FROM captures WHERE url >= ? AND url < ?
"""
_SITE_OF_HOST: Final = """
SELECT r.site FROM captures c JOIN runs r ON r.id = c.run_id WHERE c.url >= ? AND c.url < ? LIMIT 1
"""


def count_hosts(db: sqlite3.Connection) -> dict[str, list[Data]]:
    """Return each site's hosts, and from when to when they were captured: a figure over a whole index."""
    found: dict[str, dict[str, Data]] = {}
    start = ""
    while (
        url := db.execute("SELECT min(url) FROM captures WHERE url >= ?", (start,)).fetchone()[0]
    ) is not None:
        first, start = _host_range(url)
        row = db.execute(_HOST, (first, start)).fetchone()
        site = db.execute(_SITE_OF_HOST, (first, start)).fetchone()["site"]
        host = urlsplit(url).netloc or url
        known = found.setdefault(site, {}).setdefault(
            host, {"host": host, "captures": 0, "first": row["first"], "last": row["last"]}
        )
        known["captures"] += row["captures"]
        known["first"], known["last"] = min(known["first"], row["first"]), max(known["last"], row["last"])
    return {site: sorted(hosts.values(), key=lambda h: str(h["first"])) for site, hosts in found.items()}


def _host_range(url: str) -> tuple[str, str]:
    """Return the first address of a URL's host and the first one after all of its, in the index's order.

    >>> _host_range("http://laichau.dcs.vn/a/b")
    ('http://laichau.dcs.vn/', 'http://laichau.dcs.vn0')
    """
    parts = re.match(r"[^/]*//[^/]*/", url)
    if parts is None:
        return url, url + "\x01"
    return parts[0], parts[0][:-1] + "0"  # what comes after the slash


# -------------------------------------------------------------------------------------------------- health

_STATUS: Final = """
SELECT s.name AS site, s.title, s.family, r.id AS last_run, r.started_at, r.finished_at, r.reason,
       r.fetched, r.new, r.changed,
       (SELECT count(*) FROM issues i WHERE i.run_id = r.id AND i.severity = 'error') AS errors,
       (SELECT count(*) FROM issues i WHERE i.run_id = r.id AND i.severity = 'warning') AS warnings,
       (SELECT max(l.started_at) FROM runs l WHERE l.site = s.name AND l.new > 0) AS last_new_at
  FROM sites s
  LEFT JOIN runs r ON r.id = (SELECT max(l.id) FROM runs l WHERE l.site = s.name)
 ORDER BY s.name
"""
_FRONTIER: Final = """
SELECT site, count(*) FILTER (WHERE done_at IS NULL AND parked_reason IS NULL) AS waiting,
       count(*) FILTER (WHERE parked_reason IS NOT NULL) AS parked
  FROM frontier GROUP BY site
"""
_ISSUES: Final = """
SELECT i.reported_at, i.site, i.kind, i.severity, i.message, i.url, i.uid, i.capture_id
  FROM issues i ORDER BY i.id DESC LIMIT 40
"""
_KINDS: Final = """
SELECT i.kind, i.severity, count(*) AS n FROM issues i
 WHERE i.run_id IN (SELECT max(id) FROM runs GROUP BY site) GROUP BY 1, 2 ORDER BY n DESC
"""


async def load_health(_: Asked, reader: Reader) -> Data:
    """What `vankho status` says: each site's last run, what waits, what was given up, what went wrong."""
    holdings = await reader.figure(count_holdings)
    frontier = await reader.figure(count_frontier)
    found = await reader.read(
        lambda db: {"sites": rows(db, _STATUS), "issues": rows(db, _ISSUES), "kinds": rows(db, _KINDS)}
    )
    for line in found["sites"]:
        site = holdings.site(line["site"])
        line["articles"] = site.articles if site else 0
        line["newest"] = site.newest if site else None
        line.update(frontier.get(line["site"], {"waiting": 0, "parked": 0}))
    return {**found, "counted_at": holdings.counted_at}


def count_frontier(db: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """Count what waits to be fetched and what was given up, by site."""
    return {
        row["site"]: {"waiting": row["waiting"], "parked": row["parked"]} for row in db.execute(_FRONTIER)
    }
