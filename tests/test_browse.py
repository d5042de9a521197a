"""The archive in a browser, asked over HTTP: what pages show, and that nothing strangers wrote ever runs."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import lxml.etree
import lxml.html
import pytest

from archive.browse.addresses import decode, encode
from archive.browse.pages_capture import _sealed
from archive.serving import make_datasette
from tests.archives import Desk
from tests.browsing import HOSTILE, HOSTILE_UID, write_archive

Get = Callable[[str], Any]


class Client:
    """Datasette's own client, called without waiting."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._datasette = make_datasette(folder)
        self._loop.run_until_complete(self._datasette.invoke_startup())

    def __call__(self, path: str, **options: Any) -> Any:
        return self._loop.run_until_complete(self._datasette.client.get(path, **options))

    def post(self, path: str) -> Any:
        return self._loop.run_until_complete(self._datasette.client.post(path, data={"sql": "delete"}))

    def close(self) -> None:
        for database in self._datasette.databases.values():
            database.close()
        self._datasette.executor.shutdown()
        self._loop.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browse")
    write_archive(path)
    return path


@pytest.fixture(scope="module")
def get(folder: Path) -> Iterator[Client]:
    client = Client(folder)
    yield client
    client.close()


def page(get: Get, path: str, status: int = 200) -> Any:
    answer = get(path)
    assert answer.status_code == status, answer.text[:500]
    return lxml.html.document_fromstring(answer.content.decode())


def data(get: Get, path: str) -> Any:
    answer = get(path)
    assert answer.status_code == 200, answer.text[:500]
    return answer.json()


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


ARTICLE: Final = "/article/laichau_tuyengiao/1"
PAGES: Final = (
    "/", "/search", "/search?q=chi", "/search?q=khongdau+alert&site=hostile&from=2021", "/timeline",
    "/timeline?q=chi", "/timeline?site=hostile&of=share", "/documents", "/document/05-CT/TW", "/health",
    "/site/hostile", "/site/laichau_tuyengiao", ARTICLE, f"/article/{encode(HOSTILE_UID)}",
    f"/versions/{encode(HOSTILE_UID)}", f"/author/{encode(HOSTILE)}", "/capture/1", "/article/none/0",
    f"/search?q={encode(HOSTILE)}", f"/article/{encode(HOSTILE)}",
)  # fmt: skip


# ----------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_on_any_page_can_run_or_reach_out(get: Client, path: str, language: str) -> None:
    answer = get(path, cookies={"vankho_language": language})
    assert answer.status_code in (200, 404)
    tree: Any = lxml.html.document_fromstring(answer.content.decode())
    assert not tree.xpath(
        "//script | //img | //svg//*[@onload] | //object | //embed | //base | //meta[@http-equiv]"
    )
    assert not tree.xpath("//@style")
    assert not [
        name for element in tree.iter() for name in element.attrib if str(name).lower().startswith("on")
    ]
    for address in tree.xpath("//link/@href | //iframe/@src | //form/@action | //img/@src"):
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
    for address in tree.xpath("//a/@href"):
        assert address.startswith(("/", "#", "http://", "https://")), address
    assert "49" not in " ".join(tree.xpath("//h1//text()"))


@pytest.mark.parametrize(
    "path", [*PAGES, "/captured/1", "/search.csv", "/feeds/newest.atom", "/archive", "/-/settings"]
)
def test_every_answer_forbids_what_it_does_not_need(get: Client, path: str) -> None:
    headers = get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    if not path.startswith(("/archive", "/-/")):
        assert "script-src" not in policy
        assert "unsafe-inline" not in policy or policy.startswith("sandbox;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_hostile_fields_are_shown_as_the_text_they_are(get: Client) -> None:
    tree = page(get, f"/article/{encode(HOSTILE_UID)}")
    text = " ".join(HOSTILE.split())
    assert words(tree.xpath("//h1")[0]) == text
    assert text in words(tree.xpath("//div[contains(@class, 'body')]")[0])
    assert text in words(tree.xpath("//figcaption")[0])
    assert text in words(tree.xpath("//p[@class='byline']")[0])
    assert HOSTILE in tree.xpath("string(//textarea[@id='cite-text'])")
    assert tree.xpath("//meta[@name='citation_title']/@content") == [HOSTILE]
    assert not tree.xpath("//a[contains(., 'javascript:')]")


def test_the_captured_page_is_served_in_a_sandbox_without_origin(get: Client) -> None:
    tree = page(get, f"/article/{encode(HOSTILE_UID)}")
    (capture,) = {href for href in tree.xpath("//a/@href") if href.startswith("/capture/")}
    (frame,) = page(get, capture).xpath("//iframe")
    assert frame.get("sandbox") == ""
    answer = get(frame.get("src"))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert b"dns-prefetch" not in answer.content
    raw = get(frame.get("src") + "/bytes")
    assert raw.headers["content-disposition"].startswith("attachment")
    assert raw.headers["content-type"] == "application/octet-stream"
    assert b"dns-prefetch" in raw.content


@pytest.mark.parametrize(
    "path", ["/captured/999999", "/captured/9999999999999999999", "/capture/-1", "/capture/~2E~2E~2Farchive~2Edb", "/capture/1 or 1"]
)  # fmt: skip
def test_a_capture_is_a_number_and_nothing_else(get: Client, path: str) -> None:
    assert get(path).status_code == 404


def test_a_record_that_points_out_of_the_data_folder_is_not_read(tmp_path: Path) -> None:
    write_archive(tmp_path)
    with Desk(tmp_path) as desk:
        desk.archive.db.execute("UPDATE captures SET warc_file = '../../etc/passwd' WHERE id = 1")
    client = Client(tmp_path)
    try:
        assert client("/captured/1").status_code == 404
        assert "not a path within the data folder" in words(page(client, "/capture/1"))
    finally:
        client.close()


@pytest.mark.parametrize("charset", ["utf-16", "UTF-16LE", "utf-7"])
def test_markup_in_letters_we_cannot_seal_is_only_downloaded(tmp_path: Path, charset: str) -> None:
    with Desk(tmp_path) as desk:
        capture = desk.warc.write(
            url="http://example.vn/wide",
            captured_at="2026-11-22T08:00:00Z",
            status=200,
            reason="OK",
            protocol="HTTP/1.1",
            headers=[("Content-Type", f"text/html; charset={charset}")],
            payload="<iframe src=http://evil.example>".encode("utf-16"),
        )
        number = desk.archive.keep(desk.run, capture, kind="article")
    client = Client(tmp_path)
    try:
        assert client(f"/captured/{number}").headers["content-type"] == "application/octet-stream"
        assert not page(client, f"/capture/{number}").xpath("//iframe")
    finally:
        client.close()


def test_frames_of_a_captured_page_are_blanked() -> None:
    assert _sealed(b"<IFRAME src=//x></iframe><object data=//y><frame>") == (
        b"<x-IFRAME src=//x></x-iframe><x-object data=//y><x-frame>"
    )


def test_tables_lead_to_our_pages(get: Client) -> None:
    tree = page(get, "/archive/provenance?_size=20")
    assert "/article/laichau_tuyengiao/1" in tree.xpath("//td//a/@href")
    assert f"/article/{encode(HOSTILE_UID)}" in tree.xpath("//td//a/@href")
    assert not tree.xpath("//td//script | //td//img")


def test_nothing_can_be_written(get: Client, folder: Path) -> None:
    before = hashlib.sha256((folder / "archive.db").read_bytes()).hexdigest()
    for path in PAGES:
        get(path)
    assert get.post("/archive").status_code == 405
    answer = get("/archive.json?sql=insert+into+sites+select+*+from+sites")
    assert answer.status_code == 400
    assert hashlib.sha256((folder / "archive.db").read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\nx"]
)
def test_the_language_switch_leads_nowhere_else(get: Client, target: str) -> None:
    answer = get("/language", params={"to": "en", "next": target})
    assert answer.headers["location"] == "/"


def test_robots_are_kept_out(get: Client) -> None:
    assert get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert "noindex" in get("/").headers["x-robots-tag"]


# ---------------------------------------------------------------------------------------------- reading


def test_home_tells_what_the_archive_holds(get: Client) -> None:
    home = data(get, "/index.json")
    assert (home["articles"], home["unique"], home["removed"], home["edited"]) == (5, 4, 1, 2)
    assert (home["oldest"], home["newest_date"]) == ("2021-03-05T08:00:00+07:00", "2021-05-01")
    lai_chau = next(site for site in home["sites"] if site["name"] == "laichau_tuyengiao")
    assert lai_chau["months"] == {"2021-03": 1, "2021-04": 1}
    assert [edit["uid"] for edit in home["edits"]] == [HOSTILE_UID, "laichau_tuyengiao/1"]
    assert [gone["uid"] for gone in home["removals"]] == ["laichau_tuyengiao/2"]
    svg = page(get, "/").xpath("//svg[@role='img']")
    assert svg
    assert svg[0].get("aria-label") == "Số bài theo trang và theo tháng"


@pytest.mark.parametrize(
    ("query", "uids"),
    [
        ("q=dang", ["laichau_tuyengiao/1", "laichau_tuyengiao/2", "yenbai_tramtau/7"]),
        ("q=%C4%91%E1%BA%A3ng", ["laichau_tuyengiao/1", "yenbai_tramtau/7"]),  # đảng
        ("q=%C4%91ang", ["laichau_tuyengiao/2"]),  # đang
        ("q=chi&province=Y%C3%AAn+B%C3%A1i", ["yenbai_tramtau/7"]),  # as named then
        ("q=chi&province=L%C3%A0o+Cai", ["yenbai_tramtau/7"]),  # what it became
        ("q=dang&level=province", ["laichau_tuyengiao/1", "laichau_tuyengiao/2"]),
        ("level=central", ["tw_tuyengiao/3"]),
        ("q=dang&site=laichau_tuyengiao&level=district", []),
        ("from=3/2021&to=3/2021", ["laichau_tuyengiao/1", "yenbai_tramtau/7"]),
        ("author=hoang+van+que", ["laichau_tuyengiao/1"]),
        ("section=hoat+dong", ["yenbai_tramtau/7"]),
        ("q=%28%28%22*+-&from=hom+qua", []),
    ],
)
def test_search_finds(get: Client, query: str, uids: list[str]) -> None:
    found = data(get, f"/search.json?{query}")
    assert sorted(hit["uid"] for hit in found["hits"]) == uids
    assert found["total"] == len(uids)


def test_search_counts_beside_what_it_found(get: Client) -> None:
    found = data(get, "/search.json?q=dang")
    assert found["facets"]["sites"] == {"laichau_tuyengiao": 2, "yenbai_tramtau": 1}
    assert found["facets"]["years"] == {"2021": 3}
    assert found["facets"]["sections"] == {"Tin hoạt động": 1, "Xây dựng Đảng": 1}


@pytest.mark.parametrize(
    ("order", "uids"),
    [
        ("newest", ["laichau_tuyengiao/2", "yenbai_tramtau/7", "laichau_tuyengiao/1"]),
        ("oldest", ["laichau_tuyengiao/1", "yenbai_tramtau/7", "laichau_tuyengiao/2"]),
    ],
)
def test_search_sorts_by_date(get: Client, order: str, uids: list[str]) -> None:
    assert [hit["uid"] for hit in data(get, f"/search.json?q=dang&sort={order}")["hits"]] == uids


@pytest.mark.parametrize("order", ["best", "newest", "oldest"])
def test_a_phrase_found_only_with_other_marks_is_shown_in_any_order(get: Client, order: str) -> None:
    found = data(get, f"/search.json?q=%22c%E1%BB%A7a+dang+b%E1%BB%99%22&sort={order}")  # "của dang bộ"
    assert sorted(hit["uid"] for hit in found["hits"]) == ["laichau_tuyengiao/1", "yenbai_tramtau/7"]
    assert found["notes"]


def test_matches_are_marked_and_the_address_is_kept(get: Client) -> None:
    tree = page(get, "/search?q=dang+bo&site=&province=&sort=")
    assert "đảng bộ" in {words(mark) for mark in tree.xpath("//mark")} | {
        " ".join(words(mark) for mark in tree.xpath("//p[@class='snippet']/mark")[:2])
    }
    assert data(get, "/search.json?q=dang+bo&site=&sort=")["permalink"].endswith("/search?q=dang+bo")


def test_an_empty_result_explains_itself(get: Client) -> None:
    found = data(get, "/search.json?q=cho+khongco&site=laichau_tuyengiao")
    assert [(part["query"], part["total"]) for part in found["apart"]] == [
        ("cho", 1),
        ("khongco", 0),
        ("cho khongco", 0),
    ]
    assert "Không tìm thấy bài nào" in words(page(get, "/search?q=khongco"))
    assert "không có trang nào tên là moon" in words(page(get, "/search?q=site:moon"))


def test_search_goes_along_as_csv_and_json_lines(get: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(get("/search.csv?q=dang").content.decode("utf-8-sig"))))
    assert [row["identifier"] for row in rows] == [
        "laichau_tuyengiao/2",
        "yenbai_tramtau/7",
        "laichau_tuyengiao/1",
    ]
    lines = get("/search.jsonl?q=dang&site=yenbai_tramtau").text.splitlines()
    assert [json.loads(line)["identifier"] for line in lines] == ["yenbai_tramtau/7"]
    assert "attachment" in get("/search.csv?q=dang").headers["content-disposition"]


def test_an_article_reads_whole(get: Client) -> None:
    article = data(get, f"{ARTICLE}.json")
    assert article["headline"] == "Hội nghị triển khai Chỉ thị 05"
    assert article["authors"] == ["Hoàng Văn Quế"]
    assert article["readings"] == 2
    assert article["previous"] is None
    assert article["next"]["uid"] == "laichau_tuyengiao/2"
    tree = page(get, ARTICLE)
    assert tree.xpath("//a[@class='document']/@href") == ["/document/05-CT/TW"]
    assert words(tree.xpath("//a[@class='document']")[0]) == "5 - CT/TW"
    assert tree.xpath("//a[@rel='noopener noreferrer nofollow external']/@href") == [
        "http://example.vn/laichau_tuyengiao/1"
    ]


def test_reprints_are_told_in_order_with_their_lag(get: Client) -> None:
    for uid in ("laichau_tuyengiao/1", "yenbai_tramtau/7"):
        printings = data(get, f"/article/{uid}.json")["printings"]
        assert [(p["uid"], p["lag_days"], p["this"]) for p in printings] == [
            ("laichau_tuyengiao/1", 0.0, uid == "laichau_tuyengiao/1"),
            ("yenbai_tramtau/7", 9.0, uid == "yenbai_tramtau/7"),
        ]


def test_what_the_site_changed_is_shown_word_by_word(get: Client) -> None:
    tree = page(get, "/versions/laichau_tuyengiao/1")
    (text,) = tree.xpath("//section[@class='diff']//div")
    assert [words(e) for e in text.xpath("./del")] == ["ba"]
    assert [words(e) for e in text.xpath("./ins")] == ["năm"]
    versions = data(get, "/versions/laichau_tuyengiao/1.json?from=2&to=1")
    assert (versions["old_number"], versions["new_number"]) == (2, 1)
    assert [p["text"] for p in versions["changes"]["body"] if p["kind"] == "added"] == ["ba "]


@pytest.mark.parametrize(
    ("ending", "begins"), [("txt", "Hoàng Văn Quế"), ("bib", "@online{"), ("ris", "TY  - NEWS"), ("csl", "[")]
)
def test_citations_in_four_formats(get: Client, ending: str, begins: str) -> None:
    answer = get(f"/cite/laichau_tuyengiao/1.{ending}")
    assert answer.text.startswith(begins)
    assert "sha256:" in answer.text
    name = {"csl": "json"}.get(ending, ending)
    assert answer.headers["content-disposition"] == f'attachment; filename="laichau_tuyengiao-1.{name}"'


def test_a_document_an_author_and_a_site_have_pages(get: Client) -> None:
    document = data(get, "/document/5-ct/tw.json")
    assert (document["document"], document["articles"], document["months"]) == ("05-CT/TW", 2, {"2021-03": 2})
    assert document["provinces"] == {"Lai Châu": 1, "Yên Bái": 1}
    author = data(get, f"/author/{encode('Hoàng Văn Quế')}.json")
    assert [a["uid"] for a in author["newest"]] == ["laichau_tuyengiao/1"]
    assert get("/author/Ho%C3%A0ng%20V%C4%83n%20Qu%E1%BA%BF").status_code == 200  # typed by hand
    site = data(get, "/site/laichau_tuyengiao.json")
    assert site["hosts"][0]["host"] == "example.vn"
    assert site["sections"] == [{"section": "Xây dựng Đảng", "articles": 1}]
    assert get("/site/none").status_code == 404
    assert get("/author/none").status_code == 404
    assert get("/document/none").status_code == 404


def test_a_phrase_over_time(get: Client) -> None:
    timeline = data(get, "/timeline.json?q=dang")
    assert timeline["months"] == {"2021-03": 2, "2021-04": 1}
    assert timeline["sites"]["laichau_tuyengiao"]["months"] == {"2021-03": 1, "2021-04": 1}
    rows = page(get, "/timeline?q=dang").xpath("//details//tbody/tr")
    assert [[words(cell) for cell in row] for row in rows] == [
        ["03/2021", "2", "1.000,0"],
        ["04/2021", "1", "1.000,0"],
    ]


def test_health_says_what_went_wrong(get: Client) -> None:
    health = data(get, "/health.json")
    line = next(line for line in health["sites"] if line["site"] == "laichau_tuyengiao")
    assert (line["reason"], line["errors"], line["new"]) == ("finished", 1, 5)
    assert health["issues"][0]["message"] == HOSTILE


@pytest.mark.parametrize(("feed", "entries"), [("newest", 5), ("removals", 1), ("edits", 2)])
def test_feeds_are_atom(get: Client, feed: str, entries: int) -> None:
    tree: Any = lxml.etree.fromstring(get(f"/feeds/{feed}.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert tree.tag == f"{atom}feed"
    assert len(tree.findall(f"{atom}entry")) == entries
    assert all(entry.findtext(f"{atom}id") for entry in tree.iter(f"{atom}entry"))


def test_both_languages(get: Client) -> None:
    assert page(get, "/health").get("lang") == "vi"
    english = get("/health", cookies={"vankho_language": "en"})
    assert "How the sites stand" in english.text
    answer = get("/language?to=en&next=/search?q=a")
    assert answer.headers["location"] == "/search?q=a"
    assert "vankho_language=en" in answer.headers["set-cookie"]


def test_every_page_of_ours_links_only_to_pages_that_answer(get: Client) -> None:
    links = {
        link.partition("#")[0]
        for path in PAGES
        for link in page_links(get, path)
        if link.startswith("/") and "language" not in link
    }
    broken = [link for link in sorted(links) if get(link).status_code not in (200, 302)]
    assert broken == []


def page_links(get: Get, path: str) -> list[str]:
    answer = get(path)
    if answer.status_code != 200:
        return []
    tree: Any = lxml.html.document_fromstring(answer.content.decode())
    return [str(link) for link in tree.xpath("//a/@href | //link/@href")]


def test_names_survive_the_way_through_an_address() -> None:
    for name in (HOSTILE_UID, HOSTILE, "a//b", "a%2Fb", "Đào Thọ", "a+b", "~41", "x.json"):
        path = encode(name)
        assert decode(path) == name
        assert ".." not in path
        assert unquote(path) == path


# --------------------------------------------------------------------------------------- beside a crawl


def test_pages_show_what_a_crawl_writes_meanwhile(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        desk.file("laichau_tuyengiao/1", "Bài thứ nhất", "Một hai ba.", date="2021-01-01")
        client = Client(tmp_path)
        try:
            assert data(client, "/index.json")["articles"] == 1
            desk.file("laichau_tuyengiao/2", "Bài thứ hai", "Bốn năm sáu.", date="2021-01-02")
            assert data(client, "/search.json?q=bai")["total"] == 2
            assert data(client, "/index.json")["newest"][0]["uid"] == "laichau_tuyengiao/2"
            desk.archive.db.execute("BEGIN IMMEDIATE")
            assert client("/article/laichau_tuyengiao/2").status_code == 200
            desk.archive.db.execute("ROLLBACK")
        finally:
            client.close()


def test_an_article_that_was_gone_for_a_time_says_so(tmp_path: Path) -> None:
    with Desk(tmp_path) as desk:
        uid, body = "laichau_tuyengiao/1", "Một hai ba bốn năm sáu."
        desk.file(uid, "Bài thứ nhất", body, at="2026-11-20T08:00:00Z")
        gone = desk.fetch("http://example.vn/1", status=404, at="2026-11-21T08:00:00Z")
        desk.archive.mark_removed(desk.run, gone, uid)
        desk.file(uid, "Bài thứ nhất", body, at="2026-11-22T08:00:00Z")
    client = Client(tmp_path)
    try:
        (note,) = page(client, f"/article/{uid}").xpath("//p[@class='note']")
        assert words(note) == (
            "Bài từng bị gỡ: không còn lúc 21/11/2026 08:00 UTC, trở lại lúc 22/11/2026 08:00 UTC."
        )
    finally:
        client.close()


def test_an_empty_archive_has_every_page(tmp_path: Path) -> None:
    with Desk(tmp_path):
        pass
    client = Client(tmp_path)
    try:
        for path in (
            "/",
            "/search",
            "/search?q=a",
            "/timeline?q=a",
            "/documents",
            "/health",
            "/site/tw_tuyengiao",
        ):
            assert client(path).status_code == 200
        assert client("/search.csv").text.startswith("\ufeffidentifier,url")
        assert client("/feeds/newest.atom").status_code == 200
    finally:
        client.close()


# ------------------------------------------------------------------------------------------- the command


def vankho(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "crawler.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_serve_answers_until_it_is_ended(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with vankho("serve", "--data", str(folder), "--port", str(port)) as server:
        try:
            assert server.stdout is not None
            assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/index.json", timeout=20) as answer:
                assert json.load(answer)["articles"] == 5
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_serve_says_in_one_line_why_it_cannot(tmp_path: Path, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments, says in (
            (("--data", str(tmp_path)), "no archive there"),
            (("--data", str(folder), "--port", port), "already in use"),
        ):
            with vankho("serve", *arguments) as server:
                _, complaint = server.communicate(timeout=30)
            assert server.returncode == 2
            assert says in complaint
            assert len(complaint.splitlines()) == 1
