"""One page, two forms: HTML for people, the same data as JSON for programs; and errors as pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive.browse import safety
from archive.browse.addresses import decode
from archive.browse.reader import Reader, reader_of
from archive.errors import ArchiveError

LANGUAGES: Final = ("vi", "en")
COOKIE: Final = "vankho_language"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a reader asked for."""

    path: str
    """As the browser sent it, without arguments."""
    full_path: str
    name: str
    """What the page is of, decoded: a uid, a site, a document; '' for pages of nothing in particular."""
    arguments: Mapping[str, str]
    """The first value of each argument, ends trimmed; absent ones are not there."""
    language: str
    """`vi` or `en`."""
    origin: str
    """Where we are seen from: `http://127.0.0.1:8001`."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All values of each argument."""

    def get(self, name: str) -> str:
        """Return an argument; '' when it was not given."""
        return self.arguments.get(name, "")

    def number(self, name: str, default: int, *, most: int) -> int:
        """Return an argument as a number from 1 to `most`; the default for what is none."""
        text = self.get(name)
        return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 10 else default


class NoSuchPage(Exception):
    """There is nothing at this address; the message says what was looked for."""


Data = dict[str, Any]
Loader = Callable[[Asked, Reader], Awaitable[Data]]
View = Callable[..., Awaitable[Any]]


def read_request(request: Request) -> Asked:
    """Return what a request asks for."""
    values = {name: tuple(request.args.getlist(name)) for name in request.args}
    language = request.cookies.get(COOKIE, "")
    return Asked(
        path=request.path,
        full_path=request.full_path,
        name=decode(request.url_vars.get("name") or ""),
        arguments={name: texts[0].replace("\x00", "").strip() for name, texts in values.items()},
        language=language if language in LANGUAGES else LANGUAGES[0],
        origin=f"{request.scheme}://{request.host}",
        values=values,
    )


def page(template: str, load: Loader) -> View:
    """Return the view of a page: `load` finds its data, `template` shows it, `.json` gives it bare."""

    async def view(request: Request, datasette: Datasette) -> Response:
        asked = read_request(request)
        as_json = bool(request.url_vars.get("json"))
        status = 200
        try:
            data = await load(asked, reader_of(datasette))
            name = template
        except (NoSuchPage, ArchiveError) as error:
            status, name, data = 404, "error", {"error": str(error), "kind": "missing"}
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            status, name, data = 503, "error", {"error": "took too long", "kind": "slow"}
        if as_json:
            return as_json_answer(data, status)
        return await as_html(datasette, request, asked, name, data, status)

    return view


def as_json_answer(data: Data, status: int = 200) -> Response:
    """Return data as JSON; what begins with `_` is for the HTML page alone."""
    shown = {name: value for name, value in data.items() if not name.startswith("_")}
    body = json.dumps(shown, ensure_ascii=False, indent=1)
    headers = {"content-security-policy": safety.CAPTURED}
    return Response(body, status, headers, "application/json; charset=utf-8")


async def as_html(
    datasette: Datasette, request: Request, asked: Asked, template: str, data: Data, status: int
) -> Response:
    """Return a page of ours as HTML."""
    vietnamese = asked.language == "vi"
    context = {
        **data,
        "asked": asked,
        "language": asked.language,
        "t": lambda vi, en: vi if vietnamese else en,
    }
    html = await datasette.render_template(f"vankho/{template}.html", context, request=request)
    headers = {"content-security-policy": safety.PAGE, "content-language": asked.language}
    return Response.html(html, status, headers)
