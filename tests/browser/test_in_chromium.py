"""What a reader does, in a real browser: finds, reads, compares, cites; by keyboard, on a phone, in safety."""

from __future__ import annotations

import socket
from typing import Any, Final

import pytest

from archive.browse.addresses import encode
from tests.browser.watching import REACHES_OUT, ROOT, Watched
from tests.browsing import HOSTILE, HOSTILE_UID

AXE: Final = ROOT / "build/browser/node_modules/axe-core/axe.min.js"
ARTICLE: Final = "/article/laichau_tuyengiao/5120"
PAGES: Final = {
    "home": "/",
    "search": "/search?q=dang+bo&sort=newest",
    "nothing": "/search?q=khongco",
    "article": ARTICLE,
    "versions": "/versions/laichau_tuyengiao/1",
    "site": "/site/laichau_tuyengiao",
    "document": "/document/05-CT/TW",
    "documents": "/documents",
    "author": f"/author/{encode('Hoàng Văn Quế')}",
    "timeline": "/timeline?q=dang+bo",
    "health": "/health",
    "capture": "/capture/10",
    "missing": "/article/none/0",
}


def test_search_with_and_without_marks(watched: Watched) -> None:
    tab = watched.go("/")
    tab.get_by_label("Tìm trong toàn văn").fill("dang bo")
    tab.get_by_role("button", name="Tìm").click()
    plain = tab.locator(".hits li").count()
    assert plain == 20
    assert "đảng bộ" in tab.locator(".hits").inner_text().lower()
    tab.get_by_role("searchbox").fill("Đảng bộ")
    tab.get_by_role("searchbox").press("Enter")
    assert tab.locator(".hits mark").all_inner_texts()
    assert {mark.lower() for mark in tab.locator(".hits mark").all_inner_texts()} <= {"đảng", "bộ"}


def test_facets_narrow_and_can_be_taken_off(watched: Watched) -> None:
    tab = watched.go("/search?q=dang")
    before = tab.locator(".count").inner_text()
    link = tab.locator(".facet").first.get_by_role("link").first
    title = link.inner_text()
    link.click()
    assert "site=" in tab.url
    assert tab.locator(".count").inner_text() != before
    chip = tab.locator(".chips").get_by_role("link")
    assert title in chip.inner_text()
    chip.click()
    assert tab.locator(".count").inner_text() == before


def test_from_a_hit_to_the_article_and_its_document(watched: Watched) -> None:
    tab = watched.go("/search?q=%22tổng+kết+công+tác+tuyên+giáo+năm+2020%22")
    tab.locator(".hits h2 a").first.click()
    assert tab.url.endswith(ARTICLE)
    assert tab.locator("h1").inner_text().startswith("Hội nghị tổng kết công tác tuyên giáo năm 2020")
    tab.locator("a.document", has_text="35-NQ/TW").first.click()
    assert tab.locator("h1").inner_text() == "35-NQ/TW"


def test_lines_of_an_article_are_short_enough_to_read(watched: Watched) -> None:
    tab = watched.go(ARTICLE)
    paragraph = tab.locator(".body p").nth(2)
    width = paragraph.evaluate(
        "p => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)"
    )
    height = paragraph.evaluate(
        "p => parseFloat(getComputedStyle(p).lineHeight) / parseFloat(getComputedStyle(p).fontSize)"
    )
    assert 25 <= width <= 45  # ems: 70 letters of a serif are 32 to 40
    assert height == pytest.approx(1.6, abs=0.01)


def test_what_changed_is_marked(watched: Watched) -> None:
    tab = watched.go("/versions/laichau_tuyengiao/1")
    assert tab.locator(".diff del").all_inner_texts() == ["ba "]
    assert tab.locator(".diff ins").all_inner_texts() == ["năm "]


def test_a_citation_can_be_copied(watched: Watched) -> None:
    tab = watched.go(ARTICLE)
    tab.get_by_text("BibTeX", exact=True).click()
    field = tab.get_by_label("Trích dẫn dạng BibTeX")
    field.focus()
    tab.keyboard.press("Control+A")
    assert tab.evaluate("getSelection().toString() || document.activeElement.value").startswith("@online{")
    watched.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=watched.served)
    tab.keyboard.press("Control+C")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == field.input_value()
    assert "Captured 2024-07-14T02:33:28Z, sha256:" in copied


def test_keyboard_alone_finds_and_reads(watched: Watched) -> None:
    tab = watched.go("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Đến nội dung"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    for _ in range(10):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.name") == "q":
            break
    tab.keyboard.type("chi bộ")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=*")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.closest('.hits') !== null"):
            break
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/article/**")


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(chromium: Any, served: str, name: str) -> None:
    phone = Watched(chromium, served, has_touch=True)
    phone.tab.set_viewport_size({"width": 360, "height": 740})
    tab = phone.go(PAGES[name])
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    phone.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_pages_work_without_scripts(chromium: Any, served: str, name: str) -> None:
    still = Watched(chromium, served, java_script_enabled=False)
    still.go(PAGES[name])
    assert still.tab.locator("h1").count() == 1
    assert still.outside == []
    still.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(chromium: Any, served: str, name: str, scheme: str) -> None:
    watched = Watched(chromium, served, color_scheme=scheme)
    tab = watched.go(PAGES[name])
    tab.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    # What stands in the frame of a captured page is its site's doing.
    found = tab.evaluate("axe.run({exclude: [['iframe']]}, {iframes: false})")
    faults = [
        (fault["id"], fault["impact"], [node["html"][:200] for node in fault["nodes"]][:3])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
    watched.context.close()
    assert faults == []


# ----------------------------------------------------------------------------------------------- safety


@pytest.mark.parametrize(
    "path",
    [
        f"/article/{encode(HOSTILE_UID)}",
        f"/versions/{encode(HOSTILE_UID)}",
        f"/author/{encode(HOSTILE)}",
        f"/search?q={encode(HOSTILE)}",
        "/search?site=hostile",
        "/timeline?site=hostile",
        "/site/hostile",
        "/health",
        "/",
        "/archive/articles?_size=5&_sort_desc=id",
        "/archive/sites",
    ],
)
def test_hostile_text_is_only_text(watched: Watched, path: str) -> None:
    tab = watched.go(path)
    tab.wait_for_timeout(100)
    assert tab.locator("img[src='x'], svg[onload]").count() == 0


def test_a_hostile_capture_runs_nothing_and_reaches_nobody(watched: Watched) -> None:
    tab = watched.go(f"/article/{encode(HOSTILE_UID)}")
    tab.get_by_role("link", name="Xem như lúc chụp").click()
    frame = tab.frame_locator("iframe.captured")
    assert "onmouseover" in frame.locator("body").inner_text()
    assert tab.title().startswith("Bản chụp")
    tab.wait_for_timeout(300)


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "in its frame"])
def test_a_captured_page_connects_to_nobody(
    chromium: Any, served: str, elsewhere: socket.socket, *, alone: bool
) -> None:
    """Hints to connect ahead are no requests that a policy governs: a listener would hear them."""
    watched = Watched(chromium, served)
    answer = watched.context.request.get(f"{served}/article/{REACHES_OUT}.json")
    number = int(answer.json()["capture_id"])
    watched.go(f"/captured/{number}" if alone else f"/capture/{number}")
    page = watched.tab if alone else watched.tab.frame_locator("iframe.captured")
    page.get_by_role("button", name="Gửi").click()
    with pytest.raises(TimeoutError):
        elsewhere.accept()
    if not alone:
        page.get_by_role("link", name="Tiếp").click()
        with pytest.raises(TimeoutError):
            elsewhere.accept()
    watched.context.close()
