"""Keeps runs out of their site's quiet hours.

A run that would begin in them ends before its first request, one they overtake ends as soon as what is under
way is done; both with the reason `quiet_hours` and exit code 0. The next run goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Protocol, Self, cast

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from twisted.internet.base import DelayedCall

from crawler.quiet import QuietHours
from crawler.run import run_of
from crawler.site import Site

QUIET: Final = "quiet_hours"
"""Why a run ended, in its row."""

_LOOK_AGAIN = 60.0
"""Seconds after which the clock is read again: a machine that slept, or was set, is trusted no longer."""


class Later(Protocol):
    """The one thing asked of a reactor."""

    def callLater(self, delay: float, callable: Callable[[], None]) -> DelayedCall:  # noqa: A002, N802 - Twisted's
        """Call something after so many seconds."""


class QuietWatch:
    """Ends a run when its site's quiet hours begin. A Scrapy extension; off for sites without them."""

    def __init__(
        self,
        hours: QuietHours,
        *,
        stop: Callable[[str], None],
        now: Callable[[], datetime],
        reactor: Later | None = None,
    ) -> None:
        """Watch for these hours. The reactor is asked for when a spider opens: importing it installs one."""
        self._stop = stop
        self._hours = hours
        self._now = now
        self._reactor = reactor
        self._call: DelayedCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch the run of a site that has quiet hours, unless WARC files answer instead of the site."""
        site = getattr(crawler.spider, "site", None)
        replaying = bool(crawler.settings.getlist("VANKHO_REPLAY"))
        if not isinstance(site, Site) or site.quiet_hours is None or replaying:
            raise NotConfigured
        # Extensions are not to be had from the crawler until all are made.
        watch = cls(
            site.quiet_hours,
            stop=lambda reason: run_of(crawler).stop(reason),
            now=lambda: datetime.now(UTC),
        )
        crawler.signals.connect(watch.begin, signals.spider_opened)
        crawler.signals.connect(watch.end, signals.spider_closed)
        return watch

    def begin(self) -> None:
        """Look at the clock. Raises CloseSpider, before anything is asked for, where it is quiet already."""
        if self._hours.contain(self._now()):
            raise CloseSpider(QUIET)
        self._wait()

    def end(self) -> None:
        """Stop watching."""
        if self._call is not None and self._call.active():
            self._call.cancel()

    def _wait(self) -> None:
        if self._reactor is None:
            from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

            self._reactor = cast("Later", reactor)
        pause = min(self._hours.seconds_until(self._now()), _LOOK_AGAIN)
        self._call = self._reactor.callLater(pause, self._look)

    def _look(self) -> None:
        if self._hours.contain(self._now()):
            self._stop(QUIET)
        else:
            self._wait()
