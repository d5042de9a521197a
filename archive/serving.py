"""`vankho serve`: the archive in a browser, with Datasette."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any, Final

import click
import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from archive.browse import plugin
from archive.browse.reader import DATABASE
from archive.database import database_path
from archive.errors import ArchiveError
from archive.store import Archive

_BROWSE: Final = Path(plugin.__file__).parent
# Beside the packages in a checkout, within this one when installed.
_METADATA: Final = (
    Path(__file__).parents[1] / "datasette-metadata.json",
    Path(__file__).parent / "datasette-metadata.json",
)
_SETTINGS: Final = {
    "sql_time_limit_ms": 3_000,
    "facet_time_limit_ms": 500,
    "max_returned_rows": 1_000,
    "default_page_size": 50,
    # Each suggestion is a query of its own over a table of many gigabytes.
    "suggest_facets": False,
    "allow_download": False,
    "truncate_cells_html": 300,
    "max_csv_mb": 200,
    "num_sql_threads": 4,
    # Pages change while a crawl writes.
    "default_cache_ttl": 0,
}


def make_datasette(data: str | Path) -> Datasette:
    """Return a Datasette over the archive at `data` (the data folder, or the archive.db in it), read-only.

    It works while a crawl writes. Raises ArchiveError where there is no archive, SchemaMismatch for another
    program's database.
    """
    path = database_path(data)
    Archive.open(path).close()
    if not pm.is_registered(plugin):
        pm.register(plugin)
    datasette = Datasette(
        [],
        metadata=_metadata(),
        template_dir=str(_BROWSE / "templates"),
        static_mounts=[("vankho-static", str(_BROWSE / "static"))],
        settings=_SETTINGS,
        memory=False,
    )
    datasette.remove_database("_memory")
    datasette.add_database(
        Database(datasette, str(path.absolute()), is_mutable=not _lies_still(path)), name=DATABASE
    )
    return datasette


def _metadata() -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    for file in _METADATA:
        if file.is_file():
            metadata = json.loads(file.read_text(encoding="utf-8"))
            break
    metadata["plugins"] = {**metadata.get("plugins", {}), plugin.NAME: {}}
    return metadata


def _lies_still(path: Path) -> bool:
    """Tell whether nobody can write where the archive is, so that SQLite needs no files beside it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        return not os.access(path.parent, os.W_OK)
    return False


def serve(data: Path, *, host: str, port: int, open_browser: bool) -> None:
    """Answer browsers until interrupted. Raises ArchiveError without an archive, or with the port taken."""
    datasette = make_datasette(data)
    with _listen(host, port) as listener:
        seen_as = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - what was asked for
        address = f"http://{f'[{seen_as}]' if ':' in seen_as else seen_as}:{port}/"
        click.echo(f"{database_path(data)} at {address} (Ctrl-C ends it)")
        if open_browser:
            # It asks a moment later; until the server answers, the connection waits in the listener.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ArchiveError(f"{host}:{port}: {error.strerror}; give another --port or --host") from error
