"""What surrounds an article on its page: menus and the headlines of other articles."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.gold.blocks import Case

HERE = Path(__file__).parent
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True, kw_only=True)
class Teaser:
    """A headline of another article, as menus, sidebars and related lists show it."""

    title: str
    slug: str
    id: int
    when: datetime
    views: int

    def date(self, pattern: str = "%d/%m/%Y") -> str:
        """Return its date in a strftime pattern."""
        return self.when.strftime(pattern)


def slugify(text: str) -> str:
    """Return the bare-letter slug of a headline."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """What surrounds the article: other headlines and the site's menu, the same for the same case."""

    case: Case
    dice: random.Random
    shown: list[str] = field(default_factory=list)

    def heads(self, count: int) -> list[Teaser]:
        """Return other articles' headlines and note them as words that must not leak."""
        pool = [t for t in lines("pool.txt") if t != self.case.get("headline")]
        base = newest_neighbour(self.case, self.dice)
        found = []
        for n, title in enumerate(self.dice.sample(pool, count)):
            when = base - timedelta(hours=9 + n * self.dice.randint(7, 90))
            found.append(
                Teaser(
                    title=title,
                    slug=slugify(title),
                    id=self.dice.randint(900, 98000),
                    when=when,
                    views=self.dice.randint(12, 4900),
                )
            )
        self.shown.extend(t.title for t in found[:2])
        return found

    def menu(self, count: int, start: int = 0) -> list[tuple[str, str]]:
        """Return (slug, name) of the site's sections."""
        names = lines("sections.txt")
        return [(slugify(n), n) for n in (names + names)[start : start + count]]


def newest_neighbour(case: Case, dice: random.Random) -> datetime:
    """Return when the newest of a list was printed: often after the article, never after the capture."""
    seen = captured(case) - timedelta(hours=dice.randint(2, 90))
    typed = case.get("published")
    if not typed:
        return seen
    since = datetime.fromisoformat(typed).replace(tzinfo=seen.tzinfo)
    return min(seen, since + timedelta(days=dice.randint(2, 30)))


def lines(name: str) -> list[str]:
    """Return the lines of a list beside this script."""
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def captured(case: Case) -> datetime:
    """Return the capture time of a case, UTC."""
    return datetime.fromisoformat(case.get("captured"))


def clock(case: Case) -> datetime:
    """Return the capture time by Vietnam's clock, which page clocks show."""
    return captured(case) + timedelta(hours=7)
