"""What the verbs share: options, and how bad input is said."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from crawler.exits import Exit
from crawler.logs import speaks_json

DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), envvar="VANKHO_DATA", show_default=True,
    help="The data folder: archive.db and warc/.",
)  # fmt: skip
SITES = click.option(
    "--sites", "folders", type=click.Path(path_type=Path), multiple=True, metavar="DIR",
    help="A folder of site declarations (*.toml) beside the bundled ones; may be given again.",
)  # fmt: skip


class Complaint(click.ClickException):
    """Bad input, said in one line: what, where, what to do. Exit code 2."""

    exit_code = Exit.USAGE

    def show(self, file: Any = None) -> None:
        """Print the line on stderr."""
        warn(" ".join(self.message.split()), file=file)


def warn(line: str, file: Any = None) -> None:
    """Say a line on stderr: after the command's name, or as an event where the log is JSON."""
    if speaks_json():
        logging.getLogger("vankho").error(line)
    else:
        click.echo(f"vankho: {line}", err=True, file=file)
