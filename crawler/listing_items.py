"""Which lines of a listing are about which article.

A line belongs to the article whose links alone stand in the largest element around it. Lines that stand loose
between two articles go to the one before, unless the list prints each date above its headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.reading.blocks import Block
from crawler.reading.typesetting import CHROME
from crawler.site import Site, article_id, canonical

_MANY = "\0"
"""Marks an element that holds links to several articles."""
_NEAR = 6
"""Lines from an article's link within which a line can still be about it: a box around a single article may
also hold a clock or a poll."""
_HEADING_LENGTH = 50
"""Characters. What stands longer before a list is text, not the heading of a box."""
_SIDE_BOX = re.compile(
    r"^\W*(?:(?:tin|bài|bài viết) )?"
    r"(?:(?:được )?(?:xem|đọc) nhiều|mới|nổi bật|tiêu điểm|nóng|tâm điểm|đáng chú ý)",
    re.IGNORECASE,
)
"""Headings of boxes that show articles of any section beside the list."""
Targets = Mapping[HtmlElement, tuple[str, str]]
"""Link element -> (uid, canonical URL) of the article it leads to."""


@dataclass(slots=True)
class Item:
    """One appearance of an article on the page: the lines that are about it."""

    uid: str
    container: HtmlElement | None
    """The innermost element around it that holds other articles too."""
    blocks: list[Block] = field(default_factory=list)
    before: list[Block] = field(default_factory=list)
    """Loose lines between the item before and this one, until they are shared out."""
    aside: bool = False
    """Whether it stands in a menu or a box beside the list."""


def article_links(tree: HtmlElement, base: str, site: Site) -> dict[HtmlElement, tuple[str, str]]:
    """Return every link to an article of the site; twins, other hosts, broken addresses are passed over."""
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


def gather(blocks: Sequence[Block], targets: Targets) -> list[Item]:
    """Return the appearances of articles in printed order, each with the lines that are about it."""
    holders = _holders(targets)
    items: list[Item] = []
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
            items.append(Item(uid=uid, container=container, blocks=[block], before=loose))
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


def _mark_boxes(items: Sequence[Item]) -> None:
    """Mark the items of menus and of boxes headed "Xem nhiều", "Tin mới": they are of any section."""
    for container in {id(item.container): item.container for item in items}.values():
        box = [item for item in items if item.container is container]
        heading = box[0].before[-1].text if box[0].before else ""
        headed = 0 < len(heading) <= _HEADING_LENGTH and bool(_SIDE_BOX.search(heading))
        chrome = all(item.blocks[0].has(CHROME) for item in box)
        bare = sum(len(item.blocks) > 2 for item in box) * 2 <= len(box)
        for item in box:
            item.aside = chrome or (headed and bare)


def _share_out(items: Sequence[Item], trailing: Sequence[Block], holders: Mapping[HtmlElement, str]) -> None:
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


def _first(items: Iterable[Item], container_id: int) -> Item:
    return next(item for item in items if id(item.container) == container_id)


def _has_date(blocks: Iterable[Block]) -> bool:
    return any(is_date_line(block.text) for block in blocks)


def _near_links(blocks: list[Block], targets: Targets) -> list[Block]:
    linked = [i for i, block in enumerate(blocks) if any(link in targets for link in block.links)]
    if not linked:
        return blocks
    return blocks[max(0, linked[0] - _NEAR) : linked[-1] + _NEAR + 1]
