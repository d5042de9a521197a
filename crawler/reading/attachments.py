"""Documents an article offers for download: decrees, plans, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from lxml.html import HtmlElement

from archive.model import Attachment
from archive.text import clean
from crawler.urls import absolute_url

_DOCUMENT: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|rtf|odt)(?:$|[?&#])", re.IGNORECASE)
_EMPTY_TITLE: Final = re.compile(
    r"^(?:tải (?:về|xuống|file|tệp)(?: (?:về|tại đây))?|download|xem|tại đây|xem file|file|pdf|tải|"
    r"click|đính kèm|xem trước)?[\s:.]*$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?:tập tin|tệp tin|file|tệp|tải về|download)\s*:\s*(?=\S)|^(?:file|tệp|tập|tài liệu|văn "
    r"bản)?\s*(?:tin)?\s*(?:đính kèm|kèm theo|tải về|download)(?: file)?(?: tại đây)?\s*:?\s*(?=\S)",
    re.IGNORECASE,
)


def is_document(link: HtmlElement) -> bool:
    """Return whether a link leads to a document file rather than a page."""
    href = (link.get("href") or "").strip()
    if not href or href.lower().startswith(("javascript:", "mailto:", "#", "data:")):
        return False
    return bool(_DOCUMENT.search(unquote(href))) or _names_document(link)


def document_url(link: HtmlElement, base_url: str) -> str | None:
    """Return the absolute URL of a link to a document; None for any other link."""
    return absolute_url(base_url, (link.get("href") or "").strip()) if is_document(link) else None


_NAMED: Final = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|rtf|odt)\s*(?:\(.{0,12}\))?\s*$", re.IGNORECASE
)


def _names_document(link: HtmlElement) -> bool:
    """A download script hides the file's name in the URL but prints it (NukeViet: `?download=1&id=0`)."""
    for name, pattern in _TELLING.items():
        if pattern.search(link.get(name) or ""):
            return True
    return _NAMED.search(link.text_content()) is not None


_TYPED: Final = re.compile(r"^application/(?:pdf|msword|vnd\.|zip|rtf|x-rar)", re.IGNORECASE)
_TELLING: Final = {"download": _NAMED, "title": _NAMED, "type": _TYPED}


def read_attachments(links: Iterable[HtmlElement], base_url: str) -> tuple[Attachment, ...]:
    """Return the documents among the links, each once, with the title its link prints.

    A link that prints only `Tải về` takes its `title` attribute, else none.
    """
    found: dict[str, Attachment] = {}
    for link in links:
        url = document_url(link, base_url)
        if url is None:
            continue
        title = _printed_title(link)
        known = found.get(url)
        if known is None or (known.title is None and title is not None):
            found[url] = Attachment(url=url, title=title)
    return tuple(found.values())


def _printed_title(link: HtmlElement) -> str | None:
    printed = clean(link.text_content())
    if _EMPTY_TITLE.match(printed):
        printed = clean(link.get("title") or "")
        if _EMPTY_TITLE.match(printed):
            return None
    return _LABEL.sub("", printed) or None
