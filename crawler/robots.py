"""robots.txt by RFC 9309: no file means yes, a file that cannot be had means no.

Scrapy's own middleware parses the body whatever its status, and takes a failure for permission.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http.request import NO_CALLBACK

from archive.model import Capture, Issue
from crawler.errors import CrawlerError, NotInCapture, OffSite, RobotsForbidden, RobotsUnavailable
from crawler.run import run_of

log = logging.getLogger(__name__)

_AGENT = "vankho"
"""The product token that a robots.txt names us by."""
_LONGEST = 500 * 1024
"""Bytes read of a robots.txt: what the RFC asks for at least."""
_LONGEST_DELAY = 120.0
"""Seconds. A longer Crawl-delay is taken for a mistake in unit and honoured to this."""


class RobotsMiddleware:
    """Asks each host for its robots.txt once a run and keeps to it, its Crawl-delay too."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, Protego | None] = {}
        self._obey = crawler.settings.getbool("ROBOTSTXT_OBEY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RobotsForbidden or RobotsUnavailable."""
        if not self._obey or request.meta.get("robots"):
            return
        rules = await self._rules_for(request)
        if rules is not None and not rules.can_fetch(request.url, _AGENT):
            raise RobotsForbidden(
                f"robots.txt of {urlsplit(request.url).netloc} asks not to fetch {request.url}"
            )

    async def _rules_for(self, request: Request) -> Protego | None:
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._fetch(origin)
        return self._rules[origin]

    async def _fetch(self, origin: str) -> Protego | None:
        """Return the rules of a host; None where everything is allowed."""
        run = run_of(self._crawler)
        asked = Request(f"{origin}/robots.txt", meta={"robots": True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(asked)
        except (NotInCapture, OffSite):
            return None
        except CrawlerError as error:
            raise self._unavailable(origin, str(error), "robots") from error
        except Exception as error:
            raise self._unavailable(origin, f"{type(error).__name__}: {error}", "network") from error
        capture: Capture = response.meta["capture"]
        run.keep(capture, "robots")
        if (
            response.status == HTTPStatus.TOO_MANY_REQUESTS
            or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        ):
            raise self._unavailable(origin, f"status {response.status}", "robots")
        if response.status != HTTPStatus.OK:
            return None
        rules = Protego.parse(capture.body[:_LONGEST].decode("utf-8", "replace"))
        self._slow_down(origin, rules)
        return rules

    def _unavailable(self, origin: str, why: str, reason: str) -> RobotsUnavailable:
        error = RobotsUnavailable(
            f"{origin}/robots.txt could not be had ({why}): that is no permission to crawl; "
            "nothing was fetched, the next run asks again"
        )
        run = run_of(self._crawler)
        run.report(Issue(kind=type(error).__name__, message=str(error), url=f"{origin}/robots.txt"))
        run.stop(reason, error)
        return error

    def _slow_down(self, origin: str, rules: Protego) -> None:
        asked = rules.crawl_delay(_AGENT)
        run = run_of(self._crawler)
        if asked is None or run.replaying:
            return
        delay = min(float(asked), _LONGEST_DELAY)
        log.info("%s asks for %.0f s between requests", origin, delay)
        throttle = self._crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
        for slot in self._crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, delay)
