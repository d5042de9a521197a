"""Articles out of the archive, one at a time: JSON Lines and CSV with schema.org's names, Parquet."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any, Final

from archive.search import matching_ids
from archive.stored import StoredArticle, find_article

# Excel takes a cell that begins so for a formula; a mark in front keeps it text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_PARQUET_BATCH: Final = 1000

COLUMNS: Final = (
    "identifier", "url", "headline", "description", "articleBody", "author",
    "creditText", "sourceOrganization", "articleSection", "keywords", "datePublished", "datePublishedRaw",
    "dateSource", "datePrecision", "isPartOf", "publisher", "image", "associatedMedia",
    "citation", "capturedAt", "removedAt", "digest", "archivedAt", "isVersionOf",
)  # fmt: skip
"""The columns of CSV and Parquet: schema.org's names, and below `datePublished` what the archive adds."""


def export_articles(
    db: sqlite3.Connection, query: str = "", **filters: str | None
) -> Iterator[dict[str, Any]]:
    """Yield every article that answers a query as a schema.org NewsArticle, newest first; all for none.

    Holds one article at a time in memory, whatever the number.
    """
    for article_id in matching_ids(db, query, **filters):
        uid = db.execute("SELECT uid FROM articles WHERE id = ?", (article_id,)).fetchone()["uid"]
        article = find_article(db, uid)
        if article is not None:
            yield news_article(db, article)


def news_article(db: sqlite3.Connection, article: StoredArticle) -> dict[str, Any]:
    """Return an article in schema.org's terms, without nulls; what the archive adds has names of its own."""
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": article.uid,
        "url": article.url,
        "inLanguage": "vi",
        "headline": article.headline,
        "description": article.description,
        "articleBody": article.body,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "creditText": article.byline,
        "sourceOrganization": _organization(article.source),
        "articleSection": list(article.sections),
        "keywords": list(article.keywords),
        "datePublished": article.date_published,
        "datePublishedRaw": article.date_published_raw,
        "dateSource": article.date_source,
        "datePrecision": article.date_precision,
        "isPartOf": {"@type": "WebSite", "identifier": article.site, "name": article.site_title},
        "publisher": _organization(article.publisher),
        "image": [
            _given(
                {"@type": "ImageObject", "contentUrl": i.url, "caption": i.caption, "creditText": i.credit}
            )
            for i in article.images
        ],
        "associatedMedia": [
            _given({"@type": "MediaObject", "contentUrl": a.url, "name": a.title})
            for a in article.attachments
        ],
        "citation": _documents(db, article.id),
        "capturedAt": article.captured_at,
        "removedAt": article.removed_at,
        "digest": article.digest,
        "archivedAt": f"{article.warc_file}#{article.warc_offset}",
        "isVersionOf": [d.uid for d in article.duplicates if d.earlier and d.kind != "excerpt"],
    }
    return _given(values)


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _documents(db: sqlite3.Connection, article_id: int) -> list[str]:
    rows = db.execute(
        "SELECT document FROM citations WHERE article_id = ? GROUP BY document ORDER BY min(position)",
        (article_id,),
    )
    return [row["document"] for row in rows]


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def flat(record: dict[str, Any]) -> dict[str, str | None]:
    """Return a record with one text a column: names of things joined by `; `.

    >>> flat({"identifier": "s/1", "author": [{"@type": "Person", "name": "A"}, {"name": "B"}]})["author"]
    'A; B'
    """
    return {column: _flat_value(record.get(column)) for column in COLUMNS}


def _flat_value(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        name = value.get("name") or value.get("identifier") or value.get("contentUrl")
        return None if name is None else str(name)
    if isinstance(value, list):
        return "; ".join(text for item in value if (text := _flat_value(item)))
    return str(value)


def write_jsonl(records: Iterable[dict[str, Any]], out: IO[bytes]) -> int:
    """Write one JSON object a line, UTF-8; return how many."""
    count = 0
    for record in records:
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def write_csv(records: Iterable[dict[str, Any]], out: IO[bytes], *, bom: bool = False) -> int:
    """Write CSV, UTF-8; return how many rows.

    With `bom` Excel reads the letters right, and no cell is taken for a formula.
    """
    if bom:
        out.write(b"\xef\xbb\xbf")
    writer = csv.writer(_Encoded(out), lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for record in records:
        cells = [value or "" for value in flat(record).values()]
        writer.writerow([_guarded(cell) for cell in cells] if bom else cells)
        count += 1
    return count


class _Encoded:
    """What csv.writer needs of a file, on bytes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        return self._out.write(text.encode())


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_parquet(records: Iterable[dict[str, Any]], out: IO[bytes]) -> int:
    """Write Parquet; return how many rows. Raises ModuleNotFoundError without pyarrow."""
    import pyarrow as pa  # noqa: PLC0415 - an extra: most exports do not need it
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    schema = pa.schema([(column, pa.string()) for column in COLUMNS])
    rows, number = iter(records), 0
    with pq.ParquetWriter(out, schema) as writer:
        while batch := [flat(record) for record in islice(rows, _PARQUET_BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            number += len(batch)
    return number


def data_card(db: sqlite3.Connection, *, query: str, count: int, file: str, exported_at: str) -> str:
    """Return the README of an export: what is in it, how it came about, what to beware of."""
    months = db.execute(
        "SELECT site, coalesce(month, 'undated') AS month, articles FROM coverage ORDER BY site, month"
    )
    return _CARD.format(
        file=file,
        count=count,
        what=f"the query `{query}`" if query else "the whole archive",
        exported_at=exported_at,
        months="\n".join(f"| {row['site'] or ''} | {row['month']} | {row['articles']} |" for row in months),
    )


_CARD: Final = """\
# {file}

{count} articles: {what}, exported {exported_at} by Văn khố.

## Fields

Names are schema.org's (NewsArticle). `datePublished` is local time (+07:00), only as precise as the site
prints it; `datePublishedRaw` is the date as printed, `dateSource` where it was read (page, meta, listing,
feed, sitemap, url). `creditText` is the signature line as printed, `author` the people in it,
`sourceOrganization` an organisation. `citation` lists Party and State documents named in the body.
`isVersionOf` names the earlier published article with the same or nearly the same text.

## Provenance

Every article was read from one HTTP response kept in a WARC file: `archivedAt` is that file and the byte
offset in it, `digest` the SHA-256 of the payload as received, `capturedAt` when it was received (UTC).

## Caveats

The archive holds what the sites' listings showed when they were crawled, not all they ever published.
Reprints are kept: drop rows with `isVersionOf` to count each text once. Articles without `datePublished`
print no date anywhere we could read. `removedAt` means the site answered that the page is gone.

## What the archive holds, by site and month

| site | month | articles |
| --- | --- | ---: |
{months}
"""
