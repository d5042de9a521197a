"""Reads a printed signature: who wrote the article, in what post, and which office or paper it comes from.

Signatures stand alone at the foot of the body or under the headline ("Tác giả bài viết: Hoàng Văn Quế",
"Minh Hải - Nguyễn Thúy"), or close the last paragraph in brackets ("(Theo Báo Nhân Dân)"). The caller knows
where a line stands; here only its words are judged, and `score` says how much they prove.

Authors are people, bare of ranks and degrees and otherwise as printed; an office or a paper is the source.
Photographers and editors are not authors.
"""

from dataclasses import replace
from typing import Final

from archive.text import clean
from crawler.bylines.labels import read_labelled
from crawler.bylines.people import read_bare
from crawler.bylines.pieces import states, undress
from crawler.bylines.sources import Byline, read_theo
from crawler.bylines.words import CLOSINGS, LABEL, PICTURE_CREDIT, ROLE
from crawler.names import is_organisation

__all__ = ["LONGEST_BYLINE", "Byline", "read_byline", "read_closing_byline"]

_QUOTES: Final = '“”"'
LONGEST_BYLINE: Final = 160
"""Characters: three authors with their posts. Longer lines are text."""


def read_byline(line: str, next_line: str | None = None) -> Byline | None:
    """Return what a line standing alone signs, or None when it is no signature.

    The next line completes a signature on two lines: names, then their office or post.

    >>> read_byline("Tác giả bài viết: Hoàng Văn Quế").authors
    ('Hoàng Văn Quế',)
    >>> signed = read_byline("Minh Hải - Nguyễn Thúy", "Ban Tuyên giáo Tỉnh ủy Lai Châu")
    >>> signed.authors, signed.source
    (('Minh Hải', 'Nguyễn Thúy'), 'Ban Tuyên giáo Tỉnh ủy Lai Châu')
    >>> read_byline("Trần Thị Thùy Trang, Phó phòng KG-TH").role
    'Phó phòng KG-TH'
    >>> read_byline("Đổi mới công tác lãnh đạo") is None
    True
    """
    raw = clean(line[: 2 * LONGEST_BYLINE])
    if not 2 <= len(raw) <= LONGEST_BYLINE:
        return None
    text = undress(raw)
    read = read_labelled(text) or read_theo(text) or read_bare(text)
    if read is None:
        return None
    return _with_next(replace(read, raw=raw), next_line)


def read_closing_byline(paragraph: str) -> tuple[str, Byline] | None:
    """Return a paragraph without the signature that closes it, and the signature; None when it has none.

    >>> read_closing_byline("Cuộc thi kết thúc ngày 20/11./. (Theo Báo Lai Châu)")[0]
    'Cuộc thi kết thúc ngày 20/11./.'
    >>> read_closing_byline("Hội nghị đã thành công tốt đẹp (TTXVN).")[0]
    'Hội nghị đã thành công tốt đẹp.'
    >>> read_closing_byline("thực hiện Nghị quyết Trung ương 4 (khóa XII).") is None
    True
    """
    text = clean(paragraph)
    offset = max(len(text) - 2 * LONGEST_BYLINE, 0)
    for pattern, floor in CLOSINGS:
        match = pattern.search(text, offset)
        if match is None or PICTURE_CREDIT.match(match["sign"]):
            continue
        before = text[: match.start("sign")].rstrip(" -–—")
        byline = read_byline(match["sign"])
        if not before or byline is None or byline.score < floor:
            continue
        if before[0] in _QUOTES and before[-1] in _QUOTES and byline.source is None:
            continue  # a quotation, and whose it is
        # A full stop after the bracket is the sentence's own.
        ended = before.endswith((".", "!", "?", "…", "”", '"', "/"))
        return before if ended else before + text[match.end("sign") :].strip(), byline
    return None


def _with_next(byline: Byline, next_line: str | None) -> Byline:
    """Add the office or the post that the line under the names prints."""
    if not next_line or not byline.authors or byline.source:
        return byline
    line = undress(clean(next_line[: 2 * LONGEST_BYLINE]))
    if not line or len(line) > LONGEST_BYLINE or states(line):
        return byline
    label = LABEL.match(line)
    if label and label["source"] and (read := read_labelled(line)):
        return replace(byline, source=read.source)
    if label is None and is_organisation(line) and len(line.split()) <= 14:
        return replace(byline, source=line, score=min(byline.score + 0.2, 0.95))
    if label is None and byline.role is None and ROLE.match(line) and len(line.split()) <= 16:
        return replace(byline, role=line, score=min(byline.score + 0.2, 0.95))
    return byline
