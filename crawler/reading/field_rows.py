"""Particulars printed in a row that margins or icons part for a reader, or as a list of labels and values."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.reading.parting import CAPTIONED, INLINE, MOST_PIECES, field_of


def is_field_of_row(element: HtmlElement, is_in_text: Callable[[], bool]) -> bool:
    """Return whether an inline element goes on a row of three fields or more, one of them a date.

    `<span>Thời sự</span> <span>12/03/2020</span> <span>Minh Hải</span>`: margins part them for a reader.
    A label and what it names, a day and its clock are one field.
    """
    row, before = element.getparent(), element.getprevious()
    if row is None or before is None or (row.text or "").strip() or not 3 <= len(row) <= MOST_PIECES:
        return False
    if any(child.tag not in _ROW or (child.tail or "").strip() for child in row):
        return False
    fields = [field for child in row if (field := field_of(child))]
    if len(fields) < 3 or not all(map(_may_be_field, fields)):
        return False
    if not any(is_date_line(field) or _CLOCK.match(field) for field in fields) or CAPTIONED.search(
        row.get("class") or ""
    ):
        return False
    last, first = field_of(before), field_of(element)
    if not last or not first or is_in_text():
        return False
    return not (last[-1].isdigit() and _FIGURES.fullmatch(first))


# The clock of a day, or a bare counter: `12/03/2020` `08:15`.
_FIGURES = re.compile(r"[\d:.,/() hg-]+(?:AM|PM|SA|CH|GMT ?\+7)?\)?")


def _may_be_field(text: str) -> bool:
    begun = text[0].isupper() or text[0].isdigit()
    return begun and len(text) <= _LONGEST_NAME and text[-1] not in ":,;"


_ROW = INLINE | {"svg", "img"}
_LONGEST_NAME = 60
"""Characters of a field."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}$")


def is_picture_font(element: HtmlElement, tag: str) -> bool:
    """Return whether an empty element is a picture that a font draws: `<i class="fa fa-eye">`."""
    if tag not in ("i", "span", "em") or element.text or len(element):
        return False
    return _FONT.search(element.get("class") or "") is not None


_FONT = re.compile(
    r"(?:^|\s)(?:fa[srlbd]?|bi|glyphicon|mdi|ti|la[srlb]?|ion|lni|icon)(?:\s|$)|(?:^|\s)(?:fa|bi|icon|ion|ti)-\w",
    re.IGNORECASE,
)


def is_list_of_fields(terms: HtmlElement) -> bool:
    """Return whether a `dl` prints particulars, one of them a date: `Ngày đăng`, 24/08/2023."""
    pairs = list(islice(terms, 2 * _MOST_FIELDS + 1))
    if len(pairs) < 4 or len(pairs) > 2 * _MOST_FIELDS or len(pairs) % 2:
        return False
    if any(one.tag != ("dd" if number % 2 else "dt") for number, one in enumerate(pairs)):
        return False
    told = [field_of(one) for one in pairs]
    return all(0 < len(text) <= _LONGEST_NAME for text in told) and any(map(is_date_line, told[1::2]))


_MOST_FIELDS = 8
