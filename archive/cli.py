"""The verbs that only read or mend the archive. Imports are made inside them, so that help is instant."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.store import Archive

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
@data_option
@one_line_errors
def show_verb(uid: str, raw: bool, as_json: bool, data: Path) -> None:
    """Show one article: what it says, where each field was read, and the bytes behind it."""
    from archive.printing import article_as_json, print_article

    with _open(data) as archive:
        if raw:
            sys.stdout.buffer.write(archive.capture(uid).body)
            sys.stdout.buffer.flush()
            return
        article = archive.article(uid)
        if as_json:
            click.echo(json.dumps(article_as_json(article), ensure_ascii=False, indent=2))
        else:
            print_article(article)


verbs: tuple[click.Command, ...] = (search_verb, show_verb)
