"""Reads a labelled signature: "Tác giả: X", "Tin: A; ảnh: B", "Bài và ảnh: A - B. Nguồn: C"."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.bylines.people import read_bare, read_people
from crawler.bylines.pieces import labelled_pieces, trim
from crawler.bylines.sources import Byline, read_source
from crawler.bylines.words import LABEL, LOGIN, NO_COLON, POSTER, SONG, TEXT_IN_WORK


def read_labelled(text: str) -> Byline | None:
    """Read "label: value" pieces: "Tin: A; ảnh: B", "Bài và ảnh: A - B. Nguồn: C"."""
    labels = list(LABEL.finditer(text))
    if not labels or labels[0].start() > 0:
        return _read_signed_then_labelled(text, labels) if labels else _read_no_colon(text)
    worded = any(label["work"] and SONG.fullmatch(label["work"]) for label in labels)
    authors: list[str] = []
    role = source = None
    score = 0.0
    for label, value in labelled_pieces(text, labels):
        # Alone, `Nhạc: Phạm Tuyên` tells whose tune a clip plays; beside who wrote the words it is a song's.
        piece = None if label["music"] and not worded else _read_value(label, value)
        if piece is None:
            continue
        authors += [name for name in piece.authors if name not in authors]
        role, source = role or piece.role, source or piece.source
        score = max(score, piece.score)
    return Byline(raw=text, authors=tuple(authors), role=role, source=source, score=score) if score else None


def _read_signed_then_labelled(text: str, labels: list[re.Match[str]]) -> Byline | None:
    """Read "Minh Hải - Ảnh: Thu Hà" and "Minh Hải (Theo: Báo Lai Châu)"."""
    head, tail = trim(text[: labels[0].start()]), text[labels[0].start() :]
    signed = read_bare(head)
    rest = read_labelled(tail.strip("() "))
    if signed is None or rest is None or not signed.authors:
        return None
    return replace(signed, source=rest.source or signed.source, score=max(signed.score, 0.7))


def _read_no_colon(text: str) -> Byline | None:
    label = NO_COLON.match(text)
    if label is None:
        return None
    read = read_people(text[label.end() :], lenient=False)
    return replace(read, score=0.85) if read and read.authors and read.score >= 0.5 else None


def _read_value(label: re.Match[str], value: str) -> Byline | None:
    if not value:
        return None
    if label["source"]:
        return read_source(label["source"], value)
    if label["photo_source"] or label["editor"] or (label["work"] and not TEXT_IN_WORK.search(label["work"])):
        # A photographer or an editor: the line is a signature's, but signs no author.
        return Byline(raw=value, score=0.45) if _names_someone(value) else None
    read = read_people(value, lenient=True)
    if read is None:
        # "Tác giả: admin" is a signature line that names nobody.
        return Byline(raw=value, score=0.6) if label["author"] and LOGIN.fullmatch(value) else None
    if label["author"] and POSTER.match(label["author"]):
        return replace(read, score=0.6)
    return replace(read, score=0.95 if label["author"] or " " in (label["work"] or "") else 0.85)


def _names_someone(value: str) -> bool:
    read = read_people(value, lenient=False)
    return read is not None and (bool(read.authors) or read.source is not None)
