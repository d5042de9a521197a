"""WARC files: what is written comes back, and damage never goes unnoticed."""

from __future__ import annotations

import fcntl
import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from archive.errors import ArchiveUnwritable, CaptureMissing, NotAWarc
from archive.fixity import read_manifest
from archive.model import Capture
from archive.warc import RawResponse, WarcWriter, iter_captures, iter_responses, read_capture, recover

AT = "2026-11-22T08:00:00Z"
PAGE = "<html><h1>Đảng bộ huyện Trạm Tấu</h1></html>".encode()


def open_writer(folder: Path, *, site: str = "yenbai_tramtau") -> WarcWriter:
    return WarcWriter(folder, site, started_at=AT, software="vankho test")


def put(writer: WarcWriter, number: int = 0, payload: bytes = PAGE, **headers: str) -> Capture:
    return writer.write(
        url=f"http://tramtau.yenbai.gov.vn/{number}",
        captured_at=AT,
        status=200,
        reason="OK",
        protocol="HTTP/1.1",
        headers=[("Content-Type", "text/html"), *((k.replace("_", "-"), v) for k, v in headers.items())],
        payload=payload,
        ip_address="127.0.0.1",
    )


def written(folder: Path, count: int = 4) -> tuple[Path, list[Capture]]:
    with open_writer(folder) as writer:
        captures = [put(writer, n, PAGE + str(n).encode() * 300) for n in range(count)]
    return writer.path, captures


def test_what_is_written_is_read_back_while_the_file_is_open_and_after(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    capture = put(writer)
    assert writer.path.name.endswith(".warc.gz.open")
    assert read_capture(tmp_path, capture.warc_file or "", capture.warc_offset or 0) == capture
    writer.close()
    assert not list(tmp_path.rglob("*.open"))
    assert read_capture(tmp_path, capture.warc_file or "", capture.warc_offset or 0) == capture
    assert (capture.body, capture.warc_file) == (
        PAGE,
        "warc/yenbai_tramtau/yenbai_tramtau-20261122080000-00001.warc.gz",
    )


def test_headers_keep_their_order_repeats_and_letters(tmp_path: Path) -> None:
    headers = [("Set-Cookie", "a=1"), ("X-Tên", "Đảng"), ("Set-Cookie", "b=2"), ("X-Old", "caf\xe9")]
    with open_writer(tmp_path) as writer:
        capture = writer.write(
            url="http://h/",
            captured_at=AT,
            status=404,
            reason="Not Found",
            protocol="HTTP/1.0",
            headers=headers,
            payload=b"",
        )
    response = next(iter_responses(writer.path))
    assert (response.status, response.reason, response.protocol) == (404, "Not Found", "HTTP/1.0")
    assert response.headers == capture.headers == tuple(headers)


def test_encoded_payloads_are_kept_as_received_and_read_decoded(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    with open_writer(tmp_path) as writer:
        capture = put(writer, payload=packed, Content_Encoding="gzip", Transfer_Encoding="chunked")
    assert capture.body == PAGE
    response = next(iter_responses(writer.path))
    assert response.payload == packed
    assert next(iter_captures(writer.path)).body == PAGE


def test_a_truncated_encoding_gives_what_there_is(tmp_path: Path) -> None:
    page = bytes(range(256)) * 400
    with open_writer(tmp_path) as writer:
        capture = put(writer, payload=gzip.compress(page)[:-200], Content_Encoding="gzip")
    assert page.startswith(capture.body)


def test_two_writers_of_one_second_get_two_files(tmp_path: Path) -> None:
    with open_writer(tmp_path) as one, open_writer(tmp_path) as other:
        put(one)
        put(other)
    assert one.path != other.path


def test_the_manifest_is_what_sha256sum_reads(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "--strict", "--check", "manifest-sha256.txt"],
        cwd=tmp_path / "warc",
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout == f"yenbai_tramtau/{path.name}: OK\n"
    (fixity,) = read_manifest(tmp_path)
    assert (fixity.size, fixity.warc_file) == (path.stat().st_size, f"warc/yenbai_tramtau/{path.name}")


def test_warcio_itself_finds_every_digest_right(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0
    assert check.stdout.count("digest pass") == 5


def test_offsets_point_at_whole_gzip_members(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    data = path.read_bytes()
    for capture in captures:
        start, length = capture.warc_offset or 0, capture.warc_length or 0
        assert gzip.decompress(data[start : start + length]).startswith(b"WARC/1.1\r\n")


def test_every_truncation_is_noticed(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    data, cut = path.read_bytes(), tmp_path / "cut.warc.gz"
    # Between two records a file is whole: only the manifest knows that more followed.
    boundaries = {capture.warc_offset for capture in captures}
    for length in range(0, len(data), 3):
        if length in boundaries:
            continue
        cut.write_bytes(data[:length])
        with pytest.raises((CaptureMissing, NotAWarc)):
            list(iter_responses(cut))


def test_records_before_a_truncation_are_still_given(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    os.truncate(path, (captures[3].warc_offset or 0) + 20)
    found: list[RawResponse] = []
    with pytest.raises(CaptureMissing, match=r"cut short|damaged"):
        found.extend(iter_responses(path))
    with pytest.raises(CaptureMissing, match="cut short"):
        read_capture(tmp_path, captures[3].warc_file or "", captures[3].warc_offset or 0)
    assert read_capture(tmp_path, captures[2].warc_file or "", captures[2].warc_offset or 0) == captures[2]


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    data = bytearray(path.read_bytes())
    data[(captures[1].warc_offset or 0) + 200] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(CaptureMissing):
        read_capture(tmp_path, captures[1].warc_file or "", captures[1].warc_offset or 0)
    assert read_capture(tmp_path, captures[0].warc_file or "", captures[0].warc_offset or 0) == captures[0]


def test_a_missing_file_and_a_wrong_offset(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    with pytest.raises(CaptureMissing):
        read_capture(tmp_path, captures[0].warc_file or "", 5)
    path.unlink()
    with pytest.raises(CaptureMissing, match="is gone; restore it from a backup"):
        read_capture(tmp_path, captures[0].warc_file or "", captures[0].warc_offset or 0)


# Five words on a line, and a length that fits: warcio takes these for ARC records.
LIKE_ARC = b"<p lang=vi> Ban Tuyen giao 7\nHTTP/1.1 200 OK\r\n\r\nxx\n"
ARC = b"http://example.vn/ 1.2.3.4 20200101000000 text/html 22\nHTTP/1.1 200 OK\r\n\r\nhi\n\n"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"\x1f\x8bxx", gzip.compress(b"hello world\n"), b"\n\n<html>",
        LIKE_ARC, gzip.compress(LIKE_ARC), ARC, gzip.compress(ARC),
    ],
)  # fmt: skip
def test_what_is_no_warc_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(NotAWarc, match=r"x\.warc\.gz: not a WARC file .*; give a \.warc or \.warc\.gz$"):
        list(iter_responses(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotAWarc, match="cannot be read"):
        list(iter_responses(tmp_path / "none.warc.gz"))


def test_uncompressed_files_of_others_are_read(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    assert [c.body for c in iter_captures(plain)] == [c.body for c in captures]


# -------------------------------------------------------------------------------------------- after a kill


def abandon(writer: WarcWriter) -> None:
    """Leave the file as a killed process does: open, unlocked, unnamed."""
    file = writer._file
    assert file is not None
    fcntl.flock(file, fcntl.LOCK_UN)
    file.close()


def test_recovery_cuts_what_the_database_never_knew_and_closes_the_file(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    kept, lost = put(writer, 1), put(writer, 2)
    abandon(writer)
    name = kept.warc_file or ""
    (note,) = recover(tmp_path, "yenbai_tramtau", {name: lost.warc_offset or 0})
    assert note == f"{name}: cut {lost.warc_length} bytes that no record points to"
    assert [response.url for response in iter_responses(tmp_path / name)] == [kept.url]
    assert len(list(read_manifest(tmp_path))) == 1


def test_recovery_keeps_every_whole_record_of_a_file_the_database_does_not_know(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    whole, torn = put(writer, 1), put(writer, 2)
    abandon(writer)
    os.truncate(writer.path, (torn.warc_offset or 0) + 40)
    recover(tmp_path, "yenbai_tramtau", {})
    assert [response.url for response in iter_responses(tmp_path / (whole.warc_file or ""))] == [whole.url]


def test_recovery_leaves_a_file_that_is_being_written_alone(tmp_path: Path) -> None:
    with open_writer(tmp_path) as writer:
        put(writer)
        code = (
            "import sys; from pathlib import Path; from archive.warc import recover;"
            "print(recover(Path(sys.argv[1]), 'yenbai_tramtau', {}))"
        )
        other = subprocess.run(
            [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
        )
        assert other.stdout == "()\n"
        assert writer.path.exists()


def test_recovery_says_so_when_bytes_the_database_knows_are_lost(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    capture = put(writer)
    abandon(writer)
    end = (capture.warc_offset or 0) + (capture.warc_length or 0)
    os.truncate(writer.path, end - 10)
    (note,) = recover(tmp_path, "yenbai_tramtau", {capture.warc_file or "": end})
    assert note.endswith("10 bytes the database knows are lost; run: vankho verify")


# ------------------------------------------------------------------------------------------------- trouble


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("in the way")
    with pytest.raises(ArchiveUnwritable, match="choose another data folder"):
        open_writer(tmp_path)


def test_a_full_disk_leaves_only_whole_records() -> None:
    # A file size limit stands in for the disk: writes fail in the same place and way.
    code = """
import os, sys, resource, signal
from pathlib import Path
from archive.errors import ArchiveFull
from archive.warc import RawResponse, WarcWriter, iter_responses
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
writer = WarcWriter(folder, "s", started_at="2026-11-22T08:00:00Z", software="t")
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
n = 0
try:
    while True:
        writer.write(url=f"http://h/{n}", captured_at="2026-11-22T08:00:00Z", status=200, reason="OK",
                     protocol="HTTP/1.1", headers=[], payload=os.urandom(900))
        n += 1
except ArchiveFull as error:
    print(error)
print(n == len(list(iter_responses(writer.path))), n > 0)
"""

    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    message, counted = run.stdout.splitlines()
    assert "the disk is full; nothing half-written was kept" in message
    assert counted == "True True"
