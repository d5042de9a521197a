"""Ways in which pages arrive damaged, oversized or hostile: for the robustness tests and the benchmark.

Each mutation takes a page's bytes and a seeded source of chance, so that a failure can be had again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Final

Mutation = Callable[[bytes, random.Random], bytes]

MEGABYTES_5: Final = 5_000_000
_CLOSING: Final = re.compile(rb"</[a-zA-Z][^>]*>")
_BODY: Final = re.compile(rb"<body[^>]*>", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"<meta[^>]*charset[^>]*>", re.IGNORECASE)
_PARAGRAPH: Final = "Hội nghị đã nghe báo cáo tổng kết công tác năm và phương hướng, nhiệm vụ trọng tâm. "


def _before_end_of_body(page: bytes, insert: bytes) -> bytes:
    at = page.lower().rfind(b"</body")
    return page + insert if at < 0 else page[:at] + insert + page[at:]


def _after_start_of_body(page: bytes, insert: bytes) -> bytes:
    match = _BODY.search(page)
    at = match.end() if match else 0
    return page[:at] + insert + page[at:]


def _around_body(page: bytes, opening: bytes, closing: bytes) -> bytes:
    return _before_end_of_body(_after_start_of_body(page, opening), closing)


def cut(page: bytes, chance: random.Random) -> bytes:
    """The connection broke."""
    return page[: chance.randrange(len(page) + 1)]


def without_closing_tags(page: bytes, chance: random.Random) -> bytes:
    """Every third closing tag was forgotten."""
    return _CLOSING.sub(lambda match: b"" if chance.random() < 1 / 3 else match.group(), page)


def without_any_closing_tag(page: bytes, chance: random.Random) -> bytes:
    return _CLOSING.sub(b"", page)


def shuffled_tags(page: bytes, chance: random.Random) -> bytes:
    """Tags close in the wrong order."""
    closing = _CLOSING.findall(page)
    chance.shuffle(closing)
    rest = iter(closing)
    return _CLOSING.sub(lambda _: next(rest), page)


def in_200_tables(page: bytes, chance: random.Random) -> bytes:
    return _around_body(page, b"<table><tr><td>" * 200, b"</td></tr></table>" * 200)


def in_10000_divs(page: bytes, chance: random.Random) -> bytes:
    return _around_body(page, b"<div>" * 10_000, b"</div>" * 10_000)


def in_10000_spans(page: bytes, chance: random.Random) -> bytes:
    """What editors leave behind when each edit wraps the last."""
    return _around_body(page, b"<span><font>" * 5_000, b"</font></span>" * 5_000)


def in_3000_tables(page: bytes, chance: random.Random) -> bytes:
    return _around_body(page, b"<table><tr><td>" * 3_000, b"")


def body_twice(page: bytes, chance: random.Random) -> bytes:
    match = _BODY.search(page)
    return page + (page[match.start() :] if match else page)


def without_body(page: bytes, chance: random.Random) -> bytes:
    match = _BODY.search(page)
    return page[: match.start()] if match else b"<html><head></head></html>"


def with_binary(page: bytes, chance: random.Random) -> bytes:
    """A disk or a proxy wrote rubbish into the page."""
    for _ in range(20):
        at = chance.randrange(len(page) + 1)
        page = page[:at] + chance.randbytes(chance.randrange(1, 200)) + page[at:]
    return page


def with_flipped_bytes(page: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(page)
    for _ in range(max(1, len(flipped) // 200)):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    return bytes(flipped)


def wrong_charset(page: bytes, chance: random.Random) -> bytes:
    """The page names a charset it is not in; a browser would show rubbish, the bytes are whole."""
    lie = chance.choice(
        ("iso-8859-1", "windows-1252", "gb2312", "utf-16", "koi8-r", "x-user-defined", "nonsense")
    )
    meta = f'<meta charset="{lie}">'.encode()
    return _META_CHARSET.sub(meta, page) if _META_CHARSET.search(page) else meta + page


def many_paragraphs(page: bytes, chance: random.Random) -> bytes:
    """5 MB of running text."""
    return _before_end_of_body(page, _repeated(f"<p>{_PARAGRAPH * 4}</p>"))


def short_paragraphs(page: bytes, chance: random.Random) -> bytes:
    """5 MB of words, each a line of its own."""
    return _before_end_of_body(page, _repeated("<p>Hội nghị</p>"))


def many_rows(page: bytes, chance: random.Random) -> bytes:
    """5 MB of one data table."""
    return _before_end_of_body(
        page,
        b"<table border=1>"
        + _repeated("<tr><td>12</td><td>Xã Mường Than</td><td>98,5%</td></tr>")
        + b"</table>",
    )


def many_breaks(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<div>" + _repeated(f"{_PARAGRAPH}<br><br>") + b"</div>")


def one_long_line(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<p>" + _repeated(_PARAGRAPH) + b"</p>")


def one_long_word(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<p>" + b"a" * MEGABYTES_5 + b"</p>")


def blanks(page: bytes, chance: random.Random) -> bytes:
    return _after_start_of_body(page, b" \n\t" * (MEGABYTES_5 // 3))


def many_links(page: bytes, chance: random.Random) -> bytes:
    """100,000 links before the article."""
    links = b"".join(
        b'<li><a href="/tin-%d.html">Tin s\xe1\xbb\x91 %d</a></li>' % (n, n) for n in range(100_000)
    )
    return _after_start_of_body(page, b"<ul>" + links + b"</ul>")


def many_links_after(page: bytes, chance: random.Random) -> bytes:
    links = b"".join(b'<a href="/tin-%d.html">Tin %d</a> ' % (n, n) for n in range(100_000))
    return _before_end_of_body(page, links)


def _in_the_text(page: bytes, markup: bytes) -> bytes:
    """Before the page's last paragraph: within the box of the text, where there is one."""
    place = page.rfind(b"</p>")
    return page[: place + 4] + markup + page[place + 4 :] if place >= 0 else page + markup


def long_aside(page: bytes, chance: random.Random) -> bytes:
    return _in_the_text(page, b"<aside>" + "<p>Lưu ý điều này cho kỹ.</p>".encode() * 30_000 + b"</aside>")


def many_asides(page: bytes, chance: random.Random) -> bytes:
    return _in_the_text(page, "<aside><p>Lưu ý điều này cho kỹ.</p></aside>".encode() * 20_000)


def many_pointers(page: bytes, chance: random.Random) -> bytes:
    return _in_the_text(page, "<p>Xem thêm: <a href=/x>Hội nghị toàn huyện</a></p>".encode() * 20_000)


def many_boxes(page: bytes, chance: random.Random) -> bytes:
    box = "<div><h4>Tin liên quan</h4><ul><li><a href=/1>Hội nghị toàn huyện</a></li></ul></div><p>Câu ngắn.</p>"
    return _in_the_text(page, box.encode() * 8_000)


def many_fields(page: bytes, chance: random.Random) -> bytes:
    return _in_the_text(page, "<div>Tác giả</div><div>Nguyễn Văn An</div>".encode() * 15_000)


def many_images(page: bytes, chance: random.Random) -> bytes:
    images = b"".join(
        b'<p><img src="/anh/%d.jpg" alt="\xe1\xba\xa2nh %d"></p>' % (n, n) for n in range(30_000)
    )
    return _before_end_of_body(page, images)


def row_of_images(page: bytes, chance: random.Random) -> bytes:
    """A table of two rows of thousands of cells: pictures over captions."""
    cells = b"<tr>%s</tr><tr>%s</tr>" % (
        b'<td><img src="/anh/a.jpg"></td>' * 15_000,
        "<td>Ảnh chụp hội nghị</td>".encode() * 15_000,
    )
    return _in_the_text(page, b"<table>" + cells + b"</table>")


def many_subheads(page: bytes, chance: random.Random) -> bytes:
    """Paragraphs and headings in a landmark's words, all in the box of the text."""
    return _in_the_text(
        page, _repeated("<p>Hội nghị thảo luận, cho ý kiến vào dự thảo.</p><h3>Đánh giá</h3>")
    )


def captioned_images(page: bytes, chance: random.Random) -> bytes:
    return _in_the_text(
        page, _repeated('<img src="/anh/a.jpg"><p class="c">Quang cảnh hội nghị sáng nay</p>')
    )


def many_dates(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, _repeated("<p>Thứ Hai, 12/07/2021, 08:30</p>"))


def many_headings(page: bytes, chance: random.Random) -> bytes:
    return _after_start_of_body(page, _repeated("<h1>Hội nghị tổng kết công tác tuyên giáo</h1>"))


def many_attributes(page: bytes, chance: random.Random) -> bytes:
    attributes = b" ".join(b"data-%d='x'" % n for n in range(100_000))
    return _after_start_of_body(page, b"<div " + attributes + b">")


def with_inline_image(page: bytes, chance: random.Random) -> bytes:
    """A base64 image in a page whose charset has to be guessed."""
    image = b"<img src='data:image/png;base64," + b"iVBORwKGgo" * 20_000 + b"'>"
    # 0x81 is no character of windows-1258 either: nothing but a guess is left.
    return _before_end_of_body(
        page.decode("utf-8", "replace").encode("cp1252", "ignore"), b"<p>\xd0\x81\xe1\x81</p>" + image
    )


def many_entities(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<p>" + b"&#7897;&nbsp;" * (MEGABYTES_5 // 13) + b"</p>")


def comments_first(page: bytes, chance: random.Random) -> bytes:
    """5 MB of comments and style sheets stand before the article."""
    return _after_start_of_body(page, _repeated("<!-- Hội nghị --><style>p { margin: 0 }</style>"))


def many_inputs(page: bytes, chance: random.Random) -> bytes:
    return _after_start_of_body(
        page, _repeated("<form><input name=a><select><option>Mường Tè</select></form>")
    )


def unclosed_inline(page: bytes, chance: random.Random) -> bytes:
    """Every paragraph leaves a `<b>` open: a parser that carries them over nests one deeper a paragraph."""
    return _before_end_of_body(page, "<p><b>Hội nghị <font>".encode() * 20_000)


def open_anchors(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<a href='/x'>Tin <div>" * 20_000)


def many_br(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<br>" * 500_000)


def angle_brackets(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<" * MEGABYTES_5)


def many_colons(page: bytes, chance: random.Random) -> bytes:
    """One line of signs that the rules look for."""
    return _before_end_of_body(page, b"<p>" + "Ảnh: (Nguồn: Tác giả: - | ".encode() * 50_000 + b"</p>")


def row_of_icons(page: bytes, chance: random.Random) -> bytes:
    """Pictures that a font draws, and rows of spans with a date among them."""
    icons = b'<i class="fa fa-eye"></i> ' * 40_000
    spans = b"<span>Hoi nghi</span> <span>12/03/2020 08:15</span> " * 20_000
    terms = "<dt>Ngày</dt><dd>12/03/2020</dd>".encode() * 10_000
    rows = b"<div>12/03/2020 " + icons + b"</div><div>" + spans + b"</div><dl>" + terms + b"</dl>"
    return _before_end_of_body(page, rows)


def long_title(page: bytes, chance: random.Random) -> bytes:
    return b"<title>" + _repeated("Hội nghị - ") + b"</title>" + page


def long_script(page: bytes, chance: random.Random) -> bytes:
    return _before_end_of_body(page, b"<script>" + b"var a = '<p>1 < 2</p>';\n" * 200_000 + b"</script>")


def many_metas(page: bytes, chance: random.Random) -> bytes:
    meta = b'<meta property="article:published_time" content="2021-01-01T00:00:00+07:00">'
    return meta * (MEGABYTES_5 // len(meta)) + page


def long_json_ld(page: bytes, chance: random.Random) -> bytes:
    return b'<script type="application/ld+json">' + b"[" * 200_000 + b"]" * 200_000 + b"</script>" + page


def bad_addresses(page: bytes, chance: random.Random) -> bytes:
    """Addresses that no URL parser takes."""
    wrong = (
        "http://[::1",
        "http://h:99999999/a.pdf",
        "//[",
        "http://\x01/",
        "javascript:void(0)",
        "a" * 70_000,
        "%zz",
        "\\\\a\\b",
    )
    some = "".join(
        f'<p><a href="{address}">Tải về</a><a href="{address}/b.pdf">Văn bản số 5.pdf</a><img src="{address}" alt="Ảnh minh họa"></p>'
        for address in wrong
    ).encode()
    page = re.sub(rb'(href|src)="[^"]*"', lambda m: m[1] + b'="' + chance.choice(wrong).encode() + b'"', page)
    return b'<base href="http://[">' + _after_start_of_body(page, some)


def between_paragraphs(page: bytes, chance: random.Random) -> bytes:
    """The same odd things after every paragraph."""
    odd = b"<o:p></o:p><svg><foreignObject><p>x</p></foreignObject></svg><math><mi>a</mi></math><![CDATA[ x ]]><!-- - -- -->"
    return re.sub(rb"</p>", b"</p>" + odd, page)


def _repeated(piece: str) -> bytes:
    data = piece.encode()
    return data * (MEGABYTES_5 // len(data))


LIGHT: Final[Mapping[str, Mutation]] = {
    f.__name__: f
    for f in (
        cut, without_closing_tags, without_any_closing_tag, shuffled_tags, in_200_tables, body_twice, without_body,
        with_binary, with_flipped_bytes, wrong_charset, bad_addresses, between_paragraphs,
    )
}  # fmt: skip
"""Mutations that leave a page about as large as it was."""
HEAVY: Final[Mapping[str, Mutation]] = {
    f.__name__: f
    for f in (
        in_10000_divs, in_10000_spans, in_3000_tables, many_paragraphs, short_paragraphs, many_rows, many_breaks,
        one_long_line, one_long_word, blanks, many_links, many_links_after, many_images, long_aside,
        many_asides, many_pointers, many_boxes, many_fields, row_of_images, row_of_icons,
        many_subheads, captioned_images, many_dates, many_headings,
        many_attributes, with_inline_image, many_entities, comments_first, many_inputs,
        unclosed_inline, open_anchors, many_br, angle_brackets, many_colons, long_title, long_script, many_metas, long_json_ld,
    )
}  # fmt: skip
"""Mutations that make a page megabytes large or thousands of elements deep."""
