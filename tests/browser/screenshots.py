"""Take the pictures of docs/screenshots: the demo's archive in Chromium, by day, by night and on a phone."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.archives import Desk
from tests.browser.watching import CHROMIUM, QUIET, ROOT, wait_for

TARGET: Final = ROOT / "docs" / "screenshots"
SHOTS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "home": ("/", {}),
    "search": ("/search?q=dang+bo", {}),
    "article": ("/article/laichau_tuyengiao/5120", {}),
    "printings": ("/article/tw_xaydungdang/16238#printings", {}),
    "site": ("/site/laichau_tuyengiao", {}),
    "document": ("/document/05-CT/TW", {}),
    "documents": ("/documents", {}),
    "author": ("/author/Ho%C3%A0ng%20V%C4%83n%20Qu%E1%BA%BF", {}),
    "timeline": ("/timeline?q=%22chi+b%E1%BB%99%22", {}),
    "health": ("/health", {}),
    "capture": ("/article/laichau_tuyengiao/5120", {}),
    "search-night": ("/search?q=tuy%C3%AAn*&site=laichau_tuyengiao", {"color_scheme": "dark"}),
    "article-phone": ("/article/laichau_tuyengiao/5120", {"viewport": {"width": 390, "height": 760}}),
    # Last: the article is edited for it.
    "versions": ("/versions/laichau_tuyengiao/5120", {}),
}


def edit_an_article(folder: Path) -> None:
    """Let the site have corrected one word, so that there is something to compare."""
    with Desk(folder) as desk:
        article = desk.archive.article("laichau_tuyengiao/5120")
        desk.file(
            article.uid,
            article.headline.replace("Hội nghị tổng kết", "Hội nghị trực tuyến tổng kết"),
            article.body.replace("còn có sự tham dự", "còn có sự tham gia"),
            date=article.date_published,
            at="2026-11-22T08:00:00Z",
            url=article.url,
            authors=article.authors,
            byline=article.byline,
            description=article.description,
        )


def shoot(browser: Any, address: str, name: str, path: str, options: dict[str, Any]) -> None:
    """Take one picture."""
    context = browser.new_context(**{"viewport": {"width": 1100, "height": 760}, **options})
    tab = context.new_page()
    tab.goto(address + path)
    if name == "capture":
        tab.get_by_role("link", name="Xem như lúc chụp").click()
        tab.frame_locator("iframe.captured").locator("h1").first.wait_for()
    TARGET.mkdir(parents=True, exist_ok=True)
    save_small(tab.screenshot(), TARGET / f"{name}.png")
    context.close()


def save_small(png: bytes, path: Path) -> None:
    """Save a picture in 64 colours: a third of the size, and nobody sees it on pages of text."""
    image = import_module("PIL.Image")
    shot = image.open(io.BytesIO(png)).convert("RGB")
    shot.quantize(64, dither=image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Make the demo's archive, serve it, take every picture."""
    # Only `make` installs it; here, so that this file can be looked through without.
    sync_playwright = import_module("playwright.sync_api").sync_playwright
    command = [sys.executable, "-m", "crawler.cli"]
    with tempfile.TemporaryDirectory() as temporary:
        # Relative, for the command of a run is in the pictures.
        subprocess.run([*command, "demo", "--data", "data"], cwd=temporary, check=True, capture_output=True)
        folder = Path(temporary) / "data"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = subprocess.Popen([*command, "serve", "--data", str(folder), "--port", str(port)], cwd=ROOT)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, server)
            with sync_playwright() as running:
                browser = running.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
                for name, (path, options) in SHOTS.items():
                    if name == "versions":
                        edit_an_article(folder)
                    shoot(browser, address, name, path, options)
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=10)


if __name__ == "__main__":
    main()
