"""Words of an article that its page prints once more, large, between the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from crawler.reading.blocks import Block
from crawler.reading.lines import bare
from crawler.reading.typesetting import QUOTE

_NAMED: Final = re.compile(r"pull-?quote|(?<![a-z])quote|trich-?dan", re.IGNORECASE)
_SHORTEST: Final = 4
"""Blanks in such words."""


def without_pull_quotes(lines: Sequence[Block]) -> list[Block]:
    """Return an article's lines without the quotations that repeat words of another line."""
    said = {line.index: bare(line.text) for line in lines if _is_quotation(line)}
    if not said:
        return list(lines)
    texts = [bare(line.text) for line in lines if line.index not in said]
    repeated = {index for index, words in said.items() if any(words in text for text in texts)}
    speakers = {line.index for line in lines if line.index - 1 in repeated and _is_beneath(line, lines)}
    return [line for line in lines if line.index not in repeated | speakers]


def _is_beneath(line: Block, lines: Sequence[Block]) -> bool:
    """Whether a line is the other of two in a quotation's box: whose words they are."""
    pair = [line.index - 1, line.index]
    return len(line.text) <= _LONGEST_SPEAKER and any(
        box is not None
        and [other.index for other in lines if box in (other.node, other.node.getparent())] == pair
        for box in (line.node, line.node.getparent())
    )


_LONGEST_SPEAKER: Final = 60
"""Characters."""


def _is_quotation(line: Block) -> bool:
    if line.text.count(" ") < _SHORTEST:
        return False
    parent = line.node.getparent()
    names = f"{line.node.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return line.has(QUOTE) or _NAMED.search(names) is not None
