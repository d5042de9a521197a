"""Replaying WARC files: the same spiders and pipeline, only the wire replaced."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.errors import NotAWarc
from archive.store import Archive
from archive.warc import WarcWriter
from crawler.errors import NotInCapture
from crawler.families import FAMILIES
from crawler.replay import Replay
from tests.loopback import LoopbackSite, Reply, html
from tests.vankho import Done, vankho

HOME = "http://dang.example.vn/"


def write(folder: Path, replies: list[tuple[str, Reply]], at: str = "2023-05-06T07:08:09Z") -> Path:
    with WarcWriter(folder, "made", started_at=at, software="test") as warc:
        for url, reply in replies:
            headers = [("Content-Type", "text/html; charset=utf-8"), *reply.headers.items()]
            warc.write(
                url=url, captured_at=at, status=reply.status, reason="", protocol="HTTP/1.1", headers=headers,
                payload=reply.body,
            )  # fmt: skip
    return warc.path


def test_a_response_is_found_under_its_address_another_scheme_or_an_alias(tmp_path: Path) -> None:
    path = write(
        tmp_path, [("http://h.vn/t.aspx?l=Tin&lv=4&ItemID=7", html("a")), ("http://h.vn", html("home"))]
    )
    replay = Replay([path], FAMILIES["sharepoint"].canonical)
    for url in ("http://h.vn/t.aspx?l=Tin&lv=4&ItemID=7", "https://www.h.vn/t.aspx?ItemID=7&l=Tin"):
        assert replay.find(url).payload == html("a").body
    assert replay.find("http://h.vn/").payload == html("home").body
    with pytest.raises(NotInCapture, match="not in the capture"):
        replay.find("http://h.vn/t.aspx?l=Tin&ItemID=8")


def test_of_several_captures_of_an_address_the_newest_answers(tmp_path: Path) -> None:
    new = write(tmp_path / "new", [("http://h.vn/a", html("new"))], at="2024-01-01T00:00:00Z")
    old = write(tmp_path / "old", [("http://h.vn/a", html("old"))], at="2020-01-01T00:00:00Z")
    for paths in ([new, old], [old, new]):
        assert Replay(paths).find("http://h.vn/a").payload == html("new").body


def test_a_file_that_is_no_warc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_text("hello")
    with pytest.raises(NotAWarc, match=r"x\.warc: not a WARC file"):
        Replay([tmp_path / "x.warc"])
    with pytest.raises(NotAWarc, match="cannot be read"):
        Replay([tmp_path / "none.warc"])


def crawl(tmp_path: Path, site: LoopbackSite, *files: Path) -> Done:
    sites = tmp_path / "sites"
    site.declare(sites)
    declared = sites / f"{site.name}.toml"
    declared.write_text(declared.read_text().replace(site.home, HOME))
    arguments = ["crawl", site.name, "--sites", str(sites), "--data", str(tmp_path / "data")]
    for file in files:
        arguments += ["--from-warc", str(file)]
    return vankho(*arguments)


def test_a_crawl_from_a_warc_keeps_the_bytes_and_their_time(tmp_path: Path) -> None:
    site = LoopbackSite(articles=3)
    page = html(
        "<h1 class=title>"
        + site.headline(1)
        + "</h1><p>Thứ hai - 02/01/2020 08:30</p><p>"
        + "Đảng bộ huyện họp. " * 30,
        compress=True,
    )
    replies = [
        (f"{HOME}index.php/tin-tuc/", site.listing("tin-tuc", 1)),
        (HOME.rstrip("/") + site.article_path(1), page),
    ]
    replies += [(HOME.rstrip("/") + site.article_path(n), site.article(n)) for n in (0, 2)]
    done = crawl(tmp_path, site, write(tmp_path, replies))
    assert done.returncode == 0, done.stdout + done.stderr
    with Archive.open(tmp_path / "data") as archive:
        capture = archive.capture("test_site/1001")
        article = archive.article("test_site/1001")
        assert archive.db.execute("SELECT count(*) FROM articles").fetchone()[0] == 3
    assert capture.body == gzip.decompress(page.body)
    assert capture.header("Content-Encoding") == "gzip"
    assert capture.captured_at == "2023-05-06T07:08:09Z"
    assert article.warc_file.startswith("warc/test_site/")


def test_an_article_that_is_not_in_the_capture_is_said_and_waits(tmp_path: Path) -> None:
    site = LoopbackSite(articles=3)
    replies = [(f"{HOME}index.php/tin-tuc/", site.listing("tin-tuc", 1))]
    replies += [(HOME.rstrip("/") + site.article_path(n), site.article(n)) for n in (0, 2)]
    done = crawl(tmp_path, site, write(tmp_path, replies))
    assert "1 article is left to fetch" in done.stdout
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 2
        assert db.execute("SELECT kind, uid FROM issues").fetchall() == [("NotInCapture", "test_site/1001")]


def foreign_record(url: str, head: str, payload: bytes) -> bytes:
    """A response record as another crawler writes it, uncompressed."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n".encode() + payload
    fields = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nWARC-Date: 2019-02-03T04:05:06Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def test_a_warc_of_another_crawler_with_chunked_payloads_is_read(tmp_path: Path) -> None:
    site = LoopbackSite(articles=1)
    body = site.listing("tin-tuc", 1).body
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    path = tmp_path / "foreign.warc"
    path.write_bytes(
        foreign_record(f"{HOME}index.php/tin-tuc/", "Transfer-Encoding: chunked\r\n", chunked)
        + foreign_record(HOME.rstrip("/") + site.article_path(0), "", site.article(0).body)
    )
    done = crawl(tmp_path, site, path)
    assert done.returncode == 0, done.stdout + done.stderr
    with Archive.open(tmp_path / "data") as archive:
        assert archive.article("test_site/1000").headline == site.headline(0)
        assert archive.article("test_site/1000").first_captured_at == "2019-02-03T04:05:06Z"
