"""A payload as received -> what a browser would parse: content encodings undone."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol, cast

# A page of these sites is under 1 MB; what unpacks to more than this is a bomb or no page.
_MAX_BYTES: Final = 256 * 1024 * 1024
_STEP: Final = 1 << 16


def decode_payload(payload: bytes, headers: Sequence[tuple[str, str]]) -> bytes:
    """Return the payload with its Content-Encoding undone.

    A stream cut short or damaged gives what could be unpacked before the fault, as browsers show it; a
    payload whose header is untrue (servers that announce gzip and send plain text) is returned as it is.

    >>> import gzip
    >>> decode_payload(gzip.compress("Đảng".encode()), [("Content-Encoding", "gzip")]).decode()
    'Đảng'
    >>> decode_payload(b"plain", [("Content-Encoding", "gzip")])
    b'plain'
    """
    encodings = [
        encoding.strip().lower()
        for name, value in headers
        if name.lower() == "content-encoding"
        for encoding in value.split(",")
    ]
    for encoding in reversed(encodings):
        decode = _DECODERS.get(encoding)
        if decode is not None:
            payload = decode(payload) or payload
    return payload


class _Unpacker(Protocol):
    """What zlib, brotli and zstandard decompressors have in common here."""

    def __call__(self, block: bytes, /) -> bytes: ...


def _unpack(unpack: _Unpacker, payload: bytes, faults: tuple[type[Exception], ...]) -> bytes:
    parts, size = [], 0
    try:
        for start in range(0, len(payload), _STEP):
            part = unpack(payload[start : start + _STEP])
            parts.append(part)
            size += len(part)
            if size > _MAX_BYTES:
                break
    except faults:
        pass  # What came before the fault is what there is; the stored payload keeps the rest.
    return b"".join(parts)


def _gzip(payload: bytes) -> bytes:
    return _unpack(zlib.decompressobj(zlib.MAX_WBITS + 16).decompress, payload, (zlib.error,))


def _deflate(payload: bytes) -> bytes:
    # The standard means zlib's wrapping; many servers send the bare stream.
    wrapped = _unpack(zlib.decompressobj().decompress, payload, (zlib.error,))
    return wrapped or _unpack(zlib.decompressobj(-zlib.MAX_WBITS).decompress, payload, (zlib.error,))


def _brotli(payload: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - ships no types; few pages need it

    return _unpack(cast(_Unpacker, brotli.Decompressor().process), payload, (brotli.error,))


def _zstd(payload: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415 - few pages need it
    else:
        from backports import zstd  # noqa: PLC0415 - as above

    return _unpack(zstd.ZstdDecompressor().decompress, payload, (zstd.ZstdError, EOFError))


_DECODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
)
