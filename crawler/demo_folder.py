"""The folder a demo crawls into: made afresh, never a folder that is not a demo's."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive.errors import ArchiveUnwritable
from crawler.errors import CrawlerError

CAPTURE = Path(__file__).parent / "demo" / "five-sites.warc.gz"
"""The bundled capture of five sites."""
MARKER = ".vankho-demo"
"""The file that says a folder was made by a demo and may be removed by the next."""


def prepare(folder: Path, *, keep: bool) -> None:
    """Make the demo's folder; without `keep` an older demo in it is removed.

    Raises CrawlerError when the folder holds something else, or with `keep` no demo, ArchiveUnwritable when
    it cannot be made.
    """
    marked = (folder / MARKER).is_file()
    if folder.exists() and not marked and (not folder.is_dir() or any(folder.iterdir())):
        raise CrawlerError(f"{folder}: is not a demo's folder and is left alone; give another --data")
    if keep and not marked:
        raise CrawlerError(f"{folder}: no demo to keep; run first: vankho demo")
    try:
        if marked and not keep:
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).write_text(
            "Made by `vankho demo`, which removes this folder when it is run again.\n"
        )
    except OSError as error:
        raise ArchiveUnwritable(
            f"{folder}: cannot be written ({error.strerror}); give another --data"
        ) from error
