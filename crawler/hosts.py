"""What keeps a crawl from being led astray: off the site, or into a private network."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence
from typing import Self, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.errors import OffSite, PrivateAddress
from crawler.run import run_of
from crawler.site import is_on_site

log = logging.getLogger(__name__)


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


def is_local(host: str) -> bool:
    """Whether a host says of itself that it is not public: a private address in figures, or localhost.

    Who declares such a site means it: an intranet mirror, a test server. A name that only resolves to a
    private address may have been turned there by someone else.

    >>> is_local("192.168.1.5"), is_local("localhost"), is_local("203.162.0.11"), is_local("laichau.dcs.vn")
    (True, True, False, False)
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host.strip("[]"))
    except ValueError:
        return False


class PublicResolver(CachingThreadedResolver):
    """Resolves host names, and refuses those that lead into a private network.

    Not refused are addresses the site's declaration spells out, and any with VANKHO_ALLOW_PRIVATE.
    """

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
        # A local name or figure gets here only from a declaration: HostGuard lets no other host through.
        if not self.allow_private and not is_public(address) and not is_local(name):
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
            host = urlsplit(request.url).hostname or ""
            if not is_local(host):  # else the declaration spells it out: what is on the site's hosts got here
                await _refuse_private(host)


async def _refuse_private(host: str) -> None:
    """Raise PrivateAddress for a name that resolves to no public address.

    A name that cannot be resolved passes: a proxy may know it, and if not, the download says so.
    """
    from twisted.internet import reactor  # noqa: PLC0415 - importing it installs one

    try:
        await maybe_deferred_to_future(cast("ReactorBase", reactor).resolve(host))
    except RefusedLookup as error:
        raise PrivateAddress(
            f"{error.args[0]}; set VANKHO_ALLOW_PRIVATE=1 if you mean to crawl inside your own network"
        ) from error
    except DNSLookupError:
        log.debug("%s cannot be resolved here", host)
