"""What is taken along: search results as CSV or JSON Lines, citations, Atom feeds; and robots kept out."""

from __future__ import annotations

import asyncio
import io
import re
import sqlite3
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final
from xml.etree import ElementTree as ET

from datasette.app import Datasette
from datasette.utils.asgi import AsgiStream, AsgiWriter, Request, Response

from archive.browse import safety
from archive.browse.addresses import encode
from archive.browse.figures import count_holdings
from archive.browse.pages_article import file_name
from archive.browse.pages_overview import edits, newest, removals
from archive.browse.pages_search import read_search
from archive.browse.reader import Reader, reader_of
from archive.browse.view import Asked, read_request
from archive.cite import cite
from archive.export import news_article, write_csv, write_jsonl
from archive.search import matching_ids
from archive.stored import find_article

# Small enough that a slow reader of a large export never holds one of the few threads for long.
_BATCH: Final = 200
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE: Final = {"content-security-policy": safety.CAPTURED}

ENDINGS: Final = {"text": "txt", "bibtex": "bib", "ris": "ris", "csl-json": "csl"}
_TYPES: Final = {
    "txt": ("text", "text/plain"),
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl": ("csl-json", "application/vnd.citationstyles.csl+json"),
}


async def view_robots() -> Response:
    """Ask robots to keep out: the archive repeats what sites published, and is not theirs to index."""
    return Response.text("User-agent: *\nDisallow: /\n", headers=_SAFE)


async def view_citation(request: Request, datasette: Datasette) -> Response:
    """Answer a citation of an article as a file for a reference manager."""
    asked = read_request(request)
    style, mime = _TYPES[request.url_vars["ending"]]
    article = await reader_of(datasette).read(lambda db: find_article(db, asked.name))
    if article is None:
        return Response.text("Không có bài này. No such article.\n", 404, _SAFE)
    name = file_name(asked.name, "json" if style == "csl-json" else ENDINGS[style])
    headers = {**_SAFE, "content-disposition": f'attachment; filename="{name}"'}
    return Response(cite(article, style) + "\n", 200, headers, f"{mime}; charset=utf-8")


# -------------------------------------------------------------------------------------------------- export


async def view_export(request: Request, datasette: Datasette) -> Any:
    """Answer every article that a search finds, newest first, as CSV or JSON Lines, as it is read."""
    asked, form = read_request(request), request.url_vars["form"]
    reader = reader_of(datasette)
    wanted = read_search(asked, await reader.figure(count_holdings))
    ids: list[int] = []
    if not wanted.impossible:
        ids = await reader.read(lambda db: list(matching_ids(db, wanted.text, **wanted.filters)))

    async def write(out: AsgiWriter) -> None:
        for number in range(0, max(len(ids), 1), _BATCH):
            batch = ids[number : number + _BATCH]
            exported = partial(_exported, ids=batch, form=form, first=number == 0)
            await out.write((await reader.read(exported)).decode())
            await asyncio.sleep(0)  # others are answered between two batches

    headers = {**_SAFE, "content-disposition": f'attachment; filename="vankho.{form}"'}
    mime = "text/csv" if form == "csv" else "application/x-ndjson"
    return AsgiStream(write, 200, headers, f"{mime}; charset=utf-8")


def _exported(db: sqlite3.Connection, *, ids: Sequence[int], form: str, first: bool) -> bytes:
    out = io.BytesIO()
    if form == "jsonl":
        write_jsonl(_records(db, ids), out)
        return out.getvalue()
    # With the mark that Excel needs, and no cell a formula; the head only once.
    write_csv(_records(db, ids), out, bom=True)
    return out.getvalue() if first else out.getvalue().partition(b"\r\n")[2]


def _records(db: sqlite3.Connection, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for article_id in ids:
        row = db.execute("SELECT uid FROM articles WHERE id = ?", (article_id,)).fetchone()
        article = find_article(db, row["uid"]) if row else None
        if article is not None:
            yield news_article(db, article)


# --------------------------------------------------------------------------------------------------- feeds

_FEEDS: Final = {
    "newest": "Văn khố: bài mới nhất / newest articles",
    "removals": "Văn khố: bài đã bị gỡ / removed articles",
    "edits": "Văn khố: bài đã bị sửa / edited articles",
}
_ATOM: Final = "http://www.w3.org/2005/Atom"


async def view_feed(request: Request, datasette: Datasette) -> Response:
    """Answer an Atom feed of the newest articles, of those removed, or of those edited."""
    asked, name = read_request(request), request.url_vars["feed"]
    entries = await _entries(reader_of(datasette), name)
    body = _atom(asked, name, entries)
    return Response(body, 200, _SAFE, "application/atom+xml; charset=utf-8")


async def _entries(reader: Reader, name: str) -> list[dict[str, Any]]:
    if name == "removals":
        return [{**e, "at": e["removed_at"]} for e in await reader.read(lambda db: removals(db, 50))]
    if name == "edits":
        return [{**e, "at": e["replaced_at"]} for e in await reader.read(lambda db: edits(db, 50))]
    return [{**e, "at": _moment(e["date_published"])} for e in await reader.read(lambda db: newest(db, 50))]


def _moment(date: str | None) -> str:
    """Return a printed date as the moment Atom asks for: its first, where it is less precise.

    >>> _moment("2021-06"), _moment("2021-06-11T08:05:00+07:00")
    ('2021-06-01T00:00:00+07:00', '2021-06-11T08:05:00+07:00')
    """
    date = date or "1970"
    return date if len(date) > 10 else date + "-01-01"[len(date) - 4 :] + "T00:00:00+07:00"


def _atom(asked: Asked, name: str, entries: Sequence[dict[str, Any]]) -> bytes:
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    own = f"{asked.origin}/feeds/{name}.atom"
    _add(feed, "title", _FEEDS[name])
    _add(feed, "id", own)
    _add(feed, "link", rel="self", href=own)
    _add(feed, "link", rel="alternate", href=f"{asked.origin}/")
    _add(feed, "updated", max((entry["at"] for entry in entries), default="1970-01-01T00:00:00Z"))
    _add(_add(feed, "author"), "name", "Văn khố")
    for found in entries:
        entry = _add(feed, "entry")
        address = f"{asked.origin}/article/{encode(found['uid'])}"
        _add(entry, "title", found["headline"])
        _add(entry, "id", address if name == "newest" else f"{address}#{name}-{found['at']}")
        _add(entry, "link", rel="alternate", href=address)
        _add(entry, "updated", found["at"])
        if found.get("description"):
            _add(entry, "summary", found["description"])
    body: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = None if text is None else _NOT_XML.sub("", text)
    return element
