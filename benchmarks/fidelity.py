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
import statistics
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

# A script's own folder comes first on the path; the packages it measures stand beside that folder.
sys.path[0] = str(Path(__file__).parents[1])

from archive.model import Reading  # noqa: E402 - the line before makes it found
from benchmarks.fidelity_cost import (  # noqa: E402 - as above
    ROUNDS,
    cost,
    crawled_pages,
    damaged,
    one_mutation,
)
from benchmarks.fidelity_tools import (  # noqa: E402 - as above
    PEERS,
    READS,
    Tool,
    ours,
    ours_declared,
    safely,
)
from tests.fidelity import Gold, Marks, complaints, gold_pages, marks, read  # noqa: E402 - as above

NOTE: Final = """\
The pages are reconstructions made by this project, and our rules were written beside them: read the other
tools' rows as the distance of a general tool from these records. Other tools cannot be told that a page is
no article; they are marked on the articles alone."""


# ------------------------------------------------------------------------------------------------- fidelity


def fidelity(articles: Sequence[Gold]) -> dict[str, dict[str, float | None]]:
    """Return each tool's figures over the gold articles."""
    tools: dict[str, Tool] = {"vankho": ours, **PEERS}
    found = {
        name: figures([marks(gold, safely(tool, gold)) for gold in articles]) for name, tool in tools.items()
    }
    for name, reads in READS.items():
        for field in {"date", "authors", "perfect"} - reads:
            found[name][field] = None
    return found


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


# -------------------------------------------------------------------------------------------------- the run


def run(*, quick: bool) -> dict[str, Any]:
    """Measure everything."""
    pages = gold_pages()
    articles = [gold for gold in pages if gold.is_article]
    declared = [gold for gold in pages if gold.site is not None]
    declared_articles = [gold for gold in declared if gold.is_article]
    undeclared = [gold for gold in articles if gold.site is None]
    crawled = crawled_pages()
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
            f"declared, as the demo crawls five sites ({len(crawled)} pages)": cost(crawled, ours_declared),
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
