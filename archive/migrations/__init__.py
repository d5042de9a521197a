"""Numbered steps from one schema to the next: `0002_what_changes.sql` takes an archive from 1 to 2.

`archive/schema.sql` is the newest schema whole; the steps lead every older archive to the same one, which a
test holds for each. A step that SQL cannot write is a Python file of the same form with `migrate(db)`.
"""

from __future__ import annotations

import re
import runpy
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
_NAME: Final = re.compile(r"(?P<number>\d{4})_\w+\.(?:sql|py)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One migration file."""

    to_version: int
    """The `user_version` an archive has after it."""
    path: Path


def steps_after(version: int, folder: Path = FOLDER) -> Iterator[Step]:
    """Yield the steps an archive of this version still needs, in order."""
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match and int(match["number"]) > version:
            yield Step(to_version=int(match["number"]), path=path)


def take(db: sqlite3.Connection, step: Step) -> None:
    """Run one step and note it in `user_version`, all in one transaction; on an error nothing changes."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if step.path.suffix == ".py":
            runpy.run_path(str(step.path))["migrate"](db)
        else:
            for statement in statements(step.path.read_text(encoding="utf-8")):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {step.to_version}")
    except BaseException:
        db.rollback()
        raise
    db.commit()


def statements(script: str) -> Iterator[str]:
    r"""Split a script into its statements (sqlite3's own `executescript` commits what is open).

    >>> list(statements("CREATE TABLE a (b); -- one\nDROP TABLE a;"))
    ['CREATE TABLE a (b);', '-- one\nDROP TABLE a;']
    """
    statement = ""
    for part in re.split(r"(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
