"""Our reading beside trafilatura, newspaper4k and readability-lxml, in one run over the gold set.

    pip install '.[bench]'
    python benchmarks/fidelity.py [--json] [--quick]

Prints how faithful each is, what each costs, and what the worst of the damaged and oversized pages costs
us. The pages are reconstructions by this project, drawn after the printed habits of such sites, and our rules
were written beside them: the table says how far a general tool is from these records, not how any tool fares
elsewhere. `--quick` leaves the damaged pages out.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lxml import html  # noqa: E402 - after the path above

from archive.model import Reading  # noqa: E402 - as above
from crawler.extract import extract  # noqa: E402 - as above
from crawler.page import decode  # noqa: E402 - as above
from tests.fidelity import (  # noqa: E402 - as above
    REFUSALS,
    Answer,
    Gold,
    Marks,
    answer_of,
    complaints,
    gold_pages,
    marks,
    read,
)
from tests.mutations import HEAVY, LIGHT  # noqa: E402 - as above

Tool = Callable[[Gold], Answer | None]
ROUNDS: Final = 5
HANOI: Final = timezone(timedelta(hours=7))
HANG_SECONDS: Final = 60
"""For one kind of damage; the light kinds are tried on every page of the gold set."""
HEAVY_PAGE: Final = "laichau_tuyengiao/seed-stock-word"
NOTE: Final = """\
The pages are reconstructions made by this project, and our rules were written beside them: read the other
tools' rows as the distance of a general tool from these records. Other tools cannot be told that a page is
no article; they are marked on the articles alone."""


# ------------------------------------------------------------------------------------------------- the tools


def ours(gold: Gold) -> Answer | None:
    """Read as a page of a host nobody declared."""
    return _answer(lambda: extract(gold.capture))


def ours_declared(gold: Gold) -> Answer | None:
    """Read through the declaration of the page's site."""
    return _answer(lambda: extract(gold.capture, gold.site))


def _answer(reading: Callable[[], Reading]) -> Answer | None:
    try:
        return answer_of(reading())
    except REFUSALS:
        return None


def with_trafilatura(gold: Gold) -> Answer | None:
    """Defaults with metadata; readers' comments left out, as a user of news would."""
    import trafilatura  # noqa: PLC0415 - a tool is loaded when it is asked for

    found: Any = trafilatura.bare_extraction(
        gold.page, url=gold.record["url"], with_metadata=True, include_comments=False
    )
    if found is None:
        return None
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(headline=found.title, date=found.date, authors=authors, body=found.text or "")


def with_newspaper(gold: Gold) -> Answer | None:
    """Vietnamese, no download; given the text in the right charset."""
    import newspaper  # noqa: PLC0415 - as above

    article = newspaper.Article(gold.record["url"], language="vi", fetch_images=False)
    article.download(input_html=decode(gold.page))
    article.parse()
    moment = article.publish_date
    if moment is not None and getattr(moment, "tzinfo", None) is not None:
        moment = moment.astimezone(HANOI)
    date = moment.isoformat() if moment else None
    return Answer(headline=article.title, date=date, authors=tuple(article.authors), body=article.text)


def with_readability(gold: Gold) -> Answer | None:
    """Headline and body are all it reads."""
    import readability  # noqa: PLC0415 - as above

    document = readability.Document(decode(gold.page))
    summary = html.fromstring(document.summary())
    return Answer(
        headline=document.short_title(), date=None, authors=(), body="\n".join(map(str, summary.itertext()))
    )


def lxml_parse(gold: Gold) -> Answer | None:
    """The parse alone: what no reader of HTML can do without."""
    html.document_fromstring(gold.page)
    return None


PEERS: Final[dict[str, Tool]] = {
    "trafilatura": with_trafilatura,
    "newspaper4k": with_newspaper,
    "readability": with_readability,
}
READS: Final = {"readability": frozenset({"headline", "body"})}
"""What a tool reads, where not everything."""


# ------------------------------------------------------------------------------------------------- fidelity


def fidelity(articles: Sequence[Gold]) -> dict[str, dict[str, float | None]]:
    """Return each tool's figures over the gold articles."""
    tools: dict[str, Tool] = {"vankho": ours, **PEERS}
    found = {
        name: figures([marks(gold, _safely(tool, gold)) for gold in articles]) for name, tool in tools.items()
    }
    for name, reads in READS.items():
        for field in {"date", "authors", "perfect"} - reads:
            found[name][field] = None
    return found


def _safely(tool: Tool, gold: Gold) -> Answer | None:
    try:
        return tool(gold)
    except Exception as error:  # noqa: BLE001 - a tool that fails on a page has made nothing of it
        sys.stderr.write(f"{tool.__name__} on {gold.name}: {type(error).__name__}: {error}\n")
        return None


def figures(pages: Sequence[Marks]) -> dict[str, float | None]:
    """Return shares of pages, mean body figures, and how many lines leaked in all."""
    return {
        "headline": statistics.mean(page.headline for page in pages),
        "date": statistics.mean(page.date for page in pages),
        "authors": statistics.mean(page.authors for page in pages),
        "precision": statistics.mean(page.precision for page in pages),
        "recall": statistics.mean(page.recall for page in pages),
        "f1": statistics.mean(page.f1 for page in pages),
        "worst_f1": min(page.f1 for page in pages),
        "leaks": sum(page.leaks for page in pages),
        "perfect": sum(page.perfect for page in pages),
    }


def whole_records(pages: Sequence[Gold], *, declared: bool) -> dict[str, int]:
    """Return how many articles we read right in every field, and how many other pages we refused."""
    articles = [gold for gold in pages if gold.is_article]
    readings = [read(gold, declared=declared) for gold in articles]
    right = sum(
        isinstance(reading, Reading) and not complaints(gold, reading.article)
        for gold, reading in zip(articles, readings, strict=True)
    )
    others = [gold for gold in pages if not gold.is_article]
    refused = sum(not isinstance(read(gold, declared=declared), Reading) for gold in others)
    return {"articles": len(articles), "right": right, "others": len(others), "refused": refused}


# ----------------------------------------------------------------------------------------------------- cost


def cost(articles: Sequence[Gold], tool: Tool) -> dict[str, float]:
    """Return CPU milliseconds a page: the median over pages of the median of rounds, tools taking turns.

    Each round reads every page once, as a crawl does, and begins with nothing remembered: what a tool knows
    of a site's recurring lines it has learnt from the pages before.
    """
    tools: dict[str, Tool] = {"vankho": tool, **PEERS, "lxml parse": lxml_parse}
    for one in tools.values():
        _safely(one, articles[0])  # imports and first-use tables are not a page's cost
    memories = _memories()
    spent: dict[str, list[list[float]]] = {name: [[] for _ in articles] for name in tools}
    for _ in range(ROUNDS):
        for forget in memories:
            forget()
        for number, gold in enumerate(articles):
            for name, one in tools.items():
                started = time.process_time()
                _safely(one, gold)
                spent[name][number].append(time.process_time() - started)
    return {name: 1000 * statistics.median(map(statistics.median, pages)) for name, pages in spent.items()}


def _memories() -> list[Callable[[], None]]:
    """Return what empties the caches of texts, ours and others': the bounded ones; others keep parsers."""
    owners = ("archive", "crawler", "htmldate", "trafilatura")
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in owners]
    values = {id(value): value for module in modules for value in vars(module).values()}.values()
    return [
        value.cache_clear
        for value in values
        if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None
    ]


# ------------------------------------------------------------------------------------------- damaged pages


def damaged() -> list[dict[str, Any]]:
    """Return what each mutation's worst page costs us, the slowest first, each in a process of its own."""
    rows = [_in_own_process(name) for name in (*LIGHT, *HEAVY)]
    return sorted(rows, key=lambda row: -row["seconds"])


def _in_own_process(name: str) -> dict[str, Any]:
    command = [sys.executable, __file__, "--mutation", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=HANG_SECONDS)  # noqa: S603 - our own script
    except subprocess.TimeoutExpired:
        return {"mutation": name, "seconds": float(HANG_SECONDS), "error": f"not done after {HANG_SECONDS} s"}
    except subprocess.CalledProcessError as error:
        return {"mutation": name, "seconds": 0.0, "error": error.stderr.strip().splitlines()[-1]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def one_mutation(name: str) -> dict[str, Any]:
    """Read pages damaged in one way; return the slowest page's CPU seconds and the memory all of it took."""
    heavy = name in HEAVY
    pages = [gold for gold in gold_pages() if not heavy or gold.name == HEAVY_PAGE]
    _safely(ours, pages[0])
    before, seconds, largest = _memory_mb(), 0.0, 0
    for gold in pages:
        page = (HEAVY if heavy else LIGHT)[name](gold.page, random.Random(gold.name))
        mutated = Gold(name=gold.name, record=gold.record, page=page)
        started = time.process_time()
        ours(mutated)
        seconds = max(seconds, time.process_time() - started)
        largest = max(largest, len(page))
    return {"mutation": name, "bytes": largest, "seconds": seconds, "mb": _peak_mb(), "mb_before": before}


def _memory_mb() -> float:
    return _status("VmRSS")


def _peak_mb() -> float:
    return _status("VmHWM")


def _status(key: str) -> float:
    """Return a line of Linux's own account of this process, in MB; unlike getrusage's it starts at exec."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:"))


# -------------------------------------------------------------------------------------------------- the run


def run(*, quick: bool) -> dict[str, Any]:
    """Measure everything."""
    pages = gold_pages()
    articles = [gold for gold in pages if gold.is_article]
    declared = [gold for gold in pages if gold.site is not None]
    declared_articles = [gold for gold in declared if gold.is_article]
    undeclared = [gold for gold in articles if gold.site is None]
    return {
        "pages": len(pages),
        "fidelity": fidelity(articles),
        "undeclared": whole_records(pages, declared=False),
        "declared": whole_records(declared, declared=True),
        "cpu_ms": {
            f"declared ({len(declared_articles)} pages of five sites)": cost(
                declared_articles, ours_declared
            ),
            f"undeclared ({len(undeclared)} pages)": cost(undeclared, ours),
        },
        "damaged": [] if quick else damaged(),
    }


def show(result: dict[str, Any]) -> None:
    """Print the tables."""
    print(f"Gold set: {result['pages']} pages\n\n{NOTE}\n")
    names = ("headline", "date", "authors", "precision", "recall", "f1", "worst_f1", "leaks", "perfect")
    print(f"{'':14}" + "".join(f"{name:>10}" for name in names))
    for tool, found in result["fidelity"].items():
        print(f"{tool:14}" + "".join(_cell(name, found[name]) for name in names))
    print("\nperfect: headline, date as printed and authors right, body F1 >= 0.995, nothing leaked")
    for way in ("undeclared", "declared"):
        row = result[way]
        print(
            f"vankho, {way}: {row['right']} of {row['articles']} records right in every field,"
            f" {row['refused']} of {row['others']} other pages refused"
        )
    for group, spent in result["cpu_ms"].items():
        print(f"\nCPU a page, {group}: median of {ROUNDS} rounds, tools taking turns")
        for tool, milliseconds in spent.items():
            print(
                f"{tool:14}{milliseconds:9.2f} ms {milliseconds / spent['trafilatura']:8.2f} x trafilatura"
                f" {milliseconds / spent['lxml parse']:8.1f} x lxml parse"
            )
    if result["damaged"]:
        _show_damaged(result["damaged"])


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return f"{'-':>10}"
    if name in {"leaks", "perfect"}:
        return f"{value:10.0f}"
    return f"{value:10.4f}" if name in {"precision", "recall", "f1", "worst_f1"} else f"{100 * value:9.1f}%"


def _show_damaged(rows: Sequence[dict[str, Any]]) -> None:
    print(
        "\nDamaged, oversized and hostile pages: the slowest page of each kind, and the process's peak memory"
    )
    for row in rows[:8]:
        if "error" in row:
            print(f"{row['mutation']:24} FAILED: {row['error']}")
        else:
            size = f"{row['bytes'] / 1e6:6.1f} MB page"
            print(f"{row['mutation']:24} {size} {row['seconds']:7.2f} s {row['mb']:7.0f} MB")
    whole = [row for row in rows if "error" not in row]
    print(
        f"worst of {len(rows)} kinds: {max(row['seconds'] for row in rows):.2f} s,"
        f" {max(row['mb'] for row in whole):.0f} MB (before the page: {whole[0]['mb_before']:.0f} MB)"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="leave the damaged pages out")
    parser.add_argument("--mutation", help=argparse.SUPPRESS)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if options.mutation:
        print(json.dumps(one_mutation(options.mutation)))
        return
    result = run(quick=options.quick)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        show(result)


if __name__ == "__main__":
    main()
