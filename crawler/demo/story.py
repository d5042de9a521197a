"""What the reconstructed pages say: stories, and the articles that print them on a site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BlockKind = Literal["text", "subhead", "photo", "table"]
Skin = Literal["old", "new"]
Build = Literal["p", "div", "br", "word"]
Quirk = Literal["none", "nfd", "eth", "nbsp", "lead twice", "tone"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One piece of an article in reading order."""

    kind: BlockKind
    text: str = ""
    """The paragraph, the subhead or the caption; empty for a table."""
    credit: str | None = None
    """Who took the photograph, printed after `Ảnh:`."""
    image: str | None = None
    """Path of the photograph on the site."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Cells of a table, the head row first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file the article offers for download."""

    path: str
    """Path on the site."""
    title: str
    """The printed link text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A text before any site has printed it."""

    headline: str
    lead: str | None
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text a reader would copy: lead, paragraphs and subheads, without captions and tables."""
        lead = (self.lead,) if self.lead else ()
        return lead + tuple(block.text for block in self.blocks if block.kind in ("text", "subhead"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """A signature line and its right reading."""

    printed: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    affiliation: str | None = None
    """An organisation printed on a line of its own under the names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """A story as one of the five sites printed it."""

    site: str
    id: int
    section: str
    """Key of the section whose listing shows it."""
    also_in: tuple[str, ...] = ()
    """Keys of further sections that list it too."""
    slug: str
    story: Story
    byline: Byline
    published: datetime
    """When it was published, at +07:00."""
    edited: datetime
    """When it was last edited, at +07:00: what NukeViet misprints as `datePublished`."""
    views: int
    skin: Skin
    build: Build
    quirk: Quirk = "none"
    documents: tuple[Document, ...] = ()
    gone: bool = False
    """Still listed, answers 404."""
    reprint_of: tuple[str, int] | None = None
    """Site and id of the article whose text this one repeats."""
    seed: bool = False
    """A real page's text, word for word."""

    @property
    def sections(self) -> tuple[str, ...]:
        """Keys of all sections that list it."""
        return (self.section, *self.also_in)


def slug_of(headline: str, limit: int = 80) -> str:
    """Return the address form of a headline, as these systems make it.

    >>> slug_of("Đảng ủy xã: đổi mới công tác")
    'dang-uy-xa-doi-moi-cong-tac'
    """
    plain = unicodedata.normalize("NFD", headline.lower().replace("đ", "d"))
    ascii_only = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].rstrip("-")
