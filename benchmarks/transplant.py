"""The blind pages with another page's paragraphs in place of their own: how many are read right still.

    python benchmarks/transplant.py [--times N] [--seed N] [--show N]

A page that is read right may be so by its text's luck: a paragraph's length or its last words. Each page
keeps its markup, headline, date, byline, pictures and everything about them; its paragraphs are replaced,
one for one, by those of a page drawn at random, and must be read as before. Pages whose paragraphs cannot be
told apart in their markup are left out, and so are those that are read wrongly to begin with. What a record
accepts instead of its body is changed along; a note or a list of keywords that loses its beginning so is
read as a paragraph, which accounts for some of what is left.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

# A script's own folder comes first on the path; the packages it measures stand beside that folder.
sys.path[0] = str(Path(__file__).parents[1])

from lxml import etree, html  # noqa: E402 - as the line before says

from archive.model import Article, Capture  # noqa: E402 - as above
from archive.text import clean  # noqa: E402 - as above
from crawler.extract import extract  # noqa: E402 - as above
from crawler.page import decode  # noqa: E402 - as above
from tests.fidelity import REFUSALS  # noqa: E402 - as above
from tests.test_blind import FOLDER, KNOWN, flat, name_of, wrong_fields  # noqa: E402 - as above

Record = dict[str, Any]
Slot = tuple[html.HtmlElement, str]
"""An element and which of its texts a paragraph is: `text`, `tail`, or `all` that it holds."""
SHORTEST: Final = 60
"""Characters of a paragraph that is replaced, or replaces another: subheads stay as they are set."""
UNSEEN: Final = frozenset({"script", "style", "head", "title", "noscript"})


def pages() -> Iterator[tuple[str, Record, html.HtmlElement]]:
    """The blind articles, by folder and name, with their trees."""
    for path in sorted(FOLDER.glob("*/*.json")):
        record: Record = json.loads(path.read_text(encoding="utf-8"))
        if not record.get("not_article") and name_of(path) not in KNOWN:
            text = decode(path.with_suffix(".html").read_bytes())
            parser = html.HTMLParser(encoding="utf-8")
            yield (
                name_of(path),
                record,
                html.document_fromstring(text.encode("utf-8", "replace"), parser=parser),
            )


def slots(tree: html.HtmlElement, paragraphs: Sequence[str]) -> list[Slot | None]:
    """Where each paragraph stands; None for one that stands nowhere whole, or in two places."""
    texts: dict[str, list[Slot]] = {}
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in UNSEEN:
            for place in ("text", "tail"):
                texts.setdefault(clean(getattr(element, place) or ""), []).append((element, place))
    found: list[Slot | None] = []
    for text in paragraphs:
        held = texts.get(text, [])
        found.append(held[0] if len(held) == 1 else None if held else _whole(tree, text))
    return found


def _whole(tree: html.HtmlElement, text: str) -> Slot | None:
    holders = [
        element
        for element in tree.iter("p", "div", "h2", "li")
        if clean(element.text_content()) == text and next(element.iter("img", "br", "table"), None) is None
    ]
    inner = [one for one in holders if not any(one in other.iterancestors() for other in holders)]
    return (inner[0], "all") if len(inner) == 1 else None


def replaced(record: Record, tree: html.HtmlElement, texts: Iterator[str]) -> tuple[Record, html.HtmlElement]:
    """A page with other paragraphs, and the record of it."""
    page = deepcopy(tree)
    body: list[str] = []
    for text, slot in zip(record["body"], slots(page, record["body"]), strict=True):
        new = next(texts, text) if slot is not None and len(text) >= SHORTEST else text
        if slot is not None and new != text:
            _put(new, *slot)
        body.append(new)
    change = dict(zip(record["body"], body, strict=True))
    accepted = {**record.get("accept", {})}
    accepted["body"] = [
        [change.get(line, line) for line in (other if isinstance(other, list) else other.split("\n\n"))]
        for other in accepted.get("body", ())
    ]
    return {**record, "body": body, "accept": accepted}, page


def _put(text: str, element: html.HtmlElement, place: str) -> None:
    if place == "all":
        for child in list(element):
            element.remove(child)
    setattr(element, "text" if place == "all" else place, text)


def read(record: Record, tree: html.HtmlElement) -> Article | None:
    """Read a page as one of an undeclared host; None when it is refused."""
    capture = Capture(
        url=record["url"],
        captured_at=record["captured_at"],
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=etree.tostring(tree, method="html", encoding="utf-8"),
    )
    try:
        return extract(capture).article
    except REFUSALS:
        return None


def main() -> None:
    """Print how many pages are read right, the fields that are not, and the first pages read wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=2, metavar="N", help="other texts for each page")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="for the draw")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="name the first N pages read wrongly"
    )
    options = parser.parse_args()
    draw = random.Random(options.seed)
    known = list(pages())
    shells, right, made, fields, misread = 0, 0, 0, Counter[str](), list[str]()
    for name, record, tree in known:
        told_apart = sum(slot is not None for slot in slots(tree, record["body"]))
        if told_apart < 2 or wrong_fields(record, read(record, tree)):
            continue
        shells += 1
        for _ in range(options.times):
            giver, given, _tree = draw.choice(known)
            texts = (line for line in given["body"] if len(line) >= SHORTEST and line[-1] in ".!?”")
            other, page = replaced(record, tree, texts)
            wrong = wrong_fields(other, article := read(other, page))
            made, right = made + 1, right + (not wrong)
            fields.update(wrong.keys())
            if wrong:
                found = flat(article.body) if article is not None else ""
                lost = [line[:60] for line in other["body"] if flat(line) not in found]
                misread.append(f"{name} with {giver}: {', '.join(wrong)}; lost {lost[:2]}")
    told = ", ".join(f"{field} {count}" for field, count in fields.most_common())
    print(f"{made} pages made of {shells}: {right} right; wrong in {told or 'nothing'}")
    for line in misread[: options.show]:
        print(line)


if __name__ == "__main__":
    main()
