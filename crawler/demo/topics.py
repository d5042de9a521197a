"""Stories composed from authored sentences, topic by topic, the same at every build.

A topic is one text file: headlines, leads and sentences in the order an article would tell them, with slots
in braces for the words that change from site to site and from article to article.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from crawler.demo.story import Block, Story

TEXT = Path(__file__).parent / "text"
CANDIDATES = 14
"""Stories tried for each article; the one least like those already written is kept."""

_SLOT = re.compile(r"\{(\w+)\}")
_PARTS_OF_DAY = ("Sáng", "Chiều", "Sáng ngày", "Chiều ngày", "Ngày")
_ROMAN = ("I", "II", "III", "IV")
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What articles on one subject are made of."""

    name: str
    since: int
    """First year in which the subject could be written about."""
    kin: tuple[str, ...]
    """Topics whose sentences fit beside these."""
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(slots=True)
class Shelf:
    """The shingles of the stories written so far, to keep the next one unlike them."""

    seen: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    sizes: list[int] = field(default_factory=list)

    def likeness(self, text: str) -> float:
        """Return the highest Jaccard similarity of 5-syllable shingles with any story on the shelf."""
        mine = shingles(text)
        shared = Counter(story for shingle in mine for story in self.seen.get(shingle, ()))
        return max((n / (len(mine) + self.sizes[story] - n) for story, n in shared.items()), default=0.0)

    def add(self, text: str) -> None:
        """Put a story on the shelf."""
        mine = shingles(text)
        for shingle in mine:
            self.seen[shingle].append(len(self.sizes))
        self.sizes.append(len(mine))


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the 5-syllable shingles of a text, case and punctuation aside."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def read_topics() -> dict[str, Topic]:
    """Read the topic files; KeyError when a topic names a kin that does not exist."""
    topics = {path.stem: _read_topic(path) for path in sorted((TEXT / "topics").glob("*.txt"))}
    for topic in topics.values():
        for name in topic.kin:
            topics[name]
    return topics


def read_words(site: str) -> Words:
    """Read the words that fill the slots on one site: the common ones and the site's own."""
    with (TEXT / "words.toml").open("rb") as file:
        tables: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return {**tables["common"], **tables[site]}


def compose(
    topics: Mapping[str, Topic],
    topic: Topic,
    headline: str,
    words: Words,
    day: datetime,
    seed: str,
    shelf: Shelf,
) -> Story:
    """Write a story: of several drafts the one least like the stories on the shelf, which it joins."""
    drafts = [
        _draft(topics, topic, headline, words, day, random.Random(f"{seed}:{attempt}"))
        for attempt in range(CANDIDATES)
    ]
    best = min(drafts, key=lambda story: shelf.likeness(" ".join(story.paragraphs)))
    shelf.add(" ".join(best.paragraphs))
    return best


def fill(text: str, words: Words, day: datetime, rng: random.Random) -> str:
    """Fill the slots of a sentence; a slot with a capital is filled with a capital.

    >>> fill("{Thon} nhỏ, {nam}", {"thon": ["bản"]}, datetime(2020, 5, 1), random.Random(1))
    'Bản nhỏ, 2020'
    """

    def word(match: re.Match[str]) -> str:
        name = match[1]
        value = _calendar(day, rng).get(name.lower()) or fill(
            rng.choice(words[name.lower()]), words, day, rng
        )
        return value[0].upper() + value[1:] if name[0].isupper() else value

    return _SLOT.sub(word, text)


def _calendar(day: datetime, rng: random.Random) -> dict[str, str]:
    event = day - timedelta(days=rng.randrange(3))
    return {
        "nam": str(day.year),
        "nam_sau": str(day.year + 1),
        "nam_truoc": str(day.year - 1),
        "quy": f"quý {_ROMAN[(day.month - 1) // 3]}/{day.year}",
        "thang": f"tháng {day.month}",
        "hom": f"{rng.choice(_PARTS_OF_DAY)} {event.day}/{event.month}",
    }


def _draft(
    topics: Mapping[str, Topic], topic: Topic, headline: str, words: Words, day: datetime, rng: random.Random
) -> Story:
    kin = topics[rng.choice(topic.kin)]
    own = _in_order(topic.sentences, rng.randint(8, 11), rng)
    guests = _in_order(kin.sentences[2:-2], rng.randint(2, 4), rng)
    at = rng.randint(len(own) // 2, len(own) - 2)
    sentences = [fill(text, words, day, rng) for text in (*own[:at], *guests, *own[at:])]
    return Story(
        headline=fill(headline, words, day, rng),
        lead=fill(rng.choice(topic.leads), words, day, rng),
        blocks=_under_subheads(
            [Block(kind="text", text=text) for text in _paragraphs(sentences, rng)], words, rng
        ),
    )


def _under_subheads(blocks: list[Block], words: Words, rng: random.Random) -> tuple[Block, ...]:
    """Put two subheads into one of four stories that are long enough to bear them."""
    if len(blocks) < 6 or rng.random() > 0.25:
        return tuple(blocks)
    middle, end = (Block(kind="subhead", text=rng.choice(words[place])) for place in ("giua", "cuoi"))
    return (*blocks[:2], middle, *blocks[2:-2], end, *blocks[-2:])


def _in_order(sentences: Sequence[str], count: int, rng: random.Random) -> list[str]:
    chosen = sorted(rng.sample(range(len(sentences)), min(count, len(sentences))))
    return [sentences[i] for i in chosen]


def _paragraphs(sentences: Sequence[str], rng: random.Random) -> Iterator[str]:
    at = 0
    while at < len(sentences):
        size = rng.choice((1, 2, 2, 3))
        yield " ".join(sentences[at : at + size])
        at += size


def _read_topic(path: Path) -> Topic:
    parts: dict[str, list[str]] = {"": []}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:].strip()
            parts[heading] = []
        elif line.strip() and not line.startswith("# "):
            parts[heading].append(line.strip())
    settings = dict(line.split(": ", 1) for line in parts[""])
    return Topic(
        name=path.stem,
        since=int(settings.get("since", "2019")),
        kin=tuple(settings["kin"].split()),
        headlines=tuple(parts["headlines"]),
        leads=tuple(parts["leads"]),
        sentences=tuple(parts["body"]),
    )
