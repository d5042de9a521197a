"""The verbs that only read or mend the archive. Imports are made inside them, so that help is instant."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.store import Archive

EXIT_FAULTS: Final = 1
EXIT_BAD_INPUT: Final = 2


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--data` to a verb."""
    return click.option(
        "--data",
        envvar="VANKHO_DATA",
        default="data",
        show_default=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The data folder, or the archive.db in it. [env: VANKHO_DATA]",
    )(function)


def one_line_errors(function: Callable[..., Any]) -> Callable[..., Any]:
    """Print an archive's error as one line and exit 2; end quietly when the reader closes the pipe."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except ArchiveError as error:
            click.echo(f"vankho: {' '.join(str(error).split())}", err=True)
            sys.exit(EXIT_BAD_INPUT)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)

    return run


def _open(data: Path) -> Archive:
    from archive.store import Archive

    return Archive.open(data)


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="Most articles to print."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@data_option
@one_line_errors
def search_verb(query: tuple[str, ...], limit: int, as_json: bool, data: Path) -> None:
    """Find articles.

    A word typed with marks is looked for as typed, one without marks under any marks: dang bo finds
    Đảng bộ. "..." for a phrase, tuyên* for beginnings, -word to leave out; site: province: author: section:
    from: to: narrow it, as in: vankho search 'dang bo site:laichau from:2021-01 to:2021-06'
    """
    from archive.printing import hit_as_json, print_hits

    with _open(data) as archive:
        results = archive.search(" ".join(query), limit=limit)
    if as_json:
        for hit in results:
            click.echo(json.dumps(hit_as_json(hit), ensure_ascii=False))
        for note in results.notes:
            click.echo(f"note: {note}", err=True)
    else:
        print_hits(results)


@click.command("show")
@click.argument("uid")
@click.option("--raw", is_flag=True, help="Write the bytes of the page as a browser would parse them.")
@click.option("--json", "as_json", is_flag=True, help="The record as JSON.")
@click.option("--history", is_flag=True, help="Every reading of it: when, and how many words changed.")
@click.option("--diff", is_flag=True, help="What the site changed, word by word: the last change, or N M.")
@click.argument("numbers", nargs=-1, type=click.IntRange(1), metavar="[N M]")
@data_option
@one_line_errors
def show_verb(
    uid: str, raw: bool, as_json: bool, history: bool, diff: bool, numbers: tuple[int, ...], data: Path
) -> None:
    """Show one article: what it says, where each field was read, and the bytes behind it."""
    from archive.printing import article_as_json, print_article, print_diff, print_history

    if numbers and not (diff and len(numbers) == 2):
        raise click.UsageError("numbers of two readings belong after --diff: vankho show UID --diff 1 2")
    with _open(data) as archive:
        if history or diff:
            article = archive.article(uid)
            if diff:
                print_diff(article.history, numbers)
            else:
                print_history(article.history, article.absences)
            return
        if raw:
            sys.stdout.buffer.write(archive.capture(uid).body)
            sys.stdout.buffer.flush()
            return
        article = archive.article(uid)
        if as_json:
            click.echo(json.dumps(article_as_json(article), ensure_ascii=False, indent=2))
        else:
            print_article(article)


@click.command("cites")
@click.argument("document", nargs=-1, required=True)
@click.option(
    "--province", help="Only where it is this province's document: TU and HU number alike everywhere."
)
@click.option("--limit", type=click.IntRange(1), help="Most mentions to print.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@data_option
@one_line_errors
def cites_verb(
    document: tuple[str, ...], province: str | None, limit: int | None, as_json: bool, data: Path
) -> None:
    """List the articles that name a Party or State document, newest first: vankho cites 05-CT/TW."""
    from archive.printing import print_mentions

    with _open(data) as archive:
        mentions = archive.cites(" ".join(document), province=province, limit=limit)
    if as_json:
        for mention in mentions:
            click.echo(json.dumps(asdict(mention), ensure_ascii=False))
    else:
        print_mentions(mentions)


@click.command("cite")
@click.argument("uid")
@click.option("--format", "style", type=click.Choice(["text", "bibtex", "ris", "csl-json"]), default="text")
@data_option
@one_line_errors
def cite_verb(uid: str, style: str, data: Path) -> None:
    """Print a citation of one article, with the date and digest of its capture."""
    from archive.cite import cite

    with _open(data) as archive:
        click.echo(cite(archive.article(uid), style))


@click.command("export")
@click.argument("query", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, with a data card."
)
@click.option("--bom", is_flag=True, help="For Excel: mark CSV as UTF-8, keep cells from becoming formulas.")
@data_option
@one_line_errors
def export_verb(query: tuple[str, ...], form: str, output: Path | None, bom: bool, data: Path) -> None:
    """Write articles with schema.org's names: all, or those that answer a QUERY as in `vankho search`."""
    from archive.exporting import export_to

    with _open(data) as archive:
        count = export_to(archive, " ".join(query), form=form, output=output, bom=bom)
    if output is not None:
        click.echo(f"{count} articles in {output}; what they are is told in {output}.md", err=True)


@click.command("verify")
@click.option("--deep", is_flag=True, help="Also read every capture and WARC file and compare their digests.")
@data_option
@one_line_errors
def verify_verb(deep: bool, data: Path) -> None:
    """Check that the archive is whole. Exit code 1 when it is not, one line for each fault."""
    from archive.store import Archive

    with Archive.open(data, readonly=False) as archive:
        problems = archive.verify(deep=deep)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{len(problems)} faults", err=True)
        sys.exit(EXIT_FAULTS)
    click.echo("the archive is whole", err=True)


@click.command("serve")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="Where to listen."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Whom to answer; 0.0.0.0 for everyone.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@data_option
@one_line_errors
def serve_verb(port: int, host: str, open_browser: bool, data: Path) -> None:
    """Browse the archive at http://127.0.0.1:8001: search, read, compare, cite. Nothing is ever written."""
    from archive.serving import serve

    serve(data, host=host, port=port, open_browser=open_browser)


verbs: tuple[click.Command, ...] = (
    search_verb, show_verb, cites_verb, cite_verb, export_verb, verify_verb, serve_verb,
)  # fmt: skip
