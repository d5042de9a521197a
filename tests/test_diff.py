"""What a site changed, word by word."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.diff import changed_words, word_diff


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Tỉnh ủy họp", "Tỉnh ủy họp", "Tỉnh ủy họp"),
        ("", "Tỉnh ủy họp", "{Tỉnh ủy họp}"),
        ("Tỉnh ủy họp", "", "[Tỉnh ủy họp]"),
        ("Đồng chí A phát biểu", "Đồng chí B phát biểu", "Đồng chí [A ]{B }phát biểu"),
        ("Sáng nay, Tỉnh ủy họp", "Tỉnh ủy họp", "[Sáng nay, ]Tỉnh ủy họp"),
        ("Tỉnh ủy họp", "Tỉnh ủy họp sáng nay", "Tỉnh ủy họp {sáng nay}"),
        ("Một.\n\nHai.\n\nBa.", "Một.\n\nBa.", "Một.\n\n[Hai.\n\n]Ba."),
        ("họp họp họp", "họp họp", "họp họp[họp]"),
        ("Uỷ ban hoà giải", "Ủy ban hòa giải", "Ủy ban hòa giải"),
    ],
)
def test_what_went_and_what_came(old: str, new: str, shown: str) -> None:
    marks = {"same": "{}", "removed": "[{}]", "added": "{{{}}}"}
    pieces = word_diff(old, new)
    told = "".join(marks[piece.kind].format(piece.text) for piece in pieces)
    assert told == shown


WORDS = st.lists(st.sampled_from(["một ", "hai ", "ba\n\n", "bốn, "]))


@given(WORDS, WORDS)
def test_both_readings_can_be_put_together_again(one: list[str], other: list[str]) -> None:
    old, new = "".join(one), "".join(other)
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added").split() == old.split()
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert all(a.kind != b.kind for a, b in pairwise(pieces))


def test_changed_words_are_counted() -> None:
    assert changed_words(word_diff("Đồng chí A phát biểu", "Đồng chí B và C phát biểu")) == (1, 3)


def test_a_few_words_repeated_without_end_take_no_longer_than_an_article() -> None:
    chance = random.Random(1)
    old, new = (" ".join(chance.choices("abc", k=20_000)) for _ in range(2))
    began = time.process_time()
    word_diff(old, new)
    assert time.process_time() - began < 5
