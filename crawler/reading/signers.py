"""Who signed an article: at its foot, over its text, on a card; which of them is believed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crawler.bylines import read_byline
from crawler.reading.author_card import card_signature
from crawler.reading.blocks import Block
from crawler.reading.body import Body
from crawler.reading.head_signature import head_signature
from crawler.reading.layout import Layout
from crawler.reading.signature import is_initials, named_author
from crawler.reading.signature_labels import Signature
from crawler.reading.tree import is_named
from crawler.reading.typesetting import CAPTION
from crawler.urls import host_of


def read_signers(layout: Layout, body: Body, stamped: Block | None, url: str) -> Signature | None:
    """Return who signed; `stamped` is the line of the date, `url` the page's own, which is no source."""
    found = body.signature
    if found is None or not found.authors or is_initials(found.byline):
        head = head_signature(_head_lines(layout, body), stamped)
        if head is not None and (found is None or head.authors):
            found = head if found is None else _joined(head, found)
    elif found.source is None:
        found = _with_source_over(found, layout, min(body.indexes, default=layout.start))
    if found is None or not found.authors:
        first = min(body.indexes, default=layout.end)
        card = card_signature(layout.blocks[max(0, first - 8) : layout.end + 12])
        if card is not None:
            found = card if found is None else _joined(card, found)
    if found is not None and _host(found.source) == host_of(url):
        return replace(found, source=None)  # a print page names its own address
    return found


def _with_source_over(found: Signature, layout: Layout, first: int) -> Signature:
    """Add the source, no picture's, that a line between headline and text names: `Nguồn: Báo Nhân Dân`."""
    for line in layout.blocks[layout.start : first]:
        pictured = line.has(CAPTION) or layout.blocks[line.index - 1].image is not None
        if pictured or not _SOURCED.match(line.text) or is_named(line, _PLAYER):
            continue
        read = read_byline(line.text)
        if read is not None and read.source is not None and not read.authors:
            return replace(found, source=read.source, lines=found.lines | {line.index})
    return found


_PLAYER: Final = re.compile(r"player|audio|video|thumb|caption|weather|thoi-?tiet", re.IGNORECASE)
_SOURCED: Final = re.compile(r"nguồn(?: tin)?\s*:", re.IGNORECASE)


def _head_lines(layout: Layout, body: Body) -> list[Block]:
    at = layout.headline_at
    if at is None:
        return []
    second = sorted(body.indexes)[1:2]
    last = second[0] if second else layout.end
    # Joomla prints author, date and counter over the headline, one a line.
    return [
        block
        for block in layout.blocks[max(0, at - 4) : last]
        if block.text
        and block.index != at
        and block.index not in body.indexes
        and (block.index >= at - 2 or named_author(block))
    ]


def _host(source: str | None) -> str | None:
    try:
        return host_of(source or "") or None
    except ValueError:
        return None


def _joined(head: Signature, foot: Signature) -> Signature:
    return Signature(
        byline=foot.byline or head.byline,
        authors=head.authors if _abbreviate(foot.authors, head.authors) else foot.authors or head.authors,
        role=foot.role or head.role,
        source=foot.source or head.source,
        lines=foot.lines | head.lines,
        rule=head.rule if head.authors else foot.rule,
    )


def _abbreviate(initials: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the authors at the foot are those over the text by their initials: `Đ.T.V`, Đào Thế Vinh."""
    return len(initials) == len(names) and all(
        re.sub(r"[^\w]", "", short) == "".join(word[0] for word in name.split())
        for short, name in zip(initials, names, strict=True)
    )
