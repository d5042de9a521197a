"""The author printed about the headline: after a label, in its own line, or in the row of the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from crawler.bylines import Byline, read_byline
from crawler.bylines.words import ROLE, VERB
from crawler.dates import find_dates
from crawler.landmarks import landmark
from crawler.names import is_organisation, names_person
from crawler.reading.blocks import Block
from crawler.reading.datelines import is_dateline
from crawler.reading.signature import named_author, read_signature
from crawler.reading.signature_labels import (
    ACCOUNTS,
    MAX_SIGNATURE_CHARS,
    Signature,
    found_over_text,
    labelled_author,
    without_dates,
)
from crawler.reading.typesetting import RIGHT


def head_signature(lines: Sequence[Block], date_line: Block | None) -> Signature | None:
    """Read an author printed about the headline: after a label, or a name sharing the date's row.

    A line that names a source alone is joined with the line that names the author.
    """
    credit: Signature | None = None
    for place, block in enumerate(lines):
        if (
            len(block.text) > MAX_SIGNATURE_CHARS
            or landmark(block.text) in _FURNITURE
            or is_dateline(block.text)
        ):
            continue
        found = _line_signature(lines, place, date_line)
        if found is None:
            continue
        if _POSTED.match(block.text) and _is_signed_below(lines, place):
            continue  # who put it on line, over who wrote it
        if found.authors:
            found = _with_source_below(_with_co_author(found, lines, place), lines, place, date_line)
            labelled = credit is not None and _SOURCED.match(credit.byline)
            return replace(found, source=found.source or credit.source) if credit and labelled else found
        credit = credit or found
    return credit


def _is_signed_below(lines: Sequence[Block], place: int) -> bool:
    """Whether one of the next lines names an author after the label of one."""
    return any(
        _WRITTEN.match(other.text) and (read := read_byline(other.text)) is not None and bool(read.authors)
        for other in lines[place + 1 : place + 5]
    )


_POSTED: Final = re.compile(r"^\W*(?:người (?:đăng|gửi)|đăng bởi|được đăng bởi|posted)\b", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"^\W*(?:tác giả|người viết)\b", re.IGNORECASE)
_SOURCED: Final = re.compile(r"^\W*(?:nguồn|theo)\b", re.IGNORECASE)
_FURNITURE: Final = frozenset({"counter", "tools", "share", "player", "crumbs", "comments"})


def _line_signature(lines: Sequence[Block], place: int, date_line: Block | None) -> Signature | None:
    block = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    text = without_dates(block.text)
    found = labelled_author(block, text) or _labelled_piece(block, text)
    if found is None and block.has(RIGHT):
        office = following if following is not None and following.has(RIGHT) else None
        found = read_signature([block], office, "landmark: line over the body")
    beside = date_line is not None and abs(block.index - date_line.index) <= 1
    named = named_author(block) and bool(_COMRADE.match(text) or text.isupper())
    if found is None and (beside or named or _is_lone_name(block, text)):
        found = _unlabelled_author(block, text)
        if found is not None and found.source is None and following is not None:
            found = _with_office(found, following)
    return found


def _labelled_piece(block: Block, text: str) -> Signature | None:
    """A label that opens a piece of the row: `Đăng lúc 17:30, 09/04/2025 · Bài: Nguyên Niê`."""
    pieces = re.split(r"\s*[|·•]\s*", text)
    found = (labelled_author(block, piece) for piece in pieces if len(pieces) > 1)
    return next((signature for signature in found if signature is not None), None)


def _with_source_below(
    found: Signature, lines: Sequence[Block], place: int, date_line: Block | None
) -> Signature:
    """Add the source that a piece of the next lines names after its label: `11/3/2025 | Theo Báo X`."""
    if found.source is not None:
        return found
    for other in range(place + 1, min(place + 4, len(lines))):
        if len(lines[other].text) > MAX_SIGNATURE_CHARS or is_dateline(lines[other].text):
            continue
        below = _line_signature(lines, other, date_line)
        if below is None or not below.source or below.authors or not is_organisation(below.source):
            continue
        if _SOURCED.match(below.byline):
            return replace(found, source=below.source, lines=found.lines | below.lines)
    return found


def _with_co_author(found: Signature, lines: Sequence[Block], place: int) -> Signature:
    """Add the authors named on the next lines, set as this one is."""
    block = lines[place]
    at = block.index
    for other in lines[place + 1 : place + 6]:
        if (
            other.index == at + 1 == block.index + 1
            and is_organisation(other.text)
            and other.node is block.node
        ):
            at = other.index  # the office of who is named above it
            continue
        alike = other.flags == block.flags and other.node.get("class") == block.node.get("class")
        labelled = ":" in other.text or _SOURCED.match(other.text)
        if other.index != at + 1 or not alike or labelled or not is_name_line(other):
            break
        read = read_byline(other.text)
        if read is None or set(read.authors) <= set(found.authors):
            break
        found = replace(found, authors=found.authors + read.authors, lines=found.lines | {other.index})
        block, at = other, other.index
    return found


def _with_office(found: Signature, following: Block) -> Signature:
    """Add the office or the post printed on the line under a name."""
    text = following.text
    if len(text) > _LONGEST_OFFICE or text[-1] in ".:;!?":
        return found
    if ROLE.match(text) and not VERB.search(text) and found.authors and found.role is None:
        return replace(found, role=text, lines=found.lines | {following.index})
    if not is_organisation(text) or find_dates(text):
        return found
    return replace(found, source=text, lines=found.lines | {following.index})


_LONGEST_OFFICE: Final = 90
"""Characters."""


def names_author(block: Block) -> bool:
    """Return whether a line by the headline names an author, after a label or in an element called so."""
    if len(block.text) > MAX_SIGNATURE_CHARS or block.text[-1] in ".!?;":
        return False
    if ":" not in block.text and not named_author(block):
        return False
    found = _line_signature([block], 0, None)
    return found is not None and bool(found.authors)


def is_name_line(block: Block) -> bool:
    """Return whether a line over the text is an author's name alone."""
    return block.text[-1] not in ".:;?!" and _is_lone_name(block, block.text)


def _is_lone_name(block: Block, text: str) -> bool:
    """A person's name alone in its line between headline and text (infonet.vn, nld.com.vn).

    Journals print several, with their degrees.
    """
    if len(text) > 40 and not (len(text) <= MAX_SIGNATURE_CHARS and _DEGREE.search(text)):
        return False
    if block.link_share > 0.6 and not named_author(block):
        return False
    read = read_byline(text)
    return read is not None and bool(read.authors) and read.score >= (0.6 if len(text) <= 40 else 0.9)


# `45-KH/TU`: a document's number, and whose it is.
_NUMBER: Final = re.compile(r"(?<![A-Za-zĐđ])\d+[-/][A-ZĐ]")
_DEGREE: Final = re.compile(r"\b(?:PGS|GS|TS|TSKH|ThS|Th\.S|CN|NGƯT|NGND)\b")
_COMRADE: Final = re.compile(r"^(?:đ/c|đồng chí)\s+", re.IGNORECASE)


def _unlabelled_author(block: Block, text: str) -> Signature | None:
    if named_author(block) and _COMRADE.match(text):
        read = read_byline(_COMRADE.sub("", text))
        if read is not None and read.authors:
            return found_over_text(block, text, read)
    if _NUMBER.search(text):
        return None
    if (together := _joint_authors(block, text)) is not None:
        return together
    for piece in re.split(r"\s*[|·•/]\s*|\s+[-–—]\s+(?=\|)", text):
        name = piece.strip(" -–—,;:.[]")
        if "(" not in name.strip("(") or name.startswith("("):  # else it says what they did: `X (thực hiện)`
            name = name.strip("()")
        if not name or ACCOUNTS.match(name) or landmark(name) is not None or re.search(r"\d", name):
            continue
        read = read_byline(name)
        if read is not None and (read.authors or read.source) and read.score >= 0.5:
            return found_over_text(block, name, read)
    return _names_in_capitals(block, text)


def _joint_authors(block: Block, text: str) -> Signature | None:
    """Several names parted by dots and nothing else: `SÙNG THỊ PÀ•VÀNG MẠNH`."""
    names = re.split(r"\s*[·•]\s*", text)
    if len(names) < 2 or not all(map(names_person, names)):
        return None
    read = read_byline(" - ".join(names))
    return found_over_text(block, text, read) if read is not None and len(read.authors) > 1 else None


def _names_in_capitals(block: Block, text: str) -> Signature | None:
    """Pen names and names of minorities, in capitals in an element named as the author's."""
    names = [name.strip() for name in re.split(r"\s+[-–—,&]\s+", text)]
    if not named_author(block) or not all(_IN_CAPITALS.match(name) for name in names):
        return None
    if any(is_organisation(name) or ACCOUNTS.match(name) for name in names):
        return None
    byline = Byline(raw=text, authors=tuple(names), role=None, source=None, score=0.5)
    return found_over_text(block, text, byline)


_IN_CAPITALS: Final = re.compile(r"^[A-ZÀ-ỸĐ'’]{1,12}(?: [A-ZÀ-ỸĐ'’]{1,12}){1,4}$")
