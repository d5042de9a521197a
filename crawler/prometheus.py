"""How each site stands, for Prometheus: a file for node_exporter's textfile collector.

The format is Prometheus' text exposition format 0.0.4. The file appears whole or not at all.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.errors import ArchiveUnwritable
from archive.store import Archive
from crawler.exits import Exit, exit_of_run

_SITES: Final = """
SELECT s.name AS site, r.id, r.started_at, r.finished_at, r.reason, r.fetched,
       coalesce(r.new, 0) + coalesce(r.duplicates, 0) AS new,
       (SELECT count(*) FROM articles a WHERE a.site = s.name) AS articles,
       (SELECT count(*) FROM frontier f
         WHERE f.site = s.name AND f.done_at IS NULL AND f.parked_reason IS NULL) AS waiting,
       (SELECT count(*) FROM frontier f WHERE f.site = s.name AND f.parked_reason IS NOT NULL) AS parked
  FROM sites s
  JOIN runs r ON r.id = (SELECT max(l.id) FROM runs l WHERE l.site = s.name AND l.finished_at IS NOT NULL)
 ORDER BY s.name
"""
_ERRORS: Final = "SELECT kind, count(*) FROM issues WHERE run_id = ? AND severity = 'error' GROUP BY kind"
# The latest run that ended well, of the reasons that are no failure in themselves.
_ENDED: Final = """
SELECT max(r.finished_at) FROM runs r
 WHERE r.site = ? AND r.reason = ?
   AND NOT EXISTS (SELECT 1 FROM issues i WHERE i.run_id = r.id AND i.severity = 'error')
"""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with its samples."""

    name: str
    help: str
    samples: list[tuple[Mapping[str, str], float]]
    type: str = "gauge"

    def lines(self) -> Iterator[str]:
        """Yield its lines."""
        yield f"# HELP {self.name} {escaped(self.help, quotes=False)}"
        yield f"# TYPE {self.name} {self.type}"
        for labels, value in self.samples:
            inside = ",".join(f'{name}="{escaped(text)}"' for name, text in labels.items())
            yield f"{self.name}{{{inside}}} {value:.15g}"


def escaped(text: str, *, quotes: bool = True) -> str:
    r"""Return a label's value (or a HELP text, where quotes stand as they are) as the format asks.

    >>> print(escaped('a "b" \\ c'))
    a \"b\" \\ c
    """
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quotes else text


def write_metrics(data: Path, path: Path) -> None:
    """Write the metrics of an archive. Raises ArchiveError when it cannot be read or the file not written."""
    with Archive.open(data) as archive:
        metrics = _metrics(archive.db)
    _replace(path, "".join(f"{line}\n" for metric in metrics for line in metric.lines()))


def _metrics(db: sqlite3.Connection) -> list[Metric]:
    run = Metric("vankho_last_run_timestamp_seconds", "When the site's last ended run began.", [])
    success = Metric(
        "vankho_last_success_timestamp_seconds", "When a run of the site last ended with code 0.", []
    )
    code = Metric("vankho_run_exit_code", "Exit code of the site's last ended run; docs/operate.md.", [])
    seconds = Metric("vankho_run_duration_seconds", "How long the site's last ended run took.", [])
    new = Metric("vankho_new_articles", "Articles first captured in the site's last ended run.", [])
    articles = Metric("vankho_articles_total", "Articles of the site in the archive.", [], "counter")
    waiting = Metric("vankho_waiting_pages", "Pages of the site seen on listings and still to fetch.", [])
    parked = Metric("vankho_parked_pages", "Pages of the site given up after many tries.", [])
    issues = Metric("vankho_open_issues", "Errors of the site's last ended run, by kind.", [])
    well = _well(db)
    for row in db.execute(_SITES).fetchall():
        site = {"site": row["site"]}
        errors = dict(db.execute(_ERRORS, (row["id"],)).fetchall())
        began, ended = _seconds(row["started_at"]), _seconds(row["finished_at"])
        run.samples.append((site, began))
        seconds.samples.append((site, ended - began))
        code.samples.append((site, exit_of_run(row["reason"], errors, row["fetched"] or 0)))
        new.samples.append((site, row["new"]))
        articles.samples.append((site, row["articles"]))
        waiting.samples.append((site, row["waiting"]))
        parked.samples.append((site, row["parked"]))
        last = max((_last(db, row["site"], reason) for reason in well), default="")
        if last:
            success.samples.append((site, _seconds(last)))
        issues.samples.extend(({**site, "kind": kind}, count) for kind, count in sorted(errors.items()))
    return [run, success, code, seconds, new, articles, waiting, parked, issues]


def _well(db: sqlite3.Connection) -> list[str]:
    reasons = [row[0] for row in db.execute("SELECT DISTINCT reason FROM runs WHERE reason IS NOT NULL")]
    return [reason for reason in reasons if exit_of_run(reason, {}) is Exit.WELL]


def _last(db: sqlite3.Connection, site: str, reason: str) -> str:
    return db.execute(_ENDED, (site, reason)).fetchone()[0] or ""


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()


def _replace(path: Path, text: str) -> None:
    """Put a file in place at once: a collector never sees half of it."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o644)  # node_exporter runs as another user
        Path(file.name).replace(path)
    except OSError as error:
        raise ArchiveUnwritable(
            f"{path}: cannot be written ({error.strerror}); is its folder there?"
        ) from error
