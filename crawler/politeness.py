"""What keeps a crawl from hurting servers: pauses, patience, and knowing when to stop."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import time
from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

from crawler.errors import ChallengeError, CrawlerError
from crawler.run import run_of

log = logging.getLogger(__name__)

_BUSY = frozenset({429, 503})
"""Statuses by which a server asks for patience."""
_TROUBLED = frozenset({408, 500, 502, 504, 520, 521, 522, 524})
"""Statuses that a second try a little later often cures."""
_REFUSED = frozenset({401, 403, 451})
"""Statuses by which a server turns us away: page after page of them, the site does not want us."""
_TRIES = 3
"""How often one URL is asked for in one run; later runs try again."""
_LONGEST_PAUSE = 600.0
"""Seconds. A server that asks for more is left alone until the next run."""
_FAILURES = 10
"""Pages failing in a row, after all their tries, that end a run: the host or the network is down. One without
any answer counts twice."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, in either of its forms; None when it says nothing.

    >>> retry_after("120", datetime(2024, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Mon, 01 Jan 2024 00:01:00 GMT", datetime(2024, 1, 1, tzinfo=UTC))
    60.0
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Pause:
    """Counts the pause between two requests from the end of an answer, not from the request before it.

    Scrapy counts from request to request; a slow connection then lets the next one follow on its heels.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Begin the pause."""
        self._begin(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Begin the pause after a failure too."""
        if not isinstance(exception, (IgnoreRequest, CrawlerError)):  # those never reached the host
            self._begin(request)

    def _begin(self, request: Request) -> None:
        slot = self._crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is not None:
            slot.lastseen = time.monotonic()


class Patience:
    """Waits as a busy server asks, tries again what failed, and ends the run when nothing answers any more.

    Nothing else is asked of the host while it waits: a spider has one request under way.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._failures = 0
        self._refusals = 0
        self._first_pause = crawler.settings.getfloat("VANKHO_FIRST_PAUSE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the patience of one crawl."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass an answer on, or wait and ask again."""
        if response.status in _REFUSED:
            self._note_refusal(request, response.status)
            return response
        if response.status not in _BUSY | _TROUBLED:
            self._failures = 0
            if "sighting" in request.meta:  # a site may show its lists and turn us away from its articles
                self._refusals = 0
            return response
        header = response.headers.get("Retry-After")
        asked = retry_after(header.decode("latin-1"), datetime.now(UTC)) if header else None
        pause = asked if asked is not None else self._pause(request)
        if response.status in _BUSY and pause > _LONGEST_PAUSE:
            run_of(self._crawler).stop(
                "busy", CrawlerError(f"{request.url} asks for a pause of {pause:.0f} s")
            )
            return response
        again = await self._again(request, pause, f"answered {response.status}")
        if again is None:
            self._note_failure(request, f"answered {response.status}", 1)
            return response
        run_of(self._crawler).keep(request.meta["capture"], "error")
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask again after a failure of the network; pass any other on."""
        if isinstance(exception, (IgnoreRequest, DownloadCancelledError, CrawlerError)):
            return None
        again = await self._again(request, self._pause(request), type(exception).__name__)
        if again is None:
            self._note_failure(request, f"{type(exception).__name__}: {exception}", 2)
        return again

    def _pause(self, request: Request) -> float:
        return self._first_pause * 2.0 ** int(request.meta.get("tries", 0))

    async def _again(self, request: Request, pause: float, why: str) -> Request | None:
        tries = request.meta.get("tries", 0) + 1
        if tries >= _TRIES or run_of(self._crawler).reason is not None:
            return None
        log.info("%s %s; asking again in %.0f s", request.url, why, pause)
        if not await self._wait(pause):
            return None
        again = request.copy()
        again.meta["tries"] = tries
        return again

    async def _wait(self, seconds: float) -> bool:
        """Wait in small steps, so that Ctrl-C need not; False when the run is being closed."""
        deadline = asyncio.get_running_loop().time() + seconds
        while (rest := deadline - asyncio.get_running_loop().time()) > 0:
            if not self._crawler.engine.running:
                return False
            await asyncio.sleep(min(rest, 0.5))
        return True

    def _note_refusal(self, request: Request, status: int) -> None:
        self._refusals += 1
        if self._refusals >= _FAILURES:
            error = ChallengeError(f"page after page is refused, last {request.url} (answered {status})")
            run_of(self._crawler).stop("challenged", error)

    def _note_failure(self, request: Request, what: str, weight: int) -> None:
        self._failures += weight
        if self._failures >= _FAILURES:
            error = CrawlerError(f"page after page failed, last {request.url} ({what})")
            run_of(self._crawler).stop("network", error)
