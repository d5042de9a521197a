"""Which line is the headline.

The title the page claims is the best witness; then how a line is set; then where it stands before the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crawler.dates import is_date_line
from crawler.names import is_organisation
from crawler.reading.blocks import Block
from crawler.reading.headline_signs import MENU, is_dated, names_site, title_setting
from crawler.reading.lines import Lines, bare
from crawler.reading.metadata import Metadata
from crawler.reading.site_names import is_site_name
from crawler.reading.typesetting import BOLD, CAPTION, CHROME, ITEM

_NEVER_HEADLINES: Final = frozenset(
    {"contact", "advertisement", "footer", "counter", "tools", "comments", "rating"}
)


def score_headlines(lines: Lines, metadata: Metadata) -> dict[int, float]:
    """Return how much each line looks like the headline, by index; lines that do not at all are left out.

    A score of 1 or more means that the page's own title names the line.
    """
    claims = [bare(part) for part in metadata.title_parts()]
    banners = _banners(lines)
    claims = [
        claim for claim in claims if len(claim) >= 8 and not is_site_name(claim) and claim not in banners
    ]
    site = bare(metadata.site_name or "")
    scores: dict[int, float] = {}
    for block in lines.blocks:
        text = block.text
        # A slider's or a picture's text, set over it; of an article's own picture the headline too.
        captioned = block.has(CAPTION)
        pictured = captioned and block.level not in _OVER_PICTURES
        if not 8 <= len(text) <= 400 or pictured or block.row or names_site(block):
            continue
        # A menu's or list's item: the headline may be a link, but then it is set as a title.
        linked = block.link_share > 0.8
        if linked and _is_plain_item(block):
            continue
        setting = title_setting(block)
        if linked and setting < 0:
            continue
        words = bare(text)
        named = _title_match(words, claims) if words and words != site else 0.0
        # An article may be about voting or comments: a landmark's words are its headline when the title
        # says so.
        if named < 1.0 and (captioned or lines.kinds[block.index] in _NEVER_HEADLINES):
            continue
        if captioned and any(other is not block and other.text == text for other in lines.blocks):
            continue  # a slider's, of the article that follows
        score = named + setting
        if score <= _LEAST:  # what follows only lowers it
            continue
        if is_site_name(words) and score < 1.2 and not _is_titled_as_office(block, lines):
            score -= 0.5
        if not block.level and _is_office_under_text(block, lines):
            score -= 0.6
        if block.has(CHROME) or lines.asides.holds(block.node):
            score -= 0.5
        if score > _LEAST and (named >= 1.0 or not is_date_line(text)):
            scores[block.index] = score
    return _without_sections(scores, claims, lines)


_OVER_PICTURES: Final = (1, 2)
"""Ranks of headings."""


def _without_sections(scores: dict[int, float], claims: Sequence[str], lines: Lines) -> dict[int, float]:
    """Lower the lines a title names after the headline, much shorter: `Headline - Section - Site`."""
    words = {i: bare(lines.blocks[i].text) for i, score in scores.items() if score >= 1.0}
    if not claims:
        return scores
    first = max((said for said in words.values() if claims[0].startswith(said)), key=len, default="")
    shorter = {i for i, said in words.items() if 2 * len(said) < len(first) and said in claims}
    return {i: score - (0.6 if i in shorter else 0.0) for i, score in scores.items()}


_LEAST: Final = 0.05
"""Of what looks like a headline at all."""


def _banners(lines: Lines) -> frozenset[str]:
    """The words of links in the page's head that lead to the front page: the site's name, however set."""
    return frozenset(
        bare(block.text)
        for block in lines.blocks[:_HEAD]
        if block.text and block.link_share > 0.8 and [link.get("href") for link in block.links] == ["/"]
    )


_HEAD: Final = 12
"""Lines in which a page names its site."""


def _is_titled_as_office(block: Block, lines: Lines) -> bool:
    """Whether a heading that reads like an office's name is one over a date and its text, not over a menu."""
    if block.level not in (1, 2) or not is_dated(block, lines):
        return False
    text = next((i for i in lines.paragraphs if i > block.index), len(lines.blocks))
    return sum(1 for other in lines.blocks[block.index : text] if other.link_share > 0.8) < MENU


def _is_office_under_text(block: Block, lines: Lines) -> bool:
    """Whether a line names an office right under running text: who signed it, named by the title or not."""
    above = [i for i in lines.paragraphs if block.index - _NEAR_TEXT <= i < block.index]
    return (
        bool(above)
        and sum(len(lines.blocks[i].text) for i in above) >= _ENOUGH_TEXT
        and is_organisation(block.text)
        and not is_dated(block, lines)
    )


_NEAR_TEXT: Final = 6
"""Lines."""
_ENOUGH_TEXT: Final = 300
"""Characters."""


def _title_match(words: str, claims: Sequence[str]) -> float:
    best = 0.0
    for claim in claims:
        if words == claim:
            return 1.2 if len(claim) >= 20 else 1.0
        if (len(words) >= 24 and words in claim) or (len(claim) >= 40 and words.startswith(claim)):
            best = max(best, 1.0)
        elif len(claim) >= 30 and claim in words and len(claim) > 0.8 * len(words):
            best = max(best, 0.9)
        elif 30 <= len(claim) < len(words) and best < 0.9 and _is_shortened(claim, words):
            best = 0.9
    return best


def _is_plain_item(block: Block) -> bool:
    """Whether a link is set so plainly that no name of its element could make it a title."""
    return block.has(ITEM) and not block.level and not block.has(BOLD)


def _is_shortened(claim: str, words: str) -> bool:
    """Whether a title says the same in fewer words, in order: editors shorten what the title tag carries."""
    own, printed = claim.split(), words.split()
    if not 6 <= len(own) <= len(printed) <= 2 * len(own):
        return False
    rest = iter(printed)
    return all(word in rest for word in own)


def surest_headline(scores: dict[int, float], lines: Lines) -> tuple[int | None, float]:
    """Return the best-scored line and its score; of equals the one nearest before running text."""
    if not scores:
        return None, 0.0
    last = lines.paragraphs[-1] if lines.paragraphs else None
    if last is not None:
        # Nothing is the headline of what stands above it.
        scores = {i: score - (0.6 if i >= last else 0.0) for i, score in scores.items()}
    top = max(scores.values())
    near = [i for i, score in scores.items() if score >= top - 0.12]
    if len(near) > 1:
        near.sort(key=lambda i: (_prose_after(i, lines), scores[i]), reverse=True)
    return near[0], scores[near[0]]


def _prose_after(index: int, lines: Lines) -> int:
    return sum(min(len(lines.blocks[i].text), 400) for i in lines.paragraphs if index < i <= index + 25)
