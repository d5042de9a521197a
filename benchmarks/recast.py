"""The texts of the blind pages set again in other builds of markup: how many are read right.

    python benchmarks/recast.py [--show N]

Each record's headline, paragraphs, authors and source are set in three builds (boxes with names, one element
that holds everything, nested tables) and five ways editors leave paragraphs, and read as pages of a host
nobody declared. A record whose text needs its own markup to be understood (a table's cells set as lines) is
read wrongly here and rightly there; what is worth looking at is a paragraph that is lost in all builds.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.model import Article, Capture  # noqa: E402 - after the path above
from crawler.extract import extract  # noqa: E402 - as above
from tests.fidelity import REFUSALS  # noqa: E402 - as above
from tests.test_blind import flat  # noqa: E402 - as above

Record = dict[str, Any]
MENU: Final = "".join(
    f"<li><a href=/{number}>{name}</a></li>"
    for number, name in enumerate(("Trang chủ", "Giới thiệu", "Tin tức", "Khoa học", "Văn bản", "Liên hệ"))
)
OTHERS: Final = (
    "<li><a href=/a>Đảng bộ xã Bản Mù kết nạp 5 đảng viên mới</a> (10/07/2021)</li>"
    "<li><a href=/b>Hội nghị báo cáo viên tháng 7 năm 2021</a> (09/07/2021)</li>"
)
FOOT: Final = "<p>ĐẢNG BỘ HUYỆN THANH SƠN</p><p>Địa chỉ: 12 đường Lê Lợi. Điện thoại: 0238.3844.123</p>"
DATE: Final = "2021-07-12T08:05:00+07:00"


def word(text: str) -> str:
    """A paragraph as Word pastes it: decomposed, in runs, an empty one after it."""
    said = escape(unicodedata.normalize("NFD", text))
    return (
        f'<p class="MsoNormal"><span style="font-size:14.0pt">{said}<o:p></o:p></span></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    )


def in_p(texts: Sequence[str]) -> str:
    """Paragraphs as elements."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def in_br(texts: Sequence[str]) -> str:
    """Paragraphs parted by two line breaks."""
    return "<br><br>".join(map(escape, texts))


def in_div(texts: Sequence[str]) -> str:
    """Paragraphs as divs with empty ones between."""
    return "".join(f"<div>{escape(text)}</div><div>&nbsp;</div>" for text in texts)


def in_word(texts: Sequence[str]) -> str:
    """Paragraphs as Word pastes them."""
    return "".join(map(word, texts))


def in_span(texts: Sequence[str]) -> str:
    """Lines of one run, indented with blanks that do not break."""
    return f"<span>{'<br>'.join(f'&nbsp;&nbsp; {escape(text)}' for text in texts)}</span>"


PARAGRAPHS: Final = {"p": in_p, "br": in_br, "div": in_div, "Word": in_word, "span": in_span}


def signature(record: Record) -> str:
    """The authors and the source, on the right."""
    authors, source = " - ".join(record["authors"]), record["source"]
    signed = f"<p align=right><b>{escape(authors)}</b></p>" if authors else ""
    return signed + (f"<p align=right><i>Nguồn: {escape(source)}</i></p>" if source else "")


def boxes(record: Record, body: str) -> str:
    """A page of named boxes."""
    headline = escape(record["headline"])
    return (
        f"<title>{headline} - Đảng bộ huyện</title><body><ul>{MENU}</ul><div class=c><h1>{headline}</h1>"
        f"<div class=d>12/07/2021 08:05</div><div class=n>{body}{signature(record)}</div>"
        f"<div class=r><h3>Các tin khác</h3><ul>{OTHERS}</ul></div></div><div class=f>{FOOT}</div>"
    )


def one_element(record: Record, body: str) -> str:
    """A page that is one element."""
    headline = escape(record["headline"])
    return (
        f"<title>{headline}</title><body><div><a href=/>Trang chủ</a> | <a href=/1>Giới thiệu</a> | "
        f"<a href=/2>Tin tức</a><br><b>{headline}</b><br>12/07/2021 08:05<br><br>{body}<br>"
        f"{signature(record)}<b>Các tin khác</b><br>"
        f"{OTHERS.replace('<li>', '- ').replace('</li>', '<br>')}{FOOT}</div>"
    )


def tables(record: Record, body: str) -> str:
    """A page of nested tables, a column before the article."""
    headline = escape(record["headline"])
    return (
        f"<title>{headline}</title><body><table><tr><td><ul>{MENU}</ul></td></tr><tr><td><table><tr>"
        "<td width=200><b>Tin mới</b><br><a href=/s>Ra mắt mô hình dân vận khéo ở bản Tà Chử</a></td>"
        "<td><table>"
        f"<tr><td class=tieude><b>{headline}</b></td></tr><tr><td>Thứ Hai, 12/07/2021 08:05</td></tr>"
        f"<tr><td>{body}{signature(record)}</td></tr><tr><td><b>CÁC TIN KHÁC:</b></td></tr>"
        f"<tr><td><ul>{OTHERS}</ul></td></tr></table></td></tr></table></td></tr></table><div>{FOOT}</div>"
    )


BUILDS: Final = {"boxes": boxes, "one element": one_element, "tables": tables}


def records() -> Iterator[tuple[str, Record]]:
    """The blind articles that are plain paragraphs, by folder and name."""
    for path in sorted((ROOT / "tests" / "blind").glob("*/*.json")):
        record: Record = json.loads(path.read_text(encoding="utf-8"))
        if not record.get("not_article") and not any(" | " in line for line in record["body"]):
            yield f"{path.parent.name}/{path.stem}", record


def read(html: str) -> Article | None:
    """Read a page as one of an undeclared host; None when it is refused."""
    capture = Capture(
        url="http://dangbo.example.vn/tin/bai-12.html",
        captured_at="2026-11-21T09:30:00+07:00",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=f"<html>{html}</html>".encode(),
    )
    try:
        return extract(capture).article
    except REFUSALS:
        return None


def wrong(record: Record, article: Article | None) -> list[str]:
    """The fields of an article that are not as they were set."""
    if article is None:
        return ["refused"]
    pairs = {
        "headline": (article.headline, record["headline"]),
        "date": (article.date_published, DATE),
        "authors": (list(article.authors), record["authors"]),
        "source": (article.source, record["source"]),
        "body": (flat(article.body), flat("\n".join(record["body"]))),
    }
    return [field for field, (found, expected) in pairs.items() if found != expected]


def main() -> None:
    """Print the figures of each build, and the first pages read wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="name the first N pages read wrongly"
    )
    shown = parser.parse_args().show
    known = list(records())
    print(f"{len(known)} texts in {len(BUILDS)} builds and {len(PARAGRAPHS)} kinds of paragraphs")
    print(f"{'':12} {'pages':>6} {'right':>6}  wrong in")
    misread: list[str] = []
    for build, lay_out in BUILDS.items():
        right, fields = 0, Counter[str]()
        for name, record in known:
            for kind, paragraphs in PARAGRAPHS.items():
                found = wrong(record, read(lay_out(record, paragraphs(record["body"]))))
                right += not found
                fields.update(found)
                misread += [f"{name}: {build}, {kind}: {', '.join(found)}"] if found else []
        told = ", ".join(f"{field} {count}" for field, count in fields.most_common())
        print(f"{build:12} {len(known) * len(PARAGRAPHS):6} {right:6}  {told}")
    for line in misread[:shown]:
        print(line)


if __name__ == "__main__":
    main()
