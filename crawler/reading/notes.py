"""Boxes of the author's own between the paragraphs: a note, what to mind."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from crawler.reading.blocks import Block
from crawler.reading.layout import Layout
from crawler.reading.tree import is_within
from crawler.reading.typesetting import QUOTE_NAMES


def is_note(line: Block, layout: Layout) -> bool:
    """Return whether a line of an `aside` among the paragraphs is a note: text alone, no link, no control."""
    aside = next((node for node in (line.node, *line.node.iterancestors()) if node.tag == "aside"), None)
    if aside is None or layout.container is None or line.index <= layout.body_start:
        return False
    parts = list(islice(aside.iter(), _LONGEST_NOTE + 1))
    if len(parts) > _LONGEST_NOTE or any(node.tag in _CONTROLS for node in parts):
        return False
    names = aside.get("class") or ""
    # Words set large among the paragraphs are the text's too, unless they repeat it.
    quoted = QUOTE_NAMES.search(names) is not None
    named = quoted or _NOTE_NAMES.search(names) or _NOTE_START.match(aside.text_content()[:200])
    # One sentence makes it a note: all its lines are, items and who said it.
    said = any(text.rstrip()[-1:] in _SENTENCE_ENDS for text in aside.itertext() if text.strip())
    return bool(named) and said and is_within(aside, layout.container)


_SENTENCE_ENDS: Final = tuple(".;:!?…”")


_CONTROLS: Final = frozenset({"a", "img", "form", "button", "input", "iframe", "nav"})
_LONGEST_NOTE: Final = 40
"""Elements of a note."""
_NOTE_NAMES: Final = re.compile(
    r"(?<![a-z])(?:note|info|fact|luu-?y|ghi-?chu|hop-?tin)(?![a-z])", re.IGNORECASE
)
_NOTE_START: Final = re.compile(r"\s*(?:lưu ý|ghi chú|chú ý|chú thích)\b", re.IGNORECASE)
