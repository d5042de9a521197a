"""Reads a signature without a label: names, names with a post or an office, an office, initials."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from crawler.bylines.pieces import are_initials, as_printed, may_sign, split_pieces, split_post, trim
from crawler.bylines.sources import Byline, labelled_source
from crawler.bylines.words import (
    ADDRESSED,
    BRACKETED,
    COMPILED,
    HEADING,
    NAMELESS,
    NOTE,
    ROLE,
    UNIT,
    VERB,
)
from crawler.names import (
    is_odd_name,
    is_organisation,
    is_outlet,
    is_person_name,
    is_place,
    names_person,
    strip_titles,
)


def read_bare(text: str) -> Byline | None:
    """Read a line without a label: names, names with a post or an office, an office, initials."""
    done = re.search(r"\s*\(([^()]*)\)$", text)
    said = text[: done.start()] if done and NOTE.fullmatch(done[1].strip()) else text
    if not text or text[-1] in ":?!…":
        return None
    # A name may hold a verb's syllable (Trần Ngọc Nhiều).
    if VERB.search(COMPILED.sub("", said)) and not _are_names(said):
        return None
    read = read_people(text, lenient=False)
    if read is None and done:
        return _read_pen_names(text, said)
    if read and done:  # "T.H (tổng hợp)" says itself that it signs
        read = replace(read, score=min(read.score + 0.2, 0.95))
    # "Đồng chí Lê Văn Lương - Phó Bí thư" stands under a portrait as often as under a text.
    return replace(read, score=min(read.score, 0.4)) if read and ADDRESSED.match(text) else read


def _read_pen_names(line: str, said: str) -> Byline | None:
    """Pen names of a line that says itself what they did: `NGUYÊN CHƯƠNG (thực hiện)`."""
    names = re.split(r"\s+[-–—]\s+", said)
    if not all(
        _PEN_NAME.fullmatch(name) and not is_organisation(name) and not ROLE.match(name) for name in names
    ):
        return None
    return Byline(raw=line, authors=tuple(names), score=0.6)


_PEN_NAME: Final = re.compile(r"[A-ZĐÀ-Ỹ][\w.'’]*(?: [A-ZĐÀ-Ỹ][\w.'’]*){1,3}")


def _are_names(text: str) -> bool:
    """Whether a text is one person's name for sure, or the names of several: `Thu Hà - Quang Vinh`."""
    head, _, post = text.partition(", ")
    text = head if ROLE.match(post) and not VERB.search(post) else text
    if is_person_name(strip_titles(text)) >= 0.75:
        return True
    names = re.split(r"\s+[-–—,&]\s+", text)
    return len(names) > 1 and all(map(names_person, names))


def read_people(text: str, *, lenient: bool) -> Byline | None:
    """Read names with what follows them. Lenient after a label: there even one odd word is a name."""
    text = trim(text)
    note_source = None
    text = COMPILED.sub("", text)
    if bracketed := BRACKETED.match(text):
        outside, inside = trim(bracketed[1]), trim(bracketed[2])
        kept = _read_bracket(inside)
        if not outside or kept is None:
            return None
        text, note_source = outside, kept or None
    if NAMELESS.fullmatch(text):
        return Byline(raw=text, source=note_source, score=0.7 if text.isupper() or note_source else 0.5)
    if note_source is None and (whole := _read_whole(text, lenient=lenient)):
        return whole
    read = _read_pieces(text, lenient=lenient)
    return _with_note(read, note_source) if read and note_source else read


def _with_note(read: Byline, note: str) -> Byline:
    """Add the source or the post that a bracket after the names gives."""
    if not read.authors:
        return replace(read, source=note)
    if is_organisation(note):
        return replace(read, source=read.source or note, score=min(read.score + 0.1, 0.95))
    return replace(read, role=read.role or note) if ROLE.match(note) else read


def _read_bracket(inside: str) -> str | None:
    """Return what a bracket after a name adds: a source, "" for a note or a place; None when it is text."""
    if NOTE.fullmatch(inside) or is_place(inside) or is_organisation(inside) or ROLE.match(inside):
        return "" if NOTE.fullmatch(inside) or is_place(inside) else inside
    source = labelled_source(inside)
    if source is not None:
        return source
    return "" if inside and is_person_name(inside) >= 0.3 else None


def _read_whole(text: str, *, lenient: bool) -> Byline | None:
    """Read a text that is one thing: an office, or initials."""
    if not lenient and (is_outlet(text) or HEADING.search(text)):
        return None
    if is_organisation(text) and len(text.split()) <= 14 and not VERB.search(text) and text[-1] not in ".;":
        known = text.isupper() and " " not in text
        return Byline(raw=text, source=text, score=0.7 if known else 0.5)
    signers = tuple(re.split(r"\s+[-–&]\s+|,\s+", text))
    if all(are_initials(signer) for signer in signers):
        return Byline(raw=text, authors=signers, score=0.8 if lenient else 0.4)
    return None


@dataclass(slots=True)
class _Signed:
    """What the pieces read so far have said."""

    authors: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)


def _read_pieces(text: str, *, lenient: bool) -> Byline | None:
    signed = _Signed()
    pieces = split_pieces(text)
    paired = len(pieces) == 2 and _DASH.search(text) is not None
    for number, piece in enumerate(pieces):
        odd = paired and names_person(pieces[1 - number]) and is_odd_name(piece)
        if not _take(piece, signed, first=number == 0, lenient=lenient or odd):
            return None
    if not (signed.authors or lenient) and (is_outlet(text) or HEADING.search(text)):
        return None
    role = as_printed(text, signed.roles)
    source = as_printed(text, signed.offices)
    return _weigh(signed, role, source, lenient=lenient)


_DASH: Final = re.compile(r"\s[-–—]\s")


def _take(piece: str, signed: _Signed, *, first: bool, lenient: bool) -> bool:
    """Put a piece where it belongs; False when it belongs in no signature."""
    if not first and NAMELESS.fullmatch(piece) and piece.isupper():
        return True
    post = bool(ROLE.match(piece))
    if (is_organisation(piece) and not post) or (not first and UNIT.fullmatch(piece) and not signed.roles):
        signed.offices.append(piece)
        return True
    if post:
        signed.roles.append(piece)
        return not first
    return _take_name(piece, signed, lenient=lenient)


def _take_name(piece: str, signed: _Signed, *, lenient: bool) -> bool:
    name, rest = split_post(piece)
    weight = is_person_name(name)
    if (signed.roles or signed.offices) and weight < 0.75:
        # The post or the office goes on after a comma: "Phó Bí thư, Trưởng Ban", "Văn hóa, Thể thao".
        (signed.roles or signed.offices).append(piece)
        return bool(signed.authors)
    if signed.authors and is_place(piece):
        return True
    if weight >= 0.15 or (lenient and may_sign(name)):
        signed.authors.append(name)
        signed.weights.append(max(weight, 0.3 if lenient else 0))
        if rest:
            (signed.offices if is_organisation(rest) else signed.roles).append(rest)
        return True
    return bool(NAMELESS.fullmatch(piece))


def _weigh(signed: _Signed, role: str | None, source: str | None, *, lenient: bool) -> Byline | None:
    if len(signed.authors) > 6 or len((role or "").split()) > 24:
        return None
    if not signed.authors:
        return Byline(raw="", source=source, score=0.45) if source and not role else None
    if not lenient and all(is_place(author) for author in signed.authors):
        return None
    score = sum(signed.weights) / len(signed.weights)
    if role or source:
        score = min(score + 0.15, 0.9)
    if score < 0.2 and not lenient:
        return None
    return Byline(raw="", authors=tuple(signed.authors), role=role, source=source, score=score)
