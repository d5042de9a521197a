"""Running the spiders of some sites in this process, as `vankho crawl` and `vankho demo` do."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from archive.errors import ArchiveError, ArchiveLocked
from archive.store import Archive
from crawler.errors import CrawlerError, HostBusy
from crawler.exits import Exit, exit_of_run
from crawler.loader import spider_class
from crawler.progress import Progress
from crawler.replay import index_warc
from crawler.run import Run
from crawler.settings import user_agent
from crawler.site import Site

_ERROR_KINDS = "SELECT DISTINCT kind FROM issues WHERE run_id = ? AND severity = 'error'"


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlOptions:
    """What `vankho crawl` was asked for."""

    data: Path
    limit: int = 0
    since: str | None = None
    until: str | None = None
    max_requests: int = 0
    max_bytes: int = 0
    time_limit: float = 0.0
    """Seconds; 0: none."""
    delay: float | None = None
    backfill: bool = False
    from_warc: tuple[Path, ...] = ()
    contact: str | None = None
    command: str = "vankho crawl"
    log_level: str = "ERROR"


@dataclass(frozen=True, kw_only=True, slots=True)
class RunResult:
    """How the run of one site ended."""

    site: Site
    reason: str
    """Why it ended: `finished`, `limit`, `interrupted`, `network`..., `failed` when it could not begin."""
    run_id: int | None = None
    """Its row in the archive; None when it could not begin."""
    counts: Mapping[str, int] = field(default_factory=dict)
    error: Exception | None = None
    exit: Exit = Exit.WELL


def crawl_sites(sites: Sequence[Site], options: CrawlOptions, console: Console) -> list[RunResult]:
    """Crawl sites side by side in this process and say how each run ended.

    Can be called once in a process: a reactor cannot be started again. Raises ArchiveError when the archive
    or a WARC file given cannot be used, before anything is fetched.
    """
    for path in options.from_warc:
        index_warc(path)
    Archive.open(options.data, readonly=False, create=True).close()
    process = CrawlerProcess(_settings(options))
    crawlers: dict[str, Crawler] = {}
    failures: dict[str, Exception] = {}
    with Progress([site.name for site in sites], console) as progress:
        for site in sites:
            crawler = process.create_crawler(spider_class(site))
            crawlers[site.name] = crawler
            progress.watch(crawler)
            _ = process.crawl(crawler).addErrback(_note, failures, site.name)
        process.start()
    return [_result(site, crawlers[site.name], failures.get(site.name), options.data) for site in sites]


def _settings(options: CrawlOptions) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    asked: dict[str, Any] = {
        "VANKHO_DATA": str(options.data),
        "VANKHO_LIMIT": options.limit,
        "VANKHO_SINCE": options.since or "",
        "VANKHO_UNTIL": options.until or "",
        "VANKHO_MAX_REQUESTS": options.max_requests,
        "VANKHO_MAX_BYTES": options.max_bytes,
        "VANKHO_BACKFILL": options.backfill,
        "CLOSESPIDER_TIMEOUT": options.time_limit,
        "VANKHO_REPLAY": [str(path) for path in options.from_warc],
        "VANKHO_DELAY": options.delay,
        "VANKHO_COMMAND": options.command,
        "LOG_LEVEL": options.log_level,
    }
    if options.contact:
        asked |= {"VANKHO_CONTACT": options.contact, "USER_AGENT": user_agent(options.contact)}
    settings.setdict(asked, priority="cmdline")
    return settings


def _note(failure: Failure, failures: dict[str, Exception], name: str) -> None:
    error = failure.value
    failures[name] = error if isinstance(error, Exception) else RuntimeError(str(error))
    if not isinstance(error, ArchiveError | CrawlerError):
        logging.getLogger(__name__).error("%s: %s", name, failure.getTraceback())


def _result(site: Site, crawler: Crawler, failure: Exception | None, data: Path) -> RunResult:
    if failure is not None:
        busy = isinstance(failure, HostBusy | ArchiveLocked)
        return RunResult(
            site=site,
            reason="locked" if busy else "failed",
            error=failure,
            exit=Exit.LOCKED if busy else Exit.USAGE if isinstance(failure, ArchiveError) else Exit.BUG,
        )
    run = crawler.get_extension(Run)
    if run is None:
        return RunResult(site=site, reason="failed", exit=Exit.BUG)
    with Archive.open(data) as archive:
        kinds = [row[0] for row in archive.db.execute(_ERROR_KINDS, (run.id,))]
    reason = run.reason or "failed"
    return RunResult(
        site=site, reason=reason, run_id=run.id, counts=dict(run.counts), error=run.error,
        exit=exit_of_run(reason, kinds),
    )  # fmt: skip
