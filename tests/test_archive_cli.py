"""The archive's verbs as they are typed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.cli import verbs
from tests.archives import Desk

UID = "laichau_tuyengiao/5120"
PAGE = "<h1>Hội nghị</h1>".encode()
BODY = (
    "Chiều 15/01, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác tuyên giáo năm 2020.\n\n"
    "- Thực hiện Chỉ thị 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị."
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with Desk(folder) as desk:
        desk.file(
            UID, "Hội nghị tổng kết công tác tuyên giáo", BODY, date="2021-01-17T14:47:00+07:00", date_precision="minute",
            authors=("Hoàng Văn Quế",), byline="Tác giả bài viết: Hoàng Văn Quế", section="Tin tức",
            captions=("Toàn cảnh hội nghị",), view_count=2527, payload=PAGE,
        )  # fmt: skip
        desk.file("tw_tuyengiao/9", "Hội nghị tổng kết công tác tuyên giáo", BODY, date="2021-01-20")
        desk.file("yenbai_tramtau/1", "=SUM(A1)", "Bài đầu tiên của huyện Trạm Tấu năm nay.")
        desk.file(
            "yenbai_tramtau/1",
            "=SUM(A1)",
            "Bài thứ hai của huyện Trạm Tấu năm nay.",
            at="2026-12-01T00:00:00Z",
        )
    return folder


@click.group()
def vankho() -> None:
    """Stand in for the command that the crawler's verbs share."""


for verb in verbs:
    vankho.add_command(verb)


def run(data: Path, *arguments: str) -> Result:
    return CliRunner(env={"VANKHO_DATA": str(data)}).invoke(vankho, arguments)


def lines(result: Result) -> Sequence[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_search_prints_uid_date_headline_and_the_match(data: Path) -> None:
    result = run(data, "search", "quế")
    assert lines(result) == [
        f"{UID}  2021-01-17",
        "  Hội nghị tổng kết công tác tuyên giáo",
        "  Tác giả bài viết: Hoàng Văn Quế",
        "",
    ]
    assert result.stderr == "1 of 1 article, best match first\n"


def test_search_colours_the_match_on_a_terminal_only(data: Path) -> None:
    coloured = CliRunner(env={"VANKHO_DATA": str(data)}).invoke(vankho, ["search", "quế"], color=True)
    assert "\x1b[33m\x1b[1mQuế\x1b[0m" in coloured.stdout


def test_search_as_json_is_one_object_a_line(data: Path) -> None:
    hits = [json.loads(line) for line in lines(run(data, "search", "--json", "--limit", "1", "hoi", "nghi"))]
    assert [hit["uid"] for hit in hits] == ["tw_tuyengiao/9"]
    text, (start, end) = hits[0]["snippet"]["text"], hits[0]["snippet"]["matches"][0]
    assert text[start:end] == "Hội"


def test_search_that_finds_nothing_says_so(data: Path) -> None:
    result = run(data, "search", "site:hanoi", "hội")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0].startswith(
        "note: no site is called hanoi; there are laichau_tuyengiao"
    )


def test_show_prints_a_readable_record(data: Path) -> None:
    printed = lines(run(data, "show", UID))
    assert printed[0] == "Hội nghị tổng kết công tác tuyên giáo"
    assert (
        "published    2021-01-17T14:47:00+07:00 (printed as: 2021-01-17T14:47:00+07:00, from the page, to the minute)"
        in printed
    )
    assert "authors      Hoàng Văn Quế" in printed
    assert "sections     Tin tức" in printed
    assert "image        Toàn cảnh hội nghị <http://example.vn/0.jpg>" in printed
    assert "same text    later: tw_tuyengiao/9, 2021-01-20, exact" in printed
    assert "read headline family: h1.title" in printed
    assert any(
        line.startswith("bytes        warc/laichau_tuyengiao/laichau_tuyengiao-2026") for line in printed
    )
    assert "\n".join(printed).endswith(BODY)


def test_show_raw_writes_the_captured_bytes_and_nothing_else(data: Path) -> None:
    assert run(data, "show", UID, "--raw").stdout_bytes == PAGE


def test_show_json_has_every_field(data: Path) -> None:
    record = json.loads(run(data, "show", UID, "--json").stdout)
    assert record["date_published"] == "2021-01-17T14:47:00+07:00"
    assert record["source"] is None
    assert record["attachments"] == []
    assert record["images"] == [
        {"url": "http://example.vn/0.jpg", "caption": "Toàn cảnh hội nghị", "credit": None}
    ]
    assert record["duplicates"][0]["uid"] == "tw_tuyengiao/9"


def test_show_history_tells_when_and_how_much_changed(data: Path) -> None:
    printed = lines(run(data, "show", "yenbai_tramtau/1", "--history"))
    assert printed[0] == "1  2026-11-22T08:00:00Z  until 2026-12-01T00:00:00Z  9 words"
    assert printed[3] == "2  2026-12-01T00:00:00Z  present  -2 +2 words"


def test_show_diff_marks_the_words(data: Path) -> None:
    printed = run(data, "show", "yenbai_tramtau/1", "--diff", "1", "2").stdout
    assert printed == "=SUM(A1)\n\nBài [-đầu tiên-] {+thứ hai+} của huyện Trạm Tấu năm nay.\n"
    assert run(data, "show", "yenbai_tramtau/1", "--diff").stdout == printed


def test_show_diff_with_nothing_to_compare(data: Path) -> None:
    result = run(data, "show", UID, "--diff")
    assert (result.exit_code, result.stderr) == (
        2,
        "vankho: nothing to compare: the archive has only one reading of this article\n",
    )


def test_cites_lists_the_sentences(data: Path) -> None:
    result = run(data, "cites", "5-CT/TW")
    assert lines(result)[:3] == [
        "tw_tuyengiao/9  2021-01-20  Chỉ thị 05-CT/TW, of 2016-05-15",
        "  Hội nghị tổng kết công tác tuyên giáo",
        "  - Thực hiện Chỉ thị 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị.",
    ]
    assert result.stderr == "2 mentions in 2 articles\n"


@pytest.mark.parametrize("style", ["text", "bibtex", "ris", "csl-json"])
def test_cite_names_article_capture_and_digest(data: Path, style: str) -> None:
    printed = run(data, "cite", UID, "--format", style).stdout
    for part in (
        "Hoàng Văn Quế",
        "Hội nghị tổng kết công tác tuyên giáo",
        "2021",
        "2026-11-22T08:00:00Z",
        "sha256:",
        UID,
    ):
        assert part in printed
    if style == "csl-json":
        assert json.loads(printed)[0]["issued"] == {"date-parts": [[2021, 1, 17]]}
    if style == "bibtex":
        assert printed.startswith("@online{laichau_tuyengiao-5120-hoi,\n")


def test_export_speaks_schema_org(data: Path) -> None:
    records = [json.loads(line) for line in lines(run(data, "export"))]
    assert [record["identifier"] for record in records] == ["tw_tuyengiao/9", UID, "yenbai_tramtau/1"]
    second = records[1]
    assert second["@type"] == "NewsArticle"
    assert second["author"] == [{"@type": "Person", "name": "Hoàng Văn Quế"}]
    assert second["citation"] == ["05-CT/TW"]
    assert records[0]["isVersionOf"] == [UID]
    assert None not in second.values()


def test_export_of_a_query(data: Path) -> None:
    assert len(lines(run(data, "export", "site:laichau", "hội"))) == 1


def test_export_csv_for_excel(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "articles.csv"
    result = run(data, "export", "--format", "csv", "--bom", "-o", str(out))
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfidentifier,url,headline,")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[1]["author"] == "Hoàng Văn Quế"
    assert rows[2]["headline"] == "'=SUM(A1)"
    card = (tmp_path / "articles.csv.md").read_text(encoding="utf-8")
    assert "3 articles: the whole archive" in card
    assert "| laichau_tuyengiao | 2021-01 | 1 |" in card


def test_export_csv_without_bom_changes_no_cell(data: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(data, "export", "--format", "csv").stdout)))
    assert rows[2]["headline"] == "=SUM(A1)"


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="the parquet extra is not installed")
def test_export_parquet(data: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    out = tmp_path / "articles.parquet"
    assert run(data, "export", "--format", "parquet", "-o", str(out)).exit_code == 0
    assert pq.read_table(out).num_rows == 3


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_without_its_library_says_how_to_get_it(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "articles.parquet"
    result = run(data, "export", "--format", "parquet", "-o", str(out))
    assert (result.exit_code, out.exists()) == (2, False)
    assert (
        result.stderr
        == "vankho: Parquet needs pyarrow, which is not installed; run: pip install 'vankho[parquet]'\n"
    )


def test_verify_of_a_whole_archive(data: Path) -> None:
    result = run(data, "verify", "--deep")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "the archive is whole\n")


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (
            "UPDATE articles SET body = body || '!x' WHERE uid = 'tw_tuyengiao/9'",
            "do not have the digest they were recorded with",
        ),
        ("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')", "is not in it"),
        ("UPDATE captures SET article_id = NULL", "captures of articles that belong to none"),
        (
            "UPDATE captures SET warc_file = 'warc/lost.warc.gz'",
            "warc/lost.warc.gz: gone; restore it from a backup",
        ),
        ("UPDATE captures SET digest = 'sha256:00'", "holds another capture than the database says"),
        ("PRAGMA foreign_keys = 0; DELETE FROM sites", "points to no row of sites"),
    ],
)
def test_verify_finds_faults_and_exits_1(tmp_path: Path, damage: str, fault: str) -> None:
    with Desk(tmp_path) as desk:
        desk.file("tw_tuyengiao/9", "Hội nghị tổng kết", BODY)
        desk.archive.db.executescript(damage)
    result = run(tmp_path, "verify", "--deep")
    assert result.exit_code == 1
    assert fault in result.stdout


def test_verify_finds_a_damaged_warc(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.file("tw_tuyengiao/9", "Hội nghị tổng kết", BODY)
        path = desk.warc.path.with_suffix("")
    data = bytearray(path.read_bytes())
    data[-40] ^= 0xFF
    path.write_bytes(data)
    found = run(tmp_path, "verify", "--deep").stdout
    assert "not the bytes it was closed with" in found
    assert "damaged" in found


@pytest.mark.parametrize(
    "arguments", [["search", "x"], ["show", "x"], ["cites", "05-CT/TW"], ["export"], ["verify"]]
)
def test_no_archive_is_one_line_and_exit_2(tmp_path: Path, arguments: list[str]) -> None:
    result = run(tmp_path / "none", *arguments)
    assert result.exit_code == 2
    assert (
        result.stderr
        == f"vankho: {tmp_path / 'none' / 'archive.db'}: no archive there; make one with: vankho crawl, or give another --data\n"
    )


def test_an_unknown_uid_is_one_line_and_exit_2(data: Path) -> None:
    result = run(data, "show", "laichau_tuyengiao/1")
    assert result.exit_code == 2
    assert result.stderr.endswith("no article laichau_tuyengiao/1; find its uid with: vankho search WORDS\n")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"not a database at all, but long enough to look like one" * 30)
    result = run(tmp_path, "search", "x")
    assert result.exit_code == 2
    assert "not an archive" in result.stderr


def test_a_closed_pipe_is_no_error(data: Path) -> None:
    code = "from archive.cli import export_verb; export_verb()"
    command = f"{sys.executable} -c '{code}' --data {data} | head -c 1"
    piped = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    assert piped.stdout == "{"


def test_the_verbs_start_without_scrapy() -> None:
    code = "import sys, archive.cli, archive.store; print(sorted({'scrapy', 'trafilatura', 'twisted'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
