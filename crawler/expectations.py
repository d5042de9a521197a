"""What is expected of a site: that it is not silent, and that its pages look as they used to.

A listing that cannot be had is `ListingUnreachable`; one without a link that the family knows is
`EmptyListing`; one with known articles only is a quiet site, and no Issue until the newest article is older
than the rhythm declared in `[expect]` allows: then it is `TooQuiet`. What silence a site has kept so far is
learnt from its own articles, and only told by `vankho status`.
"""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from archive.errors import ArchiveError
from archive.model import Issue
from crawler.layout_change import Suspicion, suspected_change
from crawler.layout_pages import SUSPECTED

if TYPE_CHECKING:
    from crawler.run import Run

log = logging.getLogger(__name__)

_SHORTEST_SILENCE: Final = timedelta(days=14)
"""Any site may be silent as long: the New Year holidays take ten days."""
_LEARNT_FROM: Final = 20
"""Days with articles from which a rhythm can be learnt."""
# Dates beyond tomorrow are misprints, and would hide a silence for years.
_DAYS: Final = """
SELECT DISTINCT substr(date_published, 1, 10) AS day
  FROM articles
 WHERE site = :site AND length(date_published) >= 10 AND date_published < :tomorrow
 ORDER BY 1 DESC
 LIMIT 100
"""
_LAST_RUN: Final = """
SELECT r.reason, coalesce(r.new, 0) + coalesce(r.duplicates, 0) AS new,
       EXISTS (SELECT 1 FROM issues i WHERE i.run_id = r.id AND i.kind = 'EmptyListing') AS no_links,
       EXISTS (SELECT 1 FROM issues i
                WHERE i.run_id = r.id AND i.uid IS NULL
                  AND (i.kind = 'ListingUnreachable' OR i.message GLOB 'the listing * could not be had*'))
           AS unreachable
  FROM runs r
 WHERE r.site = :site AND r.finished_at IS NOT NULL AND r.reason <> 'quiet_hours'
 ORDER BY r.id DESC
 LIMIT 1
"""
_UNREACHABLE: Final = frozenset({"network", "busy", "challenged", "robots"})


def check_news(run: Run) -> None:
    """Report a site whose newest article is older than its declared rhythm allows."""
    rhythm = run.site.articles_per_week
    if not rhythm or run.replaying:
        return
    site, today = run.site, datetime.now(UTC).date()
    days = _days(run.archive.db, site.name, today)
    if days and days[0] >= today - max(_SHORTEST_SILENCE, timedelta(weeks=4 / rhythm)):
        return
    message = (
        f"the newest article is of {days[0] if days else 'no date'}; {rhythm:g} a week are expected: look "
        f"whether {site.home} has moved, or lower articles_per_week in {site.declared_in.name}"
    )
    run.report(Issue(kind="TooQuiet", message=message, url=site.home))


def news_of(db: sqlite3.Connection, site: str) -> dict[str, Any]:
    """Return how a site's listings stand after its last run that ended.

    Keys: `state`, one of `new`, `quiet` (all that is listed is known), `old` (and silent for longer than it
    ever was), `no links`, `unreachable`, `unknown`; `newest`, the day of its newest article or None;
    `usual_silence`, the days of silence that are still usual, learnt from the site's articles, or None.
    """
    today = datetime.now(UTC).date()
    days = _days(db, site, today)
    allowed = longest_usual_silence(days)
    return {
        "state": _state(db, site, is_old=bool(allowed and days[0] < today - allowed)),
        "newest": days[0].isoformat() if days else None,
        "usual_silence": allowed.days if allowed else None,
    }


def _state(db: sqlite3.Connection, site: str, *, is_old: bool) -> str:
    row = db.execute(_LAST_RUN, {"site": site}).fetchone()
    if row is None:
        return "unknown"
    if row["unreachable"] or row["reason"] in _UNREACHABLE:
        return "unreachable"
    if row["no_links"]:
        return "no links"
    if row["new"]:
        return "new"
    return "old" if is_old else "quiet"


def longest_usual_silence(days: list[date]) -> timedelta | None:
    """Return twice the longest pause between days with articles, newest first; None for fewer than 20 days.

    >>> weekly = [date(2021, 6, 30) - timedelta(weeks=n) for n in range(30)]
    >>> longest_usual_silence(weekly), longest_usual_silence(weekly[:10])
    (datetime.timedelta(days=14), None)
    """
    if len(days) < _LEARNT_FROM:
        return None
    return max(_SHORTEST_SILENCE, 2 * max(newer - older for newer, older in pairwise(days)))


def _days(db: sqlite3.Connection, site: str, today: date) -> list[date]:
    """The latest 100 days with articles, newest first."""
    tomorrow = (today + timedelta(days=2)).isoformat()
    rows = db.execute(_DAYS, {"site": site, "tomorrow": tomorrow}).fetchall()
    return [date.fromisoformat(row["day"]) for row in rows]


def check_layout(run: Run) -> None:
    """Report a run whose pages speak of a changed layout: one Issue, with all that says so."""
    try:
        found = suspected_change(run.archive.db, run.archive.folder, run.site.name, run.id)
    except (ArchiveError, sqlite3.Error):
        raise
    except Exception as error:
        # The run's articles are recorded: a fault of the comparison must not cost its row.
        log.exception("%s: its pages could not be compared with earlier ones", run.site.name)
        run.report(Issue(kind=type(error).__name__, message=f"{error!r} while comparing the run's pages"))
        return
    if found is not None:
        issue = Issue(kind=SUSPECTED, message=_message(found, run.site.name), url=found.failing.url)
        run.report_of(issue, capture_id=found.failing.capture_id, uid=found.failing.uid)


def _message(found: Suspicion, site: str) -> str:
    return (
        f"{'; '.join(map(str, found.breaches))}: compare {found.failing.uid} with {found.last_good.uid}, "
        f"the last that was read as usual: vankho status {site}"
    )
