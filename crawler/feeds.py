"""Feeds and sitemaps as listings."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from w3lib.html import remove_tags, replace_entities

from archive.model import Sighting
from archive.text import clean
from crawler.date_printed import PrintedDate
from crawler.dates import read_date
from crawler.discovery import Listing
from crawler.site import Site, article_id, canonical, is_on_site

MAX_SITEMAP_BYTES = 50_000_000
"""What the sitemap protocol allows of one file, uncompressed."""


def read_feed(body: bytes, *, url: str, site: Site, captured_at: datetime) -> Listing:
    """Read an RSS or Atom feed. A body that is none gives an empty Listing."""
    import feedparser  # noqa: PLC0415 - costs 50 ms; a site without feeds need not pay

    entries = feedparser.parse(body).entries
    found: dict[str, Sighting] = {}
    for entry in entries:
        address = urljoin(url, str(entry.get("link") or ""))
        number = article_id(site, address)
        if number is None:
            continue
        date = _entry_date(entry, captured_at) if site.family.feed_dates else None
        uid = f"{site.name}/{number}"
        found.setdefault(
            uid,
            Sighting(
                site=site.name,
                url=canonical(site, address),
                uid=uid,
                listing_url=url,
                headline=_plain(entry.get("title")),
                description=_plain(entry.get("summary")),
                date=date.value if date else None,
                date_raw=date.raw if date else None,
                date_source="feed" if date else None,
            ),
        )
    return Listing(sightings=tuple(found.values()), own=frozenset(found))


def _entry_date(entry: Any, captured_at: datetime) -> PrintedDate | None:
    return read_date(str(entry.get("published") or ""), captured_at)


def _plain(markup: object) -> str | None:
    """The text of a title or summary, which feeds give as HTML."""
    if not isinstance(markup, str) or not markup.strip():
        return None
    return clean(replace_entities(remove_tags(markup))) or None


def read_sitemap(body: bytes, *, url: str, site: Site) -> Listing:
    """Read a sitemap or a sitemap index, gzipped or not. A body that is none gives an empty Listing."""
    found: dict[str, Sighting] = {}
    children: list[str] = []
    for kind, loc, modified in _sitemap_entries(_gunzip(body)):
        address = urljoin(url, loc)
        if kind == "sitemap":
            if is_on_site(site, address):
                children.append(address)
            continue
        number = article_id(site, address)
        if number is None:
            continue
        date = read_date(modified) if modified and site.family.sitemap_dates else None
        uid = f"{site.name}/{number}"
        found[uid] = Sighting(
            site=site.name,
            url=canonical(site, address),
            uid=uid,
            listing_url=url,
            date=date.value if date else None,
            date_raw=date.raw if date else None,
            date_source="sitemap" if date else None,
        )
    return Listing(
        sightings=tuple(found.values()), own=frozenset(found), children=tuple(dict.fromkeys(children))
    )


def _gunzip(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_SITEMAP_BYTES]
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as file:
            return file.read(MAX_SITEMAP_BYTES)
    except (OSError, EOFError, zlib.error):
        return b""


def _sitemap_entries(body: bytes) -> Iterator[tuple[str, str, str | None]]:
    """Yield (`url` or `sitemap`, loc, lastmod) of each entry, whatever the namespace."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    for element in root.iter("{*}url", "{*}sitemap"):
        loc = element.findtext("{*}loc")
        if loc and loc.strip():
            modified = element.findtext("{*}lastmod")
            yield etree.QName(element).localname, loc.strip(), modified.strip() if modified else None
