"""Vietnamese text as the archive keeps it: clean for reading, folded for searching and comparing.

Pages of these sites mix composed and decomposed Unicode, both placements of the tone mark, no-break and
zero-width spaces pasted from Word, and the Icelandic Eth (U+00D0) where Vietnamese Đ (U+0110) is meant.
Bodies are stored `clean`, never folded; `fold` and `place_tones` make the forms that are compared.
"""

import codecs
import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, Literal

Legacy = Literal["TCVN3", "VNI"]

# Look-alikes of Đ and đ: Eth is printed by baodaknong.org.vn ("Ðảng ta"); African D (U+0189, U+0256) has
# the same glyph. No Vietnamese word holds the real Eth, and NFKC does not join them.
_LOOKALIKES: Final = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
_ANY_LOOKALIKE: Final = re.compile("[\u00d0\u00f0\u0189\u0256]")

# Blanks that str.split does not take for white space: Mongolian vowel separator, Hangul fillers, Braille.
_ODD_BLANKS: Final = re.compile("[\u180e\u115f\u1160\u3164\uffa0\u2800]")

# Nothing of this prints: C0 and C1 controls (tab and line ends are left to split), soft hyphen, grapheme
# joiner, Arabic letter mark, zero-width and direction marks, invisible operators, variation selectors,
# BOM, and lone surrogates, which UTF-8 cannot hold.
_UNPRINTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# A tone typed before the vowel's own mark (á + circumflex): NFC cannot join it, so the two change places.
_TONE_FIRST: Final = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")

_MARKS: Final = re.compile("[\u0300-\u036f]+")
# Most text needs no mending, and one scan for everything above says so.
_ANY_ODD: Final = re.compile(
    f"[{_UNPRINTED.pattern[1:-1]}{_ODD_BLANKS.pattern[1:-1]}{_ANY_LOOKALIKE.pattern[1:-1]}\u0300-\u036f]"
)
_LINE_END: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

# The tone stands on the second vowel of an open oa, oe, uy: the older placement. After q the u belongs
# to the consonant (quý, quỳ); a following letter closes the syllable (hoàn, khoẻn, huỳnh).
_TONED_SECOND: Final = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?![^\W\d_])")
_TONED_Y: Final = frozenset("ỳýỷỹỵỲÝỶỸỴ")

# What nearly all text of these sites is made of: 255 characters that need no mending, each alone and in any
# order. Python's codecs for such a set go through a text some twenty times faster than regular expressions.
_EVERYDAY: Final = "".join(
    dict.fromkeys(
        "\x00\t\n\r\u00a0"
        + "".join(map(chr, range(0x20, 0x7F)))
        + "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
        + "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
        + "“”‘’–—…•·°«»×½²³€′″●▪→"
    )
)
_TO_BYTES: Final = codecs.charmap_build(_EVERYDAY)


def clean(text: str) -> str:
    r"""Return one line of text as it is to be stored and shown.

    NFC; every kind of blank, line ends included, becomes one space; ends trimmed; zero-width characters,
    soft hyphens, byte-order marks, controls and lone surrogates removed; Eth becomes Đ. Use `clean_lines`
    where line ends mean something.

    >>> clean("Ðảng\u00a0 bộ   huy\u00adện\u200b Trạm Tấu\ufeff ")
    'Đảng bộ huyện Trạm Tấu'
    >>> clean("Ho\u0323\u0302i nghi\u0323") == "Hội nghị"
    True
    """
    if _everyday(text) is not None or (not _ANY_ODD.search(text) and unicodedata.is_normalized("NFC", text)):
        return " ".join(text.split())
    text = _UNPRINTED.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if _MARKS.search(text):
        text = unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text)))
    if _ANY_LOOKALIKE.search(text):
        # Again NFC: a mark may have stood on the Eth.
        text = unicodedata.normalize("NFC", text.translate(_LOOKALIKES))
    return " ".join(_ODD_BLANKS.sub(" ", text).split())


@lru_cache(maxsize=16)  # one body is folded, taken apart into words and looked through for tones
def _everyday(text: str) -> bytes | None:
    """Return a byte for each character of a text made of everyday ones; None for any other text."""
    try:
        coded = codecs.charmap_encode(text, "strict", _TO_BYTES)[0]
    except UnicodeEncodeError:
        return None
    return None if 0 in coded else coded  # such a table must begin with NUL, which is not printed


def clean_lines(text: str) -> str:
    r"""Return text with each line cleaned, line ends kept and a run of empty lines made one empty line.

    >>> clean_lines("Chiều 15/01,\r\n  Ban\u00a0Tuyên giáo \n\n\n\u200b\n Hội nghị ")
    'Chiều 15/01,\nBan Tuyên giáo\n\nHội nghị'
    """
    lines = (clean(line) for line in _LINE_END.split(text))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def place_tones(text: str) -> str:
    """Return NFC text with the tone mark of open oa, oe, uy on the first vowel, as most sites print it.

    >>> place_tones("hoà bình, Uỷ ban, khoá XIII, thuý, KHOẺ")
    'hòa bình, Ủy ban, khóa XIII, thúy, KHỎE'
    >>> place_tones("quý, quỳ, hoàn toàn, toán, khoán, Huỳnh")
    'quý, quỳ, hoàn toàn, toán, khoán, Huỳnh'
    """
    coded = _everyday(text)
    if coded is not None:  # NFC then, and one look tells whether anything is to be moved: mostly nothing is
        shapes = codecs.charmap_decode(coded, "strict", _SHAPES)[0] + " "
        if "oa " not in shapes and shapes.count("uy ") == shapes.count("quy "):
            return text
    return _TONED_SECOND.sub(_move_tone, unicodedata.normalize("NFC", text))


def _move_tone(match: re.Match[str]) -> str:
    first, second = tuple(match[0])
    on_y = second in _TONED_Y
    if (first in "uU") != on_y or (on_y and match.start() and match.string[match.start() - 1] in "qQ"):
        return match[0]
    letters = unicodedata.normalize("NFD", second)  # the vowel and its tone
    return unicodedata.normalize("NFC", first + letters[1]) + letters[0]


def fold(text: str) -> str:
    """Return text for search and comparison: clean, lower case, no marks, đ as d.

    Stripping the marks joins both placements of the tone, so `place_tones` is not called.

    >>> fold("Đảng uỷ xã Đắk  Lắk"), fold("ĐẢNG ỦY XÃ ĐẮK LẮK")
    ('dang uy xa dak lak', 'dang uy xa dak lak')
    """
    coded = _everyday(text)
    if coded is None:
        return _fold_any(text)
    return " ".join(codecs.charmap_decode(coded, "strict", _FOLDED)[0].split())


def _fold_any(text: str) -> str:
    text = clean(text).lower()
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d")
    # A mark may have stood between two letters that compose, or a look-alike come out of the folding.
    return clean(text)


_FOLDED: Final = "".join(_fold_any(character) or " " for character in _EVERYDAY)
_FOLDED_WORDS: Final = re.sub(r"\W", " ", _FOLDED)


# Every letter as what it is to the placing of tones: o, u, q, a toned a or e, a toned y, any other; all else
# ends a syllable.
_SHAPES: Final = "".join(
    "a" if re.match("[àáảãạèéẻẽẹ]", small := character.lower())
    else "y" if small in _TONED_Y
    else small if small in "ouq"
    else "x" if small.isalpha() else " "
    for character in _EVERYDAY
)  # fmt: skip


def fold_letters(text: str) -> str:
    r"""As `fold`, but blanks may stay as they are: for what goes by words, which it has the same, faster.

    >>> fold_letters("Đảng uỷ\n\nxã Đắk  Lắk").split()
    ['dang', 'uy', 'xa', 'dak', 'lak']
    """
    coded = _everyday(text)
    if coded is None:
        return _fold_any(text)
    return codecs.charmap_decode(coded, "strict", _FOLDED)[0]


def fold_in_place(text: str) -> str:
    """Fold letter by letter, so that a place in the result is the same place in the text.

    Letters that fold to several, and all others that Latin script lacks, stay as they are.

    >>> fold_in_place("Đảng  uỷ ﬁ")
    'dang  uy ﬁ'
    """
    coded = _everyday(text)
    if coded is None:
        return text.translate(_letters())
    return codecs.charmap_decode(coded, "strict", _FOLDED)[0]


@cache
def _letters() -> dict[int, str]:
    # Latin letters with marks, as NFC composes them: Latin-1 Supplement to Latin Extended-B, and
    # Latin Extended Additional, where Vietnamese lies.
    codes = [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    folded = {code: fold(chr(code)) for code in codes if unicodedata.category(chr(code)).startswith("L")}
    return {code: letter for code, letter in folded.items() if len(letter) == 1}


def fold_words(text: str) -> list[str]:
    """Return the folded words (syllables) of a text, in order, punctuation left out.

    >>> fold_words("Huyện uỷ Trạm Tấu, tỉnh Yên Bái - 14/7")
    ['huyen', 'uy', 'tram', 'tau', 'tinh', 'yen', 'bai', '14', '7']
    """
    coded = _everyday(text)
    if coded is None:
        return re.findall(r"\w+", _fold_any(text))
    return codecs.charmap_decode(coded, "strict", _FOLDED_WORDS)[0].split()


# Signs that, inside a word, are TCVN3 (ABC) letters read as Latin-1: © is â, ® is đ, µ is à, ¸ is á.
# Guillemets and the middle dot quote and list in right text, so they count only between two letters;
# the currency signs and § (Đ) only before a letter. A capital after a small letter ("tÕt") is
# one too, and so is a letter Vietnamese lacks after a consonant ("møt"; VNI writes them after vowels).
_TCVN3: Final = re.compile(
    r"[^\W\d_][©µ¸¶¹¬ª¨¼½¾]|[©µ¸¶¹¬ª¨¼½¾](?=[a-z])|®[a-z\u00a1-\u00ff]|(?<=[a-zA-Z])[«»·\u00ad](?=[a-z])"
    r"|[§¡¢£¤¥¦](?=[a-z\u00a1-\u00ff])|[a-z][\u00c0-\u00d6\u00d8-\u00dd]|[a-z][×ØÞß÷þ]"
    r"|[bcdghklmnpqrstvx][äåæçëîïñöøûþ]"
)
# VNI writes the mark as a letter of its own after the vowel: "Ñaûng boä", "nhaân daân". The pairs below
# never stand in right Vietnamese (oà, oá, oè, uê, uâ, yê do, and are left out).
_VNI: Final = re.compile(
    r"[aA][âáàåãäùøûõïêéèúüëÂÁÀÅÃÄÙØÛÕÏÊÉÈÚÜË]|[eE][âáàåãäùøûõïÂÁÀÅÃÄÙØÛÕÏ]|[oO][âåäùøûõïÂÅÄÙØÛÕÏ]"
    r"|[uU][ùøûõïÙØÛÕÏ]|[öôÖÔ][ùøûõïÙØÛÕÏ]|[öÖ][ôÔ]|[ñÑ][aeiouyöôAEIOUYÖÔ]"
)
# Letters that right Vietnamese lacks and any longer text in a legacy code shows.
_LEGACY_LETTERS: Final = re.compile(
    "[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fe\u00ff]"
)
# Letters no legacy code prints: Latin Extended Additional (ạ to ỹ) and ă đ ơ ư.
_RIGHT: Final = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")


def looks_legacy(text: str) -> Legacy | None:
    """Return the 8-bit encoding whose letters were read as Latin-1, or None for right text.

    Best asked of the text before `clean`, which drops the soft hyphen that TCVN3 uses for ư. Two words at
    least must show the encoding, one in four of all (a few foreign names do not), and right Vietnamese words
    must not outnumber them.

    >>> looks_legacy("Uû ban nh©n d©n tØnh"), looks_legacy("Ñaûng boä huyeän")
    ('TCVN3', 'VNI')
    >>> looks_legacy("Ủy ban nhân dân tỉnh © 2021 «Nhân Dân»") is None
    True
    """
    if text.isascii() or (len(text) > 200 and len(_LEGACY_LETTERS.findall(text)) < 2):
        return None
    words = text.split()
    tcvn3 = sum(1 for word in words if _TCVN3.search(word))
    vni = sum(1 for word in words if _VNI.search(word))
    hits = max(tcvn3, vni)
    if hits < 2 or hits * 4 < len(words):  # the two limits the docstring states
        return None
    if sum(1 for word in words if _RIGHT.search(word)) > hits:
        return None
    return "TCVN3" if tcvn3 > vni else "VNI"
