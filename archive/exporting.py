"""Where an export goes: standard output, or a file that appears whole or not at all, with its data card."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from archive.errors import ArchiveError
from archive.export import data_card, export_articles, write_csv, write_jsonl, write_parquet
from archive.storage import storage_errors
from archive.store import Archive


def export_to(archive: Archive, query: str, *, form: str, output: Path | None, bom: bool) -> int:
    """Write the articles that answer a query and return how many; with `output` a card is put beside it.

    Raises ArchiveUnwritable or ArchiveFull for the file, ArchiveError when Parquet's library is missing.
    """
    write = _writer(form, bom=bom)
    records = export_articles(archive.db, query)
    try:
        if output is None:
            count = write(records, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return count
        return _to_file(archive, write, records, query, output)
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"Parquet needs {error.name}, which is not installed; run: pip install 'vankho[parquet]'"
        ) from error


def _to_file(archive: Archive, write: Callable[..., int], records: Any, query: str, output: Path) -> int:
    partial_file = output.with_name(output.name + ".part")
    with storage_errors(output):
        with partial_file.open("wb") as out:
            count = write(records, out)
        card = data_card(
            archive.db,
            query=query,
            count=count,
            file=output.name,
            exported_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        output.with_name(output.name + ".md").write_text(card, encoding="utf-8")
        partial_file.replace(output)
    return count


def _writer(form: str, *, bom: bool) -> Callable[[Any, IO[bytes]], int]:
    if form == "csv":
        return partial(write_csv, bom=bom)
    return write_parquet if form == "parquet" else write_jsonl
