"""From a section's page to Sightings and the next page, without selectors.

A family says what an article's address looks like; that is enough to find where each article of a list stands
(`listing_items`). What is printed there tells headline, date and lead by how it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from archive.model import Sighting
from archive.text import clean
from crawler.date_printed import PrintedDate
from crawler.dates import is_date_line, read_date
from crawler.listing_items import Item, Targets, article_links, gather
from crawler.pager import base_of, next_form, next_page
from crawler.reading.blocks import read_blocks
from crawler.site import Site

_LEAD_LENGTH = 30
"""Characters. A shorter line beside a link is a label, not a lead."""
_MORE = re.compile(
    r"^\W*(?:xem (?:tiếp|thêm|chi tiết)|chi tiết|đọc (?:tiếp|thêm)|tiếp theo|read more|more|\d+)?\W*$",
    re.IGNORECASE,
)
"""Link texts that are no headline."""
_COUNTER = re.compile(
    r"^\W*[\d.,]+\W*(?:lượt (?:xem|đọc)|views?|bình luận)?\W*$"
    r"|^\W*(?:lượt (?:xem|đọc)|view count)\W*[\d.,]+\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What one listing page shows."""

    sightings: tuple[Sighting, ...] = ()
    """One for each article, in printed order."""
    own: frozenset[str] = frozenset()
    """uids of the articles that stand in the list itself, not in a box beside it."""
    next_url: str | None = None
    """The following page; None on the last."""
    next_form: str | None = None
    """The body to post to the page's own address for the following page, where pages have no addresses."""
    children: tuple[str, ...] = ()
    """Of a sitemap index: the sitemaps it names."""


def read_section_page(
    tree: HtmlElement, *, url: str, site: Site, first_url: str, page: int, captured_at: datetime
) -> Listing:
    """Read one page of a section's listing.

    `url` is the page's own address (for relative links), `first_url` the section's declared one, `page` the
    number of this page from 1, `captured_at` what relative dates ("3 giờ trước") count from.
    """
    base = base_of(tree, url)
    targets = article_links(tree, base, site)
    items = gather(read_blocks(tree), targets)
    section = site.sections.get(first_url)
    found: dict[str, Sighting] = {}
    for item in items:
        sighting = _sighting(item, targets, site, url, None if item.aside else section, captured_at)
        found[item.uid] = _richer(found.get(item.uid), sighting)
    for uid, target in targets.values():
        # Several links in one line: an inline list, without anything printed beside each.
        found.setdefault(uid, Sighting(site=site.name, url=target, uid=uid, listing_url=url))
    own = frozenset(item.uid for item in items if not item.aside) or frozenset(found)
    return Listing(
        sightings=tuple(found.values()),
        own=own,
        next_url=next_page(tree, base=base, site=site, first_url=first_url, page=page),
        next_form=next_form(tree, page=page),
    )


def _sighting(
    item: Item, targets: Targets, site: Site, listing_url: str, section: str | None, captured_at: datetime
) -> Sighting:
    url = next(
        target for block in item.blocks for link in block.links
        for uid, target in [targets.get(link, ("", ""))] if uid == item.uid
    )  # fmt: skip
    headline = _headline(item, targets)
    date = _date(item, headline, captured_at)
    return Sighting(
        site=site.name,
        url=url,
        uid=item.uid,
        listing_url=listing_url,
        section=section,
        headline=headline,
        description=_description(item, headline),
        date=date.value if date else None,
        date_raw=date.raw if date else None,
        date_source="listing" if date else None,
    )


def _headline(item: Item, targets: Targets) -> str | None:
    """The longest link text; of a link around a whole card, its heading, else its first line of words."""
    texts: list[str] = []
    for block in item.blocks:
        for link in block.links:
            if targets.get(link, ("",))[0] == item.uid and block.text and not _is_label(block.text):
                whole = clean(link.text_content())
                texts.append(whole if whole in block.text else block.text)
                if block.level and whole not in block.text:
                    return block.text
                if whole not in block.text and len(texts) == 1:
                    return _card_headline(item, link) or block.text
    texts = [text for text in texts if text and not _MORE.match(text)]
    if texts:
        return max(texts, key=len)
    titles = [
        clean(link.get("title") or "") for block in item.blocks for link in block.links if link in targets
    ]
    return next((title for title in titles if title and not _MORE.match(title)), None)


def _card_headline(item: Item, card: HtmlElement) -> str | None:
    inside = [
        block for block in item.blocks if card in block.links and block.text and not _is_label(block.text)
    ]
    return next((block.text for block in inside if block.level), inside[0].text if inside else None)


def _is_label(text: str) -> bool:
    return bool(_MORE.match(text) or _COUNTER.match(text)) or is_date_line(text)


def _date(item: Item, headline: str | None, captured_at: datetime) -> PrintedDate | None:
    for block in item.blocks:
        rest = block.text.replace(headline, " ").strip(" ()[]-–|") if headline else block.text
        if rest and is_date_line(rest):
            printed = read_date(rest, captured_at)
            if printed is not None:
                return printed
    return None


def _description(item: Item, headline: str | None) -> str | None:
    texts = [
        block.text
        for block in item.blocks
        if len(block.text) >= _LEAD_LENGTH and block.text != headline and not _is_label(block.text)
        and not (headline and block.text.startswith(headline) and block.link_share > 0.5)
    ]  # fmt: skip
    return max(texts, key=len, default=None)


def _richer(first: Sighting | None, second: Sighting) -> Sighting:
    """Of two appearances of one article the one in the list itself, then the one with more beside it."""
    if first is None:
        return second
    return max(
        first, second, key=lambda s: (s.section is not None, s.date is not None, len(s.headline or ""))
    )
