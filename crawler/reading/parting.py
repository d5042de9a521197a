"""Where one printed row is two lines: a stamp, a menu or a field set wall to wall with what follows it.

Old skins set clock, menu, headline and date in one row, with no block element between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, pairwise

from lxml.html import HtmlElement

from archive.text import clean
from crawler.dates import is_date_line
from crawler.landmarks import landmark
from crawler.names import is_organisation, is_person_name, strip_titles
from crawler.reading.typesetting import RUN_CLASS

Parts = list[tuple[str, int, HtmlElement | None]]
"""Pieces of a line: text, flags in force, innermost link."""

# The end of a publication time: what stands wall to wall with it is the next field, an author or a counter.
_STAMPED = re.compile(
    r"(?:\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\b\d{1,2} tháng [\w ]{1,12},? (?:năm )?\d{4}|"
    r"\b\d{1,2}:\d{2}(?::\d{2})?)(?:\s*(?:AM|PM|SA|CH|\(?GMT ?\+7\)?))?\)?\s*$",
    re.IGNORECASE,
)
_STAMP_ENDS = frozenset("0123456789MmAaHh)")
_STAMP_ALONE = re.compile(
    r"^\s*+[-–|]?\s*+\(?[^\d()]{0,24}(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W{1,4}\d{1,2}[:hg]\d{2}|"
    r"\d{1,2}[:hg]\d{2}\W{1,4}\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:\s*(?:AM|PM|SA|CH))?\s*\)?\s*$",
    re.IGNORECASE,
)
_SURE_NAME = 0.8
INLINE = frozenset({"span", "label", "a", "font", "b", "strong", "em", "i", "small", "time"})
_MENU_GAP = re.compile(r"^[\s|·•\-–—,;/»>›:\u00a0]*$")


def ends_in_stamp(text: str) -> bool:
    """Whether a publication time ends a text."""
    return text[-1:] in _STAMP_ENDS and _STAMPED.search(text) is not None


def part_line(parts: Parts) -> list[Parts]:
    """Part a headline from the publication time in an element of its own at its line's end."""
    if len(parts) < 2:
        return [parts]
    pieces = _without_menus(parts)
    words = [place for place, (text, _, _) in enumerate(parts) if not text.isspace()]
    if len(pieces) > 1 or not 2 <= len(words) <= 4 or not _STAMP_ALONE.match(parts[words[-1]][0]):
        return pieces
    return [parts[: words[-1]], parts[words[-1] :]] if len(clean(parts[words[0]][0])) >= 16 else pieces


def _without_menus(parts: Parts) -> list[Parts]:
    """Part a line from the menu printed on it: three or more links with nothing but separators between them.

    Old pages set clock, menu and headline in one row without a block element between; prose with links has
    words between them and stays whole.
    """
    links = [place for place, (text, _, link) in enumerate(parts) if link is not None and not text.isspace()]
    if len({id(parts[place][2]) for place in links}) < 3:
        return [parts]
    start = links[0]
    end = start
    count = 1
    for before, place in pairwise(links):
        gap = "".join(text for text, _, _ in parts[before + 1 : place])
        if not _MENU_GAP.match(gap):
            break
        count += parts[place][2] is not parts[before][2]
        end = place
    if count < 3:
        return [parts]
    rest = "".join(text for text, _, _ in parts[end + 1 :]).strip()
    if (rest and rest[0] in "»>›/→") or (len(rest) < 12 and not parts[:start]):
        return [parts]
    return [piece for piece in (parts[:start], parts[start : end + 1], parts[end + 1 :]) if piece]


def begins_field(element: HtmlElement, parts: Parts, *, level: int, is_in_text: Callable[[], bool]) -> bool:
    """Return whether an inline element begins a line of its own, which only a style sheet we lack parts.

    `parts` are the pieces of the line before it, `level` the rank of the heading it stands in (0: none);
    `is_in_text` tells whether the line runs on from paragraphs, where words are of one sentence.
    """
    before = element.getprevious()
    if _abuts(element, before, parts):
        return True
    if level and _is_small_print(element, parts, level):
        return level == 1 or not (is_in_text() or _is_one_of_several(element.getparent()))
    return before is not None and before.tag in INLINE and _closes_row(element, before, is_in_text)


def _is_one_of_several(element: HtmlElement | None) -> bool:
    """Whether an element stands near another of its kind in its box: rows of a chronicle."""
    if element is None:
        return False
    near = (
        *islice(element.itersiblings(), _NEAR_ROWS),
        *islice(element.itersiblings(preceding=True), _NEAR_ROWS),
    )
    return any(
        other.tag == element.tag and other.get("class") == element.get("class") and len(other) == len(element)
        for other in near
    )


_NEAR_ROWS = 4
"""Elements."""


def _abuts(element: HtmlElement, before: HtmlElement | None, parts: Parts) -> bool:
    """Whether an inline element stands wall to wall with the one before, each with a class of its own.

    `<span class=title>..</span><span class=date>..</span>`: the text must look parted too, no blank between,
    and a capital or digit begins the new piece.
    """
    end = parts[-1][0][-40:]
    if ends_in_stamp(end) and element.tag not in ("sup", "sub"):
        after = next((text for text in (*element.itertext(), element.tail or "") if text), "")
        if after[:1].isdigit() or after[:1].isupper():
            return True
    if before is None or before.tail or before.tag not in INLINE:
        return False
    text = next((text for text in element.itertext() if text.strip()), "")
    if not starts_anew(parts, text):
        return False
    if _are_named_apart(element, before):
        return True
    field = clean(text)
    if field.isdecimal():
        return False
    return landmark(field) == "counter" or _is_own_field(element, field, clean(parts[-1][0]))


def _closes_row(element: HtmlElement, before: HtmlElement, is_in_text: Callable[[], bool]) -> bool:
    """Whether an inline element and the one before are a row of two fields, the second a date.

    In a paragraph, a heading, an item or a caption they are words of one sentence.
    """
    row, after = element.getparent(), element.getnext()
    if before.getprevious() is not None or (after is not None and after.tag in INLINE):
        return False
    if (before.tail or "").strip() or (element.tail or "").strip() or not _are_named_apart(element, before):
        return False
    names = row.get("class") if row is not None else None
    if _is_one_of_several(row):
        return False
    if row is None or not names or (row.text or "").strip() or CAPTIONED.search(names):
        return False
    if _META.search(names) is None and (row.tag not in ("div", "section", "header", "td") or is_in_text()):
        return False
    words, date = field_of(before), field_of(element)
    if not words or _LEADS_TO_DAY.search(words) or not _DATE_FIRST.match(date):
        return False
    return is_date_line(date) and not is_date_line(f"{words} {date}")


# `Khai mạc hội thi:`, `kết nạp đảng viên ngày`, `Nghị quyết số 12`: words of one sentence with the day.
_LEADS_TO_DAY = re.compile(r"[:,;\d]|\bngày$|\bhạn\b", re.IGNORECASE)
_DATE_FIRST = re.compile(r"\d|thứ\s|chủ nhật|cn\b", re.IGNORECASE)


def field_of(element: HtmlElement) -> str:
    """Return the text of an element that is short enough for a field of a row; "" where it is longer."""
    texts = list(islice(element.itertext(), MOST_PIECES + 1))
    if len(texts) > MOST_PIECES or sum(map(len, texts)) > _LONGEST_FIELD:
        return ""
    return clean("".join(texts))


MOST_PIECES = 12
_LONGEST_FIELD = 400
"""Characters before they are cleaned: markup is indented."""


_META = re.compile(r"meta|info|date|time|ngay|thong-?tin", re.IGNORECASE)
CAPTIONED = re.compile(r"cap(?:tion)?(?:$|[\s_-])|chu-?thich", re.IGNORECASE)


def _are_named_apart(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether each of two elements has a class of its own, which is no run of letters in a text."""
    names, others = one.get("class"), other.get("class")
    if not names or not others or names == others:
        return False
    return not (RUN_CLASS.match(names) or RUN_CLASS.match(others))


def _is_small_print(element: HtmlElement, parts: Parts, level: int) -> bool:
    """Whether an element closes a heading as small print: a date or a link (Bootstrap)."""
    if element.tag != "small" or element.getnext() is not None or (element.tail or "").strip():
        return False
    text = field_of(element)
    if not text:
        return False
    long = len(clean("".join(part for part, _, _ in parts))) >= _SHORTEST_HEADING
    if is_date_line(text):
        return long or level <= _HEADLINES
    links = "".join(link.text_content() for link in element.iter("a"))
    return clean(links) == text and (long or landmark(text) is not None)


_HEADLINES = 2
"""Ranks of headings that are headlines."""
_SHORTEST_HEADING = 16
"""Characters."""


def _is_own_field(element: HtmlElement, text: str, before: str) -> bool:
    """Whether a date or an office closes its element after words that do not lead to it."""
    if element.getnext() is not None or (element.tail or "").strip() or before[-1:].isdigit():
        return False
    if is_date_line(text):
        return not is_date_line(f"{before} {text}")
    return (
        is_organisation(text)
        and is_person_name(strip_titles(before).rsplit(" - ", maxsplit=1)[-1]) >= _SURE_NAME
    )


def is_glued_tail(element: HtmlElement, parts: Parts) -> bool:
    """Whether bare text follows a classed inline element wall to wall, as a date set before its paragraph."""
    names = element.get("class")
    if not names or RUN_CLASS.match(names) or element.tag not in ("span", "label", "small", "time"):
        return False
    return len(element.tail or "") > 40 and starts_anew(parts, element.tail or "")


def starts_anew(parts: Parts, text: str) -> bool:
    """Whether a text begins a field of its own though it stands wall to wall with the pieces before it."""
    last = parts[-1][0]
    return (
        bool(text)
        and not last[-1:].isspace()
        and (text[0].isupper() or text[0].isdigit())
        and last[-1:].isalnum() | (last[-1:] in ').”"!?…')
    )
