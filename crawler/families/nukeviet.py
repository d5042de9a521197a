"""NukeViet 4: the CMS of most provincial Party sites.

Its own source names the URL forms (`/[lang/][module/]<category>/<alias>-<id>`, un-rewritten
`index.php?nv=news&op=<category>/<alias>-<id>`, `print`, `savefile` and `sendmail` twins) and the default
theme's markup. An article is found by its id alone: an unknown category redirects to the right one.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.family import Family
from crawler.urls import canonical_url

_CATEGORY = r"(?!print/|savefile/|sendmail/|tag/|rss/|uploads/|themes/|assets/|users/|groups/)[^/?]+"
_PREFIX = r"^/(?:index\.php/)?(?:(?:vi|en)/)?"
_SLUG_ID = r"(?!page-\d+(?:\.html)?/?$)[^/?]+-(?P<id>\d+)(?:\.html|/)?$"


def canonical(url: str) -> str:
    """Keep of an un-rewritten URL what names the page, of a rewritten one only its path.

    >>> canonical("http://h.vn/index.php?language=vi&nv=news&op=Tin/Bai-viet-12&theme=x")
    'http://h.vn/index.php?language=vi&nv=news&op=Tin/Bai-viet-12'
    >>> canonical("http://h.vn/index.php/tin/bai-viet-12.html?print=1#top")
    'http://h.vn/index.php/tin/bai-viet-12.html'
    """
    parts = urlsplit(canonical_url(url))
    query = parts.query
    if "nv=" in query:
        kept = [(name, value) for name, value in parse_qsl(query) if name in {"language", "nv", "op"}]
        query = urlencode(kept, safe="/")
    elif parts.path.endswith(".html"):
        query = ""
    return urlunsplit(parts._replace(query=query))


def page_url(first: str, page: int) -> str:
    """Return a category's page: `page-N` after its path, or after its `op`.

    >>> page_url("http://h.vn/index.php/tin/", 2)
    'http://h.vn/index.php/tin/page-2/'
    >>> page_url("http://h.vn/index.php?nv=news&op=tin", 3)
    'http://h.vn/index.php?nv=news&op=tin/page-3'
    """
    if "op=" in urlsplit(first).query:
        return f"{first.rstrip('/')}/page-{page}"
    return f"{first.rstrip('/')}/page-{page}/"


FAMILY = Family(
    name="nukeviet",
    article=(
        # /index.php/<category>/<slug>-<id>.html and /vi/news/<category>/<slug>-<id>.html
        re.compile(rf"{_PREFIX}(?:news/)?{_CATEGORY}/{_SLUG_ID}"),
        # A news module under another name has ids of its own: /vi/<module>/<category>/<slug>-<id>.html
        re.compile(rf"{_PREFIX}(?P<space>{_CATEGORY})/{_CATEGORY}/{_SLUG_ID}"),
        # Un-rewritten: index.php?language=vi&nv=news&op=<category>/<slug>-<id>
        re.compile(rf"[?&]nv=news&op={_CATEGORY}/(?!page-\d+$)[^/&]+-(?P<id>\d+)(?:\.html)?$"),
    ),
    twins=(
        re.compile(r"/(?:print|savefile|sendmail)/"),
        re.compile(r"[?&]op=(?:print|savefile|sendmail)/"),
    ),
    canonical=canonical,
    page_url=page_url,
    headline=("h1.title[itemprop=headline]", "h1.title"),
    lead=(".hometext",),
    date=("span.h5",),
    body=("#news-bodyhtml", ".bodytext"),
    # The trail the page is sent with; a script of the theme sets it anew in `.breadcrumbs`.
    section=(".temp-breadcrumbs a",),
    prune=(".detail-related",),
    # `article:published_time` is malformed and `datePublished` is the time of the last edit.
    meta_dates=False,
    sitemaps=("sitemap.xml",),
    # RSS prints the month number where the minutes belong; the sitemap's lastmod is the publication time.
    feed_dates=False,
    sitemap_dates=True,
    # The stock flood blocker answers 429 over 40 requests in 60 s or 150 in 300 s.
    delay=2.0,
)
