"""From a section's page to Sightings and the next page, without selectors.

A family says what an article's address looks like; that is enough. The page is read as lines; a line belongs
to the article whose links alone stand in the largest element around it, and lines that stand loose between
two articles go to the one before, unless the list prints each date above its headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from lxml.html import HtmlElement

from archive.model import Sighting
from archive.text import clean
from crawler.blocks import CHROME, Block, read_blocks
from crawler.dates import PrintedDate, is_date_line, read_date
from crawler.pager import base_of, next_page
from crawler.site import Site, article_id, canonical

_MANY = "\0"
"""Marks an element that holds links to several articles."""
_NEAR = 6
"""Lines from an article's link within which a line can still be about it: a box around a single article may
also hold a clock or a poll."""
_HEADING_LENGTH = 50
"""Characters. What stands longer before a list is text, not the heading of a box."""
_LEAD_LENGTH = 30
"""Characters. A shorter line beside a link is a label, not a lead."""
_MORE = re.compile(
    r"^\W*(?:xem (?:tiếp|thêm|chi tiết)|chi tiết|đọc (?:tiếp|thêm)|tiếp theo|read more|more|\d+)?\W*$",
    re.IGNORECASE,
)
"""Link texts that are no headline."""
_SIDE_BOX = re.compile(
    r"^\W*(?:(?:tin|bài|bài viết) )?"
    r"(?:(?:được )?(?:xem|đọc) nhiều|mới|nổi bật|tiêu điểm|nóng|tâm điểm|đáng chú ý)",
    re.IGNORECASE,
)
"""Headings of boxes that show articles of any section beside the list."""
_COUNTER = re.compile(
    r"^\W*[\d.,]+\W*(?:lượt (?:xem|đọc)|views?|bình luận)?\W*$"
    r"|^\W*(?:lượt (?:xem|đọc)|view count)\W*[\d.,]+\W*$",
    re.IGNORECASE,
)

Targets = Mapping[HtmlElement, tuple[str, str]]
"""Link element -> (uid, canonical URL) of the article it leads to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What one listing page shows."""

    sightings: tuple[Sighting, ...] = ()
    """One for each article, in printed order."""
    own: frozenset[str] = frozenset()
    """uids of the articles that stand in the list itself, not in a box beside it."""
    next_url: str | None = None
    """The following page; None on the last."""
    children: tuple[str, ...] = ()
    """Of a sitemap index: the sitemaps it names."""


@dataclass(slots=True)
class _Item:
    """One appearance of an article on the page: the lines that are about it."""

    uid: str
    container: HtmlElement | None
    """The innermost element around it that holds other articles too."""
    blocks: list[Block] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)
    """Loose lines between the item before and this one, until they are shared out."""
    aside: bool = False


def read_section_page(
    tree: HtmlElement, *, url: str, site: Site, first_url: str, page: int, captured_at: datetime
) -> Listing:
    """Read one page of a section's listing.

    `url` is the page's own address (for relative links), `first_url` the section's declared one, `page` the
    number of this page from 1, `captured_at` what relative dates ("3 giờ trước") count from.
    """
    base = base_of(tree, url)
    targets = _article_links(tree, base, site)
    items = _gather(read_blocks(tree), targets)
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
    )


def _article_links(tree: HtmlElement, base: str, site: Site) -> dict[HtmlElement, tuple[str, str]]:
    targets: dict[HtmlElement, tuple[str, str]] = {}
    for link in tree.iter("a"):
        href = (link.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        try:
            url = urljoin(base, href)
            number = article_id(site, url)
            if number is not None:
                targets[link] = (f"{site.name}/{number}", canonical(site, url))
        except ValueError:  # an address no parser accepts, as `http://[`
            continue
    return targets


def _holders(targets: Targets) -> dict[HtmlElement, str]:
    """For every element around article links: the one article it holds, or _MANY."""
    holders: dict[HtmlElement, str] = {}
    for link, (uid, _) in targets.items():
        element: HtmlElement | None = link
        while element is not None:
            held = holders.get(element)
            if held in {uid, _MANY}:
                break  # and so does everything above
            holders[element] = uid if held is None else _MANY
            element = element.getparent()
    return holders


def _gather(blocks: Sequence[Block], targets: Targets) -> list[_Item]:
    """Return the appearances of articles in printed order, each with the lines that are about it."""
    holders = _holders(targets)
    items: list[_Item] = []
    loose: list[Block] = []
    for block in blocks:
        linked = next((link for link in block.links if link in targets), None)
        uid, container = _owner(block.node if linked is None else linked, holders)
        if linked is not None:
            uid = targets[linked][0]
        if uid is None:
            loose.append(block)
            continue
        last = items[-1] if items else None
        if last is not None and last.uid == uid and last.container is container and len(loose) < _NEAR:
            last.blocks += [*loose, block]
        else:
            items.append(_Item(uid=uid, container=container, blocks=[block], before=loose))
        loose = []
    _mark_boxes(items)
    _share_out(items, loose, holders)
    for item in items:
        item.blocks = _near_links(item.blocks, targets)
    return items


def _owner(element: HtmlElement, holders: Mapping[HtmlElement, str]) -> tuple[str | None, HtmlElement | None]:
    """Return the article whose links alone stand around an element, and the element that holds several."""
    uid: str | None = None
    node: HtmlElement | None = element
    while node is not None:
        held = holders.get(node)
        if held == _MANY:
            return uid, node
        uid = held or uid
        node = node.getparent()
    return uid, None


def _mark_boxes(items: Sequence[_Item]) -> None:
    """Mark the items of menus and of boxes headed "Xem nhiều", "Tin mới": they are of any section."""
    for container in {id(item.container): item.container for item in items}.values():
        box = [item for item in items if item.container is container]
        heading = box[0].before[-1].text if box[0].before else ""
        headed = 0 < len(heading) <= _HEADING_LENGTH and bool(_SIDE_BOX.search(heading))
        chrome = all(item.blocks[0].has(CHROME) for item in box)
        bare = sum(len(item.blocks) > 2 for item in box) * 2 <= len(box)
        for item in box:
            item.aside = chrome or (headed and bare)


def _share_out(items: Sequence[_Item], trailing: Sequence[Block], holders: Mapping[HtmlElement, str]) -> None:
    """Give each loose line to the article it is about, within the element that holds the list."""
    containers = {id(item.container) for item in items}
    dated_above = {
        key
        for key in containers
        if _has_date([b for b in _first(items, key).before[-2:] if id(_owner(b.node, holders)[1]) == key])
    }
    for previous, item in zip([None, *items], items, strict=False):
        inside = [b for b in item.before if _owner(b.node, holders)[1] is item.container]
        split = len(inside)
        if id(item.container) in dated_above:
            split = next((i for i in range(len(inside) - 1, -1, -1) if is_date_line(inside[i].text)), split)
        if previous is not None and previous.container is item.container:
            previous.blocks += inside[:split]
        item.blocks[:0] = inside[split:]
    if items:
        items[-1].blocks += [b for b in trailing if _owner(b.node, holders)[1] is items[-1].container][:3]


def _first(items: Iterable[_Item], container_id: int) -> _Item:
    return next(item for item in items if id(item.container) == container_id)


def _has_date(blocks: Iterable[Block]) -> bool:
    return any(is_date_line(block.text) for block in blocks)


def _near_links(blocks: list[Block], targets: Targets) -> list[Block]:
    linked = [i for i, block in enumerate(blocks) if any(link in targets for link in block.links)]
    if not linked:
        return blocks
    return blocks[max(0, linked[0] - _NEAR) : linked[-1] + _NEAR + 1]


def _sighting(
    item: _Item, targets: Targets, site: Site, listing_url: str, section: str | None, captured_at: datetime
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


def _headline(item: _Item, targets: Targets) -> str | None:
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


def _card_headline(item: _Item, card: HtmlElement) -> str | None:
    inside = [
        block for block in item.blocks if card in block.links and block.text and not _is_label(block.text)
    ]
    return next((block.text for block in inside if block.level), inside[0].text if inside else None)


def _is_label(text: str) -> bool:
    return bool(_MORE.match(text) or _COUNTER.match(text)) or is_date_line(text)


def _date(item: _Item, headline: str | None, captured_at: datetime) -> PrintedDate | None:
    for block in item.blocks:
        rest = block.text.replace(headline, " ").strip(" ()[]-–|") if headline else block.text
        if rest and is_date_line(rest):
            printed = read_date(rest, captured_at)
            if printed is not None:
                return printed
    return None


def _description(item: _Item, headline: str | None) -> str | None:
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
