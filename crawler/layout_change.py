"""Whether a run's pages look as if the site had changed its layout: compared with the site's own history.

Each measure is a question that a page answers with yes or no ("has no authors", "its body is read by a deeper
layer than usual", "resembles no earlier page"). A change is suspected where yes becomes the rule:

- at least half of the pages judged, and five of them, answer yes;
- a third more of all pages than before;
- a difference as large comes about by chance less than once in 10,000 comparisons (Fisher's exact test, one
  sided: it holds for samples of eight, and for a history of twenty).
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from crawler.fingerprint import likeness
from crawler.layout_pages import ENOUGH, FIELDS, Page, pages_before, pages_to_judge, unread_before
from crawler.layout_pair import ALIKE, Skeletons, differences, lacks, last_good

_HISTORY: Final = 20
"""Articles without which a site has no measure yet."""
_FEWEST, _HALF, _RISE, _CHANCE = 5, 0.5, 1 / 3, 1e-4
_COMPARED, _COMPARED_WITH = 16, 40
"""Pages judged, and earlier ones, whose bytes are read again: some 3 ms each. Of fewer earlier ones a seldom
used second layout may be missing."""
_LAYERS: Final = ("family", "landmark", "meta")
"""From the surest to the most general; whatever else there is comes after."""
_LAYERED: Final = ("headline", "body", "date_published", "description", "authors", "section")


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """One measure by which the pages judged differ from those before."""

    what: str
    """As `no authors`."""
    now: int
    of: int
    before: int
    of_before: int
    suspects: tuple[Page, ...]
    """The pages that answer yes."""

    def __str__(self) -> str:
        return f"{self.what} on {self.now} of {self.of} pages, before on {self.before} of {self.of_before}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspicion:
    """What speaks for a changed layout, and two pages that show it."""

    breaches: tuple[Breach, ...]
    failing: Page
    """The page judged that most measures find fault with."""
    last_good: Page
    """The newest page before that none finds fault with."""
    differs: tuple[str, ...]
    """In what the two differ."""


def suspected_change(db: sqlite3.Connection, folder: Path, site: str, run: int) -> Suspicion | None:
    """Compare a run's pages with the site's latest 200 articles; None where nothing is suspected.

    None as well where there is too little to say: fewer than 8 pages, though those of earlier runs be added,
    or a history of fewer than 20. Left out are pages dated before the middle of that history: a backfill
    meets the layouts of other years.
    """
    judged = pages_to_judge(db, site, run)
    before = pages_before(db, site, run, judged)
    dates = sorted(page.date for page in before if page.date)
    middle = dates[len(dates) // 2][:10] if dates else ""
    judged = [page for page in judged if page.date is None or page.date[:10] >= middle]
    if len(judged) < ENOUGH or len(before) < _HISTORY:
        return None
    earlier = pages_before(db, site, run, judged, limit=_COMPARED_WITH, suspected_too=True)
    skeletons = Skeletons(folder)
    breaches = [
        *_unread(db, judged, before),
        *_readings(judged, before),
        *_structure(skeletons, judged[:_COMPARED], earlier),
    ]
    if not breaches:
        return None
    failing = _most_suspect(breaches, judged)
    good = last_good(before, middle)
    return Suspicion(
        breaches=tuple(breaches),
        failing=failing,
        last_good=good,
        differs=tuple(differences(failing, good, skeletons)),
    )


def is_breach(now: int, of: int, before: int, of_before: int) -> bool:
    """Whether what `now` of `of` pages show, and before only `before` of `of_before`, is a change.

    >>> is_breach(8, 8, 0, 20), is_breach(4, 8, 0, 200), is_breach(8, 8, 120, 200)
    (True, False, False)
    """
    if now < _FEWEST or now < _HALF * of or not of_before or now / of - before / of_before < _RISE:
        return False
    ways = math.comb(of + of_before, of)
    marked = now + before
    as_many = sum(
        math.comb(marked, count) * math.comb(of + of_before - marked, of - count)
        for count in range(now, min(of, marked) + 1)
    )
    return as_many / ways < _CHANCE


def _compare(
    what: str, asked: Callable[[Page], bool], judged: Sequence[Page], before: Sequence[Page]
) -> list[Breach]:
    suspects = tuple(page for page in judged if asked(page))
    count = sum(map(asked, before))
    if not is_breach(len(suspects), len(judged), count, len(before)):
        return []
    return [
        Breach(
            what=what,
            now=len(suspects),
            of=len(judged),
            before=count,
            of_before=len(before),
            suspects=suspects,
        )
    ]


def _unread(db: sqlite3.Connection, judged: Sequence[Page], before: list[Page]) -> list[Breach]:
    suspects = tuple(page for page in judged if not page.is_read)
    count = unread_before(db, before)
    total = len(before) + count
    if not is_breach(len(suspects), len(judged), count, total):
        return []
    return [
        Breach(
            what="no headline or body",
            now=len(suspects),
            of=len(judged),
            before=count,
            of_before=total,
            suspects=suspects,
        )
    ]


def _readings(judged: Sequence[Page], before: Sequence[Page]) -> list[Breach]:
    read = [page for page in judged if page.is_read]
    found = []
    for name in FIELDS:
        found += _compare(f"no {name}", partial(lacks, name=name), read, before)
    for name in _LAYERED:
        now, then = ([page for page in pages if name in page.layers] for pages in (read, before))
        if then:
            usual = Counter(page.layers[name] for page in then).most_common(1)[0][0]
            found += _compare(
                f"{name} not read by its {usual}", partial(_is_deeper, name=name, usual=usual), now, then
            )
    return found + _lengths(read, before)


def _is_deeper(page: Page, name: str, usual: str) -> bool:
    return _rank(page.layers[name]) > _rank(usual)


def _rank(layer: str) -> int:
    return _LAYERS.index(layer) if layer in _LAYERS else len(_LAYERS)


def _lengths(judged: Sequence[Page], before: Sequence[Page]) -> list[Breach]:
    """Bodies beyond what 95 of 100 were before, where their middle length has halved or doubled as well."""
    if not judged:
        return []
    cuts = quantiles([page.body for page in before], n=20)
    usual, now = median(page.body for page in before), median(page.body for page in judged)
    if now * 2 < usual:
        return _compare(f"bodies under {cuts[0]:.0f} characters", lambda p: p.body < cuts[0], judged, before)
    if now > usual * 2:
        return _compare(f"bodies over {cuts[-1]:.0f} characters", lambda p: p.body > cuts[-1], judged, before)
    return []


def _structure(skeletons: Skeletons, judged: Sequence[Page], earlier: Sequence[Page]) -> list[Breach]:
    """Pages that resemble none of the latest ones; a site may well have two layouts at a time.

    Those of suspected runs count as earlier ones here: where all fields are still read, a redesign is told
    once.
    """
    judged = [page for page in judged if skeletons.of(page) is not None]
    earlier = [page for page in earlier if skeletons.of(page) is not None]

    def is_alone(page: Page) -> bool:
        own = skeletons.of(page) or frozenset()
        others = (skeletons.of(other) or frozenset() for other in earlier if other is not page)
        return max((likeness(own, other) for other in others), default=1.0) < ALIKE

    return _compare("another structure", is_alone, judged, earlier)


def _most_suspect(breaches: Sequence[Breach], judged: Sequence[Page]) -> Page:
    faults = Counter(page.capture_id for breach in breaches for page in breach.suspects)
    return max(judged, key=lambda page: (faults[page.capture_id], page.captured_at))
