"""What readers and searchers rely on in `archive.text`."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import clean, clean_lines, fold, fold_in_place, fold_words, looks_legacy, place_tones


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("Ðảng ta đồng hành", "Đảng ta đồng hành"),
        ("Bù Ðăng, ðảng viên", "Bù Đăng, đảng viên"),
        (unicodedata.normalize("NFD", "Huyện ủy Trạm Tấu"), "Huyện ủy Trạm Tấu"),
        ("Hội\u00a0nghị\u2003tổng\u202fkết", "Hội nghị tổng kết"),
        ("Thứ\u200bHai\ufeff", "ThứHai"),
        ("tuyên\u00ad giáo", "tuyên giáo"),
        ("một\r\n hai\t ba\n", "một hai ba"),
        ("bị cắt\ud83d", "bị cắt"),
        ("a\x00b\x07", "ab"),
        ("ca\u0301\u0302p u\u0309y", "cấp ủy"),
    ],
)
def test_clean_keeps_the_words_and_drops_what_does_not_print(received: str, kept: str) -> None:
    assert clean(received) == kept


def test_clean_lines_keeps_paragraphs() -> None:
    assert clean_lines(" Một \r\n\r\n\r\nHai\u00a0 ba\u2028Bốn ") == "Một\n\nHai ba\nBốn"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("toả", "tỏa"),
        ("xoã", "xõa"),
        ("hoạ", "họa"),
        ("loè", "lòe"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("Uỷ", "Ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("thuý", "thúy"),
        ("luỹ", "lũy"),
        ("tuỵ", "tụy"),
        ("Hoà-Bình", "Hòa-Bình"),
    ],
)
def test_the_tone_moves_to_the_first_vowel(old: str, new: str) -> None:
    assert place_tones(old) == new
    assert place_tones(new) == new


@pytest.mark.parametrize(
    "word", ["quý", "quỳ", "Quỹ", "hoàn", "toán", "khoán", "ngoài", "huỳnh", "thuế", "quá", "xoắn"]
)
def test_other_words_keep_their_tone(word: str) -> None:
    assert place_tones(word) == word


def test_fold_joins_the_ways_of_writing_a_word() -> None:
    written = [
        "Đảng uỷ",
        "đảng ủy",
        "ĐẢNG  ỦY",
        "Ðảng ủy",
        unicodedata.normalize("NFD", "Đảng uỷ"),
        "dang uy",
    ]
    assert {fold(form) for form in written} == {"dang uy"}
    assert fold("Đắk Lắk") == "dak lak"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Uû ban nh©n d©n", "TCVN3"),
        ("§¶ng Céng s¶n ViÖt Nam", "TCVN3"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "TCVN3"),
        ("hép møt tÕt", "TCVN3"),
        ("Ñaûng Coäng saûn Vieät Nam", "VNI"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI"),
        ("Hoäi nghò toång keát coâng taùc tuyeân giaùo naêm 2008", "VNI"),
    ],
)
def test_legacy_text_is_named(text: str, encoding: str) -> None:
    assert looks_legacy(text) == encoding


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị tổng kết công tác tuyên giáo năm 2020, triển khai nhiệm vụ năm 2021",
        "Ủy ban nhân dân tỉnh © 2021. Bản quyền thuộc báo «Nhân Dân»®",
        "Quân khu, quê hương, hoá, khoá, loã xoã, oà, thuê, yêu, quân, quá, quà, quê, huấn, khuấy",
        "The Communist Party of Vietnam, café, naïve, São Tomé, Ñandú",
        "· Công tác · Tuyên giáo · 30 µm, 5 ½, giá £5 § 12",
        "Uy ban nhan dan tinh",
        "Hoa lê, cà phê, bà, bé, bò, tôi, tô, cô, chú, ý, là, và, cho, có, ở, hè, hê",
        "",
    ],
)
def test_right_text_is_never_legacy(text: str) -> None:
    assert looks_legacy(text) is None
    assert looks_legacy(unicodedata.normalize("NFD", text)) is None


EVERYDAY = "aàăằâầđeêềoôồơờuưừyỳ AÀĂẰÂẦĐEÊỀOÔỒƠỜUƯỪYỲ bcghknqtx 059 _-.,:/“”‘’–…•½²\u00a0\t\n"


@given(st.text(alphabet=EVERYDAY))
def test_everyday_text_is_read_as_any_other_is(text: str) -> None:
    """A snowman is in no table of everyday letters, so what stands beside one goes the long way."""
    assert f"{clean(text)} ☃".lstrip() == clean(f"{text} ☃")
    assert f"{fold(text)} ☃".lstrip() == fold(f"{text} ☃")
    assert fold_words(text) == fold_words(f"{text} ☃")
    assert len(fold_in_place(text)) == len(text)
    assert fold_in_place(text).split() == fold(text).split()


@given(st.text())
@settings(deadline=None)
def test_any_text_can_be_cleaned_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once
    once.encode()
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert place_tones(place_tones(text)) == place_tones(text)
    assert fold(fold(text)) == fold(text) == fold(once)
    looks_legacy(text)
