"""Made-up articles in the words of the demo's authored sentences, as many as wanted, the same at every run.

A quarter of the sentences are stock phrases, repeated word for word across articles as Party prose does; the
others walk from syllable to syllable as the authored ones do, so that no two articles are alike by chance.
One article in twenty is a reprint: half of those word for word, a quarter with one word in twenty changed, a
quarter inside a longer text.
"""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from archive.model import Article, Image
from crawler.demo.topics import fill, read_topics, read_words

SITES: Final = ("laichau_tuyengiao", "yenbai_tramtau", "tw_xaydungdang", "travinh_tuyengiao", "tw_tuyengiao")
_FIRST_DAY: Final = datetime(2008, 1, 1)  # noqa: DTZ001 - local, as printed
_DAYS: Final = 18 * 365
_PLACES: Final = 4000
_DOCUMENTS: Final = ("05-CT/TW", "04-NQ/TW", "35-NQ/TW", "18-NQ/TW", "{n}-KH/HU", "{n}-NQ/TU", "{n}/QĐ-UBND")


class Newsroom:
    """Writes articles without end."""

    def __init__(self, seed: int = 2026) -> None:
        self._chance = random.Random(seed)
        self._stock = list(_sentences(self._chance))
        self._after: dict[str, list[str]] = defaultdict(list)
        for words in (sentence.split() for sentence in self._stock):
            for word, following in pairwise(words):
                self._after[word].append(following)
        syllables = sorted({word.capitalize() for word in self._after if word.isalpha()})
        self.places = [" ".join(self._chance.sample(syllables, 2)) for _ in range(_PLACES)]
        """Invented communes, each rare: one stands in two articles or so of a thousand."""
        self._lately: deque[Article] = deque(maxlen=5000)

    def articles(self, count: int) -> Iterator[Article]:
        """Yield `count` articles, in no order of dates, as a first crawl of many sites meets them."""
        for number in range(count):
            article = self._reprint(number) if self._chance.random() < 0.05 else None
            article = article or self._article(number, self._paragraphs())
            self._lately.append(article)
            yield article

    def _reprint(self, number: int) -> Article | None:
        if not self._lately:
            return None
        paragraphs = self._chance.choice(self._lately).body.split("\n\n")
        kind = self._chance.choice(("same", "same", "edited", "inside"))
        if kind == "edited":
            paragraphs = [self._edited(paragraph) for paragraph in paragraphs]
        elif kind == "inside":
            paragraphs = [*self._paragraphs(), *paragraphs, *self._paragraphs()]
        return self._article(number, paragraphs)

    def _edited(self, paragraph: str) -> str:
        words = paragraph.split(" ")
        return " ".join("khác" if self._chance.random() < 0.05 else word for word in words)

    def _article(self, number: int, paragraphs: Sequence[str]) -> Article:
        chance, site = self._chance, self._chance.choice(SITES)
        day = _FIRST_DAY + timedelta(minutes=chance.randrange(_DAYS * 24 * 60))
        return Article(
            site=site,
            family="slugid",
            url=f"https://{site}.example.vn/{number}.html",
            uid=f"{site}/{number}",
            headline=chance.choice(self._stock)[:90].rstrip(" ,."),
            body="\n\n".join(paragraphs),
            authors=(chance.choice(self.places),),
            byline=f"Ban Tuyên giáo {chance.choice(self.places)}",
            date_published=f"{day:%Y-%m-%dT%H:%M}:00+07:00",
            date_published_raw=f"{day:%d/%m/%Y %H:%M}",
            date_source="page",
            date_precision="minute",
            images=(Image(url=f"https://{site}.example.vn/{number}.jpg", caption=self._walk()),),
            read_by={"headline": "family: h1.title", "body": "family: div.content"},
        )

    def _paragraphs(self) -> list[str]:
        """Write four to twenty paragraphs, some 3,200 characters (700 syllables) in all."""
        count = min(20, max(4, round(self._chance.lognormvariate(2.3, 0.4))))
        paragraphs = [
            " ".join(self._sentence() for _ in range(self._chance.randint(1, 4))) for _ in range(count)
        ]
        paragraphs[0] = f"Tại xã {self._chance.choice(self.places)}, {paragraphs[0]}"
        if self._chance.random() < 0.3:
            document = self._chance.choice(_DOCUMENTS).format(n=self._chance.randint(10, 400))
            paragraphs[-1] += f" Các cấp ủy tiếp tục thực hiện Chỉ thị số {document}, ngày 15/5/2016."
        return paragraphs

    def _sentence(self) -> str:
        return self._chance.choice(self._stock) if self._chance.random() < 0.25 else self._walk()

    def _walk(self) -> str:
        words = self._chance.choice(self._stock).split(" ", 1)[:1]
        for _ in range(self._chance.randint(12, 40)):
            words.append(self._chance.choice(self._after.get(words[-1]) or self._stock[0].split()))
        return " ".join(words).rstrip(" ,;:.") + "."


def _sentences(chance: random.Random) -> Iterator[str]:
    for topic in read_topics().values():
        for site in SITES:
            words = read_words(site)
            for text in (*topic.leads, *topic.sentences):
                yield fill(text, words, _FIRST_DAY + timedelta(days=chance.randrange(_DAYS)), chance)
