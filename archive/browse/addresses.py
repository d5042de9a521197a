"""The addresses of pages: names as paths, and back.

A path's own letters are kept where no browser or renderer reads a meaning into them; the rest, dots among
them, is written ~XX as Datasette does. So `.json` at the end is always ours, and `..` never leads anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlencode, urlsplit

from datasette.utils import tilde_decode, tilde_encode


def encode(name: str) -> str:
    """Return a name as a path.

    >>> encode("laichau_tuyengiao/5120"), encode("05-CT/TW"), encode("a/../b.json?x=1")
    ('laichau_tuyengiao/5120', '05-CT/TW', 'a/~2E~2E/b~2Ejson~3Fx~3D1')
    """
    return "/".join(tilde_encode(part) for part in name.split("/"))


def decode(path: str) -> str:
    """Return the name behind a path, also one typed by hand with percent escapes.

    >>> decode("laichau_tuyengiao/5120"), decode("a/~2E~2E/b~2Ejson~3Fx~3D1")
    ('laichau_tuyengiao/5120', 'a/../b.json?x=1')
    >>> decode("%C4%90%C3%A0o+Th%E1%BB%8D")
    'Đào Thọ'
    """
    decoded: str = tilde_decode(unquote(path))
    return decoded


def with_arguments(path: str, arguments: Mapping[str, str | None]) -> str:
    """Return a path with those arguments that say something.

    >>> with_arguments("/search", {"q": "Đảng", "site": "", "page": None})
    '/search?q=%C4%90%E1%BA%A3ng'
    """
    given = {name: value for name, value in arguments.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def web_address(url: str | None) -> str | None:
    """Return a captured address when a reader may follow it: http and https; None for any other.

    >>> web_address("http://laichau.dcs.vn/a"), web_address("javascript:alert(1)"), web_address("//x.vn")
    ('http://laichau.dcs.vn/a', None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def local_path(path: str) -> str:
    """Return a path on this server to go back to; the home page when it is anything else.

    >>> local_path("/search?q=a"), local_path("//evil.example"), local_path("http://evil.example")
    ('/search?q=a', '/', '/')
    """
    ours = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if ours else "/"
