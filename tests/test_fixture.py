"""`vankho fixture`: a page of the archive becomes an unreviewed case of the gold set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.model import Capture, Issue, Sighting
from archive.store import Archive
from archive.warc import WarcWriter, iter_responses
from crawler.demo_folder import CAPTURE
from crawler.extract import extract
from crawler.fixture import case_name
from crawler.site import Site, read_sites, uid_of
from tests.test_extract_seeds import URLS

ROOT = Path(__file__).parent.parent
LAI_CHAU = URLS["laichau_tuyengiao"]
CHALLENGE_URL = "http://laichau.dcs.vn/index.php/dan-van/bi-chan-9999.html"
CHALLENGE = b"<html><body><script>document.cookie='D1N=0123456789abcdef';window.location.reload(true);</script></body></html>"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two seed articles, as the demo's capture holds them, and one challenge page."""
    folder = tmp_path_factory.mktemp("data")
    sites = read_sites()
    with Archive.open(folder, create=True) as archive:
        for name in ("laichau_tuyengiao", "yenbai_tramtau"):
            enter(archive, folder, sites[name])
    return folder


def enter(archive: Archive, folder: Path, site: Site) -> None:
    archive.add_site(
        name=site.name, title=site.title, publisher=site.publisher, level=site.level, province=site.province,
        home=site.home, family=site.family.name,
    )  # fmt: skip
    run = archive.begin_run(site.name, started_at="2024-07-14T02:00:00Z", command="crawl")
    warc = WarcWriter(folder, site.name, started_at="2024-07-14T02:00:00Z", software="vankho test")
    for response in iter_responses(CAPTURE):
        if response.url != URLS[site.name]:
            continue
        capture = warc.write(
            url=response.url, captured_at=response.captured_at, status=response.status, reason=response.reason,
            protocol=response.protocol, headers=response.headers, payload=response.payload,
        )  # fmt: skip
        archive.record(run, capture, extract(capture, site))
    if site.name == "laichau_tuyengiao":
        blocked = warc.write(
            url=CHALLENGE_URL, captured_at="2024-07-14T02:10:00Z", status=200, reason="OK", protocol="HTTP/1.1",
            headers=[("Content-Type", "text/html; charset=windows-1258")], payload=CHALLENGE,
        )  # fmt: skip
        report_challenge(archive, run, site, blocked)
    warc.close()


def report_challenge(archive: Archive, run: int, site: Site, blocked: Capture) -> None:
    uid = uid_of(site, CHALLENGE_URL)
    seen = Sighting(site=site.name, url=CHALLENGE_URL, uid=uid, listing_url=site.home)
    never = Sighting(
        site=site.name, url=site.home + "dan-van/a-8888.html", uid=f"{site.name}/8888", listing_url=site.home
    )
    archive.see(run, [seen, never], seen_at="2024-07-14T02:00:00Z")
    archive.report(run, Issue(kind="ChallengeError", message="x", site=site.name), capture=blocked, uid=uid)


def fixture(data: Path, into: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crawler.cli", "fixture", *arguments, "--data", str(data), "--into", str(into)],
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a failing command says: exit code 2, one line on standard error, nothing else."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_page_and_record_side_by_side(data: Path, tmp_path: Path) -> None:
    done = fixture(data, tmp_path, "laichau_tuyengiao", "laichau_tuyengiao/5120")
    assert done.returncode == 0, done.stderr
    page, record_path = sorted((tmp_path / "laichau_tuyengiao").iterdir())
    assert page.stem == record_path.stem
    assert str(record_path) in done.stdout
    served = next(capture for capture in iter_responses(CAPTURE) if capture.url == LAI_CHAU)
    with Archive.open(data) as archive:
        assert page.read_bytes() == archive.capture("laichau_tuyengiao/5120").body
    assert served.url == LAI_CHAU
    record = read(record_path)
    assert record["reviewed_by"] is None
    assert (record["url"], record["captured_at"], record["reconstruction"]) == (
        LAI_CHAU,
        served.captured_at,
        True,
    )
    assert (
        record["headline"] == "Hội nghị tổng kết công tác tuyên giáo năm 2020, triển khai nhiệm vụ năm 2021"
    )
    assert (record["date_published"], record["date_precision"]) == ("2021-01-17T14:47:00+07:00", "minute")
    assert record["authors"] == ["Hoàng Văn Quế"]
    assert len(record["body"]) == 14


def test_record_has_the_keys_of_the_gold_set(data: Path, tmp_path: Path) -> None:
    fixture(data, tmp_path, "yenbai_tramtau", URLS["yenbai_tramtau"])
    (path,) = (tmp_path / "yenbai_tramtau").glob("*.json")
    gold = read(ROOT / "tests/sites/laichau_tuyengiao/seed-stock-word.json")
    wanted = set(gold) - {"note", "description_may_be", "body_may_have", "date_machine"}
    assert set(read(path)) - {"content_type"} == wanted


@pytest.mark.parametrize("page", ["laichau_tuyengiao/5120", "5120", LAI_CHAU])
def test_uid_id_and_address_name_the_same_page(data: Path, tmp_path: Path, page: str) -> None:
    done = fixture(data, tmp_path, "laichau_tuyengiao", page, "--case", "seed")
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "laichau_tuyengiao/seed.json")["url"] == LAI_CHAU


@pytest.mark.parametrize("page", [CHALLENGE_URL, "9999"])
def test_page_that_could_not_be_read(data: Path, tmp_path: Path, page: str) -> None:
    done = fixture(data, tmp_path, "laichau_tuyengiao", page, "--case", "d1n")
    assert done.returncode == 0, done.stderr
    record = read(tmp_path / "laichau_tuyengiao/d1n.json")
    assert (record["not_article"], record["http_status"], record["reviewed_by"]) == (True, 200, None)
    assert record["why"].startswith("ChallengeError: ")
    assert record["content_type"] == "text/html; charset=windows-1258"
    assert (tmp_path / "laichau_tuyengiao/d1n.html").read_bytes() == CHALLENGE


def test_a_reviewed_record_is_left_alone(data: Path, tmp_path: Path) -> None:
    arguments = ("laichau_tuyengiao", "5120", "--case", "seed")
    assert fixture(data, tmp_path, *arguments).returncode == 0
    path = tmp_path / "laichau_tuyengiao/seed.json"
    assert fixture(data, tmp_path, *arguments).returncode == 0, "an unreviewed one is made anew"
    path.write_text(path.read_text().replace('"reviewed_by": null', '"reviewed_by": "person"'))
    path.with_suffix(".html").write_bytes(b"as it was")
    cleared = path.read_bytes()
    line = one_line(fixture(data, tmp_path, *arguments))
    assert str(path) in line
    assert "reviewed by person" in line
    assert path.read_bytes() == cleared
    assert path.with_suffix(".html").read_bytes() == b"as it was"


def test_another_pages_case_is_left_alone(data: Path, tmp_path: Path) -> None:
    assert fixture(data, tmp_path, "laichau_tuyengiao", "5120", "--case", "one").returncode == 0
    assert LAI_CHAU in one_line(fixture(data, tmp_path, "laichau_tuyengiao", "9999", "--case", "one"))


def test_what_is_no_record_is_left_alone(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "laichau_tuyengiao"
    folder.mkdir()
    (folder / "one.html").write_bytes(b"mine")
    assert "left alone" in one_line(fixture(data, tmp_path, "laichau_tuyengiao", "5120", "--case", "one"))
    assert [path.name for path in folder.iterdir()] == ["one.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("laichau_tuyengia", "5120"), "did you mean 'laichau_tuyengiao'?"),
        (("laichau_tuyengiao", "77777"), "no article laichau_tuyengiao/77777"),
        (("laichau_tuyengiao", "8888"), "no capture of http://laichau.dcs.vn/"),
        (
            ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php/a/b-4.html"),
            "vankho crawl laichau_tuyengiao",
        ),
        (("laichau_tuyengiao", "http://example.vn/b-4.html"), "is not on laichau_tuyengiao"),
        (("laichau_tuyengiao", "http://[/"), "is not on laichau_tuyengiao"),
    ],
)
def test_bad_input_is_said_in_one_line(
    data: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert said in one_line(fixture(data, tmp_path, *arguments))
    assert list(tmp_path.iterdir()) == []


def test_no_archive(tmp_path: Path) -> None:
    assert str(tmp_path) in one_line(fixture(tmp_path / "none", tmp_path, "laichau_tuyengiao", "5120"))


def test_a_lost_warc_is_told(data: Path, tmp_path: Path) -> None:
    (file,) = (data / "warc/yenbai_tramtau").glob("*.warc.gz")
    away = file.rename(tmp_path / file.name)
    try:
        assert file.name in one_line(
            fixture(data, tmp_path / "into", "yenbai_tramtau", URLS["yenbai_tramtau"])
        )
    finally:
        away.rename(file)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (
            "https://tuyengiao.vn/" + "lai-chau-doi-moi-nang-cao-chat-luong-hieu-qua-cong-tac-149511",
            "lai-chau-doi-moi-nang-cao-chat-luong-hieu-qua-149511",
        ),
        ("https://h.vn/B%C3%A0i-vi%E1%BA%BFt/", "bai-viet"),
        ("https://h.vn/", "home"),
        ("https://h.vn/xem.aspx?id=12345", "xem-12345"),
        ("https://h.vn/?p=4321", "home-4321"),
        ("https://h.vn/中文.html", "page"),
    ],
)
def test_case_names(url: str, name: str) -> None:
    assert case_name(url) == name
