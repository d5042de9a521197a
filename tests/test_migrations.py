"""Older archives are backed up and upgraded; newer ones are refused."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from archive import database, migrations, near
from archive.errors import SchemaMismatch
from archive.store import Archive
from tests.archives import Desk

FIRST = """
-- Notes on an article; a comment with a semicolon; and a quote 'in it'.
CREATE TABLE notes (article_id INTEGER REFERENCES articles (id), note TEXT NOT NULL) STRICT;
INSERT INTO notes SELECT id, headline || '; read' FROM articles;
"""
SECOND = """
def migrate(db):
    for row in db.execute("SELECT rowid, note FROM notes").fetchall():
        db.execute("UPDATE notes SET note = ? WHERE rowid = ?", (row["note"].upper(), row["rowid"]))
"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    folder = tmp_path / "steps"
    folder.mkdir()
    (folder / "0003_notes.sql").write_text(FIRST, encoding="utf-8")
    (folder / "0004_shout.py").write_text(SECOND, encoding="utf-8")
    (folder / "README.md").write_text("not a step")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with Desk(tmp_path / "data") as desk:
        desk.file("tw_tuyengiao/9", "Hội nghị", "Chiều 15/01, Tỉnh ủy họp.")
    return tmp_path / "data" / "archive.db"


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_the_schema_is_of_the_version_the_code_reads(old: Path) -> None:
    assert version(old) == database.SCHEMA_VERSION
    numbers = [step.to_version for step in migrations.steps_after(0)]
    assert numbers == sorted(numbers)
    assert all(number <= database.SCHEMA_VERSION for number in numbers)


def test_an_older_archive_is_backed_up_and_upgraded(old: Path, steps: Path) -> None:
    backup = database.upgrade(old, steps)
    assert (backup.name, version(backup), version(old)) == ("archive-schema2-backup.db", 2, 4)
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("SELECT note FROM notes").fetchall() == [("HỘI NGHỊ; READ",)]
    with closing(sqlite3.connect(backup)) as db:
        assert db.execute("SELECT headline FROM articles").fetchall() == [("Hội nghị",)]


def test_a_step_that_fails_changes_nothing_and_is_taken_next_time(
    old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SCHEMA_VERSION", 4)
    (steps / "0004_shout.py").write_text(
        "def migrate(db):\n    db.execute('DELETE FROM notes')\n    raise RuntimeError\n"
    )
    with pytest.raises(RuntimeError):
        database.upgrade(old, steps)
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("SELECT count(*) FROM notes").fetchone() == (1,)
    assert version(old) == 3
    (steps / "0004_shout.py").write_text(SECOND, encoding="utf-8")
    database.upgrade(old, steps)
    assert version(old) == 4


def test_opening_an_older_archive_upgrades_it(
    old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SCHEMA_VERSION", 4)
    monkeypatch.setattr(migrations, "FOLDER", steps)
    with Archive.open(old) as archive:
        assert archive.db.execute("SELECT count(*) FROM notes").fetchone()[0] == 1
    assert (old.parent / "archive-schema2-backup.db").is_file()


# What each version has that the one before it had not, taken away: so an archive becomes an older one.
BEFORE_2 = "DROP INDEX text_fragments_common; DROP TABLE recent_texts; PRAGMA user_version = 1;"


def test_an_archive_of_version_1_becomes_what_a_new_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Sáng 14/7, Huyện ủy Trạm Tấu tổ chức Hội nghị sơ kết công tác 6 tháng đầu năm 2023, triển khai nhiệm vụ."
    monkeypatch.setattr(near, "_MOST_RECENT", 1)  # as version 1 kept them: each entered at once
    with Desk(tmp_path / "old") as desk:
        desk.file("tw_tuyengiao/9", "Hội nghị", text, date="2023-07-14")
    monkeypatch.undo()
    with closing(sqlite3.connect(tmp_path / "old" / "archive.db")) as db:
        db.executescript(BEFORE_2)
    with Desk(tmp_path / "old") as desk, Desk(tmp_path / "new") as new:
        sql = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        assert desk.rows(sql) == new.rows(sql)
        desk.file("tw_tuyengiao/10", "Hội nghị", text.replace("14/7", "15/7"), date="2023-07-15")
        assert desk.rows("SELECT duplicate_uid, kind FROM duplicate_pairs") == [("tw_tuyengiao/10", "near")]
        assert desk.archive.verify() == []


def test_a_newer_archive_is_refused(old: Path) -> None:
    with closing(sqlite3.connect(old)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(
        SchemaMismatch, match=r"made by a newer version \(schema 99, this one reads 2\); install the newer"
    ):
        Archive.open(old)


@pytest.mark.parametrize("make", ["CREATE TABLE articles (id)", "PRAGMA user_version = 1"])
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, make: str) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(make)
    before = path.read_bytes()
    for options in ({}, {"readonly": False}, {"create": True}):
        with pytest.raises(SchemaMismatch, match="not an archive of vankho"):
            Archive.open(path, **options)
    assert path.read_bytes() == before


def test_creating_twice_keeps_what_is_there(old: Path) -> None:
    with Archive.open(old, create=True) as archive:
        assert archive.article("tw_tuyengiao/9").headline == "Hội nghị"


def test_every_table_and_view_of_the_schema_is_explained() -> None:
    schema = (Path(database.__file__).parent / "schema.sql").read_text(encoding="utf-8")
    blocks = re.split(r"\n\n", schema)
    bare = [
        match[1]
        for block in blocks
        if (match := re.match(r"CREATE (?:TABLE|VIEW|VIRTUAL TABLE) (\w+)", block))
    ]
    assert set(bare) <= {"images", "attachments"}  # the names say it all


def test_a_creation_that_was_killed_is_done_again(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with Archive.open(tmp_path, create=True) as archive:
        assert archive.summary() == []


def test_an_archive_where_nothing_can_be_written_is_still_read(old: Path) -> None:
    code = textwrap.dedent("""
        import os, sys
        from archive.store import Archive
        if os.geteuid() == 0:
            os.setuid(65534)  # root may write anywhere
        with Archive.open(sys.argv[1]) as archive:
            print(archive.search("tỉnh ủy")[0].uid)
    """)
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        shutil.copy(old, folder)
        Path(folder).chmod(0o555)
        arguments = [sys.executable, "-c", code, folder]
        read = subprocess.run(arguments, capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
    assert (read.stdout, read.stderr) == ("tw_tuyengiao/9\n", "")
