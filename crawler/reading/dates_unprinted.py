"""Dates that the page does not print as its date: in its head, its URL, a time element, a listing."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from archive.model import Sighting
from crawler.dates import read_date
from crawler.reading.layout import Layout
from crawler.reading.metadata import Metadata
from crawler.reading.timestamps import FoundDate
from crawler.reading.typesetting import ITEM

_URL_DAY: Final = re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?=/|$|-|\?)")


def meta_date(metadata: Metadata, captured_at: datetime | None) -> FoundDate | None:
    """Return the publication time the page's metadata claims."""
    for where, value in metadata.published:
        date = read_date(value, captured_at)
        if date is not None and not date.relative:
            return FoundDate(
                value=date.value, precision=date.precision, raw=value, source="meta", rule=f"meta: {where}"
            )
    return None


def time_element_date(layout: Layout, body: frozenset[int], captured_at: datetime | None) -> FoundDate | None:
    """Return the `datetime` of a time element or `itemprop` near the headline whose text prints no date."""
    headline = layout.headline_at
    if headline is None:
        return None
    lowest = max(0, headline - 4)
    highest = min(max(body, default=headline) + 8, len(layout.blocks))
    for block in layout.blocks[lowest:highest]:
        if block.has(ITEM) and block.index > min(body, default=headline):
            continue  # a list of other articles
        for node in (block.node, *block.node.iter("time")):
            value = node.get("datetime") or (
                node.get("content") if node.get("itemprop") == "datePublished" else None
            )
            date = read_date(value, captured_at) if value else None
            if date is not None and value:
                return FoundDate(
                    value=date.value,
                    precision=date.precision,
                    raw=value,
                    source="meta",
                    rule="meta: time datetime",
                    at=block.index,
                )
    return None


def sighting_date(sighting: Sighting | None) -> FoundDate | None:
    """Return the date printed beside the article's link on a listing, or given by a feed or sitemap."""
    if sighting is None or sighting.date is None:
        return None
    source = sighting.date_source or "listing"
    return FoundDate(
        value=sighting.date,
        precision=precision_of(sighting.date),
        raw=sighting.date_raw or sighting.date,
        source=source,
        rule=f"{source}: date beside the link" if source == "listing" else f"{source}: date",
    )


def url_date(url: str, captured_at: datetime | None) -> FoundDate | None:
    """Return the day in a path like `/2023-6-20/` (SharePoint portals of Ninh Thuận and Hà Tĩnh).

    >>> url_date("https://prtc.ninhthuan.gov.vn/portal/Pages/2024-5-17/A.aspx", None).value
    '2024-05-17'
    >>> url_date("https://example.vn/bao-cao-13-5-2020-123", None)
    """
    match = _URL_DAY.search(url)
    if match is None:
        return None
    date = read_date("/".join(reversed(match.groups())), captured_at)
    if date is None or date.precision != "day":
        return None
    return FoundDate(
        value=date.value,
        precision="day",
        raw="-".join(match.groups()),
        source="url",
        rule="url: day in the path",
    )


def precision_of(value: str) -> str:
    """Return the precision of an ISO value.

    >>> precision_of("2021-06"), precision_of("2021-06-11")
    ('month', 'day')
    >>> precision_of("2021-06-11T08:05:00+07:00"), precision_of("2021-06-11T08:05:09+07:00")
    ('minute', 'second')
    """
    if len(value) <= 10:
        return "month" if len(value) == 7 else "day"
    return "second" if value[17:19] not in ("00", "") else "minute"
