"""The verbs that tell an operator how crawls went: `runs`, `status`, `coverage`, `sites`; and `cron`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from archive.cli import data_option
from crawler.cli_options import SITES
from crawler.scheduling import cron

_RUNS: Final = """
SELECT id, site, started_at, finished_at,
       CAST(round((julianday(finished_at) - julianday(started_at)) * 86400) AS INTEGER) AS seconds,
       reason, requests, bytes, listings, fetched, new, duplicates, changed, issues, remaining, command,
       json_extract(other_counts, '$.gone') AS gone, json_extract(other_counts, '$.rechecked') AS rechecked,
       json_extract(other_counts, '$.returned') AS returned
  FROM runs
 WHERE (:site IS NULL OR site = :site)
 ORDER BY id DESC
 LIMIT :limit
"""
_STATUS: Final = """
SELECT h.site, h.family, h.started_at, h.reason, h.articles, h.newest, h.last_new_at, h.waiting, h.parked,
       (SELECT count(*) FROM issues i WHERE i.run_id = h.last_run AND i.severity = 'error') AS errors
  FROM site_health h
 WHERE (:site IS NULL OR h.site = :site)
 ORDER BY h.site
"""
_LAST_ISSUES: Final = """
SELECT reported_at, kind, severity, message, url
  FROM issues WHERE site = ? ORDER BY id DESC LIMIT 10
"""
_PARKED: Final = """
SELECT uid, attempts, parked_reason FROM frontier
 WHERE site = ? AND parked_reason IS NOT NULL ORDER BY id DESC LIMIT 10
"""
_LAST_GOOD: Final = """
SELECT a.uid, a.url, a.headline, a.last_captured_at FROM articles a
 WHERE a.site = ?
   AND NOT EXISTS (SELECT 1 FROM captures c JOIN issues i ON i.run_id = c.run_id
                    WHERE c.id = a.capture_id AND i.kind = 'LayoutSuspected')
 ORDER BY a.last_captured_at DESC, a.id DESC LIMIT 1
"""


def _rows(data: Path, query: str, parameters: Any) -> list[dict[str, Any]]:
    from archive.store import Archive  # noqa: PLC0415 - loaded when a verb runs

    with Archive.open(data) as archive:
        return [dict(row) for row in archive.db.execute(query, parameters)]


def _expected(data: Path, site: str) -> dict[str, Any]:
    from archive.store import Archive  # noqa: PLC0415 - loaded when a verb runs
    from crawler.expectations import news_of  # noqa: PLC0415 - loaded when a verb runs
    from crawler.suspected import suspected  # noqa: PLC0415 - loaded when a verb runs

    with Archive.open(data) as archive:
        return {
            "listings": news_of(archive.db, site),
            "suspected": suspected(archive.db, archive.folder, site),
        }


def _print_table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    from rich import box  # noqa: PLC0415 - loaded when a verb runs
    from rich.table import Table  # noqa: PLC0415 - loaded when a verb runs

    from crawler.progress import stdout_console  # noqa: PLC0415 - loaded when a verb runs

    table = Table(box=box.SIMPLE)
    for column in columns:
        numeric = all(isinstance(row[column], int | None) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*("" if row[column] is None else str(row[column]) for column in columns))
    stdout_console().print(table)


@click.command()
@click.argument("site", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many runs.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@data_option
def runs(*, site: str | None, limit: int, as_json: bool, data: Path) -> None:
    """List the latest runs: when, how long, what they fetched and why they ended."""
    rows = _rows(data, _RUNS, {"site": site, "limit": limit})
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    for row in rows:
        row["started_at"] = row["started_at"].replace("T", " ").removesuffix("Z")
        row["reason"] = row["reason"] or "not ended"
        row["kB"] = (row["bytes"] or 0) // 1000
    _print_table(
        rows,
        ["id", "site", "started_at", "seconds", "requests", "kB", "listings", "fetched", "new", "duplicates",
         "changed", "gone", "issues", "remaining", "reason"],
    )  # fmt: skip


@click.command()
@click.argument("site", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site.")
@click.option(
    "--prometheus",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all sites' figures into this file, for node_exporter's textfile collector.",
)
@data_option
def status(*, site: str | None, as_json: bool, prometheus: Path | None, data: Path) -> None:
    """Say how each site stands: its last run, what waits, what is parked, and of one site what went wrong."""
    if prometheus is not None:
        from crawler.prometheus import write_metrics  # noqa: PLC0415 - loaded when a verb runs

        write_metrics(data, prometheus)
        return
    rows = _rows(data, _STATUS, {"site": site})
    if site is not None and not rows:
        raise click.UsageError(f"no site '{site}' in {data}; see: vankho status --data {data}")
    details = {
        row["site"]: {
            "last_issues": _rows(data, _LAST_ISSUES, (row["site"],)),
            "parked_pages": _rows(data, _PARKED, (row["site"],)),
            "last_good_page": next(iter(_rows(data, _LAST_GOOD, (row["site"],))), None),
            **_expected(data, row["site"]),
        }
        for row in rows
        if site is not None or as_json
    }
    if as_json:
        for row in rows:
            click.echo(json.dumps({**row, **details[row["site"]]}, ensure_ascii=False))
        return
    columns = ["site", "family", "started_at", "reason", "articles", "newest", "waiting", "parked", "errors"]
    _print_table(rows, columns)
    for of_site in details.values():
        _print_details(of_site)


def _print_details(details: dict[str, Any]) -> None:
    news = details["listings"]
    usual = f"; silence is unusual after {news['usual_silence']} days" if news["usual_silence"] else ""
    click.echo(f"listings: {news['state']}; newest article of {news['newest'] or 'no date'}{usual}")
    good = details["last_good_page"]
    if good:
        click.echo(f"last good page: {good['uid']} at {good['last_captured_at']}: {good['headline']}")
        click.echo(f"                {good['url']}")
    if details["suspected"]:
        from crawler.suspected import told_lines  # noqa: PLC0415 - loaded when a verb runs

        for line in told_lines(details["suspected"]):
            click.echo(line)
    for page in details["parked_pages"]:
        click.echo(f"parked after {page['attempts']} tries: {page['uid']}: {page['parked_reason']}")
    for issue in details["last_issues"]:
        click.echo(f"{issue['reported_at']} {issue['severity']} {issue['kind']}: {issue['message']}")


@click.command()
@click.argument("names", nargs=-1, metavar="[SITE]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a section.")
@SITES
@data_option
def coverage(*, names: tuple[str, ...], as_json: bool, folders: tuple[Path, ...], data: Path) -> None:
    """Count the articles of each section by month, and mark the months between without any."""
    from archive.store import Archive  # noqa: PLC0415 - loaded when a verb runs
    from crawler.coverage import coverage_lines, coverage_of  # noqa: PLC0415 - loaded when a verb runs
    from crawler.site import folders_of, read_sites  # noqa: PLC0415 - loaded when a verb runs

    declared = read_sites(*folders_of(folders))
    with Archive.open(data) as archive:
        known = [row["name"] for row in archive.db.execute("SELECT name FROM sites ORDER BY name")]
        for name in names or known:
            if name not in known:
                raise click.UsageError(f"no site '{name}' in {data}; see: vankho status --data {data}")
            sections = coverage_of(archive.db, name, declared.get(name))
            for section in sections if as_json else ():
                click.echo(json.dumps(section.to_json(name), ensure_ascii=False))
            for line in () if as_json else coverage_lines(archive.db, name, sections):
                click.echo(line)


@click.command("sites")
@SITES
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_sites(*, folders: tuple[Path, ...], as_json: bool) -> None:
    """List the declared sites."""
    from crawler.site import folders_of, read_sites  # noqa: PLC0415 - loaded when a verb runs

    for site in read_sites(*folders_of(folders)).values():
        if as_json:
            record = {"name": site.name, "title": site.title, "level": site.level, "province": site.province,
                      "family": site.family.name, "home": site.home}  # fmt: skip
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{site.name:24} {site.family.name:14} {site.home:36} {site.title}")


verbs: tuple[click.Command, ...] = (runs, status, coverage, list_sites, cron)
"""What `crawler.cli` adds to the command."""
