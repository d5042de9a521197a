"""The card of who wrote an article, under or over its text: portrait, name, post, link to other articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.bylines import read_byline
from crawler.names import names_person
from crawler.reading.blocks import Block
from crawler.reading.signature_labels import ACCOUNTS, Signature
from crawler.reading.typesetting import RIGHT

_CARD: Final = re.compile(
    r"(?:author|tac-?gia)[-_]*(?:card|box|info|bio)|(?:card|box|info|about)[-_]*(?:the-)?(?:author|tac-?gia)",
    re.IGNORECASE,
)
_AUTHOR_BOX: Final = re.compile(r"(?<![a-z])(?:author|tac-?gia)(?![a-z])", re.IGNORECASE)
_OTHERS: Final = re.compile(r"xem (?:các|tất cả|thêm)(?: các)? bài (?:viết )?(?:của|cùng) ", re.IGNORECASE)
_LONGEST_NAME: Final = 40
_LARGEST_CARD: Final = 60
"""Elements."""


def author_card(block: Block) -> HtmlElement | None:
    """Return the card a line stands in; None where it stands in none. A card is small and has a portrait."""
    node: HtmlElement | None = block.node
    for _ in range(3):
        if node is None:
            return None
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _CARD.search(names) or _AUTHOR_BOX.search(names):
            elements = list(islice(node.iter(), _LARGEST_CARD + 1))
            if len(elements) > _LARGEST_CARD:
                return None
            portrayed = _CARD.search(names) and any(element.tag == "img" for element in elements)
            return node if portrayed or any(map(_leads_to_others, elements)) else None
        node = node.getparent()
    return None


def _leads_to_others(element: HtmlElement) -> bool:
    """Whether a link in a card leads to what else its author wrote."""
    return element.tag == "a" and _OTHERS.match(clean(element.text_content()) + " ") is not None


def without_portrait(lines: list[Block], over_text: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Drop the card under a text that nothing calls one: a portrait, a name, a life.

    The name is printed over the text too, between headline and first line.
    """
    for place in range(max(1, len(lines) - _LONGEST_LIFE), len(lines)):
        name = lines[place]
        if (
            len(name.text) <= _LONGEST_NAME
            and blocks[name.index - 1].image is not None
            and names_person(name.text)
            and any(other.text == name.text for other in over_text)
            and sum(len(line.text) for line in lines[place:]) <= _LONGEST_LIFE_CHARS
        ):
            return lines[:place]
    return lines


_LONGEST_LIFE: Final = 3
"""Lines, the name among them."""
_LONGEST_LIFE_CHARS: Final = 500


def is_portrayed(signature: Signature, zone: Sequence[int], blocks: Sequence[Block]) -> bool:
    """Return whether a name stands under a portrait as another does before it: whom a text lists, no author.

    `zone` holds the indexes of the article's lines.
    """
    name = min(signature.lines)
    flags = blocks[name].flags
    named = [
        index + 1
        for index in zone
        if index < name
        and blocks[index].image is not None
        and blocks[index + 1].flags == flags
        and names_person(blocks[index + 1].text)
    ]
    return len(named) > 1 and named[-1] == name and not flags & RIGHT


def card_signature(blocks: Iterable[Block]) -> Signature | None:
    """Return who the first card names; None without a card, or where it names an account or an office."""
    for block in blocks:
        card = author_card(block)
        if card is None:
            continue
        for node in card.iter("a", "b", "strong", "h3", "h4", "h5", "span", "div", "p"):
            name = clean(node.text_content())
            if " " not in name:
                continue  # initials in place of a portrait
            read = read_byline(name) if len(name) <= _LONGEST_NAME and not ACCOUNTS.match(name) else None
            if read is not None and read.authors:
                return Signature(
                    byline=name,
                    authors=read.authors,
                    role=read.role,
                    source=None,
                    lines=frozenset({block.index}),
                    rule="landmark: author's card",
                )
    return None
