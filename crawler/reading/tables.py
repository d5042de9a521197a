"""Tables: of data, of pictures with their captions, or merely the page's layout."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from archive.text import clean
from crawler.reading.typesetting import HEADINGS


def is_data_table(table: HtmlElement) -> bool:
    """Return whether a table holds data rather than the page's layout or running text.

    Data: two or more rows of two or more short cells, no table or image inside, and most rows alike.
    """
    if table.find(".//table") is not None or table.find(".//img") is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [cells for cells in rows if cells]
    if len(rows) < 2:
        return False
    widths = [len(cells) for cells in rows]
    common = max(set(widths), key=widths.count)
    if common < 2 or widths.count(common) * 2 < len(rows):
        return False
    lengths = sorted(len("".join(cell.itertext()).strip()) for cells in rows for cell in cells)
    links = sum(1 for _ in table.iter("a"))
    return lengths[-1] < 400 and lengths[len(lengths) // 2] < 90 and links * 3 < len(lengths)


_BUTTON: Final = re.compile(
    r"(?:(?:icon|button|printer|e?mail|pdf|arrow|bullet|spacer)[\w-]*|/(?:in|print|gui|luu|zoom|loa)\d?)"
    r"\.(?:png|gif|jpe?g|svg)(?:$|\?)",
    re.IGNORECASE,
)


def _is_button(image: HtmlElement) -> bool:
    """Whether a picture is what a reader presses, by its file's name or by what it does."""
    parent = image.getparent()
    pressed = parent is not None and (parent.get("href") or "").lower().startswith("javascript:")
    return pressed or _BUTTON.search(image.get("src") or "") is not None


def is_picture_table(table: HtmlElement) -> bool:
    """A small table that frames photographs and their captions, as old editors insert them."""
    images = texts = 0
    for count, element in enumerate(table.iter()):
        if count > 60 or (element.tag == "a" and len("".join(element.itertext()).strip()) > 20):
            return False
        if (element.tag == "table" and element is not table) or element.tag in HEADINGS:
            return False
        images += element.tag == "img" and not _is_button(element)
        if element.tag == "td" and len("".join(element.itertext()).strip()) > _caption_room(element):
            return False
        if (element.tag in ("td", "p", "div", "br") and (element.text or "").strip()) or (
            element.tail or ""
        ).strip():
            texts += 1
    if not images or texts > 2 * images + 2:
        return False
    return len(clean("".join(table.itertext()))) <= 350 * images


def _caption_room(cell: HtmlElement) -> int:
    """How many characters a cell may hold and still be a caption: few beside a picture, more under one."""
    row = cell.getparent()
    beside = cell.find(".//img") is None and row is not None and row.find(".//img") is not None
    return 110 if beside else 260
