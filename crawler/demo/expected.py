"""What a right reading of the capture holds, told from the plan the pages were printed from."""

from __future__ import annotations

from typing import Any

from crawler.demo.plan import articles_of
from crawler.demo.render import page_count
from crawler.demo.sites import SITES, DemoSite
from crawler.demo.story import Article

# The skins of articles whose pages print a view counter, and a breadcrumb or heading with the section's name.
PRINTS_VIEWS = frozenset(
    {("laichau_tuyengiao", "old"), ("laichau_tuyengiao", "new"), ("yenbai_tramtau", "new")}
)
PRINTS_SECTION = frozenset({("laichau_tuyengiao", "new"), ("travinh_tuyengiao", "old")})


def expectations() -> dict[str, Any]:
    """Return the expected counts and records of the five sites, ready for JSON."""
    return {site.name: _site(site) for site in SITES}


def printed_date(site: DemoSite, article: Article) -> str:
    """Return the publication date a reader can learn, at +07:00, as precise as printed."""
    if site.dated_to == "day":
        return article.published.date().isoformat()
    return article.published.isoformat(timespec="seconds")


def _uid_at(name: str, number: int) -> str:
    site = next(site for site in SITES if site.name == name)
    return next(site.uid(article) for article in articles_of(site) if article.id == number)


def _printed_section(site: DemoSite, article: Article) -> str | None:
    """Return the section the page itself prints, above the headline or in a breadcrumb."""
    section = site.section(article.section)
    return section.title if (site.name, article.skin) in PRINTS_SECTION else section.label


def _site(site: DemoSite) -> dict[str, Any]:
    articles = articles_of(site)
    live = [article for article in articles if not article.gone]
    return {
        "home": site.home,
        "listing_pages": {
            site.listing_url(section): page_count(
                site, sum(section.key in article.sections for article in articles)
            )
            for section in site.sections
        },
        "listed": len(articles),
        "articles": len(live),
        "duplicates": [
            {"uid": site.uid(article), "of": _uid_at(*article.reprint_of)}
            for article in live
            if article.reprint_of
        ],
        "gone": [site.article_url(article) for article in articles if article.gone],
        "in_two_sections": [site.uid(article) for article in articles if article.also_in],
        "oldest": printed_date(site, live[0]),
        "newest": printed_date(site, live[-1]),
        "records": [_record(site, article) for article in reversed(live)],
    }


def _record(site: DemoSite, article: Article) -> dict[str, Any]:
    story = article.story
    return {
        "uid": site.uid(article),
        "url": site.article_url(article),
        "headline": story.headline,
        "description": story.lead,
        "date_published": printed_date(site, article),
        "date_source": "listing" if site.dated_to == "day" else "page",
        "byline": article.byline.printed,
        "authors": list(article.byline.authors),
        "source": article.byline.source,
        "section": _printed_section(site, article),
        "listed_in": [site.section(key).title for key in article.sections],
        "captions": [block.text for block in story.blocks if block.kind == "photo"],
        "credits": [block.credit for block in story.blocks if block.kind == "photo"],
        "attachments": [
            {"url": site.home + document.path, "title": document.title} for document in article.documents
        ],
        "view_count": article.views if (site.name, article.skin) in PRINTS_VIEWS else None,
        "has_table": any(block.kind == "table" for block in story.blocks),
        "paragraphs": len(story.paragraphs),
        "skin": article.skin,
        "build": article.build,
        "quirk": article.quirk,
    }
