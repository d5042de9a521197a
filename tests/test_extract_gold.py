"""Every page of the gold set, field by field: as a page of a host nobody declared, and through its site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Article, Image, Reading
from tests import fidelity
from tests.fidelity import FIELDS, Gold, complaints, gold_pages, read

ARTICLES = [gold for gold in gold_pages() if gold.is_article]
OTHERS = [gold for gold in gold_pages() if not gold.is_article]
DECLARED = [gold for gold in ARTICLES if gold.site is not None]


def named(value: object) -> str:
    return value.name if isinstance(value, Gold) else str(value)


def wrong(gold: Gold, field: str, *, declared: bool) -> str | None:
    """Return what is wrong with one field of a page's reading; None when nothing is."""
    reading = read(gold, declared=declared)
    if not isinstance(reading, Reading):
        return f"refused: {type(reading).__name__}: {reading}"
    return complaints(gold, reading.article).get(field)


@pytest.mark.parametrize("gold", gold_pages(), ids=named)
def test_record_was_read_by_a_person(gold: Gold) -> None:
    assert gold.record["reviewed_by"], (
        f"tests/sites/{gold.name}.json was filled in by the extractor: open the page beside it in a browser, put "
        'right what is wrong, list in must_not_leak what must stay out, then set "reviewed_by": "person"'
    )


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("gold", ARTICLES, ids=named)
def test_field_on_an_undeclared_host(gold: Gold, field: str) -> None:
    complaint = wrong(gold, field, declared=False)
    assert complaint is None, f"{field}: {complaint}"


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("gold", DECLARED, ids=named)
def test_field_on_a_declared_host(gold: Gold, field: str) -> None:
    complaint = wrong(gold, field, declared=True)
    assert complaint is None, f"{field}: {complaint}"


@pytest.mark.parametrize("declared", [False, True], ids=["undeclared", "declared"])
@pytest.mark.parametrize("gold", OTHERS, ids=named)
def test_page_that_is_no_article_is_refused(gold: Gold, *, declared: bool) -> None:
    outcome = read(gold, declared=declared)
    assert isinstance(outcome, Exception), f"{gold.record['why']}, but read as {outcome.article.headline!r}"
    assert str(outcome).strip(), "a refusal says why"


@pytest.mark.parametrize("gold", ARTICLES, ids=named)
def test_each_field_says_what_read_it(gold: Gold) -> None:
    reading = read(gold)
    assert isinstance(reading, Reading)
    article = reading.article
    filled = {
        "headline": article.headline, "body": article.body, "date_published": article.date_published,
        "authors": article.authors, "source": article.source, "section": article.section,
        "images": article.images, "attachments": article.attachments, "description": article.description,
    }  # fmt: skip
    assert {field for field, value in filled.items() if value} <= set(article.read_by)
    layers = ("family:", "landmark:", "trafilatura:", "meta:", "url:", "listing:", "feed:", "sitemap:")
    assert all(rule.startswith(layers) for rule in article.read_by.values()), article.read_by


def test_the_set_is_as_wide_as_promised() -> None:
    families = {gold.record["family"] for gold in ARTICLES}
    assert len(ARTICLES) >= 60
    assert len(families) >= 10
    assert len(DECLARED) >= 15


# ------------------------------------------------------------------------------------------ the score's floor


def test_the_score_has_not_fallen() -> None:
    today, floor = fidelity.scores(), fidelity.read_floor()
    assert floor, "tests/fidelity_floor.json is gone: python -m tests.fidelity --raise"
    assert fidelity.fallen(today, floor) == []


def test_the_floor_only_rises() -> None:
    floor = {"declared": {"body": 0.9, "authors": 0.5}}
    today = {"declared": {"body": 0.8, "authors": 0.6, "date_published": 1.0}}
    assert fidelity.raised(today, floor) == {"declared": {"body": 0.9, "authors": 0.6, "date_published": 1.0}}
    assert fidelity.fallen(today, floor) == ["declared body: 0.8 is below 0.9"]


def test_a_figure_that_is_gone_has_fallen() -> None:
    assert fidelity.fallen({"declared": {}}, {"declared": {"body": 0.9}}) == [
        "declared body: 0.0 is below 0.9"
    ]


# ------------------------------------------------------------------------------------------- the judge judged


def judged(field: str, **changes: object) -> str | None:
    """Return the complaint about a right reading changed in one place."""
    gold = next(gold for gold in ARTICLES if gold.name == "dongthap_btg/hoi-thi-bao-cao-vien")
    record = gold.record
    right = Article(
        site=None,
        family=None,
        url=record["url"],
        uid=record["url"],
        headline=record["headline"],
        description=record["description"],
        body="\n\n".join(record["body"]),
        authors=tuple(record["authors"]),
        byline=record["byline"],
        source=record["source"],
        section=record["section"],
        date_published=record["date_published"],
        date_precision=record["date_precision"],
        date_source=record["date_source_expected"],
        images=tuple(Image(url="http://h/1.jpg", caption=caption) for caption in record["captions"]),
    )
    return complaints(gold, replace(right, **changes)).get(field)  # type: ignore[arg-type]  # the caller's fields


def test_the_judge_sees_one_wrong_letter() -> None:
    gold = next(gold for gold in ARTICLES if gold.name == "dongthap_btg/hoi-thi-bao-cao-vien")
    body = "\n\n".join(gold.record["body"])
    assert judged("body") is None
    assert judged("body", body=body[:-1] + "!") is not None
    assert judged("body", body=body.replace("\n\n", "\n", 1)) is not None
    assert judged("headline", headline=gold.record["headline"] + " - Tỉnh ủy") is not None
    assert judged("authors", authors=("Ban Biên tập",)) is not None
    assert judged("date_published", date_published="2001-01-01") is not None


def test_the_judge_allows_what_the_record_allows() -> None:
    gold = next(gold for gold in ARTICLES if gold.name == "dongthap_btg/hoi-thi-bao-cao-vien")
    allowed = gold.record["body_may_have"][0]
    assert judged("body", body="\n\n".join([*gold.record["body"], allowed])) is None


def test_a_caption_may_carry_its_credit_and_nothing_else() -> None:
    gold = next(gold for gold in ARTICLES if gold.name == "dongthap_btg/hoi-thi-bao-cao-vien")
    caption = gold.record["captions"][0]

    def with_caption(printed: str, credit: str | None) -> str | None:
        return judged("captions", images=(Image(url="http://h/1.jpg", caption=printed, credit=credit),))

    assert with_caption(caption, None) is None
    assert with_caption(f"{caption} (Ảnh: Lan Anh)", "Lan Anh") is None
    assert with_caption(f"{caption} Tin khác", "Lan Anh") is not None
    assert with_caption(f"{caption} (Ảnh: Lan Anh)", None) is not None


def test_words_are_counted_as_a_multiset() -> None:
    record = {"body": ["Hội nghị, hội nghị bàn."], "must_not_leak": []}
    assert fidelity.body_match(record, "hội nghị bàn HỘI NGHỊ") == (1.0, 1.0, 1.0)
    precision, recall, _ = fidelity.body_match(record, "Hội nghị bàn tròn")
    assert (precision, recall) == (3 / 4, 3 / 5)
    assert fidelity.body_match(record, "") == (0.0, 0.0, 0.0)


def test_a_date_counts_as_far_as_it_is_printed() -> None:
    record = {"date_published": "2023-07-14T08:00:00+07:00", "date_precision": "minute"}
    assert fidelity.date_is_right(record, "2023-07-14T08:00:02")
    assert not fidelity.date_is_right(record, "2023-07-14")
    assert not fidelity.date_is_right(record, None)
    assert fidelity.date_is_right({"date_published": None, "date_precision": None}, None)
    assert not fidelity.date_is_right({"date_published": None, "date_precision": None}, "2023-07-14")
