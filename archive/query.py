"""What a researcher types -> what is looked for. Any text is a query; none is an error.

    đảng bộ            both words, wherever they stand
    "đảng bộ tỉnh"     the phrase
    tuyên*             words that begin so
    -hội               articles without the word
    site: province: author: section: from: to:     filters

A word typed with marks is looked for as typed (Đảng is not đang), one typed without is looked for without
(dang finds Đảng, đang and dâng), each word on its own. `hoà` is `hòa`, `uỷ` is `ủy`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archive.indexing import exact_form, plain_form
from archive.text import clean

FILTERS: Final = ("site", "province", "from", "to", "author", "section")
# More words than anyone types; FTS5 gives up at some hundreds of terms.
MAX_TERMS: Final = 64

WORD: Final = re.compile(r"[^\W_]+")
_PIECE: Final = re.compile(
    r"""(?P<minus>(?<!\S)-)?
        (?: (?P<name>[a-z]+):(?:"(?P<quoted_value>[^"]*)"?|(?P<value>[^\s"]+))
          | "(?P<phrase>[^"]*)"?
          | (?P<word>[^\s"]+) )
        (?P<star>\*)?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word or phrase looked for."""

    words: tuple[str, ...]
    """In lower case as typed, in exact form."""
    prefix: bool = False
    """Whether the last word is only a word's beginning."""
    negated: bool = False

    @property
    def marked(self) -> bool:
        """Whether any word was typed with marks, so that the term is looked for as typed."""
        return any(word != plain_form(word) for word in self.words)

    @property
    def mixed(self) -> bool:
        """Whether some words were typed with marks and others without."""
        return self.marked and any(word == plain_form(word) for word in self.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query taken apart."""

    terms: tuple[Term, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Filter name -> values; an article must answer one of them."""
    notes: tuple[str, ...] = ()
    """What was not understood, for the reader."""


def parse_query(text: str) -> Query:
    """Take a query apart.

    >>> parse_query('dang bộ "xây dựng" -hội site:laichau_tuyengiao').filters
    {'site': ('laichau_tuyengiao',)}
    >>> [term.words for term in parse_query("05-CT/TW tuyên*").terms]
    [('05', 'ct', 'tw'), ('tuyên',)]
    >>> parse_query('(("* -').terms
    ()
    """
    terms: list[Term] = []
    filters: dict[str, tuple[str, ...]] = {}
    for match in _PIECE.finditer(clean(text)):
        name = (match["name"] or "").lower()
        if name in FILTERS and not match["minus"]:
            value = (match["quoted_value"] or match["value"] or "").strip()
            if value:
                filters[name] = (*filters.get(name, ()), value)
            continue
        term = _term(match)
        if term is not None:
            terms.append(term)
    notes = () if len(terms) <= MAX_TERMS else (f"only the first {MAX_TERMS} words are looked for",)
    return Query(terms=tuple(terms[:MAX_TERMS]), filters=filters, notes=notes)


def _term(match: re.Match[str]) -> Term | None:
    if match["name"] is not None:
        text = f"{match['name']} {match['quoted_value'] or match['value'] or ''}"
    else:
        text = match["phrase"] if match["phrase"] is not None else match["word"]
    words = tuple(WORD.findall(exact_form(text).lower()))[:MAX_TERMS]
    if not words:
        return None
    starred = bool(match["star"]) or text.endswith("*")
    return Term(words=words, prefix=starred, negated=bool(match["minus"]))


# ---------------------------------------------------------------------------------------- FTS5's language

# Every word stands in the plain columns, one printed without marks also in the others, so that articles are
# found without naming columns, in half the time. Only where words are counted, for ranking, is each to count
# once: those typed without marks are then looked for in these alone. With marks none stands in them.
_PLAIN: Final = "{headline_plain body_plain beside_plain}"


def match_expressions(query: Query, *, ranked: bool = False) -> tuple[str | None, str | None]:
    """Return the FTS5 expressions for what must be there and what must not; None where there is none.

    They find the same articles either way; `ranked` is for putting these in order with bm25.
    """
    wanted = [_expression(term, ranked=ranked) for term in query.terms if not term.negated]
    unwanted = [_expression(term) for term in query.terms if term.negated]
    return (" AND ".join(wanted) or None, " OR ".join(unwanted) or None)


def loose_expressions(query: Query, *, ranked: bool = False) -> tuple[str | None, str | None]:
    """As match_expressions, but in a phrase of mixed words those without marks stand for any marks.

    FTS5 cannot look for one phrase in two columns, so this asks for the phrase without marks and for each
    marked word as typed, anywhere.
    """
    wanted = [_loose(term, ranked=ranked) for term in query.terms if not term.negated]
    return (" AND ".join(wanted) or None, match_expressions(query)[1])


def loosened(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms with every mixed one without its marks: what loose_expressions finds first of all."""
    return tuple(
        replace(term, words=tuple(plain_form(word) for word in term.words)) if term.mixed else term
        for term in terms
    )


def near_expression(query: Query) -> str | None:
    """Return an expression that all hits answer, those better in which all words stand together as typed.

    Used to rank these higher; None when the query is no plain series of words. It names as few words again
    as it can: ranking goes through every article that has a word, for each time the word is named.
    """
    terms = query.terms
    if len(terms) < 2 or any(term.negated or term.prefix for term in terms):
        return None
    marked = {term.marked for term in terms}
    if len(marked) > 1:
        return None
    words = tuple(word for term in terms for word in term.words)
    return f"({_expression(terms[0], ranked=True)} OR {_expression(Term(words=words), ranked=True)})"


def _expression(term: Term, *, ranked: bool = False) -> str:
    columns = f"{_PLAIN} : " if ranked and not term.marked else ""
    star = " *" if term.prefix else ""
    return f'{columns}"{" ".join(term.words)}"{star}'


def _loose(term: Term, *, ranked: bool) -> str:
    if not term.mixed:
        return _expression(term, ranked=ranked)
    plain = Term(words=tuple(plain_form(word) for word in term.words), prefix=term.prefix)
    marked = [Term(words=(word,)) for word in term.words if word != plain_form(word)]
    return "(" + " AND ".join(_expression(part, ranked=ranked) for part in (plain, *marked)) + ")"
