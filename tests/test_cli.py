"""The command `vankho` as its users meet it: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.vankho import Done, vankho

ROOT = Path(__file__).parent.parent
PAGE = """<html><head><title>Họp - Trang thử</title></head><body><div>Chủ Nhật, 14/7/2024</div>
<h1>Hội nghị giao ban công tác tuyên giáo</h1><p>Thứ Năm, 26/10/2023 10:8'(GMT+7)</p>
<div><p>Sáng 26/10, Ban Tuyên giáo Tỉnh ủy tổ chức hội nghị giao ban công tác tuyên giáo trong toàn tỉnh.</p>
<p>Các đại biểu đã thảo luận về công tác tuyên truyền, giáo dục lý luận chính trị và đấu tranh phản bác.</p>
<p>Hội nghị đề ra nhiệm vụ trọng tâm của những tháng cuối năm cho các địa phương, đơn vị.</p></div></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def test_extract_prints_one_json_object_and_nothing_else(page: Path) -> None:
    done = vankho(
        "extract",
        str(page),
        "--url",
        "https://tuyengiao.vn/hoi-nghi-149483",
        "--captured-at",
        "2024-07-14T09:30:00+07:00",
    )
    assert done.returncode == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    assert set(record) >= {
        "site", "family", "url", "uid", "headline", "description", "body", "authors", "byline", "section",
        "date_published", "date_published_raw", "date_source", "date_precision", "images", "attachments", "read_by",
    }  # fmt: skip
    assert (record["site"], record["family"], record["uid"]) == (
        "tw_tuyengiao",
        "slugid",
        "tw_tuyengiao/149483",
    )
    assert record["headline"] == "Hội nghị giao ban công tác tuyên giáo"
    assert (record["date_published"], record["date_precision"]) == ("2023-10-26T10:08:00+07:00", "minute")
    assert record["authors"] == []
    assert record["byline"] is None
    assert len(record["body"].split("\n\n")) == 3


def test_extract_reads_a_page_of_an_unknown_host_from_standard_input() -> None:
    command = [
        sys.executable,
        "-m",
        "crawler.cli",
        "extract",
        "-",
        "--url",
        "https://huyenuy.example.vn/tin/hoi-nghi.html",
    ]
    done = subprocess.run(command, input=PAGE, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert (record["site"], record["family"]) == (None, None)
    assert record["uid"] == "https://huyenuy.example.vn/tin/hoi-nghi.html"


def test_extract_can_be_told_the_site(page: Path) -> None:
    done = vankho(
        "extract", str(page), "--url", "https://moi.example.vn/hoi-nghi-149483", "--name", "tw_tuyengiao"
    )
    assert json.loads(done.stdout)["family"] == "slugid"


def test_extract_of_no_article_exits_3_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "form.html").write_text("<html><body><form><input name=q></form></body></html>")
    done = vankho("extract", str(tmp_path / "form.html"), "--url", "https://tuyengiao.vn/tim-kiem")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "/none.html", "--url", "https://tuyengiao.vn/x-1234"], "/none.html: cannot be read (No such file"),
        (["extract", "{page}", "--url", "tuyengiao.vn/x"], "is no address"),
        (["extract", "{page}", "--url", "http://tuyengiao.vn:port/x"], "is no address"),
        (["extract", "{page}", "--url", "https://a.vn/x", "--captured-at", "today"], "'today' is no time"),
        (["extract", "{page}", "--url", "https://a.vn/x", "--name", "tw_tuyengia"], "did you mean 'tw_tuyengiao'?"),
        (["crawl"], "name the sites to crawl or give --all"),
        (["crawl", "laichau_tuyengao"], "no site 'laichau_tuyengao' is declared; did you mean 'laichau_tuyengiao'?"),
        (["crawl", "--all", "--since", "1/2/2020"], "is no day; write it as 2021-06-30"),
        (["crawl", "--all", "--sites", "/none"], "/none: no such folder of site declarations"),
        (["crawl", "tw_tuyengiao", "--from-warc", "/none.warc", "--data", "{folder}/d"], "/none.warc: cannot be read"),
        (["crawl", "tw_tuyengiao", "--from-warc", "{page}", "--data", "{folder}/d"], "page.html: not a WARC file"),
        (["crawl", "tw_tuyengiao", "--data", "/proc/none"], "/proc/none: cannot be written"),
        (["demo", "--data", "{folder}"], "is not a demo's folder and is left alone"),
        (["demo", "--keep", "--data", "{folder}/none"], "no demo to keep"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_2(page: Path, arguments: list[str], message: str) -> None:
    filled = [a.format(page=page, folder=page.parent) for a in arguments]
    done = vankho(*filled)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (page.parent / "d").exists()


def test_a_wrong_declaration_stops_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('titel = "x"\n')
    done = vankho("crawl", "--all", "--sites", str(tmp_path), "--data", str(tmp_path / "d"))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"vankho: {tmp_path}/x.toml: unknown key 'titel'; did you mean 'title'?"
    ]
    assert not (tmp_path / "d").exists()


def test_scrapy_list_is_the_registry() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    names = done.stdout.split()
    assert {
        "laichau_tuyengiao",
        "yenbai_tramtau",
        "tw_xaydungdang",
        "travinh_tuyengiao",
        "tw_tuyengiao",
    } <= set(names)
    assert names == [line.split()[0] for line in vankho("sites").stdout.splitlines()]


def test_scrapy_crawl_writes_to_the_same_archive(tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "scrapy", "crawl", "tw_tuyengiao", "-s", "VANKHO_LIMIT=2",
        "-s", f"VANKHO_REPLAY={ROOT}/crawler/demo/five-sites.warc.gz",
    ]  # fmt: skip
    subprocess.run(
        command, capture_output=True, check=True, cwd=ROOT, env={**os.environ, "VANKHO_DATA": str(tmp_path)}
    )
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone()[0] == 2


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    folder = tmp_path_factory.mktemp("demo") / "data"
    return folder, vankho("demo", "--data", str(folder))


def test_the_demo_archives_five_sites(demo: tuple[Path, Done]) -> None:
    folder, done = demo
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    total = next(line for line in done.stdout.splitlines() if line.startswith("5 sites, "))
    assert "0 unexplained issues" in total
    assert int(total.split()[2]) >= 200
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        assert db.execute("SELECT count(DISTINCT site) FROM articles").fetchone()[0] == 5
        assert db.execute("SELECT count(*) FROM issues WHERE severity = 'error'").fetchone()[0] == 0


def test_the_demo_holds_what_was_printed_on_its_pages(
    demo: tuple[Path, Done],
) -> None:
    expected = json.loads((ROOT / "crawler/demo/expected.json").read_text())
    with closing(sqlite3.connect(demo[0] / "archive.db")) as db:
        for site, of_site in expected.items():
            held = dict(db.execute("SELECT url, headline FROM articles WHERE site = ?", (site,)).fetchall())
            assert len(held) == of_site["articles"]
            assert sorted(held.values()) == sorted(record["headline"] for record in of_site["records"])


def test_the_demo_dates_the_five_seed_articles(demo: tuple[Path, Done]) -> None:
    query = "SELECT date_published, date_source FROM articles WHERE headline GLOB ?"
    with closing(sqlite3.connect(demo[0] / "archive.db")) as db:

        def dates(start: str) -> list[tuple[str, str]]:
            return db.execute(query, (start + "*",)).fetchall()

        assert dates("Hội nghị tổng kết công tác tuyên giáo năm 2020") == [
            ("2021-01-17T14:47:00+07:00", "page")
        ]
        assert dates("Hội nghị sơ kết công tác tuyên giáo, Ban Chỉ đạo 35") == [
            ("2023-07-14T08:00:02+07:00", "page")
        ]
        assert [source for _, source in dates("Công tác tuyên giáo 6 tháng đầu năm 2021")] == ["listing"]


def test_a_second_demo_crawl_finds_nothing_new(demo: tuple[Path, Done]) -> None:
    folder, first = demo
    assert first.returncode == 0
    done = vankho("demo", "--keep", "--data", str(folder))
    assert done.returncode == 0
    assert "This run: 0 new, 0 unexplained issues" in done.stdout
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        kinds = db.execute("SELECT DISTINCT kind FROM captures WHERE run_id > 5 ORDER BY 1").fetchall()
    assert kinds == [("listing",), ("robots",)]


def test_the_demo_is_made_afresh(tmp_path: Path) -> None:
    (tmp_path / ".vankho-demo").write_text("")
    (tmp_path / "old").write_text("")
    vankho("demo", "--data", str(tmp_path))
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "archive.db").exists()
