"""What a crawl shows while it runs: a table that is redrawn on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.run import Run, run_of

_EVERY = 10.0
"""Seconds between two plain lines about one site."""
_SHOWN = ("listings", "fetched", "new", "changed", "duplicates", "issues", "gone")


class Progress:
    """Follows the runs of some crawlers, in a `with` block."""

    def __init__(self, names: Sequence[str], console: Console) -> None:
        self._console = console
        self._names = names
        self._runs: dict[str, Run] = {}
        self._told: dict[str, float] = {}
        self._live = Live(get_renderable=self._table, console=console, refresh_per_second=5, transient=True)

    def watch(self, crawler: Crawler) -> None:
        """Follow a crawler from its start."""
        crawler.signals.connect(lambda: self._opened(crawler), signals.spider_opened, weak=False)
        crawler.signals.connect(
            lambda spider: self._moved(spider.name), signals.response_received, weak=False
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def _opened(self, crawler: Crawler) -> None:
        run = run_of(crawler)
        # Connected now, so that the run has finished when it is told.
        crawler.signals.connect(lambda spider: self._closed(spider.name), signals.spider_closed, weak=False)
        self._runs[run.site.name] = run
        self._told[run.site.name] = time.monotonic()
        self._say(f"{run.site.name}: started")

    def _moved(self, name: str) -> None:
        if time.monotonic() - self._told.get(name, 0.0) >= _EVERY:
            self._told[name] = time.monotonic()
            self._say(f"{name}: {counts_line(self._runs[name].counts)}")

    def _closed(self, name: str) -> None:
        run = self._runs.get(name)
        if run is not None:
            self._say(f"{name}: {run.reason}; {counts_line(run.counts)}")

    def _say(self, line: str) -> None:
        if not self._console.is_terminal:
            print(line, file=self._console.file, flush=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column("site", style="bold")
        for column in _SHOWN:
            table.add_column(column, justify="right")
        table.add_column("")
        for name in self._names:
            run = self._runs.get(name)
            counts: Mapping[str, int] = run.counts if run else {}
            state = "waiting" if run is None else run.reason or "crawling"
            table.add_row(name, *(str(counts.get(column, 0)) for column in _SHOWN), state)
        return table


def counts_line(counts: Mapping[str, int]) -> str:
    """Return a run's counts as one readable line.

    >>> counts_line({"listings": 6, "fetched": 40, "new": 39, "issues": 0})
    '6 listings, 40 fetched, 39 new, 0 changed, 0 duplicates, 0 issues, 0 gone'
    """
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in _SHOWN)


def stdout_console() -> Console:
    """Return the console for results; into a file or a log, lines are not folded at 80 columns."""
    console = Console(file=sys.stdout, highlight=False)
    return console if console.is_terminal else Console(file=sys.stdout, highlight=False, width=160)
