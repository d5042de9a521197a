"""What is still to fetch: listings of this run in memory, articles in the archive, where they survive a kill.

Scrapy's own job folder loses what was under way when a process is killed. Here an article's request is made
from its row when its turn comes, and the row is done only in the transaction that records what was fetched.
"""

from __future__ import annotations

from collections import deque
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from archive.model import Sighting
from crawler.run import Run, run_of, utc_now

_BATCH = 50
"""Rows read from the frontier at a time."""
_UNDER_WAY = 10
"""Requests that can be between being handed out and being recorded: one downloading, some being read."""


class FrontierScheduler(BaseScheduler):
    """Hands out what is tried again, then first pages of listings, articles, further pages, re-checks.

    Articles, newest listed first, come before further pages, so that the first ones are in the archive at
    once, the frontier stays short, and a limit is met without walking a whole site.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._again: deque[Request] = deque()
        self._first: deque[Request] = deque()
        self._further: deque[Request] = deque()
        self._articles: deque[Sighting] = deque()
        self._handed_out: set[str] = set()
        self._exhausted_at = -1
        """What `Run.discoveries` was when the archive last had nothing due."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the scheduler of one crawl."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Find the run whose frontier this is."""
        self._spider = spider
        self._run: Run = run_of(self._crawler)
        self._crawler.signals.connect(self._look_again, signals.spider_idle)

    def close(self, reason: str) -> None:
        """Say so when the run ends for its limit; what is left is in the archive."""
        if reason == "finished" and self._at_limit() and (self._further or self._due(1)):
            self._run.reason = "limit"

    def enqueue_request(self, request: Request) -> bool:
        """Take a listing's request, or one that comes back redirected or to be tried again."""
        if request.meta.get("redirect_times") or request.meta.get("tries"):
            self._again.append(request)
        elif request.meta.get("further"):
            self._further.append(request)
        else:
            self._first.append(request)
        return True

    def has_pending_requests(self) -> bool:
        """Whether anything is left to hand out in this run."""
        return bool(
            self._again or self._first or self._next_sighting() or (self._further and not self._at_limit())
        )

    def next_request(self) -> Request | None:
        """Return the next request; None when there is nothing to fetch now."""
        if self._again:
            return self._again.popleft()
        if self._first:
            return self._first.popleft()
        sighting = self._next_sighting()
        if sighting is not None:
            self._articles.popleft()
            self._handed_out.add(sighting.uid)
            request: Request = self._spider.article_request(sighting)  # type: ignore[attr-defined]  # SiteSpider's
            return request
        if self._further and not self._at_limit():
            return self._further.popleft()
        return None

    def _look_again(self) -> None:
        """When nothing new is left, ask for a known article again: the run goes on until none is due."""
        if self._run.reason is not None or self._at_limit():
            return
        sighting = self._run.rechecks.take(utc_now())
        if sighting is not None:
            self._handed_out.add(sighting.uid)
            request: Request = self._spider.article_request(sighting)  # type: ignore[attr-defined]  # SiteSpider's
            self._crawler.engine.crawl(request)

    def _at_limit(self) -> bool:
        return 0 < self._run.limit <= len(self._handed_out)

    def _next_sighting(self) -> Sighting | None:
        if self._at_limit():
            return None
        if not self._articles and self._exhausted_at != self._run.discoveries:
            self._articles.extend(self._due(_BATCH))
            if not self._articles:
                self._exhausted_at = self._run.discoveries
        return self._articles[0] if self._articles else None

    def _due(self, count: int) -> list[Sighting]:
        """Some entries that are due and were not handed out in this run."""
        # What was handed out is done or postponed by now, but for the few under way.
        due = self._run.archive.pending(self._run.site.name, now=utc_now(), limit=count + _UNDER_WAY)
        return [s for s in due if s.uid not in self._handed_out and self._run.wants(s)]
