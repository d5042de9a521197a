"""Which articles the five sites printed, when and where: pages and expectations both follow this plan."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from crawler.demo.seeds import HANOI, SEEDS, seed_story
from crawler.demo.sites import SITES, DemoSite
from crawler.demo.specials import (
    bylines_of,
    illustrated,
    lead_in_body,
    mixed_tones,
    special_story,
    with_quirk_text,
)
from crawler.demo.story import Article, Build, Byline, Document, Quirk, Skin, Story, slug_of
from crawler.demo.topics import Shelf, Topic, Words, compose, read_topics, read_words

AUTHORED = 46
"""Articles a site prints beside its seed and its reprint, oldest first, numbered from 0."""
ORIGINAL, GONE, TWICE_LISTED, PHOTO_STORY, REPORT, QUIRK = 24, 19, 38, 30, 33, 27
FIRST_DAY, LAST_DAY = date(2019, 1, 8), date(2024, 7, 11)
BUILDS: tuple[Build, ...] = ("p", "div", "br", "word")
# Reprinting site -> the site printed from, the days between, the name printed after "Nguồn:".
REPRINTS: Mapping[str, tuple[str, int]] = {
    "laichau_tuyengiao": ("tw_tuyengiao", 3),
    "yenbai_tramtau": ("tw_xaydungdang", 6),
    "tw_xaydungdang": ("travinh_tuyengiao", 9),
    "travinh_tuyengiao": ("laichau_tuyengiao", 2),
    "tw_tuyengiao": ("yenbai_tramtau", 15),
}
QUIRKS: Mapping[str, Quirk] = {
    "laichau_tuyengiao": "nbsp",
    "yenbai_tramtau": "tone",
    "tw_xaydungdang": "eth",
    "travinh_tuyengiao": "nfd",
    "tw_tuyengiao": "lead twice",
}
# Skins that set no lead apart: it is the body's first paragraph.
NO_LEADS = frozenset({("yenbai_tramtau", "new")})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    """An article before its neighbours have settled its id."""

    story: Story
    byline: Byline
    published: datetime
    number: int | None = None
    reprint_of: tuple[str, int] | None = None
    seed_section: str | None = None
    views: int = 0
    documents: tuple[Document, ...] = ()


@cache
def articles() -> tuple[Article, ...]:
    """Return every article of the capture, site by site, oldest first; the same at every call."""
    drafts = _authored_drafts()
    by_site = {site.name: sorted(_with_others(site, drafts), key=lambda d: d.published) for site in SITES}
    ids = {site.name: list(_ids(site, by_site[site.name])) for site in SITES}
    placed = {
        (name, draft.number): (name, number)
        for name, row in by_site.items()
        for draft, number in zip(row, ids[name], strict=True)
        if draft.number is not None
    }
    return tuple(
        _article(site, draft, number, placed)
        for site in SITES
        for draft, number in zip(by_site[site.name], ids[site.name], strict=True)
    )


def articles_of(site: DemoSite) -> tuple[Article, ...]:
    """Return one site's articles, oldest first."""
    return tuple(article for article in articles() if article.site == site.name)


def _authored_drafts() -> dict[tuple[str, int], _Draft]:
    topics = read_topics()
    deck = _deal(topics)
    shelf = Shelf()
    drafts = {}
    for number in range(AUTHORED):
        for site in SITES:
            day = _day(site, number)
            words = read_words(site.name)
            drafts[site.name, number] = _draft(site, number, day, words, topics, deck, shelf)
    return drafts


def _draft(
    site: DemoSite,
    number: int,
    day: datetime,
    words: Words,
    topics: Mapping[str, Topic],
    deck: dict[str, list[str]],
    shelf: Shelf,
) -> _Draft:
    rng = random.Random(f"{site.name} {number}")
    special = {PHOTO_STORY: "photo_story", REPORT: "report"}.get(number)
    if special:
        story, documents = special_story(site, special)
    else:
        topic, headline = _next_topic(topics, deck, day)
        story = compose(topics, topic, headline, words, day, f"{site.name} {number}", shelf)
        story, documents = illustrated(site, story, words, day, rng), ()
    if number == QUIRK:
        story = with_quirk_text(site, story)
    if number == QUIRK and QUIRKS[site.name] == "tone":
        story = mixed_tones(story)
    byline = rng.choice(bylines_of(site)) if number != ORIGINAL else bylines_of(site)[0]
    return _Draft(
        story=story,
        byline=byline,
        published=day,
        number=number,
        views=rng.randint(60, 6200),
        documents=documents,
    )


def _deal(topics: Mapping[str, Topic]) -> dict[str, list[str]]:
    """Return each topic's headlines in a shuffled order; every headline is dealt once."""
    deck = {}
    for name, topic in topics.items():
        pile = list(topic.headlines)
        random.Random(name).shuffle(pile)
        deck[name] = pile
    return deck


def _next_topic(topics: Mapping[str, Topic], deck: dict[str, list[str]], day: datetime) -> tuple[Topic, str]:
    """Take the topic with most headlines left among those the year allows, late topics first."""
    open_topics = [topic for topic in topics.values() if topic.since <= day.year and deck[topic.name]]
    topic = max(open_topics, key=lambda t: (len(deck[t.name]), t.since, t.name))
    return topic, deck[topic.name].pop()


def _day(site: DemoSite, number: int) -> datetime:
    rng = random.Random(f"day {site.name} {number}")
    span = (LAST_DAY - FIRST_DAY).days
    offset = round(span * number / (AUTHORED - 1)) + rng.randint(-9, 9) * (0 < number < AUTHORED - 1)
    start = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=HANOI)
    moment = timedelta(days=offset, hours=rng.randint(7, 20), minutes=rng.randrange(60))
    seconds = rng.randrange(60) if site.dated_to == "second" else 0
    return start + moment + timedelta(seconds=seconds)


def _with_others(site: DemoSite, drafts: Mapping[tuple[str, int], _Draft]) -> Iterator[_Draft]:
    yield from (drafts[site.name, number] for number in range(AUTHORED))
    for seed in SEEDS:
        if seed.site == site.name:
            yield _Draft(
                story=seed_story(seed),
                byline=seed.byline,
                published=seed.published,
                seed_section=seed.section,
                views=seed.views,
            )
    origin, lag = REPRINTS[site.name]
    original = drafts[origin, ORIGINAL]
    name = next(other.title for other in SITES if other.name == origin)
    yield _Draft(
        story=original.story,
        byline=Byline(printed=f"Nguồn: {name}", source=name),
        published=original.published.replace(second=0) + timedelta(days=lag, hours=1, minutes=17),
        reprint_of=(origin, ORIGINAL),
        views=141,
    )


def _ids(site: DemoSite, row: list[_Draft]) -> Iterator[int]:
    last = 0
    for draft in row:
        last = max(last + 1, _id_on(site, draft.published.date()))
        yield last


def _id_on(site: DemoSite, day: date) -> int:
    """Interpolate the id reached on a day between the site's anchors."""
    spans = zip(site.anchors, site.anchors[1:], strict=False)
    (left, low), (right, high) = next(span for span in spans if day <= span[1][0])
    return low + (high - low) * (day - left).days // (right - left).days


def _article(
    site: DemoSite, draft: _Draft, number: int, placed: Mapping[tuple[str, int], tuple[str, int]]
) -> Article:
    rng = random.Random(f"article {site.name} {draft.published}")
    skin: Skin = "new" if draft.published.date() >= site.skin_change else "old"
    sections = [section.key for section in site.sections]
    if site.name == "tw_xaydungdang":
        sections = [section.key for section in site.sections if section.skin == skin]
    home = draft.seed_section or sections[number % len(sections)]
    return Article(
        site=site.name,
        id=number,
        section=home,
        also_in=tuple(key for key in sections if key != home) if draft.number == TWICE_LISTED else (),
        slug=slug_of(draft.story.headline),
        story=lead_in_body(draft.story) if (site.name, skin) in NO_LEADS else draft.story,
        byline=_in_skin(site, draft, skin),
        published=draft.published,
        edited=draft.published + timedelta(days=rng.randint(1, 12), minutes=rng.randint(3, 500)),
        views=draft.views,
        skin=skin,
        build="p" if draft.seed_section else BUILDS[rng.randrange(len(BUILDS))],
        quirk=QUIRKS[site.name] if draft.number == QUIRK else "none",
        documents=draft.documents,
        gone=draft.number == GONE,
        reprint_of=placed[draft.reprint_of] if draft.reprint_of else None,
        seed=draft.seed_section is not None,
    )


def _in_skin(site: DemoSite, draft: _Draft, skin: Skin) -> Byline:
    """Newer NukeViet releases print `Tác giả:` where older ones print `Tác giả bài viết:`."""
    byline = draft.byline
    if site.name == "laichau_tuyengiao" and skin == "new" and byline.printed:
        return replace(byline, printed=byline.printed.replace("Tác giả bài viết:", "Tác giả:"))
    return byline
