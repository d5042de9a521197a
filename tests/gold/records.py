"""The record of a typed case: what a person reads on the page, taken from the typed source alone."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import urljoin

from tests.gold.blocks import TEXT_KINDS, Case
from tests.gold.surroundings import HERE, Neighbours

INTRUDERS = {"related": "Tin liên quan", "seealso": "Xem thêm", "ad": "Quảng cáo", "share": "Chia sẻ"}
"""What each kind of intruder prints beside the words typed for it."""


def body_texts(case: Case) -> list[str]:
    """Return the record's paragraphs: the lead first, then the typed words."""
    lead = [case.get("lead")] if case.get("lead") else []
    return lead + [b.text for b in case.blocks if b.kind in TEXT_KINDS]


def record(case: Case, around: Neighbours, page: str) -> dict[str, object]:
    """Return the record of a case; the page only tells whether unwanted words really stand on it."""
    body = body_texts(case)
    images = [b for b in case.blocks if b.kind == "image"]
    lead = case.get("lead")
    machine = case.get("machine")
    titles = [b.text for b in case.blocks if b.kind == "file"]
    bold_lead = case.blocks[0].text if case.blocks and case.blocks[0].kind == "bold" else None
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
        **({"date_machine": machine} if machine and machine in page else {}),
        **({"description_may_be": bold_lead} if bold_lead else {}),
        "body": body,
        **({"body_may_have": titles} if titles else {}),
        "captions": list(dict.fromkeys(b.text for b in images if b.text)),
        "credits": list(dict.fromkeys(b.extra for b in images if b.extra)) + case.listed("credit"),
        "attachments": [
            {"url": urljoin(case.get("url"), b.extra), "title": b.text}
            for b in case.blocks
            if b.kind == "file"
        ],
        "must_not_leak": unwanted(case, around, page, body),
        **({"note": case.get("note")} if case.get("note") else {}),
    }


def stamp(typed: str) -> tuple[str | None, str | None]:
    """Return (ISO stamp with its zone, precision) of a typed date such as ``2021-01-17T14:47``."""
    if not typed:
        return None, None
    ending, name = {
        7: ("", "month"),
        10: ("", "day"),
        16: (":00+07:00", "minute"),
        19: ("+07:00", "second"),
    }[len(typed)]
    return typed + ending, name


def unwanted(case: Case, around: Neighbours, page: str, body: list[str]) -> list[str]:
    """Return words that stand on the page and in no paragraph.

    Raises:
        ValueError: a word the case lists is not on the page, or is in the body.
    """
    skin = (HERE / "skins" / f"{case.get('skin')}.html").read_text(encoding="utf-8")
    opening = re.match(r"\{# leak:(.*?)#\}", skin, re.DOTALL)
    told = [w.strip() for w in opening.group(1).split("|")] if opening else []
    inside = [c for b in case.blocks if b.kind == "intruder" for c in b.text.partition(" ")[2].split("//")]
    told += [w.strip() for w in inside if w.strip()]
    told += [INTRUDERS.get(b.text.partition(" ")[0], "") for b in case.blocks if b.kind == "intruder"]
    photos = [b for b in case.blocks if b.kind == "image"]
    told += [b.text for b in photos] + [f"Ảnh: {b.extra}" for b in photos if b.extra]
    told += [case.get(key) for key in ("date", "foot_date", "infoline", "byline", "org")]
    told += [*around.shown, *case.listed("leak")]
    text = "\n".join(body)
    plain = flat(page)
    for word in case.listed("leak"):
        if word in text or flat(word) not in plain:
            raise ValueError(f"{case.path}: not a word to keep out: {word}")
    return list(dict.fromkeys(w for w in told if w and w not in text and flat(w) in plain))


def flat(text: str) -> str:
    """Return text with entities and decomposition undone and spaces single, for looking words up."""
    whole = unicodedata.normalize("NFC", html.unescape(text)).replace("\u00d0", "Đ").replace("\u200b", "")
    return re.sub(r"\s+", " ", whole)


def write_json(path: Path, value: dict[str, object]) -> None:
    """Write a record, readable."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
