"""Where the article stands among the lines of a page.

Found without class names a site could change: by the title the page claims, by where running text gathers,
and by the printed lines that close an article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from crawler.dates import is_date_line
from crawler.reading.blocks import Block
from crawler.reading.container import body_container, first_picture, gallery_container, with_pictures
from crawler.reading.declared import DeclaredNodes
from crawler.reading.ending import find_end
from crawler.reading.foot import find_foot
from crawler.reading.headline import score_headlines, surest_headline
from crawler.reading.headline_instead import (
    headline_before,
    headline_of_verse,
    headline_past_menu,
    headline_under,
    is_only_h1,
    opens_as_headline,
)
from crawler.reading.lines import Lines, read_lines
from crawler.reading.metadata import Metadata
from crawler.reading.tree import are_set_alike
from crawler.reading.typesetting import CHROME

FOOT: Final = 28
"""Lines after the body in which its own particulars may stand, a list of related articles before them."""


@dataclass(slots=True)
class Layout:
    """The article's place among a page's lines."""

    blocks: list[Block]
    kinds: list[str | None]
    """Landmark kind of each block."""
    paragraphs: list[int]
    """Indexes of the blocks that read like running text."""
    headline_at: int | None
    """Index of the printed headline; None when it is not printed."""
    container: HtmlElement | None
    """The element that holds the body's lines; None when no running text was found."""
    start: int
    """Index of the first block after the headline that may belong to the article."""
    body_start: int
    """Index of the first block of the body's container (after the headline)."""
    end: int
    """Index after the last block of the body."""
    foot: int
    """Index of the first block of the site's own foot; the number of blocks when it has none."""
    intruders: frozenset[int]
    """Blocks of widgets between the paragraphs."""
    headline_score: float
    """How sure the headline is: 1 or more when the page's own title agrees with it."""


def find_layout(blocks: list[Block], metadata: Metadata, declared: DeclaredNodes | None = None) -> Layout:
    """Find the article among the page's blocks; `declared` is what the family's selectors already found."""
    lines = read_lines(blocks)
    if declared is not None:
        at = min(lines.within(declared.headline), default=None)
        return _laid_out(lines, declared.body, at, 2.0)
    scores = score_headlines(lines, metadata)
    best, score = surest_headline(scores, lines)
    if best is not None and (below := headline_under(best, lines)) is not None:
        best = below
    if best is not None and (below := headline_past_menu(best, lines)) is not None:
        best = below
    sure = best if best is not None and (score >= 1.0 or is_only_h1(best, score, blocks)) else None
    if sure is not None and _is_verse_over_comments(sure, lines):
        return _laid_out(lines, None, sure, score)
    container = with_pictures(body_container(lines, sure), lines)
    inside = lines.within(container)
    first = next((i for i in lines.paragraphs if i in inside and (sure is None or i > sure)), None)
    if first is None and not lines.paragraphs:
        if sure is None and (verse := headline_of_verse(lines)) is not None:
            return _laid_out(lines, None, verse, 0.3)
        first = first_picture(blocks)
        container = gallery_container(lines, sure)
    if first is not None and (sure is None or sure > first):
        best, score = headline_before(first, scores, lines)
        if score < 0.12 and opens_as_headline(blocks[first], blocks[first + 1 :]):
            best, score = first, 0.3
        elif best is None and (later := _headed_later(first, inside, scores, lines)) is not None:
            best, score = later  # a box with text of its own stands before the article
    return _laid_out(lines, container, best, score, first or 0)


def _is_verse_over_comments(headline: int, lines: Lines) -> bool:
    """Whether short lines alone stand under a headline, a poem's, and the first text is a reader's."""
    run = longest = 0
    before: Block | None = None
    for block in lines.blocks[headline + 1 :]:
        kind = lines.kinds[block.index]
        if kind == "comments":
            return longest >= _SHORTEST_POEM
        if block.index in lines.prose:
            return False
        verse = kind is None and not block.links and not block.has(CHROME) and not is_date_line(block.text)
        if block.text:
            run = (run + 1 if before is not None and are_set_alike(before, block) else 1) if verse else 0
            before = block
        longest = max(longest, run)
    return False


_SHORTEST_POEM: Final = 4
"""Lines."""


def _headed_later(
    first: int, inside: frozenset[int], scores: dict[int, float], lines: Lines
) -> tuple[int, float] | None:
    """The headline over one of the paragraphs after the first, which has none, and its score."""
    for index in [i for i in lines.paragraphs if i > first and i in inside][:_MOST_BOXES]:
        headline, score = headline_before(index, scores, lines)
        if headline is not None and headline > first and score >= _SURE_ENOUGH:
            return headline, score
    return None


_MOST_BOXES: Final = 5
_SURE_ENOUGH: Final = 0.3


def _laid_out(
    lines: Lines, container: HtmlElement | None, headline: int | None, score: float, first: int = 0
) -> Layout:
    """Mark the article off: from after its headline (or from its first line of text) to where it closes."""
    start = headline + 1 if headline is not None else first
    inside = lines.within(container)
    if container is None and headline is not None:
        inside = frozenset(range(start, len(lines.blocks)))
    ending = find_end(lines, container, inside, start)
    last = max((i for i in lines.paragraphs if start <= i < ending.end), default=start)
    foot = find_foot(lines, last)
    return Layout(
        blocks=lines.blocks,
        kinds=lines.kinds,
        paragraphs=lines.paragraphs,
        headline_at=headline,
        container=container,
        start=start,
        body_start=next((i for i in range(start, len(lines.blocks)) if i in inside), start),
        end=min(ending.end, foot),
        foot=foot,
        intruders=ending.intruders,
        headline_score=score,
    )
