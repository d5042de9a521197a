"""Articles and search results as people read them on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

import click

from archive.citations import CitedIn
from archive.diff import Piece, changed_words, word_diff
from archive.errors import ArchiveError
from archive.search import Hit, Results
from archive.stored import Absence, Duplicate, StoredArticle, Version

_LABEL_WIDTH: Final = 12


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON: its fields, and the places of the matches within the snippet."""
    return asdict(hit)


def article_as_json(article: StoredArticle) -> dict[str, Any]:
    """Return an article as JSON: every field, absent values null or []."""
    names = [field.name for field in fields(article) if field.name not in ("id", "load_history")]
    values = {name: getattr(article, name) for name in names}
    values["read_by"] = dict(article.read_by)
    for name in ("images", "attachments", "duplicates", "absences"):
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


def print_history(readings: Sequence[Version], absences: Sequence[Absence] = ()) -> None:
    """Print every reading of an article, oldest first, with what changed; then its removals and returns."""
    previous: Version | None = None
    for reading in readings:
        until = f"until {reading.replaced_at}" if reading.replaced_at else "present"
        click.echo(f"{reading.number}  {reading.captured_at}  {until}  {_change(previous, reading)}")
        click.echo(f"   {click.style(reading.headline, bold=True)}")
        click.echo(f"   {reading.digest}")
        previous = reading
    for absence in absences:
        click.echo(_absence(absence))


def _absence(absence: Absence) -> str:
    back = f"back {absence.found_back_at}" if absence.found_back_at else "still gone"
    return f"{click.style('removed', fg='red')}  {absence.found_gone_at} (answered {absence.status})  {back}"


def _change(previous: Version | None, reading: Version) -> str:
    if previous is None:
        return f"{len(reading.body.split())} words"
    removed, added = changed_words(word_diff(_whole(previous), _whole(reading)))
    return f"-{removed} +{added} words"


def _whole(reading: Version) -> str:
    return f"{reading.headline}\n\n{reading.body}"


def print_diff(readings: Sequence[Version], numbers: Sequence[int]) -> None:
    """Print what changed between two readings, by default the last two; colours on a terminal only.

    Raises ArchiveError when there are no such readings.
    """
    by_number = {reading.number: reading for reading in readings}
    wanted = tuple(numbers) or (len(readings) - 1, len(readings))
    old, new = (by_number.get(number) for number in wanted)
    if old is None or new is None:
        known = "only one reading" if len(readings) == 1 else f"readings 1 to {len(readings)}"
        raise ArchiveError(f"nothing to compare: the archive has {known} of this article")
    click.echo(f"{old.number} {old.captured_at} -> {new.number} {new.captured_at}", err=True)
    click.echo("".join(_coloured(piece) for piece in word_diff(_whole(old), _whole(new))))


def _coloured(piece: Piece) -> str:
    if piece.kind == "same":
        return piece.text
    text = piece.text.rstrip()
    blank = piece.text[len(text) :]
    if piece.kind == "removed":
        return click.style(f"[-{text}-]", fg="red") + blank
    return click.style(f"{{+{text}+}}", fg="green") + blank


def print_mentions(mentions: Sequence[CitedIn]) -> None:
    """Print the sentences in which a document is named, with the articles they are from."""
    for mention in mentions:
        date = mention.date_published[:10] if mention.date_published else "undated"
        citation = mention.citation
        dated = f", of {citation.date}" if citation.date else ""
        whose = f", {citation.province}" if citation.province else ""
        document = " ".join(part for part in (citation.kind, citation.document) if part)
        click.echo(f"{click.style(mention.uid, fg='cyan')}  {date}  {document}{dated}{whose}")
        click.echo(f"  {click.style(mention.headline, bold=True)}")
        click.echo(f"  {citation.sentence}")
        click.echo()
    articles = len({mention.uid for mention in mentions})
    click.echo(f"{_counted(len(mentions), 'mention')} in {_counted(articles, 'article')}", err=True)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
