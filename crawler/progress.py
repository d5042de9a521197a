"""What a crawl shows while it runs: a table on a terminal, plain lines elsewhere, JSON for a parent."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from scrapy import signals
from scrapy.crawler import Crawler

from crawler.run import Run, run_of

_EVERY = 10.0
"""Seconds between two plain lines about one site."""
_IN_TABLE = ("listings", "fetched", "new", "changed", "issues")
"""What fits beside the site's name on 80 columns."""
_SHOWN = ("listings", "fetched", "new", "changed", "duplicates", "issues", "gone")


class Display(Protocol):
    """Something that is told how far the sites are."""

    def show(self, name: str, counts: Mapping[str, int], state: str) -> None:
        """Take note of a site's counts and state: `crawling`, or why its run ended."""


def follow(crawler: Crawler, display: Display) -> None:
    """Tell a display how a crawler gets on, from its start to its end."""

    def tell() -> None:
        run: Run = run_of(crawler)
        display.show(run.site.name, run.counts, "crawling")

    def close() -> None:
        run: Run = run_of(crawler)
        display.show(run.site.name, run.counts, run.reason or "finished")

    def begin() -> None:
        tell()
        # Connected now, after the run's own end, so that the reason is known.
        crawler.signals.connect(close, signals.spider_closed, weak=False)

    crawler.signals.connect(begin, signals.spider_opened, weak=False)
    crawler.signals.connect(tell, signals.response_received, weak=False)


@dataclass(slots=True)
class _Site:
    counts: Mapping[str, int] = field(default_factory=dict)
    state: str = "waiting"
    told_at: float = 0.0


class Progress:
    """Shows the sites of a crawl to people, in a `with` block."""

    def __init__(self, names: Sequence[str], console: Console) -> None:
        self._console = console
        self._sites = {name: _Site() for name in names}
        self._live = Live(get_renderable=self._table, console=console, refresh_per_second=5, transient=True)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def show(self, name: str, counts: Mapping[str, int], state: str) -> None:
        """Take note of a site's counts and state; print a line when it is time for one."""
        site, now = self._sites[name], time.monotonic()
        began, ended = site.state == "waiting", state != "crawling"
        site.counts, site.state = counts, state
        if began and not ended:
            site.told_at = now
            self._say(f"{name}: started")
        elif ended or now - site.told_at >= _EVERY:
            site.told_at = now
            self._say(f"{name}: {f'{state}; ' if ended else ''}{counts_line(counts)}")

    def _say(self, line: str) -> None:
        if not self._console.is_terminal:
            self._console.file.write(f"{line}\n")
            self._console.file.flush()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column("site", style="bold", no_wrap=True)
        for column in _IN_TABLE:
            table.add_column(column, justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        for name, site in self._sites.items():
            table.add_row(name, *(str(site.counts.get(column, 0)) for column in _IN_TABLE), site.state)
        return table


class JsonLines:
    """Tells a parent process how far a site is: one JSON object a line, at most one a second."""

    def __init__(self) -> None:
        self._told_at = 0.0

    def show(self, name: str, counts: Mapping[str, int], state: str) -> None:
        """Print the counts and the state."""
        now = time.monotonic()
        if state == "crawling" and now - self._told_at < 1.0:
            return
        self._told_at = now
        # A parent that is gone is no reason to end the run: what is fetched is kept.
        with suppress(OSError):
            sys.stdout.write(json.dumps({"site": name, "counts": dict(counts), "state": state}) + "\n")
            sys.stdout.flush()


def counts_line(counts: Mapping[str, int]) -> str:
    """Return a run's counts as one readable line.

    >>> counts_line({"listings": 6, "fetched": 40, "new": 39, "issues": 0})
    '6 listings, 40 fetched, 39 new, 0 changed, 0 duplicates, 0 issues, 0 gone'
    """
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in _SHOWN)


def stdout_console() -> Console:
    """Return the console for results; into a file or a log, lines are not folded at 80 columns."""
    console = Console(file=sys.stdout, highlight=False)
    return console if console.is_terminal else Console(file=sys.stdout, highlight=False, width=240)
