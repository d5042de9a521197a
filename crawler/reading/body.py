"""The body of an article: its paragraphs in order, and what stands among them that is not body.

Captions, bylines, dates, credits, widgets and the tools printed around a text are told apart here, so that
the body holds the words of the article, all of them and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from archive.model import Image
from crawler.bylines import read_byline
from crawler.dates import is_date_line
from crawler.landmarks import CLOSERS
from crawler.reading.author_card import author_card, is_portrayed, without_portrait
from crawler.reading.blocks import Block
from crawler.reading.datelines import is_dateline, tells_meeting
from crawler.reading.foot_signature import fields_at_end, foot_signature, with_co_signers
from crawler.reading.furniture import is_furniture
from crawler.reading.layout import Layout
from crawler.reading.lead import drop_repeated_lead, is_named_lead
from crawler.reading.lines import bare, reads_like_prose
from crawler.reading.notes import is_note
from crawler.reading.opening import Opening
from crawler.reading.paragraphs import joined
from crawler.reading.pictures import read_pictures
from crawler.reading.pull_quotes import without_pull_quotes
from crawler.reading.signature import closing_signature
from crawler.reading.signature_labels import Signature
from crawler.reading.tree import is_named, is_within
from crawler.reading.typesetting import BOLD, CAPTION, CENTER, CHROME, ITALIC, QUOTE, RIGHT
from crawler.reading.under_body import article_zone, lines_after, pictures_under


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """What the article's lines say."""

    paragraphs: tuple[str, ...]
    indexes: frozenset[int]
    """Blocks whose text is in the paragraphs."""
    lead: str | None
    """The first paragraph, when it is set apart as a lead."""
    images: tuple[Image, ...]
    signature: Signature | None
    links: tuple[HtmlElement, ...]
    """Links of the article's zone, attachments among them."""

    @property
    def text(self) -> str:
        """Paragraphs joined by a blank line."""
        return "\n\n".join(self.paragraphs)


def read_body(layout: Layout, headline: str, base_url: str) -> Body:
    """Read the article's lines between its headline and its end."""
    blocks = layout.blocks
    zone = [i for i in range(layout.start, layout.end) if i not in layout.intruders or i < layout.body_start]
    zone = [i for i in zone if i >= layout.body_start or _opens(blocks[i], layout)]
    images, captions = read_pictures(blocks, [*zone, *pictures_under(layout)], headline, base_url)
    lines = [blocks[i] for i in zone if blocks[i].text and i not in captions]
    lines = _text_lines(lines, layout, headline, base_url)
    after = lines_after(layout, lines)
    if fields := fields_at_end(lines):
        lines, after = lines[:-fields], [*lines[-fields:], *after]
    lines, notes = _without_notes(_without_portrait(lines, layout))
    signature = foot_signature(lines, after)
    if signature is not None and is_portrayed(signature, zone, layout.blocks):
        signature = None
    if signature is not None:
        first = min(signature.lines)
        lines = [
            line
            for line in lines
            if line.index not in signature.lines and (line.index < first or _is_long(line))
        ]
        lines = _trim_end(lines, layout)
        signature = with_co_signers(signature, lines, blocks)
        lines = [line for line in lines if line.index not in signature.lines]
    if lines and _is_out_of_text(lines):
        lines = lines[:-1]
    lines += notes
    lines, lead = drop_repeated_lead(without_pull_quotes(lines), layout)
    texts = joined(lines)
    texts, closing = _without_closing(texts, signature)
    links = [link for block in article_zone(layout) for link in block.links]
    return Body(
        paragraphs=tuple(texts),
        indexes=frozenset(line.index for line in lines),
        lead=lead,
        images=images,
        signature=closing or signature,
        links=tuple(dict.fromkeys(links)),
    )


def _without_portrait(lines: list[Block], layout: Layout) -> list[Block]:
    over_text = layout.blocks[layout.start : lines[0].index] if lines else []
    return without_portrait(lines, over_text, layout.blocks)


def _opens(block: Block, layout: Layout) -> bool:
    """Whether a line between headline and body may belong to the article: a lead, a photograph, a caption."""
    if block.image is not None or block.has(CAPTION):
        return True
    kind = layout.kinds[block.index]
    return kind is None and block.link_share < 0.5


def _text_lines(lines: Sequence[Block], layout: Layout, headline: str, base_url: str) -> list[Block]:
    prose = [
        line.index
        for line in lines
        if not line.has(CHROME) and reads_like_prose(line, layout.kinds[line.index])
    ]
    first = prose[0] if prose else None
    opening = Opening(layout, prose)
    title = bare(headline)
    head = layout.blocks[layout.start : max(opening.first, layout.start)]
    dated = next((block for block in head if is_date_line(block.text)), None)
    kept: list[Block] = []
    for line in lines:
        if layout.kinds[line.index] is not None:
            continue
        if is_furniture(line, base_url) or author_card(line) is not None:
            continue
        if is_date_line(line.text) and not (
            is_dateline(line.text)
            or tells_meeting(
                line, layout.blocks, dated if opening.first < line.index < opening.last else None
            )
            or _is_among(line, prose, layout)
        ):
            continue
        if bare(line.text) == title:
            continue
        if line.index < layout.body_start and (line.has(CHROME) or not _may_lead(line)):
            continue
        if opening.holds(line):
            continue
        chrome = line.has(CHROME) and first is not None and not layout.blocks[first].has(CHROME)
        if chrome and not is_note(line, layout):
            continue
        kept.append(line)
    return _trim_end(kept, layout)


def _may_lead(line: Block) -> bool:
    """Whether a line over the text's box is its lead: running text, named so, or a remark in brackets."""
    if reads_like_prose(line, None) or is_named_lead(line):
        return True
    bracketed = line.text[0] == "(" and line.text[-1] == ")" and line.text.count(" ") >= _SHORTEST_REMARK
    return bracketed and not (line.links or _BUTTON.match(line.text) or read_byline(line.text) is not None)


_BUTTON: Final = re.compile(r"\((?:bấm|nhấn|click|nghe|xem|tải)\b", re.IGNORECASE)
_SHORTEST_REMARK: Final = 3
"""Blanks: `(Tiếp theo kỳ trước)`."""


def _is_among(line: Block, prose: Sequence[int], layout: Layout) -> bool:
    """Whether a line stands among paragraphs and as one of them: `- Ngày vào Đảng: 03/02/1990` in a life.

    A page's date may stand under its lead, but not under two paragraphs and over a third.
    """
    place = bisect_left(prose, line.index)
    around = [layout.blocks[i] for i in (*prose[max(0, place - 2) : place], *prose[place : place + 1])]
    return len(around) == 3 and all(
        block.node.getparent() is line.node.getparent() and block.node.tag == line.node.tag
        for block in around
    )


def _trim_end(lines: list[Block], layout: Layout) -> list[Block]:
    kept = list(lines)
    while kept and (
        layout.kinds[kept[-1].index] in CLOSERS
        or _BOX_TITLE.match(kept[-1].text)
        or (is_named(kept[-1], _TAGS) and len(kept[-1].text) < 120)
        or (kept[-1].link_share > 0.85 and len(kept[-1].text) < 120)
    ):
        kept.pop()
    return kept


def _is_out_of_text(lines: Sequence[Block]) -> bool:
    """Whether the last line is a few words in a box under the box of a text set in `p` alone: an appeal."""
    *text, last = lines
    return (
        len(text) >= _ENOUGH
        and last.node.tag == "div"
        and bool(last.node.get("class"))
        and not last.flags & (BOLD | ITALIC | CENTER | RIGHT | QUOTE)
        and len(last.text) <= _LONGEST_APPEAL
        and last.text[-1] not in '.;:!?…”"'
        and {line.node.tag for line in text[-3:]} == {"p"}
        and len(boxes := {line.node.getparent() for line in text[-3:]}) == 1
        and not any(box is not None and is_within(last.node, box) for box in boxes)
    )


_ENOUGH: Final = 4
_LONGEST_APPEAL: Final = 80
"""Characters."""


_TAGS: Final = re.compile(r"(?<![a-z])(?:tags?|tu-?khoa|keywords?)(?![a-z])", re.IGNORECASE)
# The title of a box under the text: what it names stands in the box.
_BOX_TITLE: Final = re.compile(r"^(?:nguồn(?: tin)?|tác giả|thẻ|từ khóa|via|source)\W*$", re.IGNORECASE)


def _is_long(line: Block) -> bool:
    return len(line.text) > 200


# Journals set the notes under the author's name: `[1] Niên giám thống kê năm 2015.`
_NOTE: Final = re.compile(
    r"^(?:\[\d{1,2}\]|\(\d{1,2}\))\s?\S|^(?:chú thích|tài liệu tham khảo|ghi chú)\b.{0,20}$",
    re.IGNORECASE,
)


def _without_notes(lines: list[Block]) -> tuple[list[Block], list[Block]]:
    """Part the notes at the foot of a text from the text, so that its signature is looked for over them."""
    first = len(lines)
    while first and _NOTE.match(lines[first - 1].text):
        first -= 1
    return lines[:first], lines[first:]


def _without_closing(texts: list[str], signature: Signature | None) -> tuple[list[str], Signature | None]:
    if not texts:
        return texts, None
    found = closing_signature(texts[-1])
    if found is None:
        return texts, None
    rest, byline = found
    kept = [*texts[:-1], rest] if rest else texts[:-1]
    if signature is not None and signature.authors:
        return kept, Signature(
            byline=signature.byline,
            authors=signature.authors,
            role=signature.role,
            source=signature.source or byline.source,
            lines=signature.lines,
            rule=signature.rule,
        )
    return kept, Signature(
        byline=byline.raw,
        authors=byline.authors,
        role=byline.role,
        source=byline.source or (signature.source if signature else None),
        lines=signature.lines if signature else frozenset(),
        rule="landmark: brackets closing the last paragraph",
    )
