"""What the sites on one CMS share: how their URLs look, where they print each field, how they page.

A family is one frozen value of data; conditions live in the functions it names. Composition, no inheritance.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crawler.urls import canonical_url

Selectors = tuple[str, ...]
"""CSS selectors tried in order, so that an old and a new skin are both read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """The rules shared by the sites on one CMS."""

    name: str
    """As written in a declaration: `nukeviet`, `sharepoint`."""
    article: tuple[re.Pattern[str], ...]
    """What an article's canonical URL looks like: searched in `path?query`. The group `id` is the site's own
    id for it; a pattern without that group makes the canonical path the identity. A group `space` names the
    list or module the id counts in, where a site has several: the identity is then `<space>-<id>`."""
    twins: tuple[re.Pattern[str], ...] = ()
    """URLs that show an article again (print, savefile, amp): searched in `path?query`, never fetched."""
    canonical: Callable[[str], str] = canonical_url
    """Reduces the aliases of one page to one URL (ports, padding, session ids, view parameters)."""
    page_url: Callable[[str, int], str | None] = lambda _url, _page: None
    """(listing's first-page URL, page number from 2 up) -> URL of that page; None when the family's pager
    must be followed by its links."""
    headline: Selectors = ()
    """The printed headline."""
    date: Selectors = ()
    """The printed publication time: the node's text, or its `datetime` or `content` where it has one."""
    lead: Selectors = ()
    """The lead (sapô) where it stands apart from the body."""
    body: Selectors = ()
    """The node that holds the article's text."""
    section: Selectors = ()
    """The steps of the trail that ends in the article's section, one element a step."""
    prune: Selectors = ()
    """Widgets inside the nodes above that are not the article."""
    meta_dates: bool = True
    """Whether `article:published_time`, `datePublished` and JSON-LD dates on these sites are the publication
    time. False where the CMS is known to print something else there."""
    feeds: tuple[str, ...] = ()
    """Feed paths tried relative to the site's home."""
    sitemaps: tuple[str, ...] = ()
    """Sitemap paths tried relative to the site's home."""
    feed_dates: bool = True
    """Whether dates in the feed are true on these sites."""
    sitemap_dates: bool = False
    """Whether `lastmod` in the sitemap is the publication time; elsewhere it is the last edit."""
    delay: float = 2.0
    """Seconds between two requests to one host: the pace these servers are known to bear."""
