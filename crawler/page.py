"""From the bytes of a page to one parsed tree, whatever charset they claim to be in.

A page is parsed once; everything that reads it shares the tree. Comments and processing instructions are gone
from it (their tails stay), so walkers meet elements only.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Final

from lxml import etree, html

from crawler.errors import NotAnArticle

MAX_PAGE_CHARS = 3_000_000
"""Longer pages are read up to here: ten times the largest article page seen, and a bound on hostile ones."""

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_VIETNAMESE_ENTITY = re.compile(
    rb"&#(?:7[89]\d\d|27[23]|4(?:16|17|31|32)|25[89]|29[67]|36[01]|x1e[a-f][0-9a-f]|x1[ab][01f]|x11[01]);",
    re.IGNORECASE,
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def parse_page(body: bytes, content_type: str | None = None) -> html.HtmlElement:
    """Parse a page's decoded payload.

    `content_type` is the response header, as `text/html; charset=utf-8`. Raises NotAnArticle when there is
    nothing to parse (an empty or binary payload).

    >>> parse_page("<p>Đảng bộ".encode()).findtext(".//p")
    'Đảng bộ'
    """
    if _is_binary(body):
        raise NotAnArticle("the payload is not text: expected an HTML page")
    text = _bounded(decode(body, content_type))
    if not text.strip():
        raise NotAnArticle("the page is empty: expected HTML")
    # As UTF-8 bytes: lxml refuses a str that carries an encoding declaration of its own.
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(data, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotAnArticle(f"the page cannot be parsed as HTML ({error})") from error
    return tree


_UNREAD = re.compile(
    r"<!--.*?-->|<(script|style|svg|noscript)\b[^>]*>.*?</\1\s*>|"
    r"data:[\w/+.;-]+;base64,[\w+/=]{2000,}|\s{200,}",
    re.IGNORECASE | re.DOTALL,
)
_LONG: Final = 4000
_LONG_TAG: Final = re.compile(rf"<([a-zA-Z][\w:-]*)[^<>]{{{_LONG},}}>")


def _bounded(text: str) -> str:
    """Cut what no reader sees before cutting the page, and the tags that would cost libxml2 minutes.

    Its check for repeated attributes is quadratic: 100,000 of them in one tag take it two minutes.
    """
    if len(text) > MAX_PAGE_CHARS:
        text = _UNREAD.sub(" ", text)[:MAX_PAGE_CHARS]
    # Nearly all pages have no such tag, and splitting tells at a tenth of the search's price.
    pieces = text.split("<")
    if max(map(len, pieces)) > _LONG and any(
        ">" not in piece[:_LONG] for piece in pieces if len(piece) > _LONG
    ):
        text = _LONG_TAG.sub(
            lambda match: match.group() if match.group().count("=") < 300 else f"<{match.group(1)}>", text
        )
    return text


@cache
def _parser() -> html.HTMLParser:
    # huge_tree: old pages nest layout tables over 200 deep, and libxml2 stops at 256 otherwise.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    # lxml.html finds each element's class in Python, at a tenth of a page's time; this table does it in C.
    classes = etree.ElementNamespaceClassLookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    classes.get_namespace(None).update(
        {
            "form": html.FormElement,  # what a pager posts is read from its form
            "input": html.InputElement,
            "select": html.SelectElement,
            "textarea": html.TextareaElement,
            "label": html.LabelElement,
        }
    )
    parser.set_element_class_lookup(classes)
    return parser


def decode(body: bytes, content_type: str | None = None) -> str:
    r"""Return the text of a page whose declared charset may be wrong or absent.

    What decodes as UTF-8 and is not plain ASCII is UTF-8, whatever is declared: other encodings of Vietnamese
    do not do that by accident. Then the byte order mark, UTF-16 by its zero bytes, the declared charset, and
    last a guess among the Vietnamese ones.

    >>> decode("Đảng".encode("utf-16"))
    'Đảng'
    >>> decode(b"<meta charset=windows-1258>\xd0o\xe0n")
    '<meta charset=windows-1258>Đoàn'
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    wide = _utf16_by_zeros(body)
    if wide:
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # A page cut in mid-character, or with one stray byte, is still UTF-8.
    lenient = body.decode("utf-8", "replace")
    if lenient.count("�") * 4 <= sum(1 for char in lenient if char > "\x7f"):
        return lenient
    return _decode_declared(body, content_type)


_RUNS: Final = re.compile(rb"[A-Za-z0-9+/=]{200,}")
_SAMPLE: Final = 200_000
"""Bytes the detector is shown."""


def _decode_declared(body: bytes, content_type: str | None) -> str:
    in_page = _META_CHARSET.search(body[:4096])
    in_header = _HEADER_CHARSET.search(content_type or "")
    declared = [in_page.group(1).decode("ascii", "replace")] if in_page else []
    declared += [in_header.group(1)] if in_header else []
    from bs4.dammit import UnicodeDammit  # noqa: PLC0415 - few pages need it, and it costs 40 ms

    logging.getLogger("bs4.dammit").setLevel(logging.ERROR)  # it warns of every byte it had to replace

    if _VIETNAMESE_ENTITY.search(body):
        # Letters beyond Latin-1 are spelled as entities, so the bytes that are left are plain Latin-1.
        return body.decode("cp1252", "replace")
    # windows-1252 and latin-1 are what servers say when nobody chose; Vietnamese does not fit in them.
    vague = {"utf-8", "utf8", "iso-8859-1", "latin-1", "windows-1252", "us-ascii", "ascii", "none"}
    named = [name for name in declared if name.lower() not in vague]
    # Long runs of letters, as of pictures spelled out in base64, keep the detector busy for minutes.
    sample = _RUNS.sub(b" ", body)[:_SAMPLE]
    found = UnicodeDammit(sample, known_definite_encodings=[*named, "windows-1258"], is_html=True)
    return body.decode(found.original_encoding or "utf-8", "replace")


def _utf16_by_zeros(body: bytes) -> str | None:
    head = body[:400]
    if len(head) < 20:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even < odd // 4:
        return "utf-16-le"
    if even > len(head) // 4 and odd < even // 4:
        return "utf-16-be"
    return None


def _is_binary(body: bytes) -> bool:
    if body.startswith(
        (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
    ):
        return True
    head = body[:2048]
    return (
        bool(head)
        and head.count(0) > len(head) // 20
        and _utf16_by_zeros(body) is None
        and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    )
