"""The typed source of a case: one header of named values, then the article's blocks, one a line.

The record is read from here and from nowhere else; the page is drawn from the same lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

MARKS = {
    "#": "subhead",
    "*": "item",
    ">": "quote",
    "!": "image",
    "|": "row",
    "+": "file",
    "~": "intruder",
    "^": "bold",
    "=": "centre",
}
"""First character of a line -> the kind of block it opens; a line without a mark is a paragraph."""

TEXT_KINDS = frozenset({"para", "subhead", "item", "quote", "row", "bold", "centre"})
"""Kinds whose words belong to the body."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of an article as typed."""

    kind: str
    text: str
    extra: str = ""
    """What stands after ``@@``: a photo's credit, a file's address."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One page to be drawn and its record."""

    path: str
    """``site/case``, the path under tests/sites without a suffix."""
    head: dict[str, str]
    blocks: tuple[Block, ...] = field(default=())

    def get(self, key: str, default: str = "") -> str:
        """Return the header value, or ``default`` where the case does not set it."""
        return self.head.get(key, default)

    def listed(self, key: str) -> list[str]:
        """Return a header value split at ``;``, without empty parts."""
        return [part.strip() for part in self.get(key).split(";") if part.strip()]

    def has(self, option: str) -> bool:
        """Say whether the case's ``options`` line names this option."""
        return option in self.get("options").replace(",", " ").split()


def read_block(line: str) -> Block:
    """Read one typed line."""
    kind = MARKS.get(line[0]) if line[1:2] in {" ", ""} else None
    text = line if kind is None else line[1:].strip()
    if kind == "row":
        cells = [cell.strip() for cell in text.split("|")]
        return Block(kind=kind, text=" | ".join(cells))
    text, _, extra = text.partition("@@")
    return Block(kind=kind or "para", text=text.strip(), extra=extra.strip())


def read_cases(path: Path) -> list[Case]:
    """Read the cases of one file; each opens with a line ``=== site/case``.

    Raises:
        ValueError: a header line has no colon.
    """
    chunks = re.split(r"^=== *(\S+) *$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [read_case(name, text) for name, text in zip(chunks[1::2], chunks[2::2], strict=True)]


def read_case(name: str, text: str) -> Case:
    """Read one case: header lines up to the first blank line, blocks after it."""
    header, _, rest = text.strip("\n").partition("\n\n")
    head: dict[str, str] = {}
    for line in header.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"{name}: header line without a colon: {line}")
        head[key.strip()] = value.strip()
    blocks = tuple(read_block(line.strip()) for line in rest.splitlines() if line.strip())
    return Case(path=name, head=head, blocks=blocks)
