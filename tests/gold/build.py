"""Draw the gold pages and write their records: ``python -m tests.gold.build [site/case ...]``.

A page is a skin (``skins/*.html``) filled with a case (``cases/*.txt``); its record is read from the case
alone, so the page is never asked what it says. A case with a ``why`` is no article: its skin is the whole
page. Same sources, same bytes.
"""

from __future__ import annotations

import html
import random
import re
import sys
import unicodedata

import jinja2

from tests.gold.blocks import Block, Case, read_cases
from tests.gold.bodies import BUILDERS
from tests.gold.pieces import dress
from tests.gold.records import record, write_json
from tests.gold.surroundings import HERE, WEEKDAYS, Neighbours, clock

SITES = HERE.parent / "sites"
NOTE = (
    "<!-- Reconstruction: built for tests after the printed habits of this kind of site; "
    "not a page of the named host. -->"
)
TONES = dict(zip("\u0300\u0309\u0303\u0301\u0323", "\xcc\xd2\xde\xec\xf2", strict=True))
"""Combining tone marks -> their windows-1258 byte, as Latin-1 characters."""


def signature(case: Case) -> str:
    """Return the signature lines in the manner ``sign`` names (a skin may print them itself)."""
    words = dress(case, case.get("byline"))
    org = dress(case, case.get("org"))
    if not words or case.get("sign") in {"skin", "paren", "infoline", "author_line"}:
        return ""
    shapes = {
        "right": '<p style="text-align: right;"><strong>%s</strong></p>',
        "plain": "<p>%s</p>",
        "bold": "<p><b>%s</b></p>",
        "em": '<p align="right"><em>%s</em></p>',
        "br": "<br><br>\n<b>%s</b><br>\n",
        "div": '<div style="text-align:right"><b>%s</b></div>',
        "word": '<p class="MsoNormal" align="right"><b><span lang="VI">%s<o:p></o:p></span></b></p>',
        "row": "<tr><td colspan=2 align=right><b>%s</b>",
        "text": "\n%s\n<br />",
    }
    shape = shapes[case.get("sign", "right")]
    return "\n".join(shape % line for line in (words, org) if line)


def body_of(case: Case) -> str:
    """Return the body's markup with what stands inside it: a repeated lead, a signature in brackets."""
    blocks = case.blocks
    if case.has("lead_again"):
        lead = Block(kind=case.get("again_as", "para"), text=case.get("lead"))
        blocks = (lead, *blocks)
    if case.get("sign") == "paren":
        last = blocks[-1]
        blocks = (*blocks[:-1], Block(kind=last.kind, text=f"{last.text} {case.get('byline')}"))
    drawn = Case(path=case.path, head=case.head, blocks=blocks)
    again = f'<p align="center"><b>{dress(case, case.get("headline"))}</b></p>\n'
    text = BUILDERS[case.get("body", "semantic")](drawn)
    return (
        (again if case.has("headline_above") else "") + text + (again if case.has("headline_below") else "")
    )


def draw(case: Case, around: Neighbours) -> str:
    """Return the whole page as text."""
    files = jinja2.FileSystemLoader(HERE / "skins")
    # Words are escaped in pieces.py; the skins are our own.
    skins = jinja2.Environment(loader=files, undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - see above
    skin = skins.get_template(case.get("skin") + ".html")
    now = clock(case)
    page = skin.render(
        c=case,
        h=dress(case, case.get("headline")) if case.has("flawed_headline") else plain_headline(case),
        attr=html.escape(case.get("headline")),
        lead=dress(case, case.get("lead")),
        body=body_of(case),
        sign=signature(case),
        heads=around.heads,
        menu=around.menu,
        now=now,
        weekday=WEEKDAYS[now.weekday()],
        section=case.get("section"),
        date=case.get("date"),
        url=case.get("url"),
        views=1000 + around.dice.randint(1, 3000),
        byline=case.get("byline"),
    )
    return place_note(page)


def plain_headline(case: Case) -> str:
    """Return the headline as markup without the flaws of the body."""
    return html.escape(case.get("headline"), quote=False)


def place_note(page: str) -> str:
    """Put the label of a reconstruction inside the page: after <head>, or at its end where it has none."""
    marked, found = re.subn(
        r"(<head[^>]*>)", lambda m: f"{m.group(1)}\n{NOTE}", page, count=1, flags=re.IGNORECASE
    )
    return marked if found else f"{page}\n{NOTE}\n"


def encode(text: str, charset: str) -> bytes:
    """Return the page's bytes; ``utf-16`` has its mark, ``windows-1258`` writes tones as combining bytes."""
    if charset != "windows-1258":
        return text.encode(charset)
    out = []
    for char in text:
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = [p for p in parts if p in TONES]
            rest = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
            out.append(rest.encode("cp1258", "xmlcharrefreplace"))
            out.extend(TONES[mark].encode("latin-1") for mark in tone)
    return b"".join(out)


def build(case: Case) -> None:
    """Write one page and its record."""
    around = Neighbours(case=case, dice=random.Random(case.path))
    page = draw(case, around)
    target = SITES / case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_suffix(".html").write_bytes(encode(page, case.get("charset", "utf-8")))
    write_json(target.with_suffix(".json"), record(case, around, page))


def build_oddity(case: Case) -> None:
    """Write one page that is no article, and the record that says why."""
    around = Neighbours(case=case, dice=random.Random(case.path))
    page = draw(case, around)
    target = SITES / case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_suffix(".html").write_bytes(encode(page, case.get("charset", "utf-8")))
    write_json(
        target.with_suffix(".json"),
        {
            "url": case.get("url"),
            "captured_at": case.get("captured"),
            "family": case.get("family") or None,
            "reconstruction": True,
            "reviewed_by": "author",
            "not_article": True,
            "why": case.get("why"),
            **({"http_status": int(case.get("status"))} if case.get("status") else {}),
        },
    )


def main(wanted: list[str]) -> None:
    """Build every case, or those named."""
    for path in sorted((HERE / "cases").glob("*.txt")):
        for case in read_cases(path):
            if not wanted or case.path in wanted:
                (build_oddity if case.get("why") else build)(case)


if __name__ == "__main__":
    main(sys.argv[1:])
