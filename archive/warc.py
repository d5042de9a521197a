"""WARC files: one gzip member a record, written once, checked whenever they are read.

Records are built by warcio; the payload digest is `sha256:` + lower-case hex, the same string as in the
database and as `sha256sum` prints (the standard leaves algorithm and base open; warcio verifies this form).
A file bears the suffix `.open` while it is written; closing renames it and adds a line to
`warc/manifest-sha256.txt`, which `sha256sum -c` reads.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final, Self

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import ArchiveUnwritable
from archive.fixity import MANIFEST, note_in_manifest, sync_folder
from archive.model import Capture
from archive.payload import decode_payload
from archive.storage import storage_errors
from archive.warc_reader import (
    OPEN,
    RawResponse,
    find_warc,
    iter_captures,
    iter_responses,
    read_capture,
    read_response,
    whole_end,
)

# Level 6 makes files 1 % larger than warcio's 9 in two thirds of the time (measured on 500 pages).
_LEVEL: Final = 6
# Near the 1 GB the WARC guidelines recommend, so that one damaged or lost file is a bounded loss.
_MAX_FILE_BYTES: Final = 1_000_000_000

WARCINFO_NOTE: Final = (
    "HTTP headers are as the HTTP client parsed them: order and repeats kept, letter case and line folding "
    "may differ from the wire. Payloads are as received, content encoding kept, transfer encoding removed."
)


class WarcWriter:
    """Writes one run's responses of one site to `warc/<site>/`, a new file at every start.

    Holds an advisory lock on the file, so that `recover` never touches one that is still written.
    """

    def __init__(self, folder: Path, site: str, *, started_at: str, software: str) -> None:
        """Open a new file under `folder`, the data folder. Raises ArchiveUnwritable, ArchiveFull."""
        self._folder = Path(folder)
        self._site = site
        self._started_at = started_at
        self._software = software
        self._file: IO[bytes] | None = None
        self._path = Path()
        self._end = 0
        self._open_next()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file being written, `.open` included."""
        return self._path

    def write(
        self,
        *,
        url: str,
        captured_at: str,
        status: int,
        reason: str,
        protocol: str,
        headers: Sequence[tuple[str, str]],
        payload: bytes,
        ip_address: str | None = None,
    ) -> Capture:
        """Write one response, payload and headers as received, and return it as a Capture.

        The record is on its way to the disk when this returns (flushed, not synced). Raises ArchiveFull
        when the disk is full; the file is then cut back to the last whole record.
        """
        if self._end > _MAX_FILE_BYTES:
            self.close()
            self._open_next()
        digest = "sha256:" + hashlib.sha256(payload).hexdigest()
        stored = tuple(_kept_header(name, value) for name, value in headers)
        fields = {"WARC-Date": captured_at, "WARC-Payload-Digest": digest}
        if ip_address:
            fields["WARC-IP-Address"] = ip_address
        http = _HttpHead(f"{status} {reason}".rstrip(), list(stored), protocol=_protocol(protocol))
        http.compute_headers_buffer()
        block = hashlib.sha256(http.headers_buff + payload).hexdigest()
        fields["WARC-Block-Digest"] = "sha256:" + block
        record = _builder().create_warc_record(
            url,
            "response",
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=http,
            warc_headers_dict=fields,
        )
        offset = self._append(record)
        return Capture(
            url=url,
            captured_at=captured_at,
            status=status,
            headers=stored,
            body=decode_payload(payload, stored),
            digest=digest,
            warc_file=self._final_path().relative_to(self._folder).as_posix(),
            warc_offset=offset,
            warc_length=self._end - offset,
        )

    def close(self) -> None:
        """Sync the file, give it its final name and note its size and digest in the manifest."""
        if self._file is None:
            return
        with storage_errors(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())
            _finish(self._folder, self._path)
            self._file.close()
        self._path, self._file = self._final_path(), None

    def _open_next(self) -> None:
        stamp = "".join(c for c in self._started_at if c.isdigit())
        folder = self._folder / "warc" / self._site
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for serial in range(1, 100_000):
                name = f"{self._site}-{stamp}-{serial:05}.warc.gz"
                if (folder / name).exists():
                    continue
                try:
                    self._file = (folder / (name + OPEN)).open("xb")
                    break
                except FileExistsError:
                    continue
            else:
                raise ArchiveUnwritable(f"{folder}: no free file name left for {stamp}; remove old files")
            self._path, self._end = folder / (name + OPEN), 0
            fcntl.flock(self._file, fcntl.LOCK_EX)
            sync_folder(folder)
        info = {
            "software": self._software,
            "format": "WARC File Format 1.1",
            "isPartOf": self._site,
            "description": WARCINFO_NOTE,
        }
        record = _builder().create_warcinfo_record(name, info)
        record.rec_headers.replace_header("WARC-Date", self._started_at)
        self._append(record)

    def _append(self, record: Any) -> int:
        """Append one record as one gzip member; return its offset. All or nothing."""
        plain = io.BytesIO()
        WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        member = packer.compress(plain.getbuffer()) + packer.flush()
        offset, file = self._end, self._file
        if file is None:
            raise ValueError(f"{self._path} is closed")
        with storage_errors(self._path):
            try:
                file.write(member)
                file.flush()
            except OSError:
                os.ftruncate(file.fileno(), offset)
                file.seek(offset)
                raise
        self._end = offset + len(member)
        return offset

    def _final_path(self) -> Path:
        return self._path.with_name(self._path.name.removesuffix(OPEN))


def _finish(folder: Path, path: Path) -> None:
    final = path.with_name(path.name.removesuffix(OPEN))
    path.rename(final)
    sync_folder(final.parent)
    note_in_manifest(folder, final)


class _HttpHead(StatusAndHeaders):  # type: ignore[misc]  # warcio ships no types, so its class is Any
    """Status line and headers in their own bytes; warcio would percent-encode what is not ASCII."""

    def to_ascii_bytes(self, header_filter: object = None) -> bytes:
        head: str = self.to_str(header_filter) + "\r\n"
        try:
            return head.encode("latin-1")
        except UnicodeEncodeError:
            return head.encode("utf-8")


def _builder() -> RecordBuilder:
    return RecordBuilder(warc_version="1.1")


def _protocol(protocol: str) -> str:
    # WARC readers know HTTP/1.x only; an HTTP/2 response is written the way HTTP/1.1 would print it.
    return protocol if protocol in ("HTTP/1.0", "HTTP/1.1") else "HTTP/1.1"


def _kept_header(name: str, value: str) -> tuple[str, str]:
    # The client has already undone the chunks; a reader told otherwise would look for them.
    if name.lower() == "transfer-encoding":
        return (f"X-Archive-Orig-{name}", value)
    return (name, value)


# -------------------------------------------------------------------------------------------- after a kill


def recover(folder: Path, site: str, known_end: Mapping[str, int]) -> tuple[str, ...]:
    """Close the `.open` files a killed run left behind; return one line for each, saying what was done.

    `known_end` gives for each WARC file the end of the last record the database knows. What stands after it
    was never recorded and will be fetched again, so it is cut off; of a file the database does not know at
    all, every whole record is kept. Files another process is writing are left alone.
    """
    folder, notes = Path(folder), []
    for path in sorted((folder / "warc" / site).glob("*" + OPEN)):
        name = path.relative_to(folder).as_posix().removesuffix(OPEN)
        with storage_errors(path), path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            size = os.fstat(file.fileno()).st_size
            end = known_end.get(name) or whole_end(path)
            if end > size:
                notes.append(f"{name}: {end - size} bytes the database knows are lost; run: vankho verify")
            elif end < size:
                notes.append(f"{name}: cut {size - end} bytes that no record points to")
                file.truncate(end)
            os.fsync(file.fileno())
            _finish(folder, path)
    return tuple(notes)


__all__ = [
    "MANIFEST",
    "RawResponse",
    "WarcWriter",
    "find_warc",
    "iter_captures",
    "iter_responses",
    "read_capture",
    "read_response",
    "recover",
    "whole_end",
]
