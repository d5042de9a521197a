"""Particulars printed in a row that margins or icons part for a reader, or as a list of labels and values."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates import find_dates, is_date_line
from crawler.reading.parting import CAPTIONED, MOST_PIECES, field_of
from crawler.reading.typesetting import HEADINGS


def is_field_of_row(element: HtmlElement, is_in_text: Callable[[], bool]) -> bool:
    """Return whether an inline element goes on a row of three fields or more, one of them a date.

    `<span>Thời sự</span> <span>12/03/2020</span> <span>Minh Hải</span>`: margins part them for a reader.
    A label and what it names, a day and its clock are one field.
    """
    row, before = element.getparent(), element.getprevious()
    if row is None or before is None or (row.text or "").strip():
        return False
    children = list(islice(row, MOST_PIECES + 1))
    if row.tag in _SENTENCES or not 3 <= len(children) <= MOST_PIECES:
        return False
    elements = [child for child in children if isinstance(child.tag, str)]  # no comments
    if any(child.tag not in _ROW for child in elements) or any(
        (child.tail or "").strip() for child in children
    ):
        return False
    fields = [field for child in elements if (field := field_of(child))]
    if len(fields) < 3 or not all(map(_may_be_field, fields)):
        return False
    if CAPTIONED.search(row.get("class") or "") or not any(map(_is_day, fields)):
        return False
    last, first = field_of(before), field_of(element)
    if not last or not first or is_in_text():
        return False
    return not (last[-1].isdigit() and _FIGURES.fullmatch(first))


# The clock of a day, or a bare counter: `12/03/2020` `08:15`.
_FIGURES = re.compile(r"[\d:.,/() hg-]+(?:AM|PM|SA|CH|GMT ?\+7)?\)?")


def _is_day(field: str) -> bool:
    """Whether a field is a whole date; a day, its month and its year may have one each."""
    return is_date_line(field) and any(found.precision != "month" for found in find_dates(field))


def _may_be_field(text: str) -> bool:
    begun = text[0].isupper() or text[0].isdigit()
    return begun and len(text) <= _LONGEST_NAME and text[-1] not in ":,;"


_ROW = frozenset({"span", "a", "time", "small", "label", "i", "svg", "img"})
_SENTENCES = frozenset({"p", "blockquote", *HEADINGS})
"""Elements whose runs are words of one line."""
_LONGEST_NAME = 60
"""Characters of a field."""


def parts_fields(picture: HtmlElement, line: HtmlElement | None) -> bool:
    """Return whether an icon may part a row's fields: no sentence goes on after it."""
    tail = (picture.tail or "").strip()
    goes_on = bool(tail) and not (tail[0].isupper() or tail[0].isdigit())
    sentence = line is not None and line.tag in _SENTENCES and not _META.search(line.get("class") or "")
    return not goes_on and not sentence


_META = re.compile(r"meta|info|date|time|ngay|thong-?tin", re.IGNORECASE)


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
    if any(text[-1:] == "?" for text in told[::2]):
        return False
    return all(0 < len(text) <= _LONGEST_NAME for text in told) and any(map(is_date_line, told[1::2]))


_MOST_FIELDS = 8
