"""What `vankho status` says of a site that is suspected: the last good page beside the failing one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from crawler.layout_change import suspected_change
from crawler.layout_pages import SUSPECTED, Page

_LATEST: Final = """
SELECT i.id, i.kind, i.run_id, i.url, i.message, i.capture_id, c.captured_at
  FROM issues i JOIN runs r ON r.id = i.run_id LEFT JOIN captures c ON c.id = i.capture_id
 WHERE r.site = :site AND i.kind = :kind
 ORDER BY i.id DESC
 LIMIT 1
"""
_READ_SINCE: Final = """
SELECT EXISTS (SELECT 1 FROM runs r JOIN captures c ON c.run_id = r.id JOIN articles a ON a.capture_id = c.id
                WHERE r.site = :site AND r.id > :run)
"""
_LISTED_SINCE: Final = """
SELECT EXISTS (SELECT 1 FROM captures WHERE url = :url AND kind = 'listing' AND id > :capture)
"""
_LAST_LISTING: Final = """
SELECT NULL AS uid, url, captured_at, id AS capture_id
  FROM captures WHERE url = :url AND kind = 'listing' AND id < :capture
 ORDER BY captured_at DESC, id DESC LIMIT 1
"""


def suspected(db: sqlite3.Connection, folder: Path, site: str) -> dict[str, Any] | None:
    """Return two pages of a site that is suspected to have changed, and why; None when nothing speaks for it.

    Keys: `run_id`, `why`, `last_good`, `failing` (each `uid`, `url`, `captured_at`, `capture_id`), `differs`.
    A site is suspected until a later run reads pages as before, or its pages are read well from the
    same bytes after its family was mended.
    """
    return _of_articles(db, folder, site) or _of_listings(db, site)


def _of_articles(db: sqlite3.Connection, folder: Path, site: str) -> dict[str, Any] | None:
    issue = db.execute(_LATEST, {"site": site, "kind": SUSPECTED}).fetchone()
    if issue is None or db.execute(_READ_SINCE, {"site": site, "run": issue["run_id"]}).fetchone()[0]:
        return None
    found = suspected_change(db, folder, site, issue["run_id"])
    if found is None:
        return None
    return {
        "run_id": issue["run_id"],
        "why": [str(breach) for breach in found.breaches],
        "last_good": _page(found.last_good),
        "failing": _page(found.failing),
        "differs": list(found.differs),
    }


def _of_listings(db: sqlite3.Connection, site: str) -> dict[str, Any] | None:
    issue = db.execute(_LATEST, {"site": site, "kind": "EmptyListing"}).fetchone()
    if issue is None or issue["capture_id"] is None:
        return None
    place = {"url": issue["url"], "capture": issue["capture_id"]}
    if db.execute(_LISTED_SINCE, place).fetchone()[0]:
        return None
    good = db.execute(_LAST_LISTING, place).fetchone()
    return {
        "run_id": issue["run_id"],
        "why": [issue["message"]],
        "last_good": dict(good) if good else None,
        "failing": {"uid": None} | {name: issue[name] for name in ("url", "captured_at", "capture_id")},
        "differs": ["the list showed articles, and shows none now"],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "uid": page.uid,
        "url": page.url,
        "captured_at": page.captured_at,
        "capture_id": page.capture_id,
    }


def told_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield for people what `suspected` found."""
    yield f"layout suspected since run {told['run_id']}: {'; '.join(told['why'])}"
    for word, page in (("last good:", told["last_good"]), ("failing:", told["failing"])):
        if page is not None:
            name = page["uid"] or "the listing"
            yield f"  {word:10} {name} at {page['captured_at']}, capture {page['capture_id']}"
            yield f"  {'':10} {page['url']}"
    for difference in told["differs"]:
        yield f"  {difference}"
