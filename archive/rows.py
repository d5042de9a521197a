"""Rows of the database -> the records everything else passes on, and their lists as rows hold them."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from archive.model import Article, Attachment, Image

json_of: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A list or mapping as a column holds it: compact JSON with its marks unescaped."""


def article_from_row(db: sqlite3.Connection, row: sqlite3.Row) -> Article:
    """Return a row of `articles` as an Article, with its images and attachments."""
    return Article(**article_fields(db, row))


def article_fields(db: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    """Return the fields of Article held by a row of `articles` and the tables beside it."""
    return {
        "site": row["site"],
        "family": row["family"],
        "url": row["url"],
        "uid": row["uid"],
        "headline": row["headline"],
        "description": row["description"],
        "body": row["body"],
        "authors": tuple(json.loads(row["authors"])),
        "author_role": row["author_role"],
        "byline": row["byline"],
        "source": row["source"],
        "section": row["section"],
        "keywords": tuple(json.loads(row["keywords"])),
        "date_published": row["date_published"],
        "date_published_raw": row["date_published_raw"],
        "date_source": row["date_source"],
        "date_precision": row["date_precision"],
        "view_count": row["view_count"],
        "images": images_of(db, row["id"]),
        "attachments": attachments_of(db, row["id"]),
        "read_by": json.loads(row["read_by"]),
    }


def images_of(db: sqlite3.Connection, article_id: int) -> tuple[Image, ...]:
    """Return an article's images in reading order."""
    rows = db.execute(
        "SELECT url, caption, credit FROM images WHERE article_id = ? ORDER BY position", (article_id,)
    )
    return tuple(Image(url=row["url"], caption=row["caption"], credit=row["credit"]) for row in rows)


def attachments_of(db: sqlite3.Connection, article_id: int) -> tuple[Attachment, ...]:
    """Return the documents an article offers, in reading order."""
    rows = db.execute(
        "SELECT url, title FROM attachments WHERE article_id = ? ORDER BY position", (article_id,)
    )
    return tuple(Attachment(url=row["url"], title=row["title"]) for row in rows)
