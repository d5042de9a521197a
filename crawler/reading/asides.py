"""Elements that their own names call a widget: `related`, `sidebar`, `binh-luan`.

Class names change with every theme, so they are a weak sign and never the only one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

# Names that theme authors of every CMS give to what is not the article.
_ASIDE_NAMES: Final = re.compile(
    r"comment|binh-?luan|phan-?hoi|related|lien-?quan|lienquan|tin-?khac|tinkhac|other-?news|"
    r"othernews|sidebar|side-bar|"
    r"footer|foot-|breadcrumb|crumb|menu|navbar|nav-|navigation|(?<![\w-])widget|banner|quang-?cao|"
    r"advert|popup|modal|"
    r"cookie|newsletter|most-?read|most-?view|hot-?news|tin-?moi|tinmoi|tin-?noi-?bat|ticker|marquee|"
    r"weather|thoi-?tiet|"
    r"thongke|thong-ke|counter-|poll|login|search|share|social|tags?-|toolbar|topbar|top-bar|rating|"
    r"pagination|pager|"
    r"teaser|author-?box|respond|disqus|reply|subscribe|suggest|recommend|right-?col|left-?col|"
    r"col-?right|col-?left",
    re.IGNORECASE,
)
_ARTICLE_NAMES: Final = re.compile(r"content|article|detail|main|page|wrap|body", re.IGNORECASE)


class Asides:
    """Remembers which elements stand in something named as a widget."""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[HtmlElement, bool] = {}

    def holds(self, node: HtmlElement) -> bool:
        """Return whether an element stands in something named as a widget."""
        chain: list[HtmlElement] = []
        element: HtmlElement | None = node
        verdict = False
        while element is not None:
            if element in self.known:
                verdict = self.known[element]
                break
            chain.append(element)
            element = element.getparent()
        for link in reversed(chain):
            if link.tag in ("body", "html", "form", "main", "article"):
                verdict = False
            elif not verdict:
                verdict = _named_aside(link)
            self.known[link] = verdict
        return verdict


def _named_aside(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _are_of_aside(names)


@lru_cache(maxsize=4096)  # a site's elements have few names
def _are_of_aside(names: str) -> bool:
    return bool(_ASIDE_NAMES.search(names)) and not _ARTICLE_NAMES.search(names)
