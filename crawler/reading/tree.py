"""Where elements stand to each other in the tree: containers, boxes, distances."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.reading.blocks import Block

_CONTAINER_SKIPS: Final = frozenset(
    "p li ul ol blockquote h1 h2 h3 h4 h5 h6 center pre figure figcaption dl dt dd tr address".split()
)


def container_of(block: Block) -> HtmlElement:
    """Return the element whose child a paragraph is: past `p`, list and heading elements."""
    node: HtmlElement = block.node
    while node.tag in _CONTAINER_SKIPS:
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return node


def are_parts_of_one(one: HtmlElement, other: HtmlElement) -> bool:
    """Return whether two containers are one, or two parts of one text: siblings of the same build.

    A block builder sets each part in boxes of its own, which go up alike to what holds them all; only
    those it names are taken for such.
    """
    named = True
    for _ in range(_DEEPEST_PART):
        if one is other:
            return True
        if one.tag != other.tag or _build(one) != _build(other):
            return False
        first, second = one.getparent(), other.getparent()
        if first is None or second is None:
            return False
        if first is second:
            return named
        named = bool(_build(first))
        one, other = first, second
    return False


def _build(element: HtmlElement) -> list[str]:
    """An element's classes without numbers: no `elementor-element-7bbeab`, no `__a2` of `Block_text__a2`."""
    names = (_HASH.sub("", name) for name in (element.get("class") or "").split())
    return [name for name in names if not _NUMBERED.search(name)]


_HASH: Final = re.compile(r"__\w{1,8}$")


_NUMBERED: Final = re.compile(r"\d")
_DEEPEST_PART: Final = 10
"""Boxes around one part."""


def has_more(element: HtmlElement, number: int) -> bool:
    """Return whether an element has more children than a number; `len` would count them all each time."""
    return next(islice(element, number, None), None) is not None


def says_only(element: HtmlElement, line: str) -> bool:
    """Return whether an element's text is one line, cleaned already, and nothing else."""
    room = 2 * len(line) + 200  # blanks and marks that cleaning takes away
    texts = []
    for text in element.itertext():
        room -= len(text)
        if room < 0:
            return False
        texts.append(text)
    return clean("".join(texts)) == line


def is_named(block: Block, pattern: re.Pattern[str]) -> bool:
    """Return whether the class or id of a line's element, or of the one around it, matches a pattern."""
    node: HtmlElement = block.node
    return any(
        element is not None and pattern.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in (node, node.getparent())
    )


def box_below(block: Block, home: HtmlElement | None) -> HtmlElement | None:
    """Return a widget's own element: the topmost ancestor of its line below the paragraphs' container.

    None when the line stands in the container itself, or outside it.
    """
    if home is None:
        return None
    node: HtmlElement = block.node
    if node is home:
        return None
    while True:
        parent = node.getparent()
        if parent is None:
            return None
        if parent is home:
            return node
        node = parent


def box_beside(block: Block, home: HtmlElement | None, before: Block | None) -> HtmlElement | None:
    """Return the topmost element of a line below `home` that does not hold another line, before it, too.

    A paragraph that was never closed, or the text's own box, holds both. None where there is no such element.
    """
    box = box_below(block, home)
    while box is not None and before is not None and is_within(before.node, box):
        box = box_below(block, box)
    return box


def is_within(node: HtmlElement, box: HtmlElement) -> bool:
    """Return whether an element is another or stands in it."""
    element: HtmlElement | None = node
    while element is not None:
        if element is box:
            return True
        element = element.getparent()
    return False


def common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement | None:
    """Return the smallest element that holds both, or is one of them; None of two trees."""
    others = {other, *other.iterancestors()}
    return next((node for node in (one, *one.iterancestors()) if node in others), None)


def are_set_alike(one: Block, other: Block) -> bool:
    """Return whether two lines stand in elements of one kind, class and parent, as paragraphs do."""
    return (
        one.node.tag == other.node.tag
        and one.node.getparent() is other.node.getparent()
        and one.node.get("class") == other.node.get("class")
    )


def are_typeset_alike(one: Block, other: Block) -> bool:
    """Return whether two lines stand in elements of one kind and parent, in the same type."""
    return (
        one.flags == other.flags
        and one.node.tag == other.node.tag
        and one.node.getparent() is other.node.getparent()
    )


def tree_distance(one: HtmlElement, other: HtmlElement) -> int:
    """Return the steps in the tree from one element up to the common ancestor and down to the other."""
    own = {node: steps for steps, node in enumerate((one, *one.iterancestors()))}
    return next(
        (own[node] + steps for steps, node in enumerate((other, *other.iterancestors())) if node in own), 99
    )
