"""What is written out rather than composed: signatures, captions, photo stories, reports with a table."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from crawler.demo.sites import DemoSite
from crawler.demo.story import Block, Byline, Document, Story, slug_of
from crawler.demo.topics import TEXT, Words, fill


@cache
def _tables() -> dict[str, Any]:
    with (TEXT / "specials.toml").open("rb") as file:
        return tomllib.load(file)


def bylines_of(site: DemoSite) -> list[Byline]:
    """Return the signature lines authored for a site."""
    return [
        Byline(
            printed=row.get("printed"),
            authors=tuple(row.get("authors", ())),
            source=row.get("source"),
            affiliation=row.get("affiliation"),
        )
        for row in _tables()[site.name]["bylines"]
    ]


def special_story(site: DemoSite, kind: str) -> tuple[Story, tuple[Document, ...]]:
    """Return a site's `photo_story` or `report` with its attachments."""
    table = _tables()[site.name][kind]
    blocks = [Block(kind="text", text=text) for text in table["paragraphs"]]
    for at, caption in enumerate(table.get("captions", ()), 1):
        blocks.append(Block(kind="photo", text=caption, credit=table.get("credit"), image=f"{kind}-{at}.jpg"))
    if rows := table.get("rows"):
        blocks.insert(2, Block(kind="table", rows=tuple(tuple(row) for row in rows)))
    documents = tuple(
        Document(path=site.document_folder + "/" + path, title=title)
        for path, title in table.get("documents", ())
    )
    return Story(headline=table["headline"], lead=table["lead"], blocks=tuple(blocks)), documents


def illustrated(site: DemoSite, story: Story, words: Words, day: datetime, rng: random.Random) -> Story:
    """Put a photograph between the paragraphs of three stories in four."""
    if rng.random() > 0.75:
        return story
    caption = fill(rng.choice(_tables()["captions"]), words, day, rng)
    credit = rng.choice((None, None, "T.H", "M.L")) if site.name == "tw_xaydungdang" else None
    photo = Block(kind="photo", text=caption, credit=credit, image=f"{slug_of(story.headline, 40)}.jpg")
    at = rng.randint(0, min(3, len(story.blocks)))
    return replace(story, blocks=(*story.blocks[:at], photo, *story.blocks[at:]))


def with_quirk_text(site: DemoSite, story: Story) -> Story:
    """Add the paragraphs in which the site's odd spelling is sure to show."""
    more = _tables()[site.name].get("quirk", {}).get("paragraphs", ())
    return replace(story, blocks=(*story.blocks, *(Block(kind="text", text=text) for text in more)))


def mixed_tones(story: Story) -> Story:
    """Write every other `ủy` as `uỷ`: both spellings stand in one article on this site."""
    count = 0

    def turn(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return match[0] if count % 2 else match[0].replace("ủy", "uỷ")

    blocks = tuple(replace(block, text=re.sub("[Ủủ]y", turn, block.text)) for block in story.blocks)
    return replace(story, blocks=blocks)


def lead_in_body(story: Story) -> Story:
    """Turn the lead into the body's first paragraph, for skins that set none apart."""
    if story.lead is None:
        return story
    return replace(story, lead=None, blocks=(Block(kind="text", text=story.lead), *story.blocks))
