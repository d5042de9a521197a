"""Words of an article that its page prints once more, large, between the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from crawler.names import names_person
from crawler.reading.blocks import Block
from crawler.reading.lines import bare
from crawler.reading.typesetting import BOLD, CHROME, QUOTE, QUOTE_NAMES

_PULLED: Final = re.compile(r"pull-?quote", re.IGNORECASE)
_SHORTEST: Final = 4
"""Blanks in words that are called a pull quote; an indented line of few words is an item or a verse."""
_SHORTEST_SENTENCE: Final = 8
_MOST: Final = 40
"""Quotations on a page; a bound on hostile ones."""


def without_pull_quotes(lines: Sequence[Block]) -> list[Block]:
    """Return an article's lines without the quotations that repeat words of another line."""
    quotations = [line for line in lines if _is_set_as_quotation(line)]
    if not 0 < len(quotations) <= _MOST:
        return list(lines)
    said = {line.index: bare(line.text) for line in quotations if _stands_alone(line, lines)}
    texts = [(line.index, bare(line.text)) for line in lines if line.index not in said]
    # What is quoted afterwards is the text's own; a theme may print a pull quote over its sentence.
    repeated = {
        quotation.index
        for quotation in quotations
        if (words := said.get(quotation.index)) is not None
        and any(
            words in text
            for index, text in texts
            if index < quotation.index or _PULLED.search(_names(quotation))
        )
    }
    under = {quotation.index + 1: quotation for quotation in quotations if quotation.index in repeated}
    speakers = {line.index for line in lines if line.index in under and _says(line, under[line.index])}
    return [line for line in lines if line.index not in repeated | speakers]


def _says(line: Block, quotation: Block) -> bool:
    """Whether a line names whose words the quotation over it is, in one box with it."""
    box = quotation.node.getparent()
    if box is None or box not in (line.node, line.node.getparent()):
        return False
    if not _may_speak(line, box):
        return False
    own = box.tag in ("blockquote", "aside") or QUOTE_NAMES.search(box.get("class") or "") is not None
    return own or not (line.level or line.has(BOLD))


def _is_set_as_quotation(line: Block) -> bool:
    names = _names(line)
    if _PULLED.search(names):
        return line.text.count(" ") >= _SHORTEST
    return line.text.count(" ") >= _SHORTEST_SENTENCE and (
        line.has(QUOTE) or line.has(CHROME) or QUOTE_NAMES.search(names) is not None
    )


def _names(line: Block) -> str:
    box = line.node.getparent()
    return f"{line.node.get('class') or ''} {box.get('class') or '' if box is not None else ''}"


def _stands_alone(line: Block, lines: Sequence[Block]) -> bool:
    """Whether a quotation's box holds no more than who said it: verses and items stand several in one."""
    before = next((other for other in reversed(lines) if other.index < line.index), None)
    words = bare(line.text)
    again = _PULLED.search(_names(line)) and any(
        other.index > line.index and words in bare(other.text) for other in lines
    )
    if before is not None and before.text[-1] == ":" and not again:
        return False  # it leads to the quotation, which is the text's then
    if _PULLED.search(_names(line)):
        return True
    names = line.node.get("class")
    if names and QUOTE_NAMES.search(names):
        return not any(
            other.node.get("class") == names and abs(other.index - line.index) == 1 for other in lines
        )
    own = line.node.tag in ("blockquote", "div")
    box = line.node if own else line.node.getparent()
    beside = [other for other in lines if other.node is box or other.node.getparent() is box]
    return all(other is line or _may_speak(other, box) for other in beside)


def _may_speak(line: Block, box: HtmlElement | None) -> bool:
    """Whether a line under a quotation says whose words it is; in an aside an office or a post does too."""
    office = box is not None and box.tag == "aside" and line.text[-1] not in ".!?”"
    return _names_speaker(line) or (office and len(line.text) <= _LONGEST_SPEAKER)


def _names_speaker(line: Block) -> bool:
    return len(line.text) <= _LONGEST_SPEAKER and names_person(line.text.partition(",")[0])


_LONGEST_SPEAKER: Final = 60
"""Characters."""
