"""The lead: the paragraph printed apart over a text, or twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from crawler.reading.blocks import Block
from crawler.reading.layout import Layout
from crawler.reading.lines import bare
from crawler.reading.typesetting import BOLD, CENTER, ITALIC

_LEAD_NAMES: Final = re.compile(
    r"sapo|hometext|(?<![a-z])lead(?![a-z])|summary|(?<![a-z])intro|trich-?dan|tom-?tat|chapeau|"
    r"abstract|excerpt|(?<![a-z])des(?:c(?:ription)?)?(?![a-z])|mo-?dau|"
    r"(?<![a-z])abs(?:tract)?(?![a-z])|short-?content|head-?line-?sub|sub-?title|gioi-?thieu",
    re.IGNORECASE,
)


def drop_repeated_lead(lines: list[Block], layout: Layout) -> tuple[list[Block], str | None]:
    """The lead is the body's first paragraph once, however often it is printed."""
    if not lines:
        return lines, None
    first = lines[0]
    if len(lines) > 1 and _says_the_same(first.text, lines[1].text):
        return [first if len(first.text) >= len(lines[1].text) else lines[1], *lines[2:]], first.text
    if not _is_set_apart(first, lines, layout):
        return lines, None
    return lines, first.text


def is_named_lead(line: Block) -> bool:
    """Return whether an element that holds a line alone is named as a lead, as NukeViet's `hometext`."""
    return bool(_LEAD_NAMES.search(f"{line.node.get('class') or ''} {line.node.get('id') or ''}"))


def _says_the_same(one: str, other: str) -> bool:
    a, b = bare(one), bare(other)
    if a == b:
        return True
    return min(len(a), len(b)) >= 40 and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) <= 12


def _is_set_apart(first: Block, lines: Sequence[Block], layout: Layout) -> bool:
    if first.index < layout.body_start:
        return True
    node: HtmlElement | None = first.node
    for _ in range(3):
        if node is None or (node is layout.container and len(lines) > 1):
            break
        if _LEAD_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        node = node.getparent()
    if (first.level and len(first.text) >= 80) or _is_one_named_run(first):
        return True
    if len(lines) < 2:
        return False
    bold = first.has(BOLD) and not lines[1].has(BOLD) and len(first.text) >= 80
    slanted = first.has(ITALIC) and not any(line.has(ITALIC) for line in lines[1:4])
    apart = first.has(CENTER) or first.node.tag != lines[1].node.tag
    return bold or (slanted and apart and len(first.text) >= 80)


def _is_one_named_run(line: Block) -> bool:
    """Whether one inline element named as a lead holds the line: `<p><span class="lead">..</span></p>`."""
    return any(
        _LEAD_NAMES.search(element.get("class") or "")
        and len(element.text_content().strip()) >= 0.9 * len(line.text)
        for element in line.node.iter("span", "b", "strong", "em", "i", "font")
        if element.get("class")
    )
