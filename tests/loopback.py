"""A NukeViet-like site served over real HTTP on loopback, with faults to order and a log of what was asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

WORDS = (
    "Đảng bộ huyện tổ chức hội nghị quán triệt nghị quyết tới cán bộ đảng viên trong toàn huyện",
    "Các đại biểu thảo luận nhiều ý kiến về công tác tuyên giáo và xây dựng Đảng ở cơ sở",
    "Ban Thường vụ yêu cầu các chi bộ nâng cao chất lượng sinh hoạt và nêu gương của người đứng đầu",
)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server answers to one request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    """Seconds before it answers."""
    cut_to: int | None = None
    """Bytes of the body really sent; the Content-Length stays that of the whole."""


@dataclass
class LoopbackSite:
    """One site: sections of articles, newest first, with a pager; `faults` answer first."""

    host: str = "127.0.0.1"
    articles: int = 12
    page_size: int = 5
    name: str = "test_site"
    faults: dict[str, Reply | Callable[[int], Reply]] = field(default_factory=dict)
    """Path -> answer, or a function of how often the path was asked for before."""
    edits: dict[int, str] = field(default_factory=dict)
    asked: list[tuple[float, str, Mapping[str, str]]] = field(default_factory=list)
    """(monotonic time, path, headers) of each request, in order."""
    posted: list[str] = field(default_factory=list)
    """Bodies of POST requests, in order."""
    sections: tuple[str, ...] = ("tin-tuc",)
    first_id: int = 1000
    robots: str = "User-agent: *\nDisallow: /admin/\n"
    port: int = 0

    @property
    def home(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def counts(self) -> Counter[str]:
        return Counter(self.paths())

    def article_path(self, number: int, section: str = "tin-tuc") -> str:
        return f"/index.php/{section}/bai-viet-so-{self.first_id + number}.html"

    def declare(self, folder: Path, *, more: str = "", sitemap: bool = False) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        sections = "\n".join(f'"index.php/{s}/" = "{s}"' for s in self.sections)
        path = folder / f"{self.name}.toml"
        path.write_text(
            f'title = "Trang thử"\npublisher = "Ban Thử"\nlevel = "province"\nprovince = "Lai Châu"\n'
            f'home = "{self.home}"\nfamily = "nukeviet"\n'
            + ("" if sitemap else "sitemaps = []\n")
            + f"{more}\n[sections]\n{sections}\n"
        )
        return path

    def reply(self, path: str) -> Reply:
        before = sum(asked == path for asked in self.paths()[:-1])
        fault = self.faults.get(path)
        if fault is not None:
            return fault(before) if callable(fault) else fault
        if path == "/robots.txt":
            return Reply(body=self.robots.encode(), headers={"Content-Type": "text/plain"})
        parts = path.strip("/").split("/")
        if len(parts) >= 2 and parts[0] == "index.php" and parts[1] in self.sections:
            if len(parts) == 2:
                return self.listing(parts[1], 1)
            if parts[2].startswith("page-"):
                return self.listing(parts[1], int(parts[2][5:]))
            number = parts[2].removesuffix(".html").rpartition("-")[2]
            if number.isdecimal() and 0 <= int(number) - self.first_id < self.articles:
                return self.article(int(number) - self.first_id)
        return Reply(status=404, body=b"<html><body><h1>404</h1></body></html>")

    def listing(self, section: str, page: int) -> Reply:
        pages = -(-self.articles // self.page_size)
        if page > pages:
            return Reply(status=302, headers={"Location": f"/index.php/{section}/"})
        newest = self.articles - 1 - (page - 1) * self.page_size
        rows = "".join(
            f'<li><a href="{self.article_path(n, section)}">{self.headline(n)}</a><p>{self.day(n)}</p>'
            f'<a href="/index.php/print/{section}/bai-viet-so-{self.first_id + n}.html">In</a></li>'
            for n in range(newest, max(-1, newest - self.page_size), -1)
        )
        pager = "".join(
            f'<a href="/index.php/{section}/page-{p}/">{p}</a> ' for p in range(1, pages + 1) if p != page
        )
        return html(f"<ul>{rows}</ul><div>{pager}</div>")

    def headline(self, number: int) -> str:
        return f"Hội nghị quán triệt nghị quyết lần thứ {number} của Đảng bộ huyện"

    def day(self, number: int) -> str:
        return f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/{2020 + number // 336}"

    def article(self, number: int) -> Reply:
        text = "".join(
            f"<p>{WORDS[(number + i) % 3]}, lần thứ {number}{i}, mã số {number * 7919 % 10007}.</p>"
            for i in range(4)
        )
        edit = f"<p>{self.edits[number]}</p>" if number in self.edits else ""
        return html(
            f"<h1 class=title>{self.headline(number)}</h1><p>Thứ hai - {self.day(number)} 08:30</p>"
            f"<div id=news-bodyhtml>{text}{edit}</div><p>Tác giả bài viết: Nguyễn Văn Thử</p>"
        )


def html(body: str, *, compress: bool = False) -> Reply:
    page = f"<!DOCTYPE html><html><head><title>Trang thử</title></head><body>{body}</body></html>".encode()
    headers = {"Content-Type": "text/html; charset=utf-8"}
    if compress:
        return Reply(body=gzip.compress(page), headers={**headers, "Content-Encoding": "gzip"})
    return Reply(body=page, headers=headers)


@contextmanager
def serving(site: LoopbackSite) -> Iterator[LoopbackSite]:
    """Serve the site on its host, a free port, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((time.monotonic(), self.path, dict(self.headers)))
            reply = site.reply(self.path)
            time.sleep(reply.pause)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut_to])
                if reply.cut_to is not None:
                    self.close_connection = True
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            site.posted.append(self.rfile.read(length).decode())
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the standard library's name
            """Keep the test's output clean."""

    server = ThreadingHTTPServer((site.host, site.port), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
