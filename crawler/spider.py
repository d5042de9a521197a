"""SiteSpider: decides what to fetch of one site, and extracts nothing.

Listings lead to Sightings, Sightings to the frontier, and each article page fetched is handed on as it came.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, ClassVar

import scrapy
from lxml.html import HtmlElement
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from archive.model import Capture, Issue, Sighting
from crawler.challenge import challenge_sign
from crawler.discovery import Listing, read_section_page
from crawler.errors import CrawlerError, NotAnArticle, NotInCapture
from crawler.feeds import read_feed, read_sitemap
from crawler.page import parse_page
from crawler.pipeline import FetchedPage, Trouble
from crawler.reading.blocks import read_blocks
from crawler.run import Run, run_of, utc_now
from crawler.site import Site, canonical, is_article_url
from crawler.walk import Walk

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_FEEDS_EVERY = timedelta(days=7)
"""Feeds and sitemaps are read again after this: the sections' own pages show what is new sooner."""


def _kind_of(error: BaseException | None) -> str:
    """The Issue's kind for what Scrapy raises: its own names say little to an operator."""
    if isinstance(error, DownloadCancelledError):
        return "TooLarge"
    if isinstance(error, IgnoreRequest):
        return "RedirectLoop"  # the one such refusal left to Scrapy's redirect middleware
    return type(error).__name__


class SiteSpider(scrapy.Spider):
    """The spider of one declared site; the loader makes one subclass a site."""

    site: ClassVar[Site]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set the site's pace, and the replaying handler where WARC files answer instead of the network."""
        super().update_settings(settings)
        asked = settings.get("VANKHO_DELAY")
        pace = cls.site.delay if cls.site.delay is not None else cls.site.family.delay
        delay = float(asked) if asked is not None else max(pace, settings.getfloat("DOWNLOAD_DELAY"))
        if settings.getlist("VANKHO_REPLAY"):
            delay = float(asked or 0)
            handlers = {"http": "crawler.replay.ReplayHandler", "https": "crawler.replay.ReplayHandler"}
            settings.set(
                "DOWNLOAD_HANDLERS", {**settings.getdict("DOWNLOAD_HANDLERS"), **handlers}, priority="spider"
            )
            settings.set("AUTOTHROTTLE_ENABLED", value=False, priority="spider")
        settings.set("DOWNLOAD_DELAY", delay, priority="spider")

    @property
    def run(self) -> Run:
        """The run this spider works for."""
        return run_of(self.crawler)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first page of every section, and for feeds and sitemaps that are due."""
        for first_url in self.site.sections:
            yield self._section_request(Walk(self.run, first_url), first_url, number=1)
        for url in self.site.sitemaps:
            if self._is_due(url):
                yield self._request(url, self.parse_sitemap, listing=url)
        for url in self.site.feeds:
            if self._is_due(url):
                yield self._request(url, self.parse_feed, listing=url)

    def _is_due(self, url: str) -> bool:
        state = self.run.archive.listing_state(self.site.name, url)
        if state is None or state.completed_at is None or not self.site.sections:
            return True
        return datetime.now(UTC) - datetime.fromisoformat(state.completed_at) >= _FEEDS_EVERY

    def _request(self, url: str, callback: Any, **meta: Any) -> Request:
        return Request(url, callback=callback, errback=self.on_failure, meta=meta, dont_filter=True)

    def _section_request(self, walk: Walk, url: str, *, number: int, form: str | None = None) -> Request:
        meta = {"listing": walk.first_url, "walk": walk, "number": number, "further": number > 1}
        request = self._request(url, self.parse_section, **meta)
        if form is None:
            return request
        header = {"Content-Type": "application/x-www-form-urlencoded"}
        return request.replace(method="POST", body=form, headers=header)

    def article_request(self, sighting: Sighting) -> Request:
        """Return the request for a sighted article's page."""
        return self._request(sighting.url, self.parse_article, sighting=sighting)

    # ---- listings

    def parse_section(self, response: Response) -> Iterator[Request | Trouble]:
        """Record what a section's page shows, and ask for its next page."""
        walk, number = response.meta["walk"], response.meta["number"]
        capture = self._keep_listing(response, "listing")
        if number > 1 and response.status in _GONE:
            walk.end()
            return
        if response.status != HTTPStatus.OK or self._is_home(response.url, walk.first_url):
            yield self._unreachable(response, capture, f"page {number} of section {walk.first_url}")
            return
        tree = parse_page(capture.body, capture.header("Content-Type"))
        listing = read_section_page(
            tree, url=response.url, site=self.site, first_url=walk.first_url, page=number,
            captured_at=datetime.fromisoformat(capture.captured_at),
        )  # fmt: skip
        if not listing.sightings and number == 1:
            yield self._empty(response.url, capture, tree)
            return
        self.run.rechecks.site_works |= bool(listing.sightings)
        step = walk.take(listing, url=response.url, number=number)
        if step is not None:
            yield self._section_request(walk, step.url, number=step.number, form=step.form)

    def parse_feed(self, response: Response) -> Iterator[Trouble]:
        """Record what a feed shows."""
        capture = self._keep_listing(response, "feed")
        captured_at = datetime.fromisoformat(capture.captured_at)
        if response.status == HTTPStatus.OK:
            self._take_whole(
                response, read_feed(capture.body, url=response.url, site=self.site, captured_at=captured_at)
            )
        elif response.status not in _GONE:
            yield self._unreachable(response, capture, "the feed")

    def parse_sitemap(self, response: Response) -> Iterator[Request | Trouble]:
        """Record what a sitemap shows, or ask for the sitemaps that an index names."""
        capture = self._keep_listing(response, "sitemap")
        if response.status == HTTPStatus.OK:
            listing = read_sitemap(capture.body, url=response.url, site=self.site)
            self._take_whole(response, listing)
            if not response.meta.get("child"):
                for url in listing.children:
                    yield self._request(url, self.parse_sitemap, listing=url, child=True)
        elif response.status not in _GONE:
            yield self._unreachable(response, capture, "the sitemap")

    def _keep_listing(self, response: Response, kind: str) -> Capture:
        capture: Capture = response.meta["capture"]
        self.run.keep(capture, kind)
        self.run.counts["listings"] += 1
        return capture

    def _take_whole(self, response: Response, listing: Listing) -> None:
        self.run.rechecks.site_works |= bool(listing.sightings)
        self.run.see([sighting for sighting in listing.sightings if self.run.wants(sighting)])
        self.run.archive.save_listing_state(
            self.site.name, response.meta["listing"], resume_url=None, completed_at=utc_now()
        )

    def _is_home(self, url: str, first_url: str) -> bool:
        """Whether a section's page turned out to be the home page: NukeViet sends unknown sections there."""
        home = canonical(self.site, self.site.home)
        return canonical(self.site, url) == home != first_url

    def _unreachable(self, response: Response, capture: Capture, what: str) -> Trouble:
        ok = response.status == HTTPStatus.OK
        sign = None if ok else self._sign(capture)
        if sign is not None:
            message = f"{what} answers {response.status} with a {sign}"
            return self._trouble("ChallengeError", message, url=capture.url, capture=capture)
        where = f"sent on to {response.url}" if ok else f"status {response.status}"
        return self._trouble(
            "ListingUnreachable", f"{what} could not be read ({where}); look whether the site has moved it",
            url=capture.url, capture=capture,
        )  # fmt: skip

    def _empty(self, url: str, capture: Capture, tree: HtmlElement) -> Trouble:
        sign = challenge_sign(capture.body, read_blocks(tree))
        if sign is not None:
            return self._trouble(
                "ChallengeError", f"{url} shows no list but a {sign}", url=url, capture=capture
            )
        return self._trouble(
            "EmptyListing",
            f"{url} shows no link that family {self.site.family.name} takes for an article; look whether the "
            f"site's addresses have changed and mend {self.site.declared_in.name}",
            url=url, capture=capture,
        )  # fmt: skip

    # ---- articles

    def parse_article(self, response: Response) -> Iterator[FetchedPage | Trouble]:
        """Hand an article's page on, or say why it is none."""
        sighting: Sighting = response.meta["sighting"]
        capture: Capture = response.meta["capture"]
        if response.status == HTTPStatus.OK and not self._is_cut(response):
            if is_article_url(self.site, response.url):
                yield FetchedPage(capture=capture, sighting=sighting)
            else:
                yield self._gone(sighting, capture, f"redirects to {response.url}, which is no article")
        elif response.status in _GONE:
            yield self._gone(sighting, capture, f"answers {response.status}")
        elif response.status == HTTPStatus.OK:
            yield self._failed(sighting, "TruncatedResponse", "came cut short", capture)
        else:
            kind = "ChallengeError" if self._sign(capture) else "HttpError"
            yield self._failed(sighting, kind, f"answers {response.status}", capture)

    @staticmethod
    def _sign(capture: Capture) -> str | None:
        """What betrays an error page as an anti-bot or maintenance page."""
        try:
            return challenge_sign(capture.body, read_blocks(parse_page(capture.body)))
        except NotAnArticle:
            return None

    @staticmethod
    def _is_cut(response: Response) -> bool:
        return "dataloss" in response.flags or bool(response.meta.get("cut"))

    def _gone(self, sighting: Sighting, capture: Capture, what: str) -> Trouble:
        return self._trouble(
            "Gone", f"{sighting.url} {what}: {sighting.listing_url} lists it, the site no longer shows it",
            url=sighting.url, capture=capture, uid=sighting.uid, gone=True, severity="warning",
        )  # fmt: skip

    def _failed(self, sighting: Sighting, kind: str, what: str, capture: Capture | None = None) -> Trouble:
        return self._trouble(
            kind, f"{sighting.url} {what}; a later run tries it again",
            url=sighting.url, capture=capture, uid=sighting.uid, again=True,
        )  # fmt: skip

    # ---- failures

    def on_failure(self, failure: Failure) -> Iterator[Trouble]:
        """Say what became of a request that got no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by the engine
        error = failure.value
        kind, why = _kind_of(error), str(error) or type(error).__name__
        sighting: Sighting | None = request.meta.get("sighting")
        if self.run.reason is not None:
            return  # the run is being ended for a reason of its own
        if sighting is None:
            if isinstance(error, NotInCapture):
                self._end_walk(request)
                return
            yield self._trouble(kind, f"the listing {request.url} could not be had: {why}", url=request.url)
        elif isinstance(error, CrawlerError) and not isinstance(error, NotInCapture):
            yield self._trouble(kind, why, url=sighting.url, uid=sighting.uid, severity="warning")
        elif isinstance(error, DownloadCancelledError):
            yield self._trouble(kind, f"{sighting.url}: {why}", url=sighting.url, uid=sighting.uid)
        else:
            yield self._failed(sighting, kind, f"could not be had: {why}")

    def _end_walk(self, request: Request) -> None:
        """The capture ends where its maker stopped: that is the end of the list it holds."""
        walk: Walk | None = request.meta.get("walk")
        if walk is not None and request.meta["number"] > 1:
            walk.end()

    def _trouble(
        self, kind: str, message: str, *, url: str, capture: Capture | None = None, uid: str | None = None,
        again: bool = False, gone: bool = False, severity: str = "error",
    ) -> Trouble:  # fmt: skip
        issue = Issue(
            kind=kind, message=" ".join(message.split()), site=self.site.name, url=url, severity=severity
        )
        return Trouble(issue=issue, capture=capture, uid=uid, again=again, gone=gone)
