"""The figures that benchmarks/archive.py prints, and how each is measured."""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from archive.dedup import compared_words, folded_words
from archive.model import Article, Capture, Reading
from archive.near import Pair, TextIndex
from archive.sketch import Sketch, make_sketch
from archive.store import Archive
from benchmarks.synthetic import SITES, Newsroom

BATCH = 500
"""Articles in one transaction, as imports and replays write them."""
LIVE = 300
"""Articles recorded one by one at the end, each its own transaction, as a live crawl writes them."""
AT = "2026-11-22T08:00:00Z"
EXPORT = """
import sys, time
from archive.export import export_articles, write_jsonl
from archive.store import Archive
with Archive.open(sys.argv[1]) as archive, open("/dev/null", "wb") as out:
    began = time.perf_counter()
    count = write_jsonl(export_articles(archive.db), out)
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(count / (time.perf_counter() - began), int(peak) / 1024)
"""
_WIDTH = 62
TIMES = 40
"""How often each kind of query is asked, every time with other words."""


def main() -> None:
    """Build the archive in a temporary folder, or in `--keep`, and print the figures at each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000, help="how many to end with")
    parser.add_argument("--keep", type=Path, help="build the archive in this empty folder and leave it there")
    options = parser.parse_args()
    sizes = sorted({min(20_000, options.articles), options.articles})
    with tempfile.TemporaryDirectory() as folder:
        measure(options.keep or Path(folder), sizes)


def measure(folder: Path, sizes: Sequence[int]) -> None:
    """Fill an archive and print what it does at each size."""
    room = Newsroom()
    articles = numbered(room)
    with Archive.open(folder, create=True) as archive:
        run, have = begin(archive), 0
        for size in sizes:
            costs = [record(archive, run, islice(articles, BATCH)) for _ in range((size - have) // BATCH)]
            have = size
            print(f"\n## {size:,} articles\n")
            show_rate("recorded, in batches", costs, BATCH)
            show_rate("recorded, in batches, the last tenth", costs[-max(1, len(costs) // 10) :], BATCH)
            live = [record(archive, run, iter([one])) for one in islice(articles, LIVE)]
            show_rate("recorded one by one", live, 1)
            figures(archive, room, folder)


def numbered(room: Newsroom) -> Iterator[tuple[int, Article]]:
    """Yield articles with their numbers, without end."""
    return enumerate(room.articles(sys.maxsize))


def begin(archive: Archive) -> int:
    """Declare the sites and begin a run."""
    for site in SITES:
        archive.add_site(
            name=site, title=site, publisher=site, level="province", province="Lai Châu", home="http://example.vn/",
            family="slugid",
        )  # fmt: skip
    return archive.begin_run(SITES[0], started_at=AT, command="benchmark")


def record(archive: Archive, run: int, some: Iterator[tuple[int, Article]]) -> tuple[float, float]:
    """Record some articles in one transaction; return the seconds and the seconds of CPU it took."""
    readings = [(capture_of(number, article), Reading(article=article)) for number, article in some]
    began, worked = time.perf_counter(), time.process_time()
    with archive.batch():
        for capture, reading in readings:
            archive.record(run, capture, reading)
    return time.perf_counter() - began, time.process_time() - worked


def show_rate(name: str, costs: Sequence[tuple[float, float]], each: int) -> None:
    """Print how many articles a second, and how many there would be were nothing else running."""
    count = each * len(costs)
    seconds, worked = (sum(part) for part in zip(*costs, strict=True))
    print(
        f"{name:<{_WIDTH}} {count / seconds:9,.0f} articles/s, {1000 * worked / count:.2f} ms of CPU each",
        flush=True,
    )


def queries(room: Newsroom, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of queries, each with some of that kind."""
    words = "đảng viên tuyên giáo học tập tổ chức".split()
    marked = ('"cán bộ, đảng viên"', '"tổ chức"', '"cấp ủy"', '"chi bộ"')
    plain = ('"can bo dang vien"', '"to chuc"', '"cap uy"', '"chi bo"')
    yield "rare word (a commune)", [f'"{chance.choice(room.places)}"' for _ in range(TIMES)]
    yield "common phrase", [chance.choice(marked) for _ in range(TIMES)]
    yield "common phrase without marks", [chance.choice(plain) for _ in range(TIMES)]
    yield "three common words, all wanted", [" ".join(chance.sample(words, 3)) for _ in range(TIMES)]
    yield (
        "two common words and a rare one",
        [f"chuyển đổi {chance.choice(room.places).split()[0]}" for _ in range(TIMES)],
    )
    yield (
        "a word of one site and year",
        [
            f"tuyen giao site:{chance.choice(SITES)} from:{year} to:{year}"
            for year in chance.choices(range(2009, 2025), k=TIMES)
        ],
    )


def capture_of(number: int, article: Article) -> Capture:
    """Return a capture as the crawler would have written it to a WARC file."""
    return Capture(
        url=article.url,
        captured_at=AT,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        digest=f"sha256:{number:064x}",
        warc_file=f"warc/{article.site}/{article.site}-20261122080000-{number // 50_000:05}.warc.gz",
        warc_offset=number % 50_000 * 20_000,
        warc_length=20_000,
    )


def figures(archive: Archive, room: Newsroom, folder: Path) -> None:
    """Print what an archive of the present size does."""
    chance = random.Random(7)
    for name, texts in queries(room, chance):
        hits = max(archive.search(text, limit=1).total for text in texts[:8])
        searches = [partial(archive.search, text) for text in texts]
        percentiles(f"search, {name} (up to {hits:,} counted)", searches)
    words = [compared_words(article) or () for article in room.articles(200)]
    percentiles("sketch of a text", [partial(make_sketch, text) for text in words])
    index = TextIndex(archive.db)
    lookups = [partial(find, archive, index, make_sketch(text), text) for text in words]
    percentiles("duplicates looked up", lookups)
    command = [sys.executable, "-c", EXPORT, str(folder)]
    rate, peak = subprocess.run(  # noqa: S603 - this same program
        command, cwd=Path(__file__).parents[1], check=True, capture_output=True, text=True
    ).stdout.split()
    show("exported as JSON Lines", float(rate), "articles/s")
    show("memory of the export, at most", float(peak), "MiB")
    show("memory of this process, at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    count = archive.db.execute("SELECT count(*) FROM articles").fetchone()[0]
    show("bytes an article, in all", archive.path.stat().st_size / count, "B")
    for part, size in parts(archive):
        show(f"  {part}", size / count, "B")
    for kind, number in archive.db.execute("SELECT kind, count(*) FROM duplicates GROUP BY kind"):
        show(f"duplicates found, {kind}", number, "")


def find(archive: Archive, index: TextIndex, sketch: Sketch, words: Sequence[str]) -> list[Pair]:
    """Look up the texts like one."""

    def words_of(text_id: int) -> Sequence[str]:
        row = archive.db.execute("SELECT body FROM articles WHERE text_id = ?", (text_id,)).fetchone()
        return folded_words(row["body"])

    return list(index.find_pairs(sketch, words, words_of))


def parts(archive: Archive) -> list[tuple[str, int]]:
    """Return how many bytes the greater parts of the database take."""
    sizes = {"texts of articles": 0, "full-text index": 0, "duplicates": 0, "all else": 0}
    for row in archive.db.execute("SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name"):
        name = row["name"]
        part = "all else"
        if name == "articles":
            part = "texts of articles"
        elif name.startswith("articles_fts"):
            part = "full-text index"
        elif "text_" in name or name.endswith("texts") or name.startswith("duplicates"):
            part = "duplicates"
        sizes[part] += row["size"]
    return list(sizes.items())


def percentiles(name: str, actions: Sequence[Callable[[], object]]) -> None:
    """Print the median and the 95th percentile of what some actions take, once each after one to warm up.

    The CPU's time is what they would take were nothing else running.
    """
    actions[0]()
    times, works = [], []
    for action in actions:
        began, worked = time.perf_counter(), time.process_time()
        action()
        times.append(1000 * (time.perf_counter() - began))
        works.append(1000 * (time.process_time() - worked))
    (half, most), (half_work, most_work) = (
        (some[len(some) // 2], some[len(some) * 95 // 100]) for some in (sorted(times), sorted(works))
    )
    print(
        f"{name:<{_WIDTH}} p50 {half:7.2f} p95 {most:7.2f} ms   CPU {half_work:7.2f} {most_work:7.2f} ms",
        flush=True,
    )


def show(name: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{name:<{_WIDTH}} {value:9,.0f} {unit}".rstrip(), flush=True)
