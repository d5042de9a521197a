"""An article as its page prints it: spelling quirks, printed dates, image addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime

from crawler.demo.plan import articles_of
from crawler.demo.sites import DemoSite
from crawler.demo.story import Article, Block, Build, Byline, Document, Quirk

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What a template needs to print an article or its line on a listing."""

    article: Article
    id: int
    url: str
    link: str
    """The address a listing links it by: now and then an alias of `url`."""
    headline: str
    lead: str | None
    sapo: str | None
    """What a listing prints under the headline where the page itself sets no lead apart."""
    blocks: tuple[Block, ...]
    cover: Block | None
    """The photograph that opens the article: some skins print it and its caption once more above the body."""
    byline: Byline
    published: datetime
    edited: datetime
    views: int
    comments: int
    build: Build
    documents: tuple[Document, ...]
    thumb: str


def printed_articles(site: DemoSite) -> tuple[Printed, ...]:
    """Return the site's articles as printed, newest first."""
    return tuple(_print(site, article) for article in reversed(articles_of(site)))


def _print(site: DemoSite, article: Article) -> Printed:
    ink = INKS[article.quirk]
    story = article.story
    lead = ink(story.lead) if story.lead else None
    blocks = tuple(replace(block, text=ink(block.text)) for block in story.blocks)
    if article.quirk == "lead twice" and lead:
        blocks = (Block(kind="text", text=lead), *blocks)
    url = site.article_url(article)
    folder = f"{site.home}{site.image_folder}/{article.published:%Y_%m}"
    photos = [block for block in blocks if block.kind == "photo"]
    return Printed(
        article=article,
        id=article.id,
        url=url,
        link=_trapped(url) if site.name == "yenbai_tramtau" and article.id % 9 == 6 else url,
        headline=ink(story.headline),
        lead=lead,
        sapo=lead or ink(story.paragraphs[0]),
        blocks=blocks,
        cover=photos[0] if photos and (blocks[0] == photos[0] and article.quirk != "lead twice") else None,
        byline=article.byline,
        published=article.published,
        edited=article.edited,
        views=article.views,
        comments=0 if article.seed else article.views % 3,
        build=article.build,
        documents=article.documents,
        thumb=f"{folder}/{photos[0].image if photos else 'noimage.jpg'}",
    )


def _trapped(url: str) -> str:
    """Return the alias these portals print for a page: a padded list name, the other scheme's port."""
    return url.replace(".vn/", ".vn:443/").replace("&lv=4", "++++&lv=11")


def nbsp_runs(text: str) -> str:
    """Put a no-break space beside every seventh space, as text pasted from a word processor has them."""
    words = text.split(" ")
    return "".join(word + ("\u00a0 " if at % 7 == 3 else " ") for at, word in enumerate(words)).rstrip()


INKS: Mapping[Quirk, Callable[[str], str]] = {
    "none": str,
    "tone": str,
    "lead twice": str,
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "eth": lambda text: text.replace("Đ", "Ð"),
    "nbsp": nbsp_runs,
}


def weekday_title(day: datetime) -> str:
    """Return the weekday as the central journals print it: `Thứ Năm`."""
    return WEEKDAYS[day.weekday()]


def weekday(day: datetime) -> str:
    """Return the weekday in lower case; NukeViet prints its first letter alone in upper case."""
    return weekday_title(day).lower()


def dots(number: int) -> str:
    """Return a counter with dots between thousands: 2527 is `2.527`."""
    return f"{number:,}".replace(",", ".")


def sharepoint_time(day: datetime) -> str:
    """Return the .NET vi-VN form: `14/07/2023 8:00:02 SA`."""
    half = "SA" if day.hour < 12 else "CH"
    return f"{day:%d/%m/%Y} {day.hour % 12 or 12}:{day:%M:%S} {half}"


def minute_mark(day: datetime) -> str:
    """Return the old journal skin's form: `21:38' 7/1/2021`."""
    return f"{day.hour}:{day:%M}' {bare_day(day)}"


def bare_day(day: datetime) -> str:
    """Return a date with nothing zero-padded: `7/1/2021`."""
    return f"{day.day}/{day.month}/{day.year}"


def bare_minutes(day: datetime) -> str:
    """Return date and time with nothing zero-padded: `26/10/2023 10:8'`."""
    return f"{bare_day(day)} {day.hour}:{day.minute}'"


def iso(day: datetime) -> str:
    """Return ISO 8601 with offset."""
    return day.isoformat(timespec="seconds")


def php_misprint(day: datetime) -> str:
    """Return what NukeViet prints as `article:published_time`: the zone stands where the `T` belongs."""
    return f"{day:%Y-%m-%d}+07{day:%H:%M:%S}"


def rss_misprint(day: datetime) -> str:
    """Return what NukeViet prints as `pubDate`: the month's number stands where the minutes belong."""
    gmt = day.astimezone(UTC)
    return format_datetime(gmt, usegmt=True).replace(f"{gmt:%H:%M:%S}", f"{gmt:%H:%m:%S}")


def rfc822(day: datetime) -> str:
    """Return a true feed date."""
    return format_datetime(day)
