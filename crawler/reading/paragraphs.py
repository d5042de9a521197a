"""From lines to paragraphs: what a line break parted in mid-sentence is one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crawler.reading.blocks import Block


def joined(lines: Sequence[Block]) -> list[str]:
    """Lines as paragraphs.

    Those a single `<br>` broke in mid-sentence are one, and so are the lines of a text that was pasted
    wrapped at a fixed width (danguykhoi.laichau.gov.vn).
    """
    wrapped = _is_wrapped(lines)
    texts: list[str] = []
    previous: Block | None = None
    for line in lines:
        near = previous is not None and line.index == previous.index + 1
        soft = near and line.soft and previous is not None and line.node is previous.node
        if texts and (soft or (near and wrapped)) and _runs_on(texts[-1], line.text):
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
        previous = line
    return texts


def _runs_on(text: str, following: str) -> bool:
    """Whether a line ends in mid-sentence and the next one goes on with it."""
    return text[-1] not in '.!?…:;”"' and following[0].islower()


def _is_wrapped(lines: Sequence[Block]) -> bool:
    """Whether most lines break off in mid-sentence at about the same width."""
    if len(lines) < 6:
        return False
    pairs = list(pairwise(lines))
    broken = [one for one, other in pairs if _runs_on(one.text, other.text)]
    return len(broken) * 2 >= len(pairs) and all(40 <= len(line.text) <= 140 for line in broken)
