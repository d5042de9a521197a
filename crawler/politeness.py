"""What keeps a crawl from hurting servers and from being led astray: hosts, addresses, waiting."""

from __future__ import annotations

import asyncio
import email.utils
import ipaddress
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Self, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.errors import CrawlerError, OffSite, PrivateAddress
from crawler.run import run_of
from crawler.site import is_on_site

log = logging.getLogger(__name__)

_BUSY = frozenset({429, 503})
"""Statuses by which a server asks for patience."""
_TROUBLED = frozenset({408, 500, 502, 504, 520, 521, 522, 524})
"""Statuses that a second try a little later often cures."""
_TRIES = 3
"""How often one URL is asked for in one run; later runs try again."""
_LONGEST_PAUSE = 600.0
"""Seconds. A server that asks for more is left alone until the next run."""
_FAILURES = 10
"""Pages failing in a row, after all their tries, that end a run: the host or the network is down. One without
any answer counts twice."""


def is_public(address: str) -> bool:
    """Whether an IP address is one a site may send us to.

    >>> is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("203.162.0.11")
    (False, False, True)
    """
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_global)


class RefusedLookup(DNSLookupError):
    """A name leads to an address that is not public. Twisted takes a failed lookup without a traceback."""


class PublicResolver(CachingThreadedResolver):
    """Resolves host names, and refuses those that lead into a private network unless VANKHO_ALLOW_PRIVATE."""

    allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the settings."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("VANKHO_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's
        """Resolve a name. The result fails with RefusedLookup where it is no public address."""
        return super().getHostByName(name, timeout).addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not self.allow_private and not is_public(address):
            raise RefusedLookup(f"{name} resolves to {address}, which is no public address")
        return address


class HostGuard:
    """Refuses requests that leave the site, by link or by redirect, and addresses that are not public."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allow_private = crawler.settings.getbool("VANKHO_ALLOW_PRIVATE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the guard of one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise OffSite or PrivateAddress."""
        run = run_of(self._crawler)
        if not is_on_site(run.site, request.url):
            came = request.meta.get("redirect_urls", ["a listing"])[-1]
            hosts = ", ".join(run.site.hosts)
            raise OffSite(f"{came} leads to {request.url}, which is none of the site's hosts ({hosts})")
        if not self._allow_private and not run.replaying:
            await _refuse_private(urlsplit(request.url).hostname or "")


async def _refuse_private(host: str) -> None:
    """Raise PrivateAddress for a host that is, or resolves to, no public address.

    A name that cannot be resolved passes: a proxy may know it, and if not, the download says so.
    """
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

    if _is_private_literal(host):
        raise PrivateAddress(f"{host} is no public address")
    try:
        await maybe_deferred_to_future(cast("ReactorBase", reactor).resolve(host))
    except RefusedLookup as error:
        raise PrivateAddress(str(error.args[0])) from error
    except DNSLookupError:
        log.debug("%s cannot be resolved here", host)


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False


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


class Patience:
    """Waits as a busy server asks, tries again what failed, and ends the run when nothing answers any more.

    Nothing else is asked of the host while it waits: a spider has one request under way.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._failures = 0
        self._first_pause = crawler.settings.getfloat("VANKHO_FIRST_PAUSE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the patience of one crawl."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass an answer on, or wait and ask again."""
        if response.status not in _BUSY | _TROUBLED:
            self._failures = 0
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

    def _note_failure(self, request: Request, what: str, weight: int) -> None:
        self._failures += weight
        if self._failures >= _FAILURES:
            run_of(self._crawler).stop(
                "network",
                CrawlerError(f"page after page failed, last {request.url} ({what})"),
            )
