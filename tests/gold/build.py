"""Draw the gold pages and write their records: ``python tests/gold/build.py [site/case ...]``.

A page is a skin (``skins/*.html``) filled with a case (``cases/*.txt``); its record is read from the case alone,
so the page is never asked what it says. Pages without an article stand whole in ``oddities/``.
Same sources, same bytes.
"""

from __future__ import annotations

import html
import json
import random
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import jinja2
from blocks import TEXT_KINDS, Case, read_cases
from bodies import BUILDERS, dress

HERE = Path(__file__).parent
SITES = HERE.parent / "sites"
NOTE = "<!-- Reconstruction: built for tests after the printed habits of this kind of site; not a page of the named host. -->"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
TONES = dict(zip("\u0300\u0309\u0303\u0301\u0323", "\xcc\xd2\xde\xec\xf2", strict=True))
"""Combining tone marks -> their windows-1258 byte, as Latin-1 characters."""


@dataclass(frozen=True, kw_only=True)
class Teaser:
    """A headline of another article, as menus, sidebars and related lists show it."""

    title: str
    slug: str
    id: int
    when: datetime
    views: int

    def date(self, pattern: str = "%d/%m/%Y") -> str:
        """Return its date in a strftime pattern."""
        return self.when.strftime(pattern)


def slugify(text: str) -> str:
    """Return the bare-letter slug of a headline."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """What surrounds the article: other headlines and the site's menu, the same for the same case."""

    case: Case
    dice: random.Random
    shown: list[str] = field(default_factory=list)

    def heads(self, count: int) -> list[Teaser]:
        """Return other articles' headlines and note them as words that must not leak."""
        pool = [t for t in lines("pool.txt") if t != self.case.get("headline")]
        base = captured(self.case) - timedelta(days=self.dice.randint(1, 40))
        found = []
        for n, title in enumerate(self.dice.sample(pool, count)):
            when = base - timedelta(hours=9 + n * self.dice.randint(7, 90))
            found.append(
                Teaser(title=title, slug=slugify(title), id=self.dice.randint(900, 98000), when=when, views=self.dice.randint(12, 4900))
            )
        self.shown.extend(t.title for t in found[:2])
        return found

    def menu(self, count: int, start: int = 0) -> list[tuple[str, str]]:
        """Return (slug, name) of the site's sections."""
        names = lines("sections.txt")
        return [(slugify(n), n) for n in (names + names)[start : start + count]]


def lines(name: str) -> list[str]:
    """Return the lines of a list beside this script."""
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def captured(case: Case) -> datetime:
    """Return the capture time of a case, UTC."""
    return datetime.strptime(case.get("captured"), "%Y-%m-%dT%H:%M:%SZ")


def clock(case: Case) -> datetime:
    """Return the capture time by Vietnam's clock, which page clocks show."""
    return captured(case) + timedelta(hours=7)


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
        "word": '<p class="MsoNormal" align="right" style="text-align:right"><b><span lang="VI">%s<o:p></o:p></span></b></p>',
        "row": "<tr><td colspan=2 align=right><b>%s</b>",
        "text": "\n%s\n<br />",
    }
    shape = shapes[case.get("sign", "right")]
    return "\n".join(shape % line for line in (words, org) if line)


def body_of(case: Case) -> str:
    """Return the body's markup with what stands inside it: a repeated lead, a signature in brackets."""
    blocks = case.blocks
    if case.has("lead_again"):
        blocks = (type(blocks[0])(kind=case.get("again_as", "para"), text=case.get("lead")), *blocks)
    if case.get("sign") == "paren":
        last = blocks[-1]
        blocks = (*blocks[:-1], type(last)(kind=last.kind, text=f"{last.text} {case.get('byline')}"))
    drawn = Case(path=case.path, head=case.head, blocks=blocks)
    again = f'<p align="center"><b>{dress(case, case.get("headline"))}</b></p>\n'
    text = BUILDERS[case.get("body", "semantic")](drawn)
    return (again if case.has("headline_above") else "") + text + (again if case.has("headline_below") else "")


def draw(case: Case, around: Neighbours) -> str:
    """Return the whole page as text."""
    files = jinja2.FileSystemLoader(HERE / "skins")
    skins = jinja2.Environment(loader=files, undefined=jinja2.StrictUndefined, autoescape=False)
    skin = skins.get_template(case.get("skin") + ".html")
    now = clock(case)
    page = skin.render(
        c=case, h=html.escape(case.get("headline"), quote=False), attr=html.escape(case.get("headline")),
        lead=dress(case, case.get("lead")), body=body_of(case), sign=signature(case),
        heads=around.heads, menu=around.menu, now=now, weekday=WEEKDAYS[now.weekday()],
        section=case.get("section"), date=case.get("date"), url=case.get("url"),
        views=1000 + around.dice.randint(1, 3000), byline=case.get("byline"),
    )
    return place_note(page)


def place_note(page: str) -> str:
    """Put the label of a reconstruction inside the page: after <head>, or at its end where it has none."""
    marked, found = re.subn(r"(<head[^>]*>)", lambda m: f"{m.group(1)}\n{NOTE}", page, count=1, flags=re.I)
    return marked if found else f"{page}\n{NOTE}\n"


def encode(text: str, charset: str) -> bytes:
    """Return the page's bytes; ``utf-16`` opens with its mark, ``windows-1258`` writes tones as combining bytes."""
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
            out.append(rest.encode("cp1258", "xmlcharrefreplace") + b"".join(TONES[t].encode("latin-1") for t in tone))
    return b"".join(out)


def body_texts(case: Case) -> list[str]:
    """Return the record's paragraphs: the lead first, then the typed words."""
    lead = [case.get("lead")] if case.get("lead") else []
    return lead + [b.text for b in case.blocks if b.kind in TEXT_KINDS]


def record(case: Case, around: Neighbours, page: str) -> dict[str, object]:
    """Return the record of a case; the page is used only to check that unwanted words really stand on it."""
    body = body_texts(case)
    images = [b for b in case.blocks if b.kind == "image"]
    lead = case.get("lead")
    return {
        "url": case.get("url"),
        "captured_at": case.get("captured"),
        "family": case.get("family") or None,
        "reconstruction": True,
        "reviewed_by": "author",
        "headline": case.get("headline"),
        "date_published": stamp(case.get("published"))[0],
        "date_precision": stamp(case.get("published"))[1],
        "date_source_expected": (case.get("date_source") or "page") if case.get("published") else None,
        "authors": case.listed("authors"),
        "byline": case.get("byline") or None,
        "source": case.get("source") or None,
        "section": case.get("section") or None,
        "description": lead or None,
        **({"description_may_be": case.blocks[0].text} if case.blocks and case.blocks[0].kind == "bold" else {}),
        "body": body,
        "captions": list(dict.fromkeys(b.text for b in images if b.text)),
        "credits": list(dict.fromkeys(b.extra for b in images if b.extra)) + case.listed("credit"),
        "attachments": [
            {"url": urljoin(case.get("url"), b.extra), "title": b.text} for b in case.blocks if b.kind == "file"
        ],
        "must_not_leak": unwanted(case, around, page, body),
        **({"note": case.get("note")} if case.get("note") else {}),
    }


def stamp(typed: str) -> tuple[str | None, str | None]:
    """Return (ISO stamp with its zone, precision) of a typed date such as ``2021-01-17T14:47``."""
    if not typed:
        return None, None
    ending, name = {
        7: ("", "month"), 10: ("", "day"), 16: (":00+07:00", "minute"), 19: ("+07:00", "second"),
    }[len(typed)]
    return typed + ending, name


def unwanted(case: Case, around: Neighbours, page: str, body: list[str]) -> list[str]:
    """Return words that stand on the page and in no paragraph.

    Raises:
        ValueError: a word the case lists is not on the page, or is in the body.
    """
    skin = (HERE / "skins" / f"{case.get('skin')}.html").read_text(encoding="utf-8")
    opening = re.match(r"\{# leak:(.*?)#\}", skin, re.S)
    told = [w.strip() for w in opening.group(1).split("|")] if opening else []
    inside = [c for b in case.blocks if b.kind == "intruder" for c in b.text.partition(" ")[2].split("//")]
    told += [w.strip() for w in inside if w.strip()]
    told += [w for b in case.blocks if b.kind == "image" for w in (b.text, f"Ảnh: {b.extra}" if b.extra else "") if w]
    told += [case.get("date"), case.get("foot_date"), case.get("infoline"), case.get("byline"), case.get("org"), *around.shown, *case.listed("leak")]
    text = "\n".join(body)
    plain = flat(page)
    for word in case.listed("leak"):
        if word in text or flat(word) not in plain:
            message = f"{case.path}: not a word to keep out: {word}"
            raise ValueError(message)
    return list(dict.fromkeys(w for w in told if w and w not in text and flat(w) in plain))


def flat(text: str) -> str:
    """Return text with entities and decomposition undone and spaces single, for looking words up."""
    whole = unicodedata.normalize("NFC", html.unescape(text)).replace("\u00d0", "Đ").replace("\u200b", "")
    return re.sub(r"\s+", " ", whole)


def build(case: Case) -> None:
    """Write one page and its record."""
    around = Neighbours(case=case, dice=random.Random(case.path))
    page = draw(case, around)
    target = SITES / case.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_suffix(".html").write_bytes(encode(page, case.get("charset", "utf-8")))
    write_json(target.with_suffix(".json"), record(case, around, page))


def write_json(path: Path, value: dict[str, object]) -> None:
    """Write a record, readable."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


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
            "url": case.get("url"), "captured_at": case.get("captured"), "family": case.get("family") or None,
            "reconstruction": True, "reviewed_by": "author", "not_article": True, "why": case.get("why"),
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
