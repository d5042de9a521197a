"""A download handler that answers from WARC files: the same spiders and pipeline, only the wire replaced."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from warcio.bufferedreaders import ChunkedDataReader

from archive.errors import CaptureMissing, NotAWarc
from archive.warc import RawResponse, iter_responses, read_response
from crawler.errors import NotInCapture
from crawler.urls import canonical_url

Place = tuple[str, Path, int]
"""When a response was captured, and the WARC file and offset where it lies."""


def index_warc(path: Path) -> tuple[tuple[str, Place], ...]:
    """Return (address, place) of every response in a WARC file, read through once for all sites.

    Raises NotAWarc when it is not one, CaptureMissing when it is cut short or damaged.
    """
    return _index(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _index(path: Path, _changed: int) -> tuple[tuple[str, Place], ...]:
    _check_begins_as_warc(path)
    return tuple(
        (response.url, (response.captured_at, path, response.offset)) for response in iter_responses(path)
    )


def _check_begins_as_warc(path: Path) -> None:
    """Raise NotAWarc by the first bytes: warcio takes some HTML pages for records of the older ARC format."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise NotAWarc(f"{path}: cannot be read ({error.strerror}); give the path of a WARC file") from error
    if head.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            head = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, 16)
    if not head.startswith(b"WARC/"):
        raise NotAWarc(f"{path}: not a WARC file (it does not begin with WARC/); give a .warc or .warc.gz")


class Replay:
    """Where in some WARC files the newest response for each address lies."""

    def __init__(self, paths: Iterable[Path], canonical: Callable[[str], str] = canonical_url) -> None:
        """Index the files. Raises as `index_warc`.

        `canonical` is the family's: it finds a page that was captured under one of its aliases.
        """
        self._canonical = canonical
        self._places: dict[str, Place] = {}
        for path in paths:
            for url, place in index_warc(path):
                for key in (_exact(url), self._alias(url)):
                    self._places[key] = max(place, self._places.get(key, place))

    def find(self, url: str) -> RawResponse:
        """Return the newest response for a URL, else for an alias of it. Raises NotInCapture."""
        found = self._places.get(_exact(url)) or self._places.get(self._alias(url))
        if found is None:
            raise NotInCapture(f"{url} is not in the capture given with --from-warc")
        _, path, offset = found
        return read_response(path, offset)

    def _alias(self, url: str) -> str:
        # Sites moved from http to https in mid-life; a capture has one of the two.
        canonical = self._canonical(url)
        return "alias " + canonical.partition("://")[2].removeprefix("www.")


def _exact(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(fragment="", path=parts.path or "/").geturl()


class ReplayHandler:
    """Serves http and https from the WARC files of the setting VANKHO_REPLAY, the bytes as received."""

    lazy = False

    def __init__(self, replay: Replay) -> None:
        self._replay = replay

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ReplayHandler:
        """Index the files. Raises NotAWarc, CaptureMissing."""
        site = getattr(crawler.spider, "site", None)
        paths = [Path(path) for path in crawler.settings.getlist("VANKHO_REPLAY")]
        return cls(Replay(paths, site.family.canonical if site else canonical_url))

    async def download_request(self, request: Request) -> Response:
        """Answer from the capture. Raises NotInCapture when it holds no response for the URL."""
        try:
            raw = self._replay.find(request.url)
        except CaptureMissing as error:
            raise NotInCapture(str(error)) from error
        # The archive keeps when the bytes were received, not when they were read again.
        request.meta["captured_at"] = raw.captured_at
        headers = Headers()
        for name, value in raw.headers:
            headers.appendlist(name, value.encode("utf-8"))
        payload = _unchunked(raw)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=payload[:5000])
        return kind(
            url=request.url,
            status=raw.status,
            headers=headers,
            body=payload,
            protocol=raw.protocol,
            request=request,
        )

    async def close(self) -> None:
        """Nothing is held open between two answers."""


def _unchunked(raw: RawResponse) -> bytes:
    """Some crawlers store payloads with their chunk marks; ours never does."""
    chunked = any(n.lower() == "transfer-encoding" and "chunked" in v.lower() for n, v in raw.headers)
    if not chunked or not raw.payload.partition(b"\r\n")[0].strip():
        return raw.payload
    return bytes(ChunkedDataReader(BytesIO(raw.payload), decomp_type=None).read())
