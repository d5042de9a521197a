"""Boxes of the author's own between the paragraphs: a note, what to mind."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from crawler.names import names_person
from crawler.reading.blocks import Block
from crawler.reading.layout import Layout
from crawler.reading.tree import is_within


def is_note(line: Block, layout: Layout) -> bool:
    """Return whether a line of an `aside` among the paragraphs is a note: text alone, no link, no control."""
    aside = next((node for node in (line.node, *line.node.iterancestors()) if node.tag == "aside"), None)
    if aside is None or layout.container is None or line.index <= layout.body_start:
        return False
    parts = list(islice(aside.iter(), _LONGEST_NOTE + 1))
    if len(parts) > _LONGEST_NOTE or any(node.tag in _CONTROLS for node in parts):
        return False
    named = _NOTE_NAMES.search(aside.get("class") or "") or _NOTE_START.match(aside.text_content()[:200])
    quoted = _QUOTE_NAMES.search(aside.get("class") or "") is not None
    speaker = quoted and names_person(line.text.partition(",")[0])
    return bool(named) and (line.text[-1] in ".;:!?…”" or speaker) and is_within(aside, layout.container)


_CONTROLS: Final = frozenset({"a", "img", "form", "button", "input", "iframe", "nav"})
_LONGEST_NOTE: Final = 40
"""Elements of a note."""
_NOTE_NAMES: Final = re.compile(
    # Words set large among the paragraphs are the text's too, unless they repeat it.
    r"(?<![a-z])(?:note|info|fact|luu-?y|ghi-?chu|hop-?tin|q(?:uote)?|trich-?dan)(?![a-z])",
    re.IGNORECASE,
)
_QUOTE_NAMES: Final = re.compile(r"(?<![a-z])(?:q(?:uote)?|trich-?dan)(?![a-z])", re.IGNORECASE)
_NOTE_START: Final = re.compile(r"\s*(?:lưu ý|ghi chú|chú ý|chú thích)\b", re.IGNORECASE)
