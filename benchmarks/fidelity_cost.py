"""What reading a page costs: CPU of pages as they come, CPU and memory of damaged and oversized ones."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from archive.model import Capture
from archive.warc_reader import iter_captures
from benchmarks.fidelity_tools import PEERS, Tool, lxml_parse, ours, safely
from crawler.site import is_article_url
from tests.fidelity import Gold, gold_pages
from tests.mutations import HEAVY, LIGHT

ROOT: Final = Path(__file__).resolve().parent.parent
ROUNDS: Final = 5
HANG_SECONDS: Final = 60
"""For one kind of damage; the light kinds are tried on every page of the gold set."""
HEAVY_PAGE: Final = "laichau_tuyengiao/seed-stock-word"
DEMO: Final = ROOT / "crawler" / "demo" / "five-sites.warc.gz"


def crawled_pages() -> list[Gold]:
    """Return the demo's article pages of five declared sites as captured, in order, without records."""
    captures = (capture for capture in iter_captures(DEMO) if capture.status == 200)
    pages = (Gold(name=each.url, record=_record(each), page=each.body) for each in captures)
    return [page for page in pages if page.site is not None and is_article_url(page.site, page.name)]


def _record(capture: Capture) -> dict[str, Any]:
    return {
        "url": capture.url,
        "captured_at": capture.captured_at,
        "content_type": dict(capture.headers).get("Content-Type", "text/html"),
    }


def cost(articles: Sequence[Gold], tool: Tool) -> dict[str, float]:
    """Return CPU milliseconds a page: the median over pages of the median of rounds, tools taking turns.

    Each round reads every page once, as a crawl does, and begins with nothing remembered: what a tool knows
    of a site's recurring lines it has learnt from the pages before.
    """
    tools: dict[str, Tool] = {"vankho": tool, **PEERS, "lxml parse": lxml_parse}
    for one in tools.values():
        safely(one, articles[0])  # imports and first-use tables are not a page's cost
    memories = _memories()
    spent: dict[str, list[list[float]]] = {name: [[] for _ in articles] for name in tools}
    for _ in range(ROUNDS):
        for forget in memories:
            forget()
        for number, gold in enumerate(articles):
            for name, one in tools.items():
                started = time.process_time()
                safely(one, gold)
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


def damaged() -> list[dict[str, Any]]:
    """Return what each mutation's worst page costs us, the slowest first, each in a process of its own."""
    rows = [_in_own_process(name) for name in (*LIGHT, *HEAVY)]
    return sorted(rows, key=lambda row: -row["seconds"])


def _in_own_process(name: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "benchmarks" / "fidelity.py"), "--mutation", name]
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
    safely(ours, pages[0])
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
