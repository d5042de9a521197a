"""Articles and search results as people read them on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, Final

import click

from archive.search import Hit, Results
from archive.stored import Duplicate, StoredArticle

_LABEL_WIDTH: Final = 12


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON: its fields, and the places of the matches within the snippet."""
    return asdict(hit)


def article_as_json(article: StoredArticle) -> dict[str, Any]:
    """Return an article as JSON: every field, absent values null or []."""
    names = [field.name for field in fields(article) if field.name not in ("id", "load_history")]
    values = {name: getattr(article, name) for name in names}
    values["read_by"] = dict(article.read_by)
    for name in ("images", "attachments", "duplicates"):
        values[name] = [asdict(value) for value in values[name]]
    return values


def print_hits(results: Results) -> None:
    """Print a page of search results and how many there are in all; colours on a terminal only."""
    for hit in results:
        date = hit.date_published[:10] if hit.date_published else "undated"
        gone = click.style("  removed", fg="red") if hit.removed_at else ""
        click.echo(f"{click.style(hit.uid, fg='cyan')}  {date}{gone}")
        click.echo(f"  {click.style(hit.headline, bold=True)}")
        if hit.snippet.text:
            click.echo(f"  {_highlighted(hit)}")
        click.echo()
    for note in results.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(_count_line(results), err=True)


def _highlighted(hit: Hit) -> str:
    on, off = click.style("\0", fg="yellow", bold=True).split("\0")
    return hit.snippet.marked(on, off)


def _count_line(results: Results) -> str:
    if not results.total:
        return "no article found"
    total = f"{results.total}" if results.total_is_exact else f"more than {results.total}"
    order = "best match first" if results.ranked else "newest first"
    noun = "article" if results.total == 1 and results.total_is_exact else "articles"
    return f"{len(results)} of {total} {noun}, {order}"


def print_article(article: StoredArticle) -> None:
    """Print an article's record: what it says, where each field was read, the bytes behind it."""
    click.echo(click.style(article.headline, bold=True))
    click.echo()
    for label, value in _lines(article):
        click.echo(f"{click.style(label.ljust(_LABEL_WIDTH), dim=True)} {value}")
    if article.body:
        click.echo()
        click.echo(article.body)


def _lines(article: StoredArticle) -> Iterator[tuple[str, str]]:
    yield "uid", article.uid
    yield "site", " - ".join(part for part in (article.site, article.site_title) if part) or "undeclared"
    yield "url", article.url
    yield "published", _published(article)
    optional = {
        "authors": "; ".join(article.authors),
        "role": article.author_role,
        "byline": article.byline,
        "source": article.source,
        "sections": "; ".join(article.sections),
        "keywords": "; ".join(article.keywords),
        "views": None if article.view_count is None else str(article.view_count),
    }
    yield from ((label, value) for label, value in optional.items() if value)
    for image in article.images:
        credit = f" (Ảnh: {image.credit})" if image.credit else ""
        yield "image", f"{image.caption or 'no caption'}{credit} <{image.url}>"
    for attachment in article.attachments:
        yield "attachment", f"{attachment.title or 'no title'} <{attachment.url}>"
    yield "captured", _captured(article)
    yield "bytes", f"{article.warc_file} at {article.warc_offset}, {article.warc_length} bytes"
    yield "digest", article.digest
    if article.removed_at:
        yield "removed", f"found gone {article.removed_at}"
    for duplicate in article.duplicates:
        yield "same text", _duplicate(duplicate)
    for name, rule in article.read_by.items():
        yield f"read {name}", rule


def _published(article: StoredArticle) -> str:
    date = article.date_published or "not known"
    details = [
        f"printed as: {article.date_published_raw}" if article.date_published_raw else "",
        f"from the {article.date_source}" if article.date_source else "",
        f"to the {article.date_precision}" if article.date_precision else "",
    ]
    told = ", ".join(detail for detail in details if detail)
    return f"{date} ({told})" if told else date


def _captured(article: StoredArticle) -> str:
    if article.first_captured_at == article.last_captured_at:
        return article.captured_at
    return f"{article.captured_at} (first {article.first_captured_at}, last {article.last_captured_at})"


def _duplicate(duplicate: Duplicate) -> str:
    where = "earlier" if duplicate.earlier else "later"
    date = duplicate.date_published or "undated"
    kind = "exact" if duplicate.kind == "exact" else f"{duplicate.kind} {duplicate.similarity:.2f}"
    return f"{where}: {duplicate.uid}, {date}, {kind}"
