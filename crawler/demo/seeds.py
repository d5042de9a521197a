"""The five real articles: their text cut into headline, paragraphs, captions and signature, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from crawler.demo.story import Block, Byline, Story
from crawler.demo.topics import TEXT

HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True, kw_only=True, slots=True)
class Seed:
    """Where the parts of a seed text stand, counted in non-blank lines, and what its signature means."""

    site: str
    section: str
    headline: int
    lead: int | None = None
    caption: int | None = None
    body: int
    """First line of the body; a caption inside it is skipped."""
    closer: str
    """Beginning of the first line after the body."""
    byline: Byline
    published: datetime
    views: int = 0


SEEDS: tuple[Seed, ...] = (
    Seed(
        site="laichau_tuyengiao",
        section="xay-dung-dang",
        headline=0,
        lead=2,
        caption=3,
        body=5,
        closer="Tác giả bài viết:",
        byline=Byline(printed="Tác giả bài viết: Hoàng Văn Quế", authors=("Hoàng Văn Quế",)),
        published=datetime(2021, 1, 17, 14, 47, tzinfo=HANOI),
        views=2527,
    ),
    Seed(
        site="yenbai_tramtau",
        section="Tinhoatdong",
        headline=0,
        body=4,
        closer="Nguồn:",
        byline=Byline(printed="Nguồn: Ban Tuyên giáo Huyện ủy", source="Ban Tuyên giáo Huyện ủy"),
        published=datetime(2023, 7, 14, 8, 0, 2, tzinfo=HANOI),
        views=4829,
    ),
    Seed(
        site="tw_xaydungdang",
        section="Thoi-su-Chinh-tri",
        headline=1,
        caption=4,
        body=3,
        closer="Thảo Nguyên",
        byline=Byline(printed="Thảo Nguyên", authors=("Thảo Nguyên",)),
        published=datetime(2021, 1, 7, 21, 38, tzinfo=HANOI),
    ),
    Seed(
        site="travinh_tuyengiao",
        section="tin-tuc",
        headline=0,
        caption=2,
        body=1,
        closer="Trần Thị Thùy Trang",
        byline=Byline(printed="Trần Thị Thùy Trang, Phó phòng KG-TH", authors=("Trần Thị Thùy Trang",)),
        # The page prints no date; 25/06/2021 is what this capture's listing prints beside it.
        published=datetime(2021, 6, 25, 8, 30, tzinfo=HANOI),
        views=418,
    ),
    Seed(
        site="tw_tuyengiao",
        section="nhip-cau-tuyen-giao",
        headline=3,
        caption=4,
        body=6,
        closer="Minh Hải - Nguyễn Thúy",
        byline=Byline(
            printed="Minh Hải - Nguyễn Thúy",
            authors=("Minh Hải", "Nguyễn Thúy"),
            source="Ban Tuyên giáo Tỉnh ủy Lai Châu",
            affiliation="Ban Tuyên giáo Tỉnh ủy Lai Châu",
        ),
        published=datetime(2023, 10, 26, 10, 8, tzinfo=HANOI),
    ),
)

# The subheads of the Tuyên giáo seed stand as paragraphs of their own; they end in no full stop.
SUBHEAD_LIMIT = 160


def seed_lines(site: str) -> list[str]:
    """Return the seed's printed lines, blank ones dropped, outer spaces and list bullets taken off."""
    text = (TEXT / "seeds" / f"{site}.txt").read_text(encoding="utf-8")
    return [line for raw in text.splitlines() if (line := raw.strip().removeprefix("•").strip())]


def seed_story(seed: Seed) -> Story:
    """Cut the seed text into the story its page prints."""
    lines = seed_lines(seed.site)
    end = next(i for i, line in enumerate(lines) if i > seed.body and line.startswith(seed.closer))
    blocks = [
        Block(kind="photo", text=line, image="seed-1.jpg") if at == seed.caption else _text(line)
        for at, line in enumerate(lines[:end])
        if at >= seed.body or at == seed.caption
    ]
    return Story(
        headline=lines[seed.headline],
        lead=lines[seed.lead] if seed.lead is not None else None,
        blocks=tuple(blocks),
    )


def _text(line: str) -> Block:
    is_subhead = len(line) < SUBHEAD_LIMIT and line[-1] not in ".:;!?…"
    return Block(kind="subhead" if is_subhead else "text", text=line)
