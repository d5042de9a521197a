"""URLs of one page reduced to one: ports, case, fragments, session ids and tracking parameters go.

What a family knows beyond this (an id in the path, a padded parameter) is its own `canonical` function.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_DROPPED = re.compile(
    # Tracking, and parameters that change the chrome but not the article: `?categoryId=` on
    # dangcongsan.org.vn.
    r"^(?:utm_\w+|fbclid|gclid|zarsrc|_gl|mc_[ce]id|categoryid|phpsessid|jsessionid|sid)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Seen as `https` pages linking themselves with the other scheme's port (yenbai.gov.vn:443 over http).
_ANY_DEFAULT_PORT = frozenset(_DEFAULT_PORTS.values())


def canonical_url(url: str) -> str:
    """Return one spelling for the URLs that differ only in what no server means.

    >>> canonical_url("HTTP://WWW.Example.vn:80/a//b;jsessionid=1F?b=2&utm_source=x&a=1#top")
    'http://www.example.vn/a/b?b=2&a=1'
    >>> canonical_url("https://example.vn/b%c3%a1o")
    'https://example.vn/b%C3%A1o'
    """
    parts = urlsplit(safe_url_string(url.strip(), encoding="utf-8"))
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if parts.port is not None and parts.port not in _ANY_DEFAULT_PORT:
        host = f"{host}:{parts.port}"
    path = re.sub(r"/{2,}", "/", _SESSION.sub("", parts.path)) or "/"
    path = quote(unquote(path), safe="/:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, host, path, canonical_query(parts.query), ""))


def canonical_query(query: str) -> str:
    """Return the query without session and tracking parameters, the rest in its order and spelling.

    >>> canonical_query("ItemID=562&l=Tinhoatdong&sid=9")
    'ItemID=562&l=Tinhoatdong'
    """
    kept = [pair for pair in query.split("&") if pair and not _DROPPED.match(pair.partition("=")[0])]
    return "&".join(kept)


def query_values(url: str) -> dict[str, str]:
    """Return the URL's parameters, names in lower case, values stripped; of a repeated one the last.

    >>> query_values("http://h/x.aspx?ItemID=562&l=Tin+++")
    {'itemid': '562', 'l': 'Tin'}
    """
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return {name.lower(): value.strip() for name, value in pairs}


def path_and_query(url: str) -> str:
    """Return `path?query` of a URL: what a family's patterns are searched in.

    >>> path_and_query("http://h/a/b-1.html?x=1#f")
    '/a/b-1.html?x=1'
    """
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def host_of(url: str) -> str:
    """Return the host in lower case without `www.` and port: how hosts are compared.

    >>> host_of("https://WWW.TuyenGiao.vn:443/x")
    'tuyengiao.vn'
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host.removeprefix("www.")


def absolute_url(base: str, href: str) -> str | None:
    """Return what a link on a page leads to; None for what is no web address.

    Pages hold anything: `http://[`, ports of letters, `javascript:`.

    >>> absolute_url("http://h.vn/a/", "b.html")
    'http://h.vn/a/b.html'
    >>> absolute_url("http://h.vn/", "http://["), absolute_url("http://h.vn/", "tel:1")
    (None, None)
    """
    try:
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
