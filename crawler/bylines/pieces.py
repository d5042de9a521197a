"""The words of a signature before they are judged: undressed, trimmed, split where names and posts part."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from crawler.bylines.words import INITIALS, JOINT, LOGIN, NOT_INITIALS, ROLE, SPLIT, VERB
from crawler.names import is_organisation, is_person_name, names_person, strip_titles

_ADDRESS: Final = re.compile(r"[\s(]*(?:e-?mail\s*:?\s*)?[\w.+-]+@[\w.-]+\)?", re.IGNORECASE)


def undress(text: str) -> str:
    """Take off what decorates a signature: brackets around the whole, dashes, stars, a last full stop."""
    text = _ADDRESS.sub("", text).strip(" -–—*•·|_~=>")
    if not text.endswith(("...", "…")):
        text = re.sub(r"(?<=[\w)\]])[\s./]+$", "", text)
    if text[:1] + text[-1:] in {"()", "[]"} and text.count(text[0]) == 1:
        text = text[1:-1].strip(" -–—*")
    return text


def trim(value: str) -> str:
    """Take off the separators left at the ends of a piece, quotes around it and an opened bracket."""
    value = re.sub(r"[\s(]+$", "", value.strip(" \t-–—*•·,;:|_~=>"))
    value = re.sub(r"^[“\"'](.*)[”\"']$", r"\1", value.strip(" -–,;"))
    return re.sub(r"(?<=\w)[\s./]+$", "", value)


def labelled_pieces(text: str, labels: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each label of a text with what stands between it and the next, trimmed."""
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        yield label, trim(text[label.end() : end])


def split_pieces(text: str) -> list[str]:
    """Split a signature at its separators; degrees with a comma ("PGS, TS.") are taken off first.

    >>> split_pieces("Q.Như-N.Phương"), split_pieces("Minh Hải-Nguyễn Thúy"), split_pieces("Y-Khút Niê")
    (['Q.Như', 'N.Phương'], ['Minh Hải', 'Nguyễn Thúy'], ['Y-Khút Niê'])
    """
    found: list[str] = []
    for piece in SPLIT.split(strip_titles(text)):
        whole = ROLE.match(piece) or is_organisation(piece)
        for part in [piece] if whole else JOINT.split(piece):
            found += [side for side in _split_tight(strip_titles(part)) if side]
    return found


def _split_tight(piece: str) -> list[str]:
    sides = piece.split("-")
    if len(sides) == 1 or ROLE.match(piece) or is_organisation(piece):
        return [piece]
    if all(names_person(side) and (" " in side.strip() or "." in side) for side in sides):
        return [side.strip() for side in sides]
    return [piece]


def split_post(piece: str) -> tuple[str, str]:
    """Return a name and the post or office printed after it without a separator.

    >>> split_post("Lê Văn Bình Phó Trưởng ban"), split_post("Lê Văn Bình")
    (('Lê Văn Bình', 'Phó Trưởng ban'), ('Lê Văn Bình', ''))
    """
    words = piece.split()
    for at in range(2, min(len(words) - 1, 6)):
        name, rest = " ".join(words[:at]), " ".join(words[at:])
        if (ROLE.match(rest) or is_organisation(rest)) and is_person_name(name) >= 0.8:
            return name, rest
    return piece, ""


def as_printed(text: str, pieces: list[str]) -> str | None:
    """Return the stretch of text from the first piece to the last, with the separators printed there."""
    if not pieces:
        return None
    start = text.find(pieces[0])
    end = text.rfind(pieces[-1]) + len(pieces[-1])
    stretch = text[start:end] if start >= 0 else ""
    # Names may stand between two posts: then only the first is told.
    whole = all(piece in stretch for piece in pieces) and len(stretch) < 12 + sum(map(len, pieces))
    return stretch if whole else pieces[0]


def are_initials(text: str) -> bool:
    """Return whether a text is somebody's initials and no Roman numeral or known abbreviation.

    >>> are_initials("T.H"), are_initials("M.L"), are_initials("XIV"), are_initials("TW")
    (True, True, False, False)
    """
    plain = text.rstrip(".")
    numeral = re.fullmatch(r"[IVXLCDM]+", plain)
    return bool(INITIALS.fullmatch(text)) and not numeral and plain not in NOT_INITIALS


def may_sign(name: str) -> bool:
    """Whether a value after "Tác giả:" is a name, were it in small letters; a login is not."""
    words = name.split()
    return (
        1 <= len(words) <= 5
        and not LOGIN.fullmatch(name)
        and not is_organisation(name)
        and all(re.fullmatch(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*", word) for word in words)
        and (names_person(name.title()) or all(word[0].isupper() for word in words))
    )


def states(line: str) -> bool:
    """Whether a line says something, by a verb; in capitals it is a part of a name: `huyện Tiểu Cần`."""
    return any(match[0][0].islower() or line.isupper() for match in VERB.finditer(line))
