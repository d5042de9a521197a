"""The folded form of a body, which versions, duplicates and the index all want, made once."""

from __future__ import annotations

from functools import lru_cache

from archive.text import fold


@lru_cache(maxsize=16)  # headline, body and what stands beside, of the present reading and the earlier one
def folded(text: str) -> str:
    """Return `fold(text)`; the same text is folded once in a row of calls."""
    return fold(text)
