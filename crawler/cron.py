"""The schedule: crontab lines and systemd units that crawl every night.

One line a site, not one for all: each has its own exit code, log and mail, and a site that takes hours holds
up no other. Nights are those of Vietnam, whatever the machine's clock.
"""

from __future__ import annotations

import getpass
import hashlib
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final

from crawler.errors import CrawlerError
from crawler.quiet import VIETNAM

_LONGEST: Final = 998
"""Bytes of a crontab command that every cron takes (Debian's MAX_COMMAND, less newline and end)."""
_LAST_LINES: Final = 20
"""Of the log, in the mail that says a crawl failed."""


class BadSchedule(CrawlerError):
    """What was asked for cannot be written into a crontab or a unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """What a night's crawls need to know."""

    data: Path
    """The data folder, absolute."""
    executable: tuple[str, ...]
    """How `vankho` is started: absolute."""
    hour: int = 1
    """When the night's crawls begin, in Vietnam: 0 to 23."""
    hours: int = 4
    """Over how many hours they are spread."""
    options: tuple[str, ...] = ()
    """Further arguments of `vankho crawl`; `{site}` in one stands for the site's name."""

    def command(self, site: str) -> list[str]:
        """Return the command that crawls a site, or all of them with `--all`."""
        options = (option.replace("{site}", site.removeprefix("--")) for option in self.options)
        return [*self.executable, "crawl", site, f"--data={self.data}", *options]

    def log(self, site: str) -> Path:
        """Return where a crawl's output is kept."""
        return self.data / "logs" / f"{site.removeprefix('--')}.log"

    def time_of(self, site: str) -> tuple[int, int]:
        """Return the hour and minute, in Vietnam, of a site's crawl: by its name, the same every night.

        >>> Schedule(data=Path("/d"), executable=("vankho",)).time_of("laichau_tuyengiao")
        (4, 46)
        """
        digest = hashlib.sha256(site.encode()).digest()
        minute = self.hour * 60 + int.from_bytes(digest[:8]) % (self.hours * 60)
        return minute // 60 % 24, minute % 60


def executable() -> tuple[str, ...]:
    """Return how this `vankho` is started from anywhere."""
    beside = Path(sys.executable).parent / "vankho"
    found = str(beside) if beside.exists() else shutil.which("vankho")
    return (str(Path(found).absolute()),) if found else (sys.executable, "-m", "crawler.cli")


def crontab(
    schedule: Schedule, sites: Iterable[str], *, mailto: str | None = None, zone: tzinfo | None = None
) -> Iterator[str]:
    """Yield the lines of a crontab; `zone` is that of the machine's clock, None: ask it.

    A line writes to its site's log and prints, so that cron sends mail, only when the crawl did not go well.
    Raises BadSchedule for what no crontab can hold.
    """
    yield "# Written by `vankho cron`. Cron mails what a line prints: nothing, unless a crawl went wrong."
    yield f"MAILTO={_plain(mailto or getpass.getuser())}"
    yield "SHELL=/bin/sh"
    for site in sites:
        hour, minute = schedule.time_of(site)
        today = datetime.now(VIETNAM).replace(hour=hour, minute=minute, second=0, microsecond=0)
        local = today.astimezone(zone)
        yield f"# {site.removeprefix('--')}: {hour:02}:{minute:02} in Vietnam"
        yield f"{local.minute} {local.hour} * * * {_shell(schedule, site)}"


def _shell(schedule: Schedule, site: str) -> str:
    log = _quote(schedule.log(site))
    crawl = " ".join(_quote(word) for word in schedule.command(site))
    said = _quote(f"of: vankho crawl {site}; {schedule.log(site)} ends with:")
    line = (
        f"mkdir -p {_quote(schedule.log(site).parent)} && {crawl} >>{log} 2>&1"
        f" || {{ echo exit code $? {said}; tail -n {_LAST_LINES} {log}; }}"
    )
    # A bare % ends a crontab's command, even between quotes; cron takes the \ away before the shell sees it.
    line = _plain(line).replace("%", r"\%")
    if len(line.encode()) > _LONGEST:
        raise BadSchedule(f"the crontab line of {site} has more than {_LONGEST} bytes; use --systemd")
    return line


def _quote(word: object) -> str:
    return shlex.quote(str(word))


def _plain(text: str) -> str:
    if not text.isprintable():
        raise BadSchedule(f"{text!r} holds a line break or another sign that no crontab or unit can hold")
    return text
