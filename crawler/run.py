"""Run: one execution of one site's spider, and everything it holds open while it lasts.

A Scrapy extension, so that every component finds it on its crawler: the archive, the WARC file being
written, the counts, and the reason the run will end for. Its row in the archive is the truth that exit codes
are read from.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from archive import recording
from archive.errors import ArchiveError, ArchiveFull, ArchiveLocked
from archive.model import Capture, Issue, Outcome, Reading, Sighting
from archive.store import Archive
from archive.warc import WarcWriter, recover
from crawler.errors import CrawlerError
from crawler.expectations import check_layout, check_news
from crawler.lease import Leases
from crawler.rechecks import AFTER_FAILURE, Rechecks
from crawler.settings import user_agent
from crawler.site import Site

log = logging.getLogger(__name__)

_COUNTED = {
    Outcome.NEW: "new",
    Outcome.SAME: "same",
    Outcome.CHANGED: "changed",
    Outcome.DUPLICATE: "duplicates",
}
_PAUSES = (
    timedelta(minutes=10),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(days=2),
    timedelta(days=7),
)
"""How long a page that failed is left alone, by how often it has failed; after the last it is parked."""

_REASONS = {"shutdown": "interrupted", "closespider_timeout": "time"}
"""Scrapy's words for why a spider ended -> ours."""
_IS_REMOVED = "SELECT EXISTS (SELECT 1 FROM articles WHERE uid = ? AND removed_at IS NOT NULL)"
_WAITING = "SELECT count(*) FROM frontier WHERE site = ? AND done_at IS NULL AND parked_reason IS NULL"


def utc_now() -> str:
    """Return the time as captures and runs carry it."""
    return _stamp(datetime.now(UTC))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def run_of(crawler: Crawler) -> Run:
    """Return the run of a crawler. Raises CrawlerError for a spider that is no site's."""
    run = crawler.get_extension(Run)
    if run is None:
        raise CrawlerError("this component works only in the crawl of a declared site")
    return run


class Run:
    """One execution of one site's spider."""

    def __init__(self, crawler: Crawler, site: Site) -> None:
        """Open the archive and begin the run.

        Raises HostBusy when another process crawls the site, ArchiveError when the archive cannot be opened
        or written.
        """
        settings = crawler.settings
        self.crawler = crawler
        self.site = site
        self.limit = settings.getint("VANKHO_LIMIT")
        self.since: str = settings.get("VANKHO_SINCE") or ""
        self.until: str = settings.get("VANKHO_UNTIL") or ""
        self._budget = {
            "requests": settings.getint("VANKHO_MAX_REQUESTS"),
            "bytes": settings.getint("VANKHO_MAX_BYTES"),
        }
        self.backfill = settings.getbool("VANKHO_BACKFILL")
        self.replaying = bool(settings.getlist("VANKHO_REPLAY"))
        self.counts: Counter[str] = Counter()
        self.reason: str | None = None
        """Why the run ends, where something other than the spider decides it."""
        self.error: Exception | None = None
        """What stopped the run, where an error did."""
        self.discoveries = 0
        """How often a listing has shown something new: tells the frontier to look into the archive again."""
        self.left = 0
        """Articles still to fetch when it ended."""
        self.started_at = utc_now()
        self._leases = None if self.replaying else Leases(site.hosts, site=site.name, since=self.started_at)
        self._software = user_agent(settings.get("VANKHO_CONTACT"))
        self._command: str = settings.get("VANKHO_COMMAND") or f"scrapy crawl {site.name}"
        self._writer: WarcWriter | None = None
        try:
            self.archive = Archive.open(Path(settings["VANKHO_DATA"]), readonly=False, create=True)
            # A replay has nothing newer to tell, and a run for some days' articles is not for the others.
            new_only = self.replaying or bool(self.since or self.until)
            self.rechecks = Rechecks(self.archive, site, 0 if new_only else settings.getint("VANKHO_RECHECK"))
            self.id = self._begin()
        except ArchiveError:
            self._release()
            raise

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Begin the run of a site's spider; other spiders (`scrapy shell`) have none."""
        site = getattr(crawler.spider, "site", None)
        if not isinstance(site, Site):
            raise NotConfigured
        run = cls(crawler, site)
        crawler.signals.connect(run.finish, signals.spider_closed)
        crawler.signals.connect(run.note_exception, signals.spider_error)
        return run

    def _begin(self) -> int:
        site = self.site
        self.archive.add_site(
            name=site.name,
            title=site.title,
            publisher=site.publisher,
            level=site.level,
            province=site.province,
            home=site.home,
            family=site.family.name,
        )
        for note in recover(self.archive.folder, site.name, self.archive.warc_ends(site.name)):
            log.warning("%s: %s", site.name, note, extra={"site": site.name})
        return self.archive.begin_run(site.name, started_at=self.started_at, command=self._command)

    def write(
        self,
        *,
        url: str,
        captured_at: str | None,
        status: int,
        reason: str,
        protocol: str,
        headers: Sequence[tuple[str, str]],
        payload: bytes,
        ip_address: str | None,
    ) -> Capture:
        """Write a response to the run's WARC file. Raises ArchiveFull, ArchiveUnwritable."""
        if self._writer is None:
            self._writer = WarcWriter(
                self.archive.folder, self.site.name, started_at=self.started_at, software=self._software
            )
        self.counts["requests"] += 1
        self.counts["bytes"] += len(payload)
        for name, most in self._budget.items():
            if 0 < most <= self.counts[name]:
                self.stop("budget")
        return self._writer.write(
            url=url,
            captured_at=captured_at or utc_now(),
            status=status,
            reason=reason,
            protocol=protocol,
            headers=headers,
            payload=payload,
            ip_address=ip_address,
        )

    def see(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        """Record what a listing shows; return what was never seen before."""
        new = self.archive.see(self.id, sightings, seen_at=utc_now())
        self.discoveries += bool(new)
        return new

    def wants(self, sighting: Sighting) -> bool:
        """Whether a sighting's date, where it has one, lies within `since` and `until`."""
        day = (sighting.date or "")[:10]
        return not (day and (day < self.since or (self.until and day > self.until)))

    def keep(self, capture: Capture, kind: str) -> None:
        """Record a capture that is no article: a `listing`, `robots`, a `redirect`, an `error`."""
        self.archive.keep(self.id, capture, kind=kind)

    def record(self, capture: Capture, reading: Reading, *, seen_as: str) -> Outcome:
        """Record an article as read; the frontier entry `seen_as` is done in the same transaction."""
        again = seen_as in self.rechecks
        if again:
            self.rechecks.renew_reading(self.id, reading)
            self.counts["returned"] += self._asks(_IS_REMOVED, reading.article.uid)
        outcome = self.archive.record(self.id, capture, reading, seen_as=seen_as)
        self.rechecks.note_there()
        self.counts["fetched"] += 1
        self.counts["rechecked"] += again
        self.counts[_COUNTED[outcome]] += 1
        if again and reading.article.uid != seen_as:
            message = f"{seen_as} is no longer at its address, which leads to {reading.article.uid}"
            self.report(Issue(kind="Moved", message=message, url=capture.url), uid=seen_as)
        for issue in reading.issues:
            self._count(issue)
        return outcome

    def report(
        self, issue: Issue, *, capture: Capture | None = None, uid: str | None = None, again: bool = False
    ) -> None:
        """Record an Issue. An article's page is tried `again` in a later run, or else done with.

        Of an article in the archive nothing is lost: its Issue is a warning, and it is looked at once more.
        """
        issue = replace(issue, site=self.site.name)
        retry_at = self._next_try(uid) if uid and again else None
        if uid in self.rechecks:
            issue = replace(issue, severity="warning")
            retry_at = _stamp(datetime.now(UTC) + AFTER_FAILURE)
        park = bool(uid and again and retry_at is None)
        self.archive.report(self.id, issue, capture=capture, uid=uid, retry_at=retry_at, park=park)
        if uid and capture is not None:
            self.counts["fetched"] += 1
        self._count(issue)

    def report_of(self, issue: Issue, *, capture_id: int, uid: str) -> None:
        """Record an Issue about a page that is recorded already."""
        issue = replace(issue, site=self.site.name)
        with self.archive.batch() as db:
            recording.add_issue(db, self.id, issue, at=utc_now(), capture_id=capture_id, uid=uid)
        self._count(issue)

    def gone(self, capture: Capture, uid: str, issue: Issue) -> None:
        """Record that an article's page is no longer there: of a captured one its removal, else the Issue."""
        self.counts["fetched"] += 1
        self.counts["gone"] += 1
        if self._asks("SELECT EXISTS (SELECT 1 FROM articles WHERE uid = ?)", uid):
            self.counts["rechecked"] += uid in self.rechecks
            self.counts["removed"] += not self._asks(_IS_REMOVED, uid)
            self.archive.mark_removed(self.id, capture, uid)
            if many := self.rechecks.note_gone():
                self.report(many)
        else:
            self.archive.report(self.id, replace(issue, site=self.site.name), capture=capture, uid=uid)

    def _count(self, issue: Issue) -> None:
        self.counts["issues" if issue.severity == "error" else "warnings"] += 1
        level = logging.ERROR if issue.severity == "error" else logging.WARNING
        tell = {"site": self.site.name, "url": issue.url}
        log.log(level, "%s: %s: %s", self.site.name, issue.kind, issue.message, extra=tell)

    def _next_try(self, uid: str) -> str | None:
        """When a page that failed is due again; None when it has failed too often and is parked."""
        attempts = self._asks("SELECT coalesce(max(attempts), 0) FROM frontier WHERE uid = ?", uid)
        if attempts >= len(_PAUSES):
            return None
        return _stamp(datetime.now(UTC) + _PAUSES[attempts])

    def _asks(self, query: str, name: str) -> int:
        return int(self.archive.db.execute(query, (name,)).fetchone()[0])

    def stop(self, reason: str, error: Exception | None = None) -> None:
        """End the run as soon as what is under way is done."""
        if self.reason is None:
            self.reason, self.error = reason, error
            if error is not None:
                tell = {"site": self.site.name}
                log.error("%s: stopped (%s): %s", self.site.name, reason, error, extra=tell)
            _ = deferred_from_coro(self.crawler.engine.close_spider_async(reason=reason))

    def fail(self, error: ArchiveError | sqlite3.Error) -> None:
        """End the run because the archive cannot keep what is fetched."""
        if isinstance(error, ArchiveLocked):
            self.stop("locked", error)
        elif isinstance(error, ArchiveFull):
            self.stop("full", error)
        elif isinstance(error, sqlite3.Error):
            # As `disk I/O error`: what SQLite says of a failing disk, a quota or a file-size limit.
            self.stop("full", ArchiveError(f"{self.archive.path}: {error}: the disk is full or failing"))
        else:
            self.stop("unwritable", error)

    def note_exception(self, failure: Failure, response: Response | None) -> None:
        """Make an Issue of what a callback of the spider raised, or end the run when the archive did."""
        if isinstance(failure.value, ArchiveError | sqlite3.Error):
            self.fail(failure.value)
            return
        url = response.url if response is not None else self.site.home
        message = f"{failure.value!r} while reading the listing {url}"
        self.report(Issue(kind=type(failure.value).__name__, message=message, url=url))

    def finish(self, reason: str) -> None:
        """Close the WARC file and write the run's row."""
        reason = self.reason or _REASONS.get(reason, reason)
        self.reason = reason
        try:
            if self._writer is not None:
                self._writer.close()
            if reason == "finished":
                check_news(self)
            check_layout(self)
            self.left = self._asks(_WAITING, self.site.name)
            self.counts["left"] = self.left
            self.archive.finish_run(self.id, finished_at=utc_now(), reason=reason, counts=self.counts)
        except (ArchiveError, sqlite3.Error) as error:
            self.error = self.error or error
            message = "%s: the end of the run could not be recorded: %s"
            log.critical(message, self.site.name, error, extra={"site": self.site.name})
        finally:
            self.archive.close()
            self._release()

    def _release(self) -> None:
        if self._leases is not None:
            self._leases.release()
