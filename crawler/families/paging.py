"""Paging by a `page` parameter, as several families do it."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from crawler.urls import canonical_url, query_values


def page_parameter(first: str, page: int) -> str:
    """Return the address of a listing's page `page`, from 2 up.

    >>> page_parameter("https://h.vn/tin", 2)
    'https://h.vn/tin?page=2'
    >>> page_parameter("https://h.vn/t.aspx?l=Tin", 3)
    'https://h.vn/t.aspx?l=Tin&page=3'
    """
    return f"{first}{'&' if urlsplit(first).query else '?'}page={page}"


def only_page(url: str) -> str:
    """Canonical address on sites where the path says everything but the page number.

    >>> only_page("https://h.vn/tin?page=2&sort=views")
    'https://h.vn/tin?page=2'
    >>> only_page("https://h.vn/tin?page=1")
    'https://h.vn/tin'
    """
    parts = urlsplit(canonical_url(url))
    page = query_values(url).get("page", "")
    number = page.lstrip("0") if page.isascii() and page.isdecimal() else ""
    query = f"page={number}" if number not in ("", "1") else ""
    return urlunsplit(parts._replace(query=query))
