"""How to cite an article of the archive: the page as the site published it, and our record of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from archive.stored import StoredArticle
from archive.text import fold


def cite(article: StoredArticle, style: str) -> str:
    """Return a citation in one of STYLES: `text`, `bibtex`, `ris` or `csl-json`. KeyError for another."""
    return STYLES[style](article)


def _who(article: StoredArticle) -> list[str]:
    return list(article.authors) or [part for part in (article.source,) if part]


def _day(date: str | None) -> str:
    return date[:10] if date else "n.d."


def _record(article: StoredArticle) -> str:
    return f"Captured {article.captured_at}, {article.digest}, Văn khố {article.uid}"


def _text(article: StoredArticle) -> str:
    who = ", ".join(_who(article)) or article.publisher or article.site_title or ""
    title = article.site_title or article.site or ""
    date = _day(article.date_published)
    return f"{who}. “{article.headline}”. {title}, {date}. {article.url}. {_record(article)}."


def _bibtex(article: StoredArticle) -> str:
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in _who(article)),
        "title": f"{{{_escaped(article.headline)}}}",
        "organization": _escaped(article.site_title or article.site or ""),
        "publisher": _escaped(article.publisher or ""),
        "year": (article.date_published or "")[:4],
        "date": (article.date_published or "")[:10],
        "url": article.url,
        "urldate": article.captured_at[:10],
        "language": "vietnamese",
        "note": _record(article),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{_key(article)},", *lines, "}"])


def _escaped(text: str) -> str:
    return re.sub(r"([{}%&#$_\\])", r"\\\1", text)


def _key(article: StoredArticle) -> str:
    word = next(iter(re.findall(r"\w+", fold(article.headline))), "")
    return re.sub(r"[^\w-]+", "-", fold(f"{article.uid}-{word}"))


def _ris(article: StoredArticle) -> str:
    lines = [
        ("TY", "NEWS"),
        *(("AU", name) for name in _who(article)),
        ("TI", article.headline),
        ("T2", article.site_title or article.site),
        ("PB", article.publisher),
        ("PY", (article.date_published or "")[:4]),
        ("DA", (article.date_published or "")[:10].replace("-", "/")),
        ("UR", article.url),
        ("Y2", article.captured_at[:10].replace("-", "/")),
        ("LA", "vi"),
        ("N1", _record(article)),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines if value or tag == "ER")


def _csl(article: StoredArticle) -> str:
    entry: dict[str, Any] = {
        "id": article.uid,
        "type": "article-newspaper",
        "title": article.headline,
        "author": [{"literal": name} for name in _who(article)],
        "container-title": article.site_title or article.site,
        "publisher": article.publisher,
        "URL": article.url,
        "language": "vi",
        "issued": _date_parts(article.date_published),
        "accessed": _date_parts(article.captured_at),
        "note": _record(article),
    }
    return json.dumps([{k: v for k, v in entry.items() if v}], ensure_ascii=False, indent=2)


def _date_parts(date: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in date[:10].split("-")]]} if date else None


STYLES: Final[Mapping[str, Callable[[StoredArticle], str]]] = MappingProxyType(
    {"text": _text, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
)
