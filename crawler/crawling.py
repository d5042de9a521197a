"""Running the spiders of some sites side by side in this process."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from archive.errors import ArchiveError, ArchiveLocked
from archive.store import Archive
from crawler.crawl_options import CrawlOptions, RunResult
from crawler.errors import CrawlerError, HostBusy
from crawler.exits import Exit, exit_of_run
from crawler.loader import spider_class
from crawler.progress import Display, follow
from crawler.replay import index_warc
from crawler.run import Run
from crawler.settings import user_agent
from crawler.site import Site

_ERRORS = "SELECT kind, count(*) FROM issues WHERE run_id = ? AND severity = 'error' GROUP BY kind"


def crawl_here(sites: Sequence[Site], options: CrawlOptions, display: Display) -> list[RunResult]:
    """Crawl sites side by side in this process and say how each run ended.

    Can be called once in a process: a reactor cannot be started again. Raises ArchiveError when the archive
    or a WARC file given cannot be used, before anything is fetched.
    """
    check_inputs(options)
    process = CrawlerProcess(_settings(options))
    crawlers: dict[str, Crawler] = {}
    failures: dict[str, Exception] = {}
    for site in sites:
        crawlers[site.name] = process.create_crawler(spider_class(site))
        follow(crawlers[site.name], display)
        _ = process.crawl(crawlers[site.name]).addErrback(_note, failures, site.name)
    process.start()
    results = [_result(site, crawlers[site.name], failures.get(site.name), options) for site in sites]
    for result in results:
        if result.run_id is None:
            display.show(result.site.name, result.counts, result.reason)
    return results


def check_inputs(options: CrawlOptions) -> None:
    """Make the archive if there is none. Raises ArchiveError when it or a WARC file cannot be used."""
    for path in options.from_warc:
        index_warc(path)
    Archive.open(options.data, readonly=False, create=True).close()


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
        "VANKHO_REPLAY": [str(path) for path in options.from_warc],
        "VANKHO_DELAY": options.delay,
        "VANKHO_COMMAND": options.command,
        "CLOSESPIDER_TIMEOUT": options.time_limit,
        "LOG_LEVEL": options.log_level,
        "LOG_INSTALL_ROOT_HANDLER": not options.log_json,  # else crawler.logs has set one up
    }
    if options.contact:
        asked |= {"VANKHO_CONTACT": options.contact, "USER_AGENT": user_agent(options.contact)}
    if options.recheck is not None:
        asked["VANKHO_RECHECK"] = options.recheck
    settings.setdict(asked, priority="cmdline")
    return settings


def _note(failure: Failure, failures: dict[str, Exception], name: str) -> None:
    error = failure.value
    failures[name] = error if isinstance(error, Exception) else RuntimeError(str(error))
    if not isinstance(error, ArchiveError | CrawlerError):
        logging.getLogger(__name__).error("%s: %s", name, failure.getTraceback(), extra={"site": name})


def _result(site: Site, crawler: Crawler, failure: Exception | None, options: CrawlOptions) -> RunResult:
    if failure is not None:
        reason, code = _of_failure(failure)
        return RunResult(site=site, reason=reason, error=_one_line(failure), exit=code)
    run = crawler.get_extension(Run)
    if run is None:
        return RunResult(site=site, reason="failed", error="its run could not begin", exit=Exit.BUG)
    with Archive.open(options.data) as archive:
        errors = dict(archive.db.execute(_ERRORS, (run.id,)).fetchall())
    reason = run.reason or "failed"
    return RunResult(
        site=site,
        reason=reason,
        run_id=run.id,
        counts=dict(run.counts),
        error=_one_line(run.error) if run.error else None,
        exit=exit_of_run(reason, errors, run.counts["fetched"]),
    )


def _of_failure(failure: Exception) -> tuple[str, Exit]:
    if isinstance(failure, HostBusy | ArchiveLocked):
        return "locked", Exit.LOCKED
    return "failed", Exit.USAGE if isinstance(failure, ArchiveError) else Exit.BUG


def _one_line(error: Exception) -> str:
    known = isinstance(error, ArchiveError | CrawlerError)
    return " ".join((str(error) if known else repr(error)).split())
