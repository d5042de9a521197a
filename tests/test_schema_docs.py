"""The schema's page and Datasette's metadata name exactly what exists."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive import database
from tests.archives import Desk

ROOT = Path(__file__).parents[1]
METADATA: dict[str, Any] = json.loads((ROOT / "datasette-metadata.json").read_text(encoding="utf-8"))
TABLES: dict[str, dict[str, Any]] = METADATA["databases"]["archive"]["tables"]
# FTS5 shows its own name and its rank as columns; they are no data.
OWN_COLUMNS = {"articles_fts": {"articles_fts", "rank"}}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    path = tmp_path_factory.mktemp("data") / "archive.db"
    database.create(path)
    with closing(sqlite3.connect(path)) as db:
        names = [
            row[0]
            for row in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            if not re.match(r"sqlite_|articles_fts_", row[0])
        ]
        return {name: [row[1] for row in db.execute(f"PRAGMA table_xinfo({name})")] for name in names}


def test_metadata_names_every_table_view_and_column(schema: dict[str, list[str]]) -> None:
    assert set(TABLES) == set(schema)
    for name, columns in schema.items():
        assert set(TABLES[name]["columns"]) == set(columns) - OWN_COLUMNS.get(name, set()), name


def test_metadata_speaks_vietnamese_and_english() -> None:
    for name, table in TABLES.items():
        assert " · " in table["title"], name
        for column, text in table["columns"].items():
            assert re.fullmatch(r".+ · .+", text), (name, column)


def test_facets_sorts_and_labels_name_columns(schema: dict[str, list[str]]) -> None:
    for name, table in TABLES.items():
        used = {
            *table.get("facets", ()),
            *(table[key] for key in ("sort_desc", "label_column", "fts_pk") if key in table),
        }
        assert used <= set(schema[name]), name


def test_the_page_describes_every_table_view_and_column(schema: dict[str, list[str]]) -> None:
    page = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    described = dict(_sections(page))
    expected = {
        name: [c for c in columns if c not in OWN_COLUMNS.get(name, set())]
        for name, columns in schema.items()
    }
    assert described == expected


def _sections(page: str) -> Iterator[tuple[str, list[str]]]:
    for block in page.split("\n### ")[1:]:
        name, _, text = block.partition("\n")
        yield name, re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("đảng bộ", {"laichau_tuyengiao/1"}), ("dang bo", {"laichau_tuyengiao/1"}), ("đảng bo", {"laichau_tuyengiao/1"}),
        ("đang", {"laichau_tuyengiao/2"}), ("dang", {"laichau_tuyengiao/1", "laichau_tuyengiao/2"}), ("05-CT/TW", {"laichau_tuyengiao/2"}),
        ('lúa" OR (', set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["articles", "unique_articles"])
@pytest.mark.filterwarnings("default")  # Datasette's own
def test_the_stock_search_box_knows_vietnamese(
    tmp_path: Path, table: str, typed: str, expected: set[str]
) -> None:
    with Desk(tmp_path) as desk:
        desk.file(
            "laichau_tuyengiao/1", "Đảng bộ tỉnh", "Xây dựng tổ chức cơ sở trong sạch.", date="2021-01-17"
        )
        desk.file(
            "laichau_tuyengiao/2", "Người dân đang gặt lúa", "Thực hiện Chỉ thị 05-CT/TW.", date="2021-06"
        )
    rows = asyncio.run(_search_box(tmp_path / "archive.db", table, typed))
    assert {row["uid"] for row in rows} == expected


async def _search_box(path: Path, table: str, typed: str) -> list[dict[str, Any]]:
    datasette = Datasette([], immutables=[str(path)], metadata=METADATA)
    response = await datasette.client.get(
        f"/archive/{table}.json", params={"_search": typed, "_shape": "array"}
    )
    assert response.status_code == 200, response.text
    page = await datasette.client.get(f"/archive/{table}", params={"_search": typed})
    assert page.status_code == 200
    rows: list[dict[str, Any]] = response.json()
    return rows
