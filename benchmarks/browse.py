"""How long the server takes for each page, over archives of growing size.

Run: python benchmarks/browse.py. Articles are made from the sentences of the demo's archive, shuffled, with
its sites, a date in ten years, a section, one in twenty a reprint. Pages are asked for through Datasette
itself, without a network; printed are milliseconds, the median and the 95th percentile of what many different
addresses take, and the first after a start.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus

# A script's own folder comes first on the path, and `archive` there is another benchmark.
sys.path[0] = str(Path(__file__).parents[1])

from archive import indexing  # noqa: E402 - the line before makes it found
from archive.browse.addresses import encode  # noqa: E402 - the line before makes it found
from archive.browse.plugin import NAME  # noqa: E402 - the line before makes it found
from archive.model import Article  # noqa: E402 - the line before makes it found
from archive.serving import make_datasette  # noqa: E402 - the line before makes it found
from archive.store import Archive  # noqa: E402 - the line before makes it found

LIMITS_MS: Final = {"home": 150, "search": 100, "article": 40, "facets": 300}
_BATCH: Final = 2_000
_WORDS: Final = 350  # a body of 2 kB, what the sites print on average
_CAPTURED: Final = "2026-11-22T08:00:00Z"


class Took(NamedTuple):
    """Milliseconds of one answer."""

    waited: float
    worked: float
    """Of the processors: what is left of it on a machine that does nothing else."""


def main() -> None:
    """Make each archive and print what its pages take; exit code 1 when one is slower than promised."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, nargs="+", default=[20_000, 200_000])
    options.add_argument("--folder", type=Path, help="keep the archives here and use them again")
    given = options.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        for number in given.articles:
            folder = (given.folder or Path(temporary)) / str(number)
            if not folder.exists():
                build(folder, number)
            print(f"\n{number:,} articles, {(folder / 'archive.db').stat().st_size / 1e6:,.0f} MB")
            print(f"{'page':28} {'median':>8} {'p95':>8} {'cpu p95':>8} {'first':>8} {'limit':>8}")
            for name, times in asyncio.run(measure(folder)).items():
                missed |= report(name, times)
    sys.exit(missed)


def report(name: str, times: Sequence[Took]) -> bool:
    """Print a page's times; tell whether it is slower than promised."""
    ranked = sorted(took.waited for took in times[1:])
    p95 = ranked[int(len(ranked) * 0.95)]
    cpu = sorted(took.worked for took in times[1:])[int(len(ranked) * 0.95)]
    limit = LIMITS_MS.get(name.partition(" ")[0])
    median = ranked[len(ranked) // 2]
    print(
        f"{name:28} {median:8.1f} {p95:8.1f} {cpu:8.1f} {times[0].waited:8.1f} {limit or '':>8}"
        f"{'  MISSED' if limit and p95 > limit else ''}"
    )
    return bool(limit and p95 > limit)


# ------------------------------------------------------------------------------------------- the archive


def build(folder: Path, number: int) -> None:
    """Make an archive of so many articles."""
    command = [sys.executable, "-m", "crawler.cli", "demo", "--data", str(folder)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    began = time.monotonic()
    with Archive.open(folder, readonly=False) as archive:
        db = archive.db
        sentences = [
            sentence.strip()
            for row in db.execute("SELECT body FROM articles")
            for sentence in row["body"].replace("\n\n", " ").split(". ")
            if 20 < len(sentence) < 400
        ]
        sites = [row["name"] for row in db.execute("SELECT name FROM sites")]
        capture = db.execute("SELECT max(id) FROM captures").fetchone()[0]
        made = articles(number, sentences, sites)
        while batch := [article for _, article in zip(range(_BATCH), made, strict=False)]:
            db.execute("BEGIN IMMEDIATE")
            entries = [(enter(db, article, capture), article) for article in batch]
            # By rising row: FTS5 writes to the disk whenever a row is lower than the one before.
            for rowid, article in sorted(entries, key=itemgetter(0)):
                index(db, rowid, article)
            db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT OR IGNORE INTO duplicates SELECT id, id - 1, 'exact', 1 FROM articles"
            " WHERE id % 20 = 0 AND id > 1000"
        )
        db.execute("COMMIT")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"made {number:,} articles in {time.monotonic() - began:.0f} s", file=sys.stderr)


def articles(number: int, sentences: Sequence[str], sites: Sequence[str]) -> Iterator[Article]:
    """Yield articles put together from sentences, the same ones each time."""
    chance = random.Random(2021)
    for n in range(number):
        body, words = [], 0
        while words < _WORDS:
            sentence = chance.choice(sentences)
            words += sentence.count(" ") + 1
            body.append(sentence + (".\n\n" if chance.random() < 0.25 else "."))
        site = chance.choice(sites)
        day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Article(
            site=site,
            family="nukeviet",
            url=f"http://example.vn/{site}/{n}",
            uid=f"{site}/bench-{n}",
            headline=f"{chance.choice(sentences)[:90]} số {n}",
            body=" ".join(body).replace("\n\n ", "\n\n").strip(),
            authors=(f"Tác giả {chance.randint(1, 400)}",),
            section=f"Chuyên mục {chance.randint(1, 12)}",
            date_published=f"{day}T{chance.randint(6, 20):02}:{chance.randint(0, 59):02}:00+07:00",
            date_source="page",
        )


def enter(db: sqlite3.Connection, article: Article, capture: int) -> int:
    """Enter an article as a crawl would leave it, without looking for reprints; return its row to index."""
    rowid = indexing.free_rowid(db, article.date_published)
    db.execute(
        "INSERT INTO articles (uid, site, family, url, headline, body, authors, section, date_published,"
        " date_source, capture_id, first_captured_at, last_captured_at, content_digest, search_rowid)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'page', ?, ?, ?, ?, ?)",
        (
            article.uid, article.site, article.family, article.url, article.headline, article.body,
            json.dumps(article.authors, ensure_ascii=False), article.section, article.date_published, capture,
            _CAPTURED, _CAPTURED, article.uid, rowid,
        ),
    )  # fmt: skip
    return rowid


def index(db: sqlite3.Connection, rowid: int, article: Article) -> None:
    """Add an article to the full-text index."""
    db.execute(
        "INSERT INTO articles_fts (rowid, headline, body, beside, headline_plain, body_plain, beside_plain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (rowid, *indexing.indexed_texts(article)),
    )


# --------------------------------------------------------------------------------------------- the pages


async def measure(folder: Path) -> dict[str, list[Took]]:
    """Return the milliseconds of each kind of page; the first of each is the one after a start."""
    datasette = make_datasette(folder)
    assert datasette.plugin_config(NAME) is not None
    await datasette.invoke_startup()
    chance = random.Random(5)
    with Archive.open(folder) as archive:
        uids = [
            row["uid"]
            for row in archive.db.execute(
                "SELECT uid FROM articles WHERE id IN (SELECT abs(random()) % (SELECT max(id) FROM articles)"
                " + 1 FROM (SELECT 1 FROM articles LIMIT 300))"
            )
        ]
    rare = [f"số {chance.randint(0, 20_000)}" for _ in range(60)]
    common = [
        "đảng",
        "dang",
        "chi bộ",
        '"chi bộ"',
        "dang bo",
        "tuyên*",
        "cán bộ đảng viên",
        "công tác -hội",
    ] * 8
    narrow = [f"site:laichau_tuyengiao from:{y} to:{y} chi bộ" for y in range(2015, 2025)] * 6
    pages = {
        "home": ["/"] * 60,
        "search rare": [f"/search.json?q={quote_plus(q)}" for q in rare],
        "search narrow": [f"/search.json?q={quote_plus(q)}" for q in narrow],
        "facets common": [f"/search?q={quote_plus(q)}" for q in common],
        "facets all": [f"/search?page={n}" for n in range(1, 41)],
        "article": [f"/article/{encode(uid)}" for uid in uids],
        "versions": [f"/versions/{encode(uid)}" for uid in uids[:60]],
        "site": ["/site/laichau_tuyengiao"] * 30,
        "author": [f"/author/{encode(f'Tác giả {n}')}" for n in range(1, 41)],
        "document": ["/document/05-CT/TW"] * 30,
        "timeline rare": [f"/timeline?q={quote_plus(q)}" for q in rare[:30]],
        "timeline common": [f"/timeline?q={quote_plus(q)}" for q in common[:8]],
        "health": ["/health"] * 30,
        "feed": ["/feeds/newest.atom"] * 30,
    }
    return {name: [await ask(datasette, path) for path in paths] for name, paths in pages.items()}


async def ask(datasette: Any, path: str) -> Took:
    """Return what a page takes."""
    began, worked = time.perf_counter(), time.process_time()
    answer = await datasette.client.get(path)
    took = Took((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
    assert answer.status_code == 200, (path, answer.text[:300])
    return took


if __name__ == "__main__":
    main()
