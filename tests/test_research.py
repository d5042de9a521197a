"""What docs/research.md and docs/python.md show is what the demo archive answers today.

This module run as a script pastes the answers anew; read the difference before it is committed.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import chdir, closing
from pathlib import Path

import pytest

from archive.export import COLUMNS
from archive.store import Archive
from tests.vankho import vankho

DOCS = Path(__file__).parents[1] / "docs"
RESEARCH, PYTHON = DOCS / "research.md", DOCS / "python.md"
# A query and the table pasted under it.
QUESTION = re.compile(
    r"^```sql\n(?P<sql>.*?)^```\n(?:\n(?P<answer>(?:\|[^\n]*\n)+))?", re.MULTILINE | re.DOTALL
)


def questions() -> list[tuple[str, str]]:
    page = RESEARCH.read_text(encoding="utf-8")
    return [(match["sql"], match["answer"] or "") for match in QUESTION.finditer(page)]


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def make_demo(folder: Path) -> Path:
    done = vankho("demo", "--data", str(folder / "data" / "demo"))
    assert done.returncode == 0, done.stderr
    return folder


def visit_again(folder: Path) -> sqlite3.Connection:
    (code,) = blocks(RESEARCH, "python")
    with chdir(folder):
        exec(compile(code, str(RESEARCH), "exec"), {})  # noqa: S102 - our own page
    return sqlite3.connect(folder / "data" / "demo" / "archive.db")


def answer(db: sqlite3.Connection, sql: str) -> str:
    """What a query answers, as a table of Markdown."""
    cursor = db.execute(sql)
    names = [column[0] for column in cursor.description]
    rows = [["" if value is None else str(value).replace("|", r"\|") for value in row] for row in cursor]
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def visited(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("visited")
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    with closing(visit_again(folder)) as db:
        yield db


def test_the_page_answers_at_least_ten_questions() -> None:
    assert len(questions()) >= 10
    assert all(pasted.count("\n") > 2 for _, pasted in questions())


@pytest.mark.parametrize(
    ("sql", "pasted"), questions(), ids=[f"question {n}" for n, _ in enumerate(questions(), 1)]
)
def test_each_question_has_the_answer_under_it(visited: sqlite3.Connection, sql: str, pasted: str) -> None:
    assert answer(visited, sql) == pasted, "run this module as a script to paste the answers of today"


def test_the_second_visit_leaves_the_archive_whole(visited: sqlite3.Connection) -> None:
    (path,) = [row[2] for row in visited.execute("PRAGMA database_list")]
    done = vankho("verify", "--deep", "--data", path)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_python_page_is_true(demo: Path) -> None:
    session = doctest.DocTestParser().get_doctest(
        "".join(blocks(PYTHON, "pycon")), {}, PYTHON.name, None, None
    )
    assert len(session.examples) > 10
    report: list[str] = []
    with chdir(demo):
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        runner.run(session, out=report.append)
    assert "".join(report) == ""


def test_the_python_page_shows_every_way_to_read() -> None:
    page = PYTHON.read_text(encoding="utf-8")
    ways = {"open", "close", "summary", "search", "article", "capture", "cites", "verify", "to_pandas"}
    assert ways <= {name for name in vars(Archive) if not name.startswith("_")}
    assert ways <= set(re.findall(r"\b[aA]rchive\.(\w+)\(", page))


def test_a_data_frame_has_the_columns_of_the_csv_export(demo: Path) -> None:
    pytest.importorskip("pandas")
    with Archive.open(demo / "data" / "demo") as archive:
        frame = archive.to_pandas("chuyen doi so", site="laichau")
        assert tuple(frame.columns) == COLUMNS
        assert len(frame) == archive.search("chuyen doi so", site="laichau").total


def paste() -> None:
    """Write what the archive answers today into the page."""
    with tempfile.TemporaryDirectory() as name, closing(visit_again(make_demo(Path(name)))) as db:
        page = QUESTION.sub(
            lambda match: f"```sql\n{match['sql']}```\n\n{answer(db, match['sql'])}",
            RESEARCH.read_text(encoding="utf-8"),
        )
    RESEARCH.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "120")
    paste()
