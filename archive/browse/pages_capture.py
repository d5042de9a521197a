"""The bytes behind a record: a page about a capture, and the capture itself, where it can do no harm."""

from __future__ import annotations

import re
import sqlite3
from email.message import Message
from pathlib import PurePosixPath
from typing import Final

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.browse import safety
from archive.browse.reader import Reader, reader_of
from archive.browse.view import Asked, Data, NoSuchPage
from archive.errors import CaptureMissing
from archive.model import Capture
from archive.warc import read_capture

_CAPTURE: Final = """
SELECT c.*, a.uid, a.headline, r.site, r.command, r.started_at AS run_started_at
  FROM captures c
  JOIN runs r ON r.id = c.run_id
  LEFT JOIN articles a ON a.id = c.article_id
 WHERE c.id = ?
"""
_OTHERS: Final = """
SELECT id, captured_at, status, digest FROM captures
 WHERE url = ? AND id <> ? ORDER BY captured_at DESC LIMIT 50
"""
_MARKUP: Final = ("text/html", "application/xhtml+xml")
_IMAGES: Final = ("image/jpeg", "image/png", "image/gif", "image/webp")
# What reaches another host though the policy forbids to load anything from it: hints to connect ahead, which
# are no requests, and frames, for which Chromium connects before it asks the policy. Only these words are
# blanked; the bytes as they are can be downloaded.
_HINTS: Final = re.compile(
    rb"(<link\b[^>]*?\brel\s*=\s*[\"']?[^\"'>]*?)"
    rb"\b(?:dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload)",
    re.IGNORECASE,
)
_FRAMES: Final = re.compile(rb"<(/?)(?=i?frame\b|frameset\b|object\b|embed\b)", re.IGNORECASE)
# In these the words above would be written in other bytes.
_WIDE: Final = ("utf-16", "utf-32", "utf-7", "ucs-2", "iso-10646")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


async def load_capture(asked: Asked, reader: Reader) -> Data:
    """What is known of one capture, and whether its bytes are whole."""
    number = _number(asked.name)
    row, others = await reader.read(lambda db: _rows(db, number))
    problem = None
    try:
        capture = _bytes(reader, row)
    except CaptureMissing as error:
        capture, problem = None, str(error)
    return {
        **row,
        "others": others,
        "problem": problem,
        "size": len(capture.body) if capture else None,
        "whole": capture is not None and capture.digest == row["digest"],
        "reconstruction": capture is not None and capture.header("x-vankho-reconstruction") is not None,
        "headers": [list(header) for header in capture.headers] if capture else [],
        "shown_as": _shown_as(capture) if capture else None,
    }


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise NoSuchPage(f"capture {text}")
    return int(text)


def _rows(db: sqlite3.Connection, number: int) -> tuple[Data, list[Data]]:
    row = db.execute(_CAPTURE, (number,)).fetchone()
    if row is None:
        raise NoSuchPage(f"capture {number}")
    return dict(row), [dict(other) for other in db.execute(_OTHERS, (row["url"], number))]


def _bytes(reader: Reader, row: Data) -> Capture:
    """Return a capture from its WARC file. Raises CaptureMissing, also for a path out of the data folder."""
    path = PurePosixPath(row["warc_file"])
    if path.is_absolute() or ".." in path.parts:
        raise CaptureMissing(f"{row['warc_file']}: not a path within the data folder; run: vankho verify")
    return read_capture(reader.folder, row["warc_file"], row["warc_offset"])


def _mime(capture: Capture) -> tuple[str, str | None]:
    """Return the media type and charset a capture was sent with."""
    message = Message()
    message["content-type"] = capture.header("content-type") or "application/octet-stream"
    charset = message.get_param("charset")
    known = isinstance(charset, str) and re.fullmatch(r"[\w.:-]{1,40}", charset, re.ASCII)
    return message.get_content_type(), str(charset) if known else None


def _shown_as(capture: Capture) -> str | None:
    """Return `page`, `text` or `image`, as which a capture can be shown; None when it cannot be."""
    mime, charset = _mime(capture)
    if mime in _MARKUP:
        wide = (charset or "").lower().startswith(_WIDE) or capture.body.startswith(_WIDE_MARKS)
        return None if wide else "page"
    if mime in _IMAGES:
        return "image"
    return "text" if mime.startswith("text/") or mime.endswith(("xml", "json")) else None


async def view_captured(request: Request, datasette: Datasette) -> Response:
    """Answer a capture's bytes: markup in a sandbox without origin, text as text, the rest as a download."""
    reader, headers = reader_of(datasette), {"content-security-policy": safety.CAPTURED}
    try:
        number = _number(request.url_vars["name"])
        row, _ = await reader.read(lambda db: _rows(db, number))
        capture = _bytes(reader, row)
    except (NoSuchPage, CaptureMissing) as error:
        return Response.text(f"Không có. Not there: {error}\n", 404, headers)
    return _answer(capture, number, download=bool(request.url_vars.get("bytes")))


def _answer(capture: Capture, number: int, *, download: bool) -> Response:
    mime, charset = _mime(capture)
    shown = None if download else _shown_as(capture)
    headers = {"content-security-policy": safety.CAPTURED}
    if shown == "page":
        kind = f"text/html; charset={charset}" if charset else "text/html"
        return Response(_sealed(capture.body), 200, headers, kind)
    if shown == "image":
        return Response(capture.body, 200, headers, mime)
    if shown == "text":
        return Response(capture.body, 200, headers, f"text/plain; charset={charset or 'utf-8'}")
    headers["content-disposition"] = f'attachment; filename="capture-{number}.bin"'
    return Response(capture.body, 200, headers, "application/octet-stream")


def _sealed(markup: bytes) -> bytes:
    """Return markup whose browser connects to nobody."""
    return _FRAMES.sub(rb"<\1x-", _HINTS.sub(rb"\1x", markup))
