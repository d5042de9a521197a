"""The direction of imports: the archive knows nothing of the crawler, reading pages nothing of Scrapy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRAPY = {"scrapy", "twisted", "itemadapter", "parsel", "queuelib"}


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", modules("archive"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_archive_never_imports_the_crawler_or_scrapy(path: Path) -> None:
    tops = {name.partition(".")[0] for name in imports_of(path)}
    assert not tops & {"crawler", *SCRAPY}


def test_no_import_is_relative() -> None:
    for path in modules("archive") + modules("crawler"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that are loaded after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import archive, archive.store, archive.warc, archive.cli",
        "import crawler.extract, crawler.page, crawler.dates, crawler.discovery, crawler.feeds, crawler.site, crawler.errors",
        "import crawler.cli",
    ],
)
def test_reading_loads_no_scrapy(statement: str) -> None:
    assert not loaded_by(statement) & SCRAPY


def test_opening_an_archive_loads_no_crawler() -> None:
    assert "crawler" not in loaded_by("import archive, archive.store, archive.warc, archive.cli")


def test_no_spider_defines_start_requests() -> None:
    """Scrapy 2.16 removed it: a spider that has only that runs, does nothing and exits 0."""
    for path in modules("crawler"):
        assert "def start_requests" not in path.read_text(encoding="utf-8"), path
