"""What a crawl is asked for, and what became of it: the same for this process and for those it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.exits import Exit
from crawler.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlOptions:
    """What `vankho crawl` was asked for."""

    data: Path
    limit: int = 0
    """Article pages a site; 0: no limit."""
    since: str | None = None
    until: str | None = None
    delay: float | None = None
    """Seconds between requests; None: the site's own."""
    recheck: int | None = None
    """Known articles looked at again, of each site; None: as the settings say."""
    backfill: bool = False
    from_warc: tuple[Path, ...] = ()
    max_requests: int = 0
    max_bytes: int = 0
    time_limit: float = 0.0
    """Seconds a site; 0: none."""
    contact: str | None = None
    command: str = "vankho crawl"
    log_level: str = "ERROR"
    log_json: bool = False

    def as_arguments(self) -> list[str]:
        """Return the options as arguments of `vankho crawl`.

        >>> CrawlOptions(data=Path("data"), limit=5, backfill=True).as_arguments()
        ['--data=data', '--command=vankho crawl', '--limit=5', '--backfill']
        """
        values: dict[str, object] = {
            "limit": self.limit,
            "since": self.since,
            "until": self.until,
            "max-requests": self.max_requests,
            "max-mb": self.max_bytes / 1_000_000,
            "time-limit": self.time_limit / 60,
            "contact": self.contact,
        }
        arguments = [f"--data={self.data}", f"--command={self.command}"]
        arguments += [f"--{name}={value}" for name, value in values.items() if value]
        arguments += [f"--delay={self.delay}"] if self.delay is not None else []
        arguments += [f"--recheck={self.recheck}"] if self.recheck is not None else []
        arguments += [f"--from-warc={path}" for path in self.from_warc]
        arguments += ["--backfill"] if self.backfill else []
        arguments += ["--log-json"] if self.log_json else []
        return arguments + (["--verbose"] if self.log_level == "INFO" else [])


@dataclass(frozen=True, kw_only=True, slots=True)
class RunResult:
    """How the run of one site ended."""

    site: Site
    reason: str
    """Why it ended: `finished`, `limit`, `interrupted`, `network`..., `failed` when it could not begin."""
    run_id: int | None = None
    """Its row in the archive; None when it could not begin."""
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None
    """What stopped it, in one line; None when nothing did."""
    exit: Exit = Exit.WELL

    def to_json(self) -> dict[str, Any]:
        """Return the result for a parent process."""
        return {
            "site": self.site.name,
            "reason": self.reason,
            "run_id": self.run_id,
            "counts": dict(self.counts),
            "error": self.error,
            "exit": int(self.exit),
        }

    @classmethod
    def from_json(cls, site: Site, told: Mapping[str, Any]) -> RunResult:
        """Return what a process said of its site."""
        return cls(
            site=site,
            reason=told["reason"],
            run_id=told["run_id"],
            counts=told["counts"],
            error=told["error"],
            exit=Exit(told["exit"]),
        )
