"""A page's lines as a reader sees them, whatever the markup that sets them."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.page import parse_page
from crawler.reading.blocks import MAX_BLOCKS, Block, read_blocks
from crawler.reading.typesetting import BOLD, CAPTION, CENTER, CHROME, ITALIC, ITEM, LINK, QUOTE, RIGHT


def blocks(markup: str) -> list[Block]:
    return read_blocks(parse_page(f"<html><body>{markup}</body></html>".encode()))


def lines(markup: str) -> list[str]:
    return [block.text for block in blocks(markup) if block.text]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Một</p><p>Hai</p>",
        "<div>Một</div><div>Hai</div>",
        "Một<br><br>Hai",
        "Một<br/>Hai",
        "<div>Một<div>Hai</div></div>",
        "<table><tr><td>Một</td></tr><tr><td>Hai</td></tr></table>",
        "<table><tr><td>Một</td><td><p>Hai</p></td></tr></table>",
        "<ul><li>Một<li>Hai</ul>",
        "<h2>Một</h2>Hai",
        "Một<hr>Hai",
        "<span><p>Một</p></span><b>Hai</b>",
        "<p>Một<p>Hai",
        "<center>Một</center><font>Hai</font>",
        "<p>Một<o:p></o:p></p><p><o:p>&nbsp;</o:p></p><p>Hai</p>",
        "<blockquote>Một</blockquote>Hai",
        "<span style='display:block'>Một</span><span style='display: block'>Hai</span>",
    ],
)
def test_two_lines(markup: str) -> None:
    assert lines(markup) == ["Một", "Hai"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Một hai</p>",
        "<p>Một\n  hai</p>",
        "<p><b>Mộ</b>t <i>hai</i></p>",
        "<p>Một&nbsp;hai</p>",
        "<p>Một<span> </span>hai</p>",
        "<p>M\u1ed9\u200bt ha\u00adi</p>",
        "<p>Mo\u0323\u0302t hai</p>",
        "<p><span style='font-size:14pt'>Một </span><span style='font-size:13pt'>hai</span></p>",
        "<p>Một <a href='/x'>hai</a></p>",
        "<p>Một<!-- x --> hai</p>",
        "<p>Một <wbr>hai</p>",
    ],
)
def test_one_line(markup: str) -> None:
    assert lines(markup) == ["Một hai"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>Ẩn</script>", "<style>Ẩn</style>", "<noscript>Ẩn</noscript>", "<p style='display:none'>Ẩn</p>",
        "<div style='visibility: hidden'><p>Ẩn</p></div>", "<select><option>Ẩn</select>", "<textarea>Ẩn</textarea>", "<!-- Ẩn -->",
        "<template>Ẩn</template>", "<div hidden>Ẩn</div>",
    ],
)  # fmt: skip
def test_what_no_reader_sees(markup: str) -> None:
    assert lines(f"<p>Một</p>{markup}<p>Hai</p>") == ["Một", "Hai"]


def test_text_after_a_silent_element_stays() -> None:
    assert lines("<p>Một <script>x</script>hai <br>ba</p>bốn") == ["Một hai", "ba", "bốn"]


@pytest.mark.parametrize(
    ("markup", "flag"),
    [
        ("<b>Một</b>", BOLD),
        ("<p style='font-weight:700'>Một</p>", BOLD),
        ("<h2>Một</h2>", BOLD),
        ("<p><em>Một</em></p>", ITALIC),
        ("<p align=right>Một</p>", RIGHT),
        ("<div style='text-align: right;'><p>Một</p></div>", RIGHT),
        ("<center><p>Một</p></center>", CENTER),
        ("<p><a href='/x'>Một</a></p>", LINK),
        ("<figure><figcaption>Một</figcaption></figure>", CAPTION),
        ("<nav><p>Một</p></nav>", CHROME),
        ("<footer>Một</footer>", CHROME),
        ("<ul><li>Một</li></ul>", ITEM),
        ("<blockquote><p>Một</p></blockquote>", QUOTE),
    ],
)
def test_how_a_line_is_set(markup: str, flag: int) -> None:
    (block,) = blocks(markup)
    assert block.has(flag)
    assert not blocks("<p>Một</p>")[0].has(flag)


def test_a_line_set_in_part() -> None:
    (block,) = blocks("<p><b>Bài:</b> Nguyễn Văn An</p>")
    assert not block.has(BOLD)
    assert block.some & BOLD


def test_how_much_of_a_line_is_link() -> None:
    (block,) = blocks("<p>Xem <a href='/1'>tin khác</a></p>")
    assert block.link_share == pytest.approx(8 / 12)
    assert [link.get("href") for link in block.links] == ["/1"]


def test_rows_of_a_data_table_are_lines() -> None:
    table = "<table border=1><tr><th>TT</th><th>Xã</th><th>Tỷ lệ</th></tr><tr><td>1</td><td>Hua Bum</td><td>98%</td></tr><tr><td>2</td><td>Pa Ủ</td><td>97%</td></tr></table>"
    assert lines(table) == ["TT | Xã | Tỷ lệ", "1 | Hua Bum | 98%", "2 | Pa Ủ | 97%"]


def test_photos_stand_where_they_are_printed() -> None:
    found = blocks("<p>Một</p><p><img src='/a.jpg'></p><p>Hai</p>")
    assert [("photo" if block.image is not None else block.text) for block in found] == [
        "Một",
        "photo",
        "Hai",
    ]
    assert [block.index for block in found] == [0, 1, 2]


def test_reading_does_not_change_the_tree() -> None:
    root = parse_page("<body><p>Một<br>hai</p><table><tr><td>ba</td></tr></table></body>".encode())
    before = html.tostring(root)
    read_blocks(root)
    assert html.tostring(root) == before


def test_lines_are_bounded() -> None:
    assert len(blocks("<p>a</p>" * (MAX_BLOCKS + 500))) <= MAX_BLOCKS


def test_nesting_is_no_recursion() -> None:
    assert lines("<span>" * 1500 + "Một") == ["Một"]
