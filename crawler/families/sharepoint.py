"""SharePoint portals of the Yên Bái template: one `.aspx` is the listing and, given an ItemID, the article.

Seen on yenbai.gov.vn as a crawl trap: the same list under `l` padded with 0 to 90 spaces, with `:443` in the
host, with `lv` 0, 4 and 11. What names a page is ItemID, `l` without its padding, and the page number.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from crawler.families.paging import page_parameter
from crawler.family import Family
from crawler.urls import canonical_url, query_values

_KEPT = {"itemid": "ItemID", "l": "l", "page": "page"}


def canonical(url: str) -> str:
    """Keep ItemID, `l` and, on listings, a page number over 1.

    >>> canonical("http://h.vn:443/Pages/tin.aspx?l=Tin++++&lv=4&ItemID=562")
    'http://h.vn/Pages/tin.aspx?ItemID=562&l=Tin'
    >>> canonical("http://h.vn/Pages/tin.aspx?l=Tin&lv=11&page=1")
    'http://h.vn/Pages/tin.aspx?l=Tin'
    """
    parts = urlsplit(canonical_url(url))
    if not parts.path.lower().endswith(".aspx"):
        return urlunsplit(parts)
    values = query_values(url)
    if "itemid" in values or values.get("page") in {"0", "1"}:
        values.pop("page", None)
    query = "&".join(f"{name}={quote(values[key])}" for key, name in _KEPT.items() if values.get(key))
    return urlunsplit(parts._replace(query=query))


FAMILY = Family(
    name="sharepoint",
    # Two lists of one site number their items apart: an id counts within its list.
    article=(
        re.compile(r"\.aspx\?ItemID=(?P<id>\d+)&l=(?P<space>[^&]+)$", re.IGNORECASE),
        re.compile(r"\.aspx\?ItemID=(?P<id>\d+)$", re.IGNORECASE),
    ),
    twins=(re.compile(r"/(?:print|inbaiviet|in-bai)[^/]*\.aspx", re.IGNORECASE),),
    canonical=canonical,
    page_url=page_parameter,
)
