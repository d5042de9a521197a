"""How often an article had been read when it was captured: the counter its page prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.reading.blocks import Block
from crawler.reading.body import Body
from crawler.reading.layout import Layout

_VIEWS: Final = re.compile(
    r"(?:lượt (?:xem|đọc)|xem|view(?:s| count)?|hits|đã xem)\s*:?\s*([\d.,]+)|([\d.,]+)\s*(?:lượt "
    r"(?:xem|đọc)|views?|lần xem|người (?:xem|đọc))",
    re.IGNORECASE,
)
# `Chủ nhật - 17/01/2021 14:47 2.527 0`: views, then comments, as NukeViet's themes print them.
_NUKEVIET_COUNTERS: Final = re.compile(r"\d{1,2}:\d{2}\s+(\d{1,3}(?:[.,]\d{3})*|\d+)\s+\d+$")
_BARE_COUNTERS: Final = re.compile(r"^(\d{1,3}(?:[.,]\d{3})*|\d+)(?:\s+\d+)?$")
_LONGEST_COUNTER: Final = 120
"""Characters of a line that holds one."""


def view_count(layout: Layout, body: Body, stamped: Block | None) -> tuple[int, str] | None:
    """Return the counter and the rule that read it, for `read_by`; `stamped` is the line of the date."""
    following = layout.blocks[stamped.index + 1 : stamped.index + 3] if stamped is not None else []
    beside = (_BARE_COUNTERS.match(line.text) for line in following)
    in_line = _NUKEVIET_COUNTERS.search(stamped.text) if stamped is not None else None
    found = in_line or next((match for match in beside if match), None)
    if found is not None and (count := _number(found[1])) is not None:
        return count, "landmark: counter after the date"
    for line in _lines_around(layout, body):
        match = _VIEWS.search(line.text) if len(line.text) < _LONGEST_COUNTER else None
        if match is not None and (count := _number(match[1] or match[2])) is not None:
            return count, "landmark: counter"
    return None


def _lines_around(layout: Layout, body: Body) -> Iterator[Block]:
    at = layout.headline_at or 0
    first = min(body.indexes, default=layout.end)
    last = max(body.indexes, default=layout.end)
    yield from layout.blocks[max(0, at - 3) : first]
    yield from layout.blocks[last + 1 : layout.end + 8]


def _number(printed: str) -> int | None:
    """`2.527` and `2,527` are thousands; None for what counts no readers: no digit, or too many."""
    digits = re.sub(r"\D", "", printed)
    return int(digits) if 0 < len(digits) <= _MOST_DIGITS else None


_MOST_DIGITS: Final = 12
