"""A real Chromium over a real `vankho serve` of the demo's archive. Run with: make test-browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.watching import CHROMIUM, QUIET, ROOT, Watched, wait_for, write_reaching_out
from tests.browsing import write_archive


@pytest.fixture(scope="session")
def sync_playwright() -> Any:
    """What drives the browser; `make test-browser` installs it and asks for these tests."""
    if not os.environ.get("VANKHO_BROWSER"):
        pytest.skip("drives a real browser: make test-browser")
    if not CHROMIUM.exists():
        pytest.fail(f"no Chromium at {CHROMIUM}; on Debian: apt install chromium")
    return pytest.importorskip("playwright.sync_api").sync_playwright


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[socket.socket]:
    """Another host, as far as a browser can tell: it hears whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(1.5)
        yield listener


@pytest.fixture(scope="session")
def served(
    sync_playwright: Any, tmp_path_factory: pytest.TempPathFactory, elsewhere: socket.socket
) -> Iterator[str]:
    """The address of a server over the demo's archive, with edited, removed and hostile articles added."""
    assert sync_playwright
    folder = tmp_path_factory.mktemp("browser") / "data"
    command = [sys.executable, "-m", "crawler.cli"]
    subprocess.run([*command, "demo", "--data", str(folder)], cwd=ROOT, check=True, capture_output=True)
    write_archive(folder)
    write_reaching_out(folder, elsewhere.getsockname()[1])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([*command, "serve", "--data", str(folder), "--port", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="session")
def chromium(sync_playwright: Any) -> Iterator[Any]:
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium: Any, served: str) -> Iterator[Watched]:
    """A tab that must end without complaints and without having asked anyone else for anything."""
    watched = Watched(chromium, served)
    yield watched
    complaints, outside = watched.complaints, watched.outside
    watched.context.close()
    assert complaints == []
    assert outside == []
