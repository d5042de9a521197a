"""The command `vankho`: the verbs that crawl, and those of the archive.

Verbs import what they need when they run, so that `--help`, `extract` and `search` start fast. Exit codes are
those of `crawler.exits.Exit`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from archive import cli as archive_cli
from archive.errors import ArchiveError
from crawler import operating
from crawler.cli_options import DATA, SITES, Complaint, warn
from crawler.errors import CrawlerError
from crawler.extracting import extract
from crawler.fixture import fixture

if TYPE_CHECKING:
    from crawler.crawl_options import CrawlOptions
    from crawler.notices import Notices
    from crawler.site import Site


class Verbs(click.Group):
    """A group whose verbs may raise the project's own errors."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; errors of bad input become a Complaint."""
        try:
            return super().invoke(ctx)
        except (CrawlerError, ArchiveError) as error:
            raise Complaint(str(error)) from error


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as 2021-06-30") from error


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vankho")
def main() -> None:
    """Crawl the news sites of Vietnamese Party organs into a research archive (văn khố), and read it."""


@main.command()
@click.argument("names", nargs=-1, metavar="[SITE]...")
@click.option("--all", "everything", is_flag=True, help="Crawl every declared site.")
@DATA
@click.option("--limit", type=click.IntRange(min=1), help="Fetch at most this many article pages a site.")
@click.option(
    "--since", metavar="DATE", callback=_day, help="Leave alone what is listed with an earlier date."
)
@click.option("--until", metavar="DATE", callback=_day, help="Leave alone what is listed with a later date.")
@click.option(
    "--delay",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Pause between requests, not the site's own.",
)
@SITES
@click.option(
    "--from-warc", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="Answer from this WARC file instead of the network; may be given again.",
)  # fmt: skip
@click.option(
    "--recheck", type=click.IntRange(min=0), metavar="N",
    help="Look again at this many known articles a site that are due, for edits and removals; 0: at none.",
)  # fmt: skip
@click.option("--backfill", is_flag=True, help="Walk every section to its last page, known articles or not.")
@click.option("--jobs", type=click.IntRange(min=1), help="Crawl in processes, one a site, this many at once.")
@click.option(
    "--time-limit", type=click.FloatRange(min=0), metavar="MINUTES", help="End each site's run after this."
)
@click.option(
    "--max-requests", type=click.IntRange(min=1), help="End each site's run after so many requests."
)
@click.option("--max-mb", type=click.FloatRange(min=0), help="End each site's run after so many megabytes.")
@click.option("--contact", envvar="VANKHO_CONTACT", help="Where sites' administrators can reach you.")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done, not only what goes wrong.")
@click.option("--log-json", is_flag=True, help="Log on stderr as JSON, one object a line.")
@click.option(
    "--ping",
    envvar="VANKHO_PING",
    metavar="URL",
    help="Tell a watchdog: URL/start, then URL when all is well, URL/<exit code> when not.",
)
@click.option(
    "--notify", envvar="VANKHO_NOTIFY", metavar="URL",
    help="Send a message when all is not well, through apprise (mailto://, tgram://...).",
)  # fmt: skip
@click.option("--command", hidden=True, help="How the run was started, for its row in the archive.")
@click.option("--for-parent", is_flag=True, hidden=True, help="Print progress and result as JSON lines.")
def crawl(
    names: tuple[str, ...], everything: bool, data: Path, limit: int | None, since: str | None,
    until: str | None, delay: float | None, folders: tuple[Path, ...], from_warc: tuple[Path, ...],
    recheck: int | None, backfill: bool, jobs: int | None, time_limit: float | None, max_requests: int | None,
    max_mb: float | None, contact: str | None, verbose: bool, log_json: bool, ping: str | None,
    notify: str | None, command: str | None, for_parent: bool,
) -> None:  # fmt: skip
    """Crawl sites: what their listings show and the archive does not hold yet.

    A second run over an unchanged site fetches its listings and nothing else. Last come re-checks of known
    articles, up to 100 a site: a day, a week, a month, a quarter and every year after publication. Ctrl-C
    once ends the run cleanly; the same command goes on where it stopped.
    """
    from crawler.crawl_options import CrawlOptions
    from crawler.logs import speak_json
    from crawler.notices import Notices

    level = "INFO" if verbose else "ERROR"
    if log_json:
        speak_json(level)
    options = CrawlOptions(
        data=data, limit=limit or 0, since=since, until=until, delay=delay, recheck=recheck,
        backfill=backfill,
        from_warc=from_warc, max_requests=max_requests or 0, max_bytes=int((max_mb or 0) * 1_000_000),
        time_limit=(time_limit or 0) * 60, contact=contact, command=command or _command_line(),
        log_level=level, log_json=log_json,
    )  # fmt: skip
    if for_parent:
        _crawl_for_parent(_chosen(names, folders, everything=everything), options)
    with Notices(ping=ping, notify=notify, title=" ".join(["vankho crawl", *names])) as notices:
        sites = _chosen(names, folders, everything=everything)
        if not contact and not from_warc:
            warn("no --contact given: administrators of the sites cannot reach you")
        _crawl_for_people(sites, options, jobs, folders, notices)


def _crawl_for_people(
    sites: Sequence[Site], options: CrawlOptions, jobs: int | None, folders: Sequence[Path], notices: Notices
) -> NoReturn:
    from crawler.crawling import check_inputs, crawl_here
    from crawler.exits import worst
    from crawler.jobs import crawl_in_processes
    from crawler.progress import Progress, stdout_console
    from crawler.report import closing_lines

    check_inputs(options)
    with Progress([site.name for site in sites], stdout_console()) as progress:
        if jobs is None:
            results = crawl_here(sites, options, progress)
        else:
            results = crawl_in_processes(sites, options, progress, jobs=jobs, folders=folders)
    notices.lines = list(closing_lines(results))
    for line in notices.lines:
        click.echo(line)
    if options.backfill:
        _tell_coverage(sites, options)
    sys.exit(worst(result.exit for result in results))


def _tell_coverage(sites: Sequence[Site], options: CrawlOptions) -> None:
    from archive.store import Archive
    from crawler.coverage import coverage_lines, coverage_of

    between = {"since": options.since or "", "until": options.until or ""}
    with Archive.open(options.data) as archive:
        for site in sites:
            sections = coverage_of(archive.db, site.name, site, **between)
            for line in coverage_lines(archive.db, site.name, sections):
                click.echo(line)


def _crawl_for_parent(sites: Sequence[Site], options: CrawlOptions) -> NoReturn:
    from crawler.crawling import crawl_here
    from crawler.exits import worst
    from crawler.progress import JsonLines

    results = crawl_here(sites, options, JsonLines())
    for result in results:
        click.echo(json.dumps(result.to_json()))
    sys.exit(worst(result.exit for result in results))


def _chosen(names: tuple[str, ...], folders: tuple[Path, ...], *, everything: bool) -> list[Site]:
    from crawler.site import folders_of, nearest, read_sites

    sites = read_sites(*folders_of(folders))
    if everything == bool(names):
        raise click.UsageError(f"name the sites to crawl or give --all; declared are: {', '.join(sites)}")
    for name in names:
        if name not in sites:
            raise Complaint(f"no site '{name}' is declared; {nearest(name, sites)}")
    return [sites[name] for name in names or sites]


def _command_line() -> str:
    from crawler.notices import without_secrets

    return " ".join(["vankho", *without_secrets(sys.argv[1:])])


@main.command()
@click.option("--keep", is_flag=True, help="Crawl once more over the last demo's archive.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data/demo"),
    show_default=True,
    help="Folder of the demo's archive.",
)
def demo(keep: bool, data: Path) -> None:
    """Crawl five sites from a bundled capture, without the network, and say what to try next.

    The pages are reconstructions: built from real paragraphs in the markup of such sites, served to the real
    spiders by a download handler that replays WARC files.
    """
    from crawler.crawl_options import CrawlOptions
    from crawler.crawling import crawl_here
    from crawler.demo_folder import CAPTURE, prepare
    from crawler.exits import worst
    from crawler.progress import Progress, stdout_console
    from crawler.report import demo_table, next_commands, total_line
    from crawler.site import BUNDLED, read_sites

    prepare(data, keep=keep)
    sites = read_sites(BUNDLED)
    demo_sites = [sites[name] for name in DEMO_SITES]
    console = stdout_console()
    options = CrawlOptions(data=data, from_warc=(CAPTURE,), command=_command_line())
    with Progress(DEMO_SITES, console) as progress:
        results = crawl_here(demo_sites, options, progress)
    console.print(demo_table(results, data, width=console.width))
    console.print()
    console.print(total_line(results, data), soft_wrap=True)
    console.print()
    console.print(next_commands(data), soft_wrap=True)
    sys.exit(worst(result.exit for result in results))


DEMO_SITES = ("laichau_tuyengiao", "yenbai_tramtau", "tw_xaydungdang", "travinh_tuyengiao", "tw_tuyengiao")
"""The sites in the bundled capture."""


for _verb in (extract, fixture, *operating.verbs, *archive_cli.verbs):
    main.add_command(_verb)


if __name__ == "__main__":
    main()
