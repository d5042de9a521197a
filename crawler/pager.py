"""The link from one page of a listing to the next, in whatever form a site's pager prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from archive.text import clean
from crawler.site import Site, canonical, is_article_url, is_on_site, is_twin
from crawler.urls import query_values

_NEXT = re.compile(
    r"^\W*(?:(?:trang )?(?:tiếp(?: theo)?|sau|kế(?: tiếp)?)|next(?: page)?)\W*$|^[›»>→]$", re.IGNORECASE
)
"""What the link to the next page says. `»»` and `>>` lead to the last page."""
_POSTBACK = re.compile(
    r"__doPostBack\(\s*['\"](?P<target>[^'\"]+)['\"]\s*,\s*['\"](?P<argument>[^'\"]*)['\"]\s*\)"
)


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what relative links of a page are relative to: its `base` element, else its own address."""
    href = tree.xpath("string(//base/@href)")
    return urljoin(url, href.strip()) if isinstance(href, str) else url


def next_page(tree: HtmlElement, *, base: str, site: Site, first_url: str, page: int) -> str | None:
    """Return the address of the page after number `page` of a section; None when this is the last.

    The pager's own link is followed where one leads on. The family's form of address is only used on a page
    without any pager: behind the last page many servers answer with the first one again.
    """
    wanted = site.family.page_url(first_url, page + 1)
    wanted = canonical(site, wanted) if wanted else None
    leading_on: list[str] = []
    paged = False
    for link, url in _listing_links(tree, base, site, first_url):
        text = clean(link.text_content())
        if url == wanted or text == str(page + 1) or link.get("rel") == "next":
            return url
        if _NEXT.match(text) or _NEXT.match(link.get("title") or ""):
            leading_on.append(url)
        paged = paged or (text.isdecimal() and text.lstrip("0") not in ("", "1"))
    if leading_on:
        return leading_on[0]
    return wanted if page == 1 and not paged and not any(_postbacks(tree)) else None


def _listing_links(
    tree: HtmlElement, base: str, site: Site, first_url: str
) -> Iterator[tuple[HtmlElement, str]]:
    """Links to other pages of this section: on the site, no articles, under the section's own path."""
    here = urlsplit(first_url)
    named = query_values(first_url)
    for link in tree.iter("a", "link"):
        href = (link.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:")):
            continue
        try:
            url = urljoin(base, href)
            if not is_on_site(site, url) or is_article_url(site, url) or is_twin(site, url):
                continue
            url = canonical(site, url)
        except ValueError:
            continue
        values = query_values(url)
        same_list = all(values.get(name, "").startswith(value) for name, value in named.items())
        if urlsplit(url).path.startswith(here.path) and same_list and url != first_url:
            yield link, url


def _postbacks(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str, re.Match[str]]]:
    """Links of a pager that post the page's form: the link, what it says, its call."""
    for link in tree.iter("a"):
        call = _POSTBACK.search(link.get("href") or "")
        text = clean(link.text_content())
        if call is not None and (text.isdecimal() or _NEXT.match(text)):
            yield link, text, call


def next_form(tree: HtmlElement, *, page: int) -> str | None:
    """Return the form body that an ASP.NET pager posts for the page after number `page`; None without one.

    Such pages have no address: `__doPostBack('pager$next','')` posts the whole form back to its own.
    """
    for link, text, call in _postbacks(tree):
        form = next(link.iterancestors("form"), None)
        if form is not None and (text == str(page + 1) or _NEXT.match(text)):
            fields = dict(form.form_values())
            fields |= {"__EVENTTARGET": call["target"], "__EVENTARGUMENT": call["argument"]}
            return urlencode(fields)
    return None
