"""What a page says of itself where no reader looks: title tag, Open Graph, JSON-LD, itemprop.

These are witnesses, not judges: NukeViet's `datePublished` is the last edit, and title tags carry the site's
name. What is printed comes first; see `crawler.extract`.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from archive.text import clean

MAX_JSON_CHARS: Final = 200_000
MAX_TITLE_CHARS: Final = 600
MAX_TITLE_CUTS: Final = 10
"""Real titles have some 250 characters and three separators; these bound a hostile one."""
_ARTICLE_TYPES: Final = frozenset(
    {"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "WebPage"}
)
_SEPARATORS: Final = re.compile(r"\s+[-–—|:»«•·>~]+\s+|\s*\|\s*|\s*»\s*|\s*::\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """The page's own metadata, cleaned; None or empty where absent."""

    title: str | None = None
    """Text of the title tag."""
    og_title: str | None = None
    """`og:title` or `twitter:title`."""
    site_name: str | None = None
    """`og:site_name`."""
    published: tuple[tuple[str, str], ...] = ()
    """(where, value) of machine-readable publication times, most trusted first."""
    ld_headline: str | None = None
    """JSON-LD `headline`."""
    keywords: tuple[str, ...] = ()
    """`article:tag` values."""
    page_classes: frozenset[str] = frozenset()
    """Class names of the body element: WordPress says there what kind of page it is."""

    def titles(self) -> list[str]:
        """Return every claim of the page's title, the surest first, without repeats."""
        claims = [self.ld_headline, self.og_title, self.title]
        return list(dict.fromkeys(claim for claim in claims if claim))

    def title_parts(self) -> list[str]:
        """Return what of the title claims may be the headline: each claim whole, then its pieces.

        The longest piece comes first; sites put their name before or after, with a separator.

        >>> Metadata(title="Hội nghị - kết quả bước đầu | Tỉnh ủy").title_parts()[:3]
        ['Hội nghị - kết quả bước đầu | Tỉnh ủy', 'Hội nghị - kết quả bước đầu', 'kết quả bước đầu | Tỉnh ủy']
        """
        parts: list[str] = []
        for whole in self.titles():
            claim = whole[:MAX_TITLE_CHARS]
            cuts = [(match.start(), match.end()) for match in _SEPARATORS.finditer(claim)][:MAX_TITLE_CUTS]
            edges = [0, *(end for _, end in cuts)]
            ends = [*(start for start, _ in cuts), len(claim)]
            spans = [claim[start:end] for start in edges for end in ends if end > start]
            parts.extend(sorted(spans[:60], key=len, reverse=True))
        return list(dict.fromkeys(part for part in parts if part.strip()))

    def likely_headline(self) -> str | None:
        """Return the longest piece of the surest title claim, for a page that prints no headline.

        >>> Metadata(title="báo cáo viên – Đảng bộ huyện").likely_headline()
        'Đảng bộ huyện'
        """
        claims = self.titles()
        if not claims:
            return None
        pieces = [
            piece
            for piece in _SEPARATORS.split(claims[0][:MAX_TITLE_CHARS])
            if piece and piece != self.site_name
        ]
        return max(pieces, key=len, default=None)


def read_metadata(root: HtmlElement) -> Metadata:
    """Read the head of a page, and JSON-LD and itemprop wherever they stand."""
    metas: dict[str, str] = {}
    tags: list[str] = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content")
        if name and content and content.strip():
            metas.setdefault(name, content)
            if name == "article:tag":
                tags.append(clean(content))
    linked = list(_linked_data(root))
    title = root.find(".//title")
    return Metadata(
        title=_text(title.text_content() if title is not None else None),
        og_title=_text(metas.get("og:title") or metas.get("twitter:title")),
        site_name=_text(metas.get("og:site_name")),
        published=tuple(_published(metas, linked)),
        ld_headline=next(
            (_text(str(item["headline"])) for item in linked if isinstance(item.get("headline"), str)), None
        ),
        keywords=tuple(dict.fromkeys(tags)),
        page_classes=frozenset(
            (root.find("body").get("class") or "").split() if root.find("body") is not None else ()
        ),
    )


def _published(metas: dict[str, str], linked: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in linked:
        value = item.get("datePublished")
        if isinstance(value, str) and value.strip():
            yield "json-ld datePublished", value
    for name in (
        "article:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish-date",
        "article.published",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "og:published_time",
        "sailthru.date",
        "date",
    ):
        if name in metas:
            yield f"meta {name}", metas[name]


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()[:MAX_JSON_CHARS]
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(data)


def _articles_in(data: object) -> Iterator[dict[str, Any]]:
    queue = deque([data])
    for _ in range(300):
        if not queue:
            return
        item = queue.popleft()
        if isinstance(item, list):
            queue.extend(item[:100])
        elif isinstance(item, dict):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name in _ARTICLE_TYPES for name in names):
                yield item
            queue.extend(value for key, value in item.items() if key in ("@graph", "mainEntity"))


def _text(value: str | None) -> str | None:
    return clean(value) or None if value else None
