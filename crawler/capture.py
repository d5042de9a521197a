"""The downloader middleware nearest the wire: each response goes to WARC before anything reads it."""

from __future__ import annotations

import sqlite3
import zlib
from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.errors import ArchiveError
from archive.model import Capture
from crawler.run import Run, run_of

_UNPACKED_MOST = 64 * 1024 * 1024
"""Bytes unpacked to see whether a payload is whole; a larger one is a bomb, and no page."""


class CaptureMiddleware:
    """Writes responses as received and leaves the Capture in `request.meta["capture"]`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of one crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the response. A redirect is evidence too, recorded here because nothing else will see it."""
        run = run_of(self._crawler)
        try:
            capture = _write(run, request, response)
            if 300 <= response.status < 400:
                run.keep(capture, "redirect")
        except (ArchiveError, sqlite3.Error) as error:
            run.fail(error)
            raise IgnoreRequest(str(error)) from error
        request.meta["capture"] = capture
        request.meta["cut"] = _is_cut(response)
        return response


def _write(run: Run, request: Request, response: Response) -> Capture:
    return run.write(
        url=request.url,
        captured_at=request.meta.get("captured_at"),
        status=response.status,
        reason=_phrase(response.status),
        protocol=response.protocol or "HTTP/1.1",
        headers=[
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ],
        payload=response.body,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _phrase(status: int) -> str:
    """The standard reason phrase: Scrapy drops the printed one."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _is_cut(response: Response) -> bool:
    """Whether a gzipped payload ends before its stream does: what was unpacked of it is not the page."""
    if b"gzip" not in (response.headers.get("Content-Encoding") or b"").lower() or not response.body:
        return False
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    try:
        unpacker.decompress(response.body, _UNPACKED_MOST)
    except zlib.error:
        return response.body.startswith(b"\x1f\x8b")  # damaged, unless it never was gzip
    return not unpacker.eof and not unpacker.unconsumed_tail
