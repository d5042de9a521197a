"""Build the bundled capture: `python -m crawler.demo.build` writes the WARC and what is expected of it.

Offline and repeatable: the same templates and texts give the same records, dates and identifiers.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import click
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.demo.expected import expectations
from crawler.demo.render import CAPTURE_DAY, Page, pages

FOLDER = Path(__file__).parent
CAPTURE = FOLDER / "five-sites.warc.gz"
EXPECTED = FOLDER / "expected.json"
PACE = timedelta(seconds=2)
"""Time between two responses."""
# Below this a server's gzip module leaves a response alone.
GZIP_FLOOR = 1400


def build(folder: Path) -> None:
    """Write `five-sites.warc.gz` and `expected.json` into a folder."""
    with (folder / CAPTURE.name).open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        for record in _records(writer):
            writer.write_record(record)
    text = json.dumps(expectations(), ensure_ascii=False, indent=1, sort_keys=False)
    (folder / EXPECTED.name).write_text(text + "\n", encoding="utf-8")


def _records(writer: WARCWriter) -> Iterator[ArcWarcRecord]:
    yield _warcinfo(writer)
    moment = CAPTURE_DAY.astimezone(UTC)
    for page in pages():
        yield _response(writer, page, moment)
        moment += PACE


def _warcinfo(writer: WARCWriter) -> ArcWarcRecord:
    lines = {
        "software": "crawler.demo.build",
        "format": "WARC File Format 1.1",
        "isPartOf": "Văn khố demo capture of five sites",
        "description": (
            "Reconstruction: every record was built from templates and text by the Văn khố project. "
            "Nothing in this file was received from the sites it names."
        ),
    }
    payload = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
    headers = {
        "WARC-Record-ID": _record_id("warcinfo"),
        "WARC-Date": _stamp(CAPTURE_DAY.astimezone(UTC)),
        "WARC-Filename": CAPTURE.name,
    }
    return writer.create_warc_record(
        "",
        "warcinfo",
        payload=BytesIO(payload),
        length=len(payload),
        warc_content_type="application/warc-fields",
        warc_headers_dict=headers,
    )


def _response(writer: WARCWriter, page: Page, moment: datetime) -> ArcWarcRecord:
    body, encoding = _encoded(page)
    http = [
        ("Date", format_datetime(moment, usegmt=True)),
        ("Server", page.site.server),
        ("Content-Type", page.content_type),
        *_server_habits(page, moment),
        *encoding,
        *page.headers,
        ("Content-Length", str(len(body))),
        ("X-Vankho-Reconstruction", "yes; built for a demo, not received from this site"),
    ]
    status = f"{page.status} {HTTPStatus(page.status).phrase}"
    headers = {
        "WARC-Record-ID": _record_id(page.url),
        "WARC-Date": _stamp(moment),
        "WARC-Warcinfo-ID": _record_id("warcinfo"),
    }
    return writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(status, http, protocol="HTTP/1.1"),
        warc_headers_dict=headers,
    )


def _encoded(page: Page) -> tuple[bytes, list[tuple[str, str]]]:
    if not (page.site.compressed and len(page.body) > GZIP_FLOOR and page.content_type != "application/pdf"):
        return page.body, []
    return gzip.compress(page.body, compresslevel=6, mtime=0), [
        ("Content-Encoding", "gzip"),
        ("Vary", "Accept-Encoding"),
    ]


def _server_habits(page: Page, moment: datetime) -> list[tuple[str, str]]:
    """Return the headers these systems are known to add to a page."""
    if page.site.name == "laichau_tuyengiao":
        # NukeViet says "now minus 24 hours" of every page.
        return [
            ("Last-Modified", format_datetime(moment - timedelta(hours=24), usegmt=True)),
            ("Cache-Control", "no-store, no-cache, must-revalidate"),
        ]
    if page.site.server.startswith("Microsoft-IIS"):
        return [("Cache-Control", "private"), ("X-Powered-By", "ASP.NET")]
    return []


def _record_id(name: str) -> str:
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'vankho demo {name}').urn}>"


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    build(FOLDER)
    click.echo(f"{CAPTURE.name}: {CAPTURE.stat().st_size} bytes")
