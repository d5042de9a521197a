"""The manifest of closed WARC files: their digests in the form `sha256sum -c` reads, their sizes beside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MANIFEST: Final = "manifest-sha256.txt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixity:
    """One closed WARC file as it was when it was closed."""

    warc_file: str
    """Path relative to the data folder."""
    size: int
    """Bytes."""
    digest: str
    """SHA-256 in hex."""


def note_in_manifest(folder: Path, path: Path) -> Fixity:
    """Append a closed file's size and digest to the data folder's manifest and return them.

    The line for `sha256sum` names the file relative to the folder `warc/`; a comment line before it holds
    the size. One append, so that two processes closing files at once do not mix their lines.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    name = path.relative_to(folder / "warc").as_posix()
    with (folder / "warc" / MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"# {size} bytes\n{digest}  {name}\n")
        manifest.flush()
        os.fsync(manifest.fileno())
    return Fixity(warc_file=f"warc/{name}", size=size, digest=digest)


def read_manifest(folder: Path) -> Iterator[Fixity]:
    """Yield what the manifest of a data folder says of each closed WARC file, in order of closing."""
    path = folder / "warc" / MANIFEST
    if not path.is_file():
        return
    size = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            size = int(line.split()[1])
        elif line:
            digest, _, name = line.partition("  ")
            yield Fixity(warc_file=f"warc/{name}", size=size, digest=digest)


def sync_folder(folder: Path) -> None:
    """Make a created or renamed file's name survive a power failure."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
