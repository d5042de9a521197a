"""A browser's tab under watch, and a page that tries to reach other hosts."""

from __future__ import annotations

import os
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

from tests.archives import Desk

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# Without these Chromium asks hosts of its maker for updates and experiments at every start.
QUIET: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps",
)  # fmt: skip


REACHES_OUT: Final = "laichau_tuyengiao/99"


def write_reaching_out(folder: Path, port: int) -> None:
    """An article whose page asks for another host in every way that needs no script."""
    there = f"http://127.0.0.1:{port}"
    relations = ("preconnect", "dns-prefetch preconnect", "prefetch", "prerender", "modulepreload", "icon")
    markup = (
        f"<html><head><meta http-equiv='refresh' content='0; url={there}/refresh'>"
        + "".join(f"<LINK REL='{relation}' href={there}/{n}>" for n, relation in enumerate(relations))
        + f"<link href='{there}/p' rel=preconnect><link as=image rel=preload href='{there}/q'>"
        f"<link rel=stylesheet href='{there}/s'><base href='{there}/'></head>"
        f"<body background='{there}/b' style='background: url({there}/u)'><img src=i srcset='{there}/j 2x'>"
        f"<iframe src='{there}/f'></iframe><video src='{there}/v' autoplay poster='{there}/w'></video>"
        f"<object data='{there}/o'></object><embed src='{there}/e'><form action='{there}/form'>"
        "<button>Gửi</button></form><a href='next'>Tiếp</a></body></html>"
    )
    with Desk(folder) as desk:
        desk.file(REACHES_OUT, "Trang gọi ra ngoài", "Một hai ba bốn.", payload=markup.encode())


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert server.poll() is None, "vankho serve ended"
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


class Watched:
    """A tab, and what it complained of and asked for."""

    def __init__(self, browser: Any, served: str, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1200, "height": 800}, **options)
        self.tab = self.context.new_page()
        self.served = served
        self.complaints: list[str] = []
        self.outside: list[str] = []
        self.tab.on("console", self._heard)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("dialog", self._opened)
        self.context.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        # What the sealed frame of a captured page is refused is told on the console: that is the seal.
        if "/captured/" not in message.location.get("url", "") and "/captured/" not in message.text:
            refused = "Content Security Policy" in message.text and "/capture/" in self.tab.url
            if not refused:
                self.complaints.append(message.text)

    def _opened(self, dialog: Any) -> None:
        self.complaints.append(f"a script ran: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.served, "data:")):
            self.outside.append(request.url)

    def go(self, path: str) -> Any:
        """Open a page of ours and return the tab."""
        answer = self.tab.goto(self.served + path)
        assert answer is not None
        assert answer.status < 500
        return self.tab
