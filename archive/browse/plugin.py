"""What Datasette calls. Nothing is done for a Datasette that does not ask for it in its metadata."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Final, TypeVar

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from markupsafe import Markup

from archive.browse import (
    downloads,
    pages_article,
    pages_capture,
    pages_named,
    pages_overview,
    pages_search,
    safety,
)
from archive.browse.addresses import encode, local_path, web_address, with_arguments
from archive.browse.figures import LEVELS
from archive.browse.reader import DATABASE
from archive.browse.view import COOKIE, LANGUAGES, page, read_request
from archive.browse.wording import (
    day,
    kind_name,
    level_name,
    marked,
    moment,
    number,
    order_name,
    say_note,
    say_reason,
    source_name,
)  # fmt: skip

NAME: Final = "vankho-browse"
"""The plugin's name in the metadata: {"plugins": {"vankho-browse": {}}}."""

_ONE: Final = r"(?P<name>[^.]+?)(?P<json>\.json)?$"
_PLAIN: Final = r"(?P<json>\.json)?$"

_ROUTES: Final[tuple[tuple[str, Callable[..., Any]], ...]] = (
    (r"/(?:index)?" + _PLAIN, page("home", pages_overview.load_home)),
    (r"/search" + _PLAIN, page("search", pages_search.load_search)),
    (r"/search\.(?P<form>csv|jsonl)$", downloads.view_export),
    (r"/timeline" + _PLAIN, page("timeline", pages_search.load_timeline)),
    (r"/health" + _PLAIN, page("health", pages_overview.load_health)),
    (r"/documents" + _PLAIN, page("documents", pages_named.load_documents)),
    (r"/document/" + _ONE, page("document", pages_named.load_document)),
    (r"/author/" + _ONE, page("author", pages_named.load_author)),
    (r"/site/" + _ONE, page("site", pages_overview.load_site)),
    (r"/article/" + _ONE, page("article", pages_article.load_article)),
    (r"/versions/" + _ONE, page("versions", pages_article.load_versions)),
    (r"/cite/(?P<name>[^.]+)\.(?P<ending>txt|bib|ris|csl)$", downloads.view_citation),
    (r"/capture/" + _ONE, page("capture", pages_capture.load_capture)),
    (r"/captured/(?P<name>\d+)(?P<bytes>/bytes)?$", pages_capture.view_captured),
    (r"/feeds/(?P<feed>newest|removals|edits)\.atom$", downloads.view_feed),
    (r"/robots\.txt$", downloads.view_robots),
)


# Columns of tables and views, and the page that each leads to.
_PAGE_OF: Final = {
    "uid": "/article/",
    "original_uid": "/article/",
    "duplicate_uid": "/article/",
    "capture_id": "/capture/",
    "document": "/document/",
    "author": "/author/",
}

F = TypeVar("F", bound=Callable[..., Any])
# Datasette ships no types: this is its decorator with one.
hook: Callable[[F], F] = hookimpl


def _asked_for(datasette: Datasette) -> bool:
    return datasette.plugin_config(NAME) is not None


async def view_language(request: Request) -> Response:
    """Remember the language a reader chose and go back to where they were."""
    asked = read_request(request)
    answer = Response.redirect(local_path(asked.get("next") or "/"))
    chosen = asked.get("to")
    answer.set_cookie(
        COOKIE,
        chosen if chosen in LANGUAGES else LANGUAGES[0],
        max_age=31_536_000,
        httponly=True,
        samesite="lax",
    )
    answer.headers["content-security-policy"] = safety.PAGE
    return answer


@hook
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Add our pages; `/` becomes ours, tables stay at /archive."""
    return [*_ROUTES, (r"/language$", view_language)] if _asked_for(datasette) else []


@hook
def asgi_wrapper(datasette: Datasette) -> Callable[[safety.Application], safety.Application]:
    """Put safe headers on every answer, Datasette's own too."""
    return safety.guarded if _asked_for(datasette) else lambda application: application


@hook
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """Lead from Datasette's own pages back to ours."""
    pages = (("/", "Văn khố"), ("/search", "Tìm kiếm / Search"), ("/health", "Tình trạng / Health"))
    return [
        {"href": datasette.urls.path(path), "label": label} for path, label in pages if _asked_for(datasette)
    ]


@hook
def render_cell(value: Any, column: str, datasette: Datasette) -> Markup | None:
    """Lead from an article's or a capture's number in a table to its page."""
    path = _PAGE_OF.get(column)
    if path is None or not value or not _asked_for(datasette):
        return None
    return Markup('<a href="{}">{}</a>').format(datasette.urls.path(path + encode(str(value))), value)


@hook
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Make sure that no connection writes, and that a large archive's indexes stay in memory."""
    if database == DATABASE and _asked_for(datasette):
        conn.execute("PRAGMA query_only = ON")
        conn.execute("PRAGMA cache_size = -65536")


@hook
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Give templates the few words they need of Python."""
    if not _asked_for(datasette):
        return
    env.globals["levels"] = LEVELS
    for function in (
        day, encode, kind_name, level_name, marked, moment, number, order_name, say_note, say_reason,
        source_name, web_address, with_arguments,
    ):  # fmt: skip
        env.globals[function.__name__] = function
