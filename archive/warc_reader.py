"""Reading WARC files back, ours and others': whole, in order, digests checked, truncation told."""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.errors import CaptureMissing, NotAWarc
from archive.model import Capture
from archive.payload import decode_payload

# A file still being written bears it at the end of its name.
OPEN: Final = ".open"

# What warcio trips over when a record's own headers are damaged, beside its own error.
_DAMAGE: Final = (ArchiveLoadFailed, AttributeError, EOFError, TypeError, ValueError, zlib.error)
_GZIP_MAGIC: Final = b"\x1f\x8b"
_BLOCK: Final = 1 << 16
_BEGINNING: Final = b"WARC/"


@dataclass(frozen=True, kw_only=True, slots=True)
class RawResponse:
    """A response as stored: what a replaying HTTP client needs to give it again."""

    url: str
    """WARC-Target-URI."""
    captured_at: str
    """WARC-Date: UTC, ISO 8601 with `Z`."""
    status: int
    reason: str
    """The words after the status code; may be empty."""
    protocol: str
    """`HTTP/1.1`."""
    headers: tuple[tuple[str, str], ...]
    """In order, repeats kept."""
    payload: bytes = field(repr=False)
    """As stored, content encoding kept."""
    offset: int
    """Where the record begins in the file, in bytes."""
    length: int
    """Bytes the record takes in the file."""


def read_capture(folder: Path, warc_file: str, offset: int) -> Capture:
    """Read one response back from the data folder, digests checked.

    Raises CaptureMissing when the file or record is gone, cut short or damaged.
    """
    where = f"{warc_file} at byte {offset}"
    path = find_warc(Path(folder), warc_file)
    if path is None:
        raise CaptureMissing(
            f"{Path(folder) / warc_file} is gone; restore it from a backup of the data folder"
        )
    try:
        response = _response_at(path, offset)
    except NotAWarc as error:
        raise CaptureMissing(f"{where}: {error}") from error
    digest = "sha256:" + hashlib.sha256(response.payload).hexdigest()
    return Capture(
        url=response.url,
        captured_at=response.captured_at,
        status=response.status,
        headers=response.headers,
        body=decode_payload(response.payload, response.headers),
        digest=digest,
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=response.length,
    )


def find_warc(folder: Path, warc_file: str) -> Path | None:
    """Return where a WARC file of the archive is, also while it is still written; None when gone."""
    path = folder / warc_file
    return next((p for p in (path, path.with_name(path.name + OPEN)) if p.is_file()), None)


def read_response(path: Path, offset: int) -> RawResponse:
    """Read the response record that begins at `offset`. Raises CaptureMissing when it is damaged or none."""
    try:
        return _response_at(path, offset)
    except NotAWarc as error:
        raise CaptureMissing(f"{path} at byte {offset}: {error}") from error


def _response_at(path: Path, offset: int) -> RawResponse:
    with path.open("rb") as file:
        file.seek(offset)
        if file.read(2) == _GZIP_MAGIC:
            file.seek(offset)
            record, length = _member(file)
            source: IO[bytes] = io.BytesIO(record)
        else:
            file.seek(offset)
            source, length = file, 0
        for response in _responses(source, path):
            return _moved(response, offset, length or response.length)
    raise CaptureMissing(f"{path} at byte {offset}: no response record there; run: vankho verify")


def _moved(response: RawResponse, offset: int, length: int) -> RawResponse:
    return replace(response, offset=offset, length=length)


def _member(file: IO[bytes]) -> tuple[bytes, int]:
    """Return one gzip member unpacked and its packed length; CaptureMissing when cut short or damaged."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    start, parts = file.tell(), []
    try:
        while not unpacker.eof:
            block = file.read(_BLOCK)
            if not block:
                raise CaptureMissing(
                    f"{file.name} is cut short at byte {file.tell()}; restore it from a backup"
                )
            parts.append(unpacker.decompress(block))
    except zlib.error as error:
        raise CaptureMissing(f"{file.name} is damaged after byte {start} ({error}); restore it") from error
    return b"".join(parts), file.tell() - len(unpacker.unused_data) - start


def iter_responses(path: Path) -> Iterator[RawResponse]:
    """Yield every response of any WARC file, compressed or not, digests checked, in file order.

    Raises NotAWarc when the file is not one, CaptureMissing after the last whole record when it is cut
    short or damaged.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            yield from _responses(file, path)
            _check_end(file, path)
    except OSError as error:
        raise NotAWarc(f"{path}: cannot be read ({error.strerror}); give the path of a WARC file") from error


def iter_captures(path: Path) -> Iterator[Capture]:
    """Yield every response of any WARC file as a Capture with its decoded body. Raises as iter_responses."""
    for response in iter_responses(path):
        yield Capture(
            url=response.url,
            captured_at=response.captured_at,
            status=response.status,
            headers=response.headers,
            body=decode_payload(response.payload, response.headers),
            digest="sha256:" + hashlib.sha256(response.payload).hexdigest(),
            warc_file=str(path),
            warc_offset=response.offset,
            warc_length=response.length,
        )


def _refuse_others(file: IO[bytes], path: Path) -> None:
    """Raise NotAWarc for what does not begin as a WARC record does.

    warcio also reads ARC, whose records begin with any line of five words: it takes some HTML pages for one.
    A file cut short within its first bytes is left to be told as such.
    """
    start = file.tell()
    head = file.read(_BLOCK)
    file.seek(start)
    if head.startswith(_GZIP_MAGIC):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(head, len(_BEGINNING))
        except zlib.error:
            return
    head = head[: len(_BEGINNING)]
    if not _BEGINNING.startswith(head):
        shown = head.decode("utf-8", "replace")
        raise NotAWarc(
            f"{path}: not a WARC file (it begins with {shown!r}, not WARC/); give a .warc or .warc.gz"
        )


def _responses(file: IO[bytes], path: Path) -> Iterator[RawResponse]:
    _refuse_others(file, path)
    records, end = ArchiveIterator(file, check_digests=True), file.tell()
    try:
        for record in records:
            payload = _payload(record, path, end)
            # Asking for the offset reads the record to its end, so it comes after the payload.
            offset, length = records.get_record_offset(), records.get_record_length()
            end = offset + length
            if record.rec_type == "response" and record.http_headers is not None:
                yield _raw_response(record, payload, offset, length)
    except _DAMAGE as error:
        if end > 0:
            raise CaptureMissing(f"{path}: damaged after byte {end} ({_first_line(error)})") from error
        raise NotAWarc(f"{path}: not a WARC file ({_first_line(error)}); give a .warc or .warc.gz") from error
    if end == 0:
        raise NotAWarc(f"{path}: not a WARC file (no record in it); give a .warc or .warc.gz")


def _payload(record: Any, path: Path, end: int) -> bytes:
    parts = []
    while part := record.raw_stream.read(_BLOCK):
        parts.append(part)
    if (
        getattr(record.raw_stream, "limit", 1) > 0
    ):  # bytes the record's Content-Length promised and the file does not hold
        raise CaptureMissing(
            f"{path}: cut short in the record after byte {end}; the records before are whole"
        )
    if record.digest_checker.passed is False:
        problem = "; ".join(record.digest_checker.problems)
        raise CaptureMissing(f"{path}: damaged record after byte {end} ({problem}); restore the file")
    return b"".join(parts)


def _raw_response(record: Any, payload: bytes, offset: int, length: int) -> RawResponse:
    code, _, reason = record.http_headers.statusline.partition(" ")
    return RawResponse(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        captured_at=_to_seconds(record.rec_headers.get_header("WARC-Date")),
        status=int(code) if re.fullmatch(r"[1-9]\d\d", code) else 0,
        reason=reason,
        protocol=record.http_headers.protocol,
        headers=tuple((str(name), str(value)) for name, value in record.http_headers.headers),
        payload=payload,
        offset=offset,
        length=length,
    )


def _to_seconds(warc_date: str) -> str:
    """Cut fractions of a second, which WARC 1.1 allows.

    >>> _to_seconds("2026-11-22T08:05:00.123456Z")
    '2026-11-22T08:05:00Z'
    """
    return warc_date[:19] + "Z"


def _first_line(error: Exception) -> str:
    lines = (line.strip() for line in str(error).splitlines())
    return next((line for line in lines if line), type(error).__name__)


def _check_end(file: IO[bytes], path: Path) -> None:
    """Raise CaptureMissing when the last gzip member is not whole: warcio reads such files without a word."""
    file.seek(0)
    if file.read(2) != _GZIP_MAGIC:
        return
    end = whole_end(path)
    size = path.stat().st_size
    if end < size:
        raise CaptureMissing(f"{path}: cut short or damaged after byte {end} of {size}; restore the file")


def whole_end(path: Path, start: int = 0) -> int:
    """Return the offset at which the last whole gzip member at or after `start` ends."""
    end = start
    with path.open("rb") as file:
        file.seek(start)
        while file.peek(1):
            try:
                _, length = _member(file)
            except CaptureMissing:
                break
            end += length
            file.seek(end)
    return end
