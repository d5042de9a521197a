"""The verb `extract`: one saved page in, its record as JSON out."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive.model import Article, Capture, Reading
from crawler.cli_options import SITES, Complaint
from crawler.exits import Exit


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", required=True, help="The page's address.")
@click.option(
    "--captured-at",
    metavar="ISO",
    callback=lambda _c, _p, value: _instant(value),
    help="When it was captured; now, when not given.",
)
@click.option(
    "--name",
    "--site",
    "name",
    metavar="NAME",
    help="The declared site whose rules to use; by the address's host when not given.",
)
@SITES
def extract(file: Path, url: str, captured_at: str, name: str | None, folders: tuple[Path, ...]) -> None:
    """Read one saved page (`-`: standard input) and print its record as JSON.

    Exit code 3 and a reason on standard error when the page is no article.
    """
    from crawler.errors import ChallengeError, ExtractionError  # noqa: PLC0415 - loaded when the verb runs
    from crawler.extract import extract as read_article  # noqa: PLC0415 - loaded when the verb runs
    from crawler.site import folders_of, nearest, read_sites, site_of  # noqa: PLC0415 - loaded when the verb runs

    if not _is_address(url):
        raise click.BadParameter(
            f"{url!r} is no address; write it as http://example.vn/page", param_hint="--url"
        )
    sites = read_sites(*folders_of(folders))
    if name is not None and name not in sites:
        raise Complaint(f"no site '{name}' is declared; {nearest(name, sites)}")
    site = sites[name] if name else site_of(sites, url)
    capture = Capture(url=url, captured_at=captured_at, status=200, body=_read(file))
    try:
        reading = read_article(capture, site)
    except (ExtractionError, ChallengeError) as error:
        click.echo(f"vankho: {type(error).__name__}: {' '.join(str(error).split())}", err=True)
        sys.exit(Exit.NOT_AN_ARTICLE)
    for issue in reading.issues:
        click.echo(f"vankho: {issue.kind}: {issue.message}", err=True)
    click.echo(json.dumps(_record(reading), ensure_ascii=False, indent=2))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # as `http://[` and `http://h:port/`
        return False


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise Complaint(
            f"{file}: cannot be read ({error.strerror}); give the path of a saved page"
        ) from error


def _instant(value: str | None) -> str:
    if value is None:
        moment = datetime.now(UTC)
    else:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise click.BadParameter(f"{value!r} is no time; write it as 2024-07-14T02:30:00Z") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_FIELDS = (
    "site", "family", "url", "uid", "headline", "description", "body", "authors", "author_role", "byline",
    "source", "section", "keywords", "date_published", "date_published_raw", "date_source", "date_precision",
    "view_count",
)  # fmt: skip


def _record(reading: Reading) -> dict[str, Any]:
    article: Article = reading.article
    return {
        **{name: getattr(article, name) for name in _FIELDS},
        "images": [asdict(image) for image in article.images],
        "attachments": [asdict(attachment) for attachment in article.attachments],
        "read_by": dict(article.read_by),
    }
