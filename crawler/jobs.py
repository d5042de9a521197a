"""Many sites at once: one process a site, N at a time, so that a slow or dead site never delays the rest."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from crawler.crawl_options import CrawlOptions, RunResult
from crawler.exits import Exit
from crawler.progress import Display
from crawler.site import Site

_GRACE = 120.0
"""Seconds a process may go on after its time limit, to finish what is under way."""


def crawl_in_processes(
    sites: Sequence[Site], options: CrawlOptions, display: Display, *, jobs: int, folders: Sequence[Path]
) -> list[RunResult]:
    """Crawl each site in a process of its own, `jobs` of them at once, and say how each run ended.

    SIGINT and SIGTERM are passed on once: every process closes its run cleanly, no other is started.
    """
    return asyncio.run(_Jobs(options, display, folders).run(sites, jobs))


class _Jobs:
    """The processes under way."""

    def __init__(self, options: CrawlOptions, display: Display, folders: Sequence[Path]) -> None:
        self._options = options
        self._display = display
        self._folders = folders
        self._running: set[Process] = set()
        self._stopping = False

    async def run(self, sites: Sequence[Site], jobs: int) -> list[RunResult]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop)
        free = asyncio.Semaphore(jobs)
        return list(await asyncio.gather(*(self._crawl(site, free) for site in sites)))

    def _stop(self) -> None:
        self._stopping = True
        for process in self._running:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)

    async def _crawl(self, site: Site, free: asyncio.Semaphore) -> RunResult:
        async with free:
            if self._stopping:
                return RunResult(site=site, reason="interrupted", exit=Exit.INTERRUPTED)
            # A session of its own: a terminal's Ctrl-C would reach it twice, which forces an unclean end.
            process = await asyncio.create_subprocess_exec(
                *self._command(site), stdout=PIPE, start_new_session=True, limit=1 << 20
            )
            self._running.add(process)
            try:
                limit = self._options.time_limit
                return await asyncio.wait_for(self._follow(site, process), limit + _GRACE if limit else None)
            except TimeoutError:
                process.kill()
                return RunResult(site=site, reason="time", exit=Exit.FAILED)
            finally:
                await process.wait()
                self._running.discard(process)

    def _command(self, site: Site) -> list[str]:
        folders = [f"--sites={folder}" for folder in self._folders]
        return [
            sys.executable, "-m", "crawler.cli", "crawl", site.name, "--for-parent",
            *self._options.as_arguments(), *folders,
        ]  # fmt: skip

    async def _follow(self, site: Site, process: Process) -> RunResult:
        result: RunResult | None = None
        if process.stdout is not None:
            async for line in process.stdout:
                told = json.loads(line)
                if "exit" in told:
                    result = RunResult.from_json(site, told)
                else:
                    self._display.show(told["site"], told["counts"], told["state"])
        code = await process.wait()
        if result is not None:
            return result
        return RunResult(site=site, reason="failed", error=f"its process ended with {code}", exit=Exit.BUG)
