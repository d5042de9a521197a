"""What a page's markup is made of: the names of its elements, each after the one it stands in.

The text plays no part, so two articles of one layout are nearly alike and a redesign is not. Nothing of this
is stored: the bytes are in the WARC files, and a page is read again in some 2 ms.
"""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

_NUMBERS: Final = re.compile(r"\d+")
# What an article's text is made of differs from article to article, and so does what is pasted from Word.
_TEXT_TAGS: Final = frozenset(
    "a abbr b big br em font i img li p s small span strike strong sub sup tbody td th tr u".split()
)
_PASTED: Final = re.compile(r"^(?:mso|apple-)", re.IGNORECASE)

Skeleton = frozenset[str]
"""Names of a page's elements, each after the one it stands in: `div.main > h1.title`."""


def skeleton(tree: HtmlElement) -> Skeleton:
    """Return what a parsed page is made of; numbers in classes and ids count as one (`post-991`, `post-992`).

    >>> from lxml.html import fromstring
    >>> page = "<div id=main><h1 class='title big'>Một</h1><p>Hai <b>ba</b></p><div id=post-7></div></div>"
    >>> sorted(skeleton(fromstring(page)))
    ['div#main', 'div#main > div#post-N', 'div#main > h1.big.title']
    """
    names: dict[HtmlElement, str] = {}
    found = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = _name(element)
        parent = element.getparent()
        above = names.get(parent) if parent is not None else None
        if name is None:
            # What stands in a bare element is told by the nearest named one above.
            if above is not None:
                names[element] = above
            continue
        names[element] = name
        found.add(f"{above} > {name}" if above else name)
    return frozenset(found)


def likeness(one: Skeleton, other: Skeleton) -> float:
    """Return the part of two pages' elements that both have, 0 to 1 (Jaccard); 1 for two empty ones.

    >>> likeness(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one | other else 1.0


def names_in(parts: Skeleton) -> set[str]:
    """Return the names of elements alone, without what they stand in.

    >>> names_in(frozenset({"div#main > h1.title", "div#main"})) == {"div#main", "h1.title"}
    True
    """
    return {part.rpartition(" > ")[2] for part in parts}


def _name(element: HtmlElement) -> str | None:
    """Return tag, id and classes of an element; None for a bare one that says nothing of a layout."""
    tag = str(element.tag)
    key = element.get("id")
    classes = sorted({word for word in (element.get("class") or "").split() if not _PASTED.match(word)})
    if not key and not classes and tag in _TEXT_TAGS:
        return None
    return tag + _NUMBERS.sub("N", "".join((f"#{key}" if key else "", *(f".{word}" for word in classes))))
