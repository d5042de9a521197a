"""Who repeats whom: same words, nearly the same words, and a reprint inside a longer text."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from archive import dedup, near
from archive.dedup import folded_words
from archive.model import Outcome, Reading
from archive.sketch import contained, make_sketch, shingle_hashes, similarity
from archive.store import Archive
from tests.archives import Desk, make_article

SEEDS = Path(__file__).parent / "gold" / "pool.txt"
TEXT = (
    "Sáng 14/7, Huyện ủy Trạm Tấu tổ chức Hội nghị sơ kết công tác 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối "
    "năm 2023. Đồng chí Phó Bí thư Thường trực Huyện ủy chủ trì Hội nghị. Trong 6 tháng đầu năm, công tác tuyên giáo "
    "trên địa bàn huyện đã bám sát sự lãnh đạo, chỉ đạo của cấp trên, hoàn thành các nhiệm vụ được giao."
)
OTHER = (
    "Ban Tổ chức Hội thi báo cáo viên giỏi đã trao giải cho các thí sinh đạt thành tích cao nhất tại vòng chung kết toàn "
    "quốc vừa diễn ra ở Thủ đô, với sự tham gia của đông đảo báo cáo viên các tỉnh miền núi phía Bắc và Tây Nguyên."
)


@pytest.fixture(params=[near._MOST_RECENT, 1], ids=["recent", "sorted in"])
def desk(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An archive whose texts all stand among the recent ones, and one where none does for long."""
    monkeypatch.setattr(near, "_MOST_RECENT", request.param)
    with Desk(tmp_path) as desk:
        yield desk


def links(desk: Desk) -> set[tuple[str, str, str]]:
    return set(desk.rows("SELECT duplicate_uid, original_uid, kind FROM duplicate_pairs"))


def reprinted(text: str, *, every: int) -> str:
    """Change one word in `every`, as an editor or an OCR does."""
    words = text.split()
    return " ".join("khác" if n % every == every // 2 else word for n, word in enumerate(words))


def test_a_reprint_is_kept_and_linked_to_the_earliest_published(desk: Desk) -> None:
    assert (
        desk.file("yenbai_tramtau/562", "Hội nghị sơ kết", TEXT, date="2023-07-14T08:00:02+07:00")
        is Outcome.NEW
    )
    assert desk.file("tw_tuyengiao/149", "Trạm Tấu sơ kết", TEXT, date="2023-07-16") is Outcome.DUPLICATE
    assert links(desk) == {("tw_tuyengiao/149", "yenbai_tramtau/562", "exact")}
    assert desk.rows("SELECT similarity, round(lag_days, 1) FROM duplicate_pairs") == [(1.0, 1.7)]
    assert desk.rows("SELECT uid FROM unique_articles") == [("yenbai_tramtau/562",)]
    assert desk.rows("SELECT count(*) FROM articles") == [(2,)]


def test_the_earlier_published_is_the_original_though_it_is_met_later(desk: Desk) -> None:
    desk.file("tw_tuyengiao/149", "Trạm Tấu sơ kết", TEXT, date="2023-07-16")
    assert (
        desk.file("yenbai_tramtau/562", "Hội nghị", TEXT, date="2023-07-14T08:00:02+07:00")
        is Outcome.DUPLICATE
    )
    assert links(desk) == {("tw_tuyengiao/149", "yenbai_tramtau/562", "exact")}


@pytest.mark.parametrize(
    "mirror",
    [
        TEXT.replace("Huyện ủy", "Huyện uỷ"),
        unicodedata.normalize("NFD", TEXT),
        TEXT.upper(),
        TEXT.replace(". ", ".\n\n").replace(",", " ,"),
        TEXT.translate(str.maketrans("ăâêôơưđ", "aaeooud")),
        TEXT.replace("quyết", "qùỵết").replace("Ủy", "Ủỹ").replace("ủy", "ủỹ"),
    ],
    ids=["tone placement", "decomposed", "capitals", "paragraphs", "no marks", "perturbed marks"],
)
def test_a_mirror_that_writes_otherwise_still_matches(desk: Desk, mirror: str) -> None:
    desk.file("yenbai_tramtau/562", "Hội nghị sơ kết", TEXT)
    assert desk.file("tw_tuyengiao/149", "Khác hẳn", mirror) is Outcome.DUPLICATE
    assert desk.rows("SELECT kind, similarity FROM duplicates") == [("exact", 1.0)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_arrival_in_any_order_gives_the_same_links(desk: Desk, order: tuple[int, ...]) -> None:
    articles = (
        ("yenbai_tramtau/1", TEXT, "2023-07-14T08:00:02+07:00"),
        ("laichau_tuyengiao/1", TEXT, "2023-07-15"),
        ("tw_tuyengiao/1", reprinted(TEXT, every=40), "2023-07-16"),
        ("tw_tuyengiao/2", TEXT, None),
    )
    for place in order:
        uid, body, date = articles[place]
        desk.file(uid, "Hội nghị sơ kết", body, date=date)
    assert links(desk) == {
        ("laichau_tuyengiao/1", "yenbai_tramtau/1", "exact"),
        ("tw_tuyengiao/1", "yenbai_tramtau/1", "near"),
        ("tw_tuyengiao/2", "yenbai_tramtau/1", "exact"),
    }
    assert desk.archive.verify() == []


def test_undated_copies_come_last_and_ties_are_settled_by_uid(desk: Desk) -> None:
    for uid in ("tw_tuyengiao/2", "laichau_tuyengiao/7", "laichau_tuyengiao/6"):
        desk.file(uid, "Hội nghị sơ kết", TEXT)
    assert links(desk) == {
        ("laichau_tuyengiao/7", "laichau_tuyengiao/6", "exact"),
        ("tw_tuyengiao/2", "laichau_tuyengiao/6", "exact"),
    }


def test_photo_stories_under_one_stock_caption_stay_apart(desk: Desk) -> None:
    stock = "Quang cảnh hội nghị."
    desk.file("laichau_tuyengiao/1", "Tam Đường khai mạc lễ hội hoa ban", "", captions=(stock,))
    desk.file("laichau_tuyengiao/2", "Sìn Hồ tổng kết công tác xây dựng Đảng", "", captions=(stock,))
    assert links(desk) == set()
    copy = desk.file("tw_tuyengiao/1", "Tam Đường khai mạc lễ hội hoa ban", "", captions=(stock,))
    assert copy is Outcome.DUPLICATE


def test_the_longest_page_that_is_read_is_compared_too(desk: Desk) -> None:
    chance = random.Random(3)
    syllables = [f"{chance.choice('bcdghklmnpqrstvx')}{n:x}" for n in range(8_000)]
    words = chance.choices(syllables, k=600_000)
    desk.file("laichau_tuyengiao/1", "Toàn văn", " ".join(words))
    desk.file("laichau_tuyengiao/2", "Toàn văn báo cáo", " ".join(words[:-1]))
    assert desk.rows("SELECT kind FROM duplicates") == [("near",)]


def test_what_says_next_to_nothing_is_never_compared(desk: Desk) -> None:
    assert desk.file("laichau_tuyengiao/1", "Tin ảnh", "") is Outcome.NEW
    assert desk.file("laichau_tuyengiao/2", "Tin ảnh", "") is Outcome.NEW


def test_an_edited_reprint_is_near_with_its_likeness(desk: Desk) -> None:
    desk.file("yenbai_tramtau/1", "Hội nghị sơ kết", TEXT, date="2023-07-14")
    edited = reprinted(TEXT, every=30)
    assert desk.file("tw_tuyengiao/1", "Trạm Tấu", edited, date="2023-07-15") is Outcome.DUPLICATE
    ((kind, likeness),) = desk.rows("SELECT kind, similarity FROM duplicates")
    one, other = (shingle_hashes(folded_words(text)) for text in (TEXT, edited))
    assert (kind, likeness) == ("near", round(len(one & other) / len(one | other), 4))


def test_different_articles_are_not_linked(desk: Desk) -> None:
    desk.file("yenbai_tramtau/1", "Hội nghị sơ kết", TEXT)
    assert desk.file("tw_tuyengiao/1", "Hội thi", OTHER) is Outcome.NEW
    assert links(desk) == set()


def test_a_reprint_inside_a_longer_article_is_an_excerpt_and_both_are_unique(desk: Desk) -> None:
    around = [" ".join(words) for words in random_texts(2)]
    note = TEXT + " " + " ".join(random_texts(3)[2][:100])
    longer = "\n\n".join([around[0], note, around[1]])
    desk.file("tw_tuyengiao/1", "Bài dài", longer, date="2023-07-20")
    assert desk.file("yenbai_tramtau/1", "Tin ngắn", note, date="2023-07-14") is Outcome.NEW
    assert links(desk) == {("tw_tuyengiao/1", "yenbai_tramtau/1", "excerpt")}
    assert desk.rows("SELECT count(*) FROM unique_articles") == [(2,)]
    assert desk.rows("SELECT similarity FROM duplicates") == [(1.0,)]


def test_phrases_that_all_articles_share_are_kept_once_and_hide_no_reprint(desk: Desk) -> None:
    stock, *own = random_texts(121)
    with desk.archive.batch():
        for n, words in enumerate(own):
            body = " ".join([*stock[:200], *words[:300]])
            desk.file(f"laichau_tuyengiao/{n}", f"Bài {n}", body, date=f"2021-01-{n % 28 + 1:02}")
    inside = " ".join([*random_texts(122)[-1], *stock[:200], *own[7][:300]])
    desk.file("tw_tuyengiao/1", "Bài dài", inside, date="2022-01-01")
    assert links(desk) == {("tw_tuyengiao/1", "laichau_tuyengiao/7", "excerpt")}
    assert (
        desk.rows("SELECT max(n) FROM (SELECT count(*) AS n FROM text_fragments GROUP BY fragment)")[0][0]
        <= 100
    )
    assert desk.rows("SELECT count(*) > 3 FROM text_fragments WHERE text_id = 0") == [(1,)]
    assert desk.archive.verify() == []


def test_an_article_rewritten_leaves_its_cluster(desk: Desk) -> None:
    for uid, date in (
        ("yenbai_tramtau/1", "2023-07-14"),
        ("laichau_tuyengiao/1", "2023-07-15"),
        ("tw_tuyengiao/1", "2023-07-16"),
    ):
        desk.file(uid, "Hội nghị sơ kết", TEXT, date=date)
    desk.file("yenbai_tramtau/1", "Hội thi", OTHER, date="2023-07-14", at="2026-12-01T00:00:00Z")
    assert links(desk) == {("tw_tuyengiao/1", "laichau_tuyengiao/1", "exact")}


def test_a_date_learnt_later_moves_the_original(desk: Desk) -> None:
    desk.file("laichau_tuyengiao/1", "Hội nghị sơ kết", TEXT, date="2023-07-15")
    desk.file("yenbai_tramtau/1", "Hội nghị sơ kết", TEXT)
    assert links(desk) == {("yenbai_tramtau/1", "laichau_tuyengiao/1", "exact")}
    desk.file("yenbai_tramtau/1", "Hội nghị sơ kết", TEXT, date="2023-07-14", at="2026-12-01T00:00:00Z")
    assert links(desk) == {("laichau_tuyengiao/1", "yenbai_tramtau/1", "exact")}


def variant(n: int) -> str:
    """Give the text with its last word changed, each time otherwise: all are near each other."""
    return f"{TEXT.rsplit(' ', 1)[0]} x{n}."


@pytest.mark.parametrize("seed", range(30))
def test_links_kept_up_to_date_are_those_made_anew(desk: Desk, seed: int) -> None:
    """Whatever comes, is redated or rewritten, in whatever order: no link depends on what was there before."""
    chance = random.Random(seed)
    texts = [variant(n) for n in range(5)] + [f"{TEXT} {OTHER}", f"{OTHER} {TEXT} {OTHER[::-1]}", OTHER, TEXT]
    for step in range(40):
        uid = f"{chance.choice(['laichau_tuyengiao', 'yenbai_tramtau'])}/{chance.randrange(9)}"
        day = chance.choice([None, f"2023-07-{chance.randrange(1, 29):02}", "2023-07"])
        desk.file(
            uid,
            "Hội nghị sơ kết",
            chance.choice(texts),
            date=day,
            at=f"2026-12-{1 + step // 2:02}T{step % 2:02}:00:00Z",
        )
        kept = links(desk)
        desk.archive.db.execute("BEGIN")
        desk.archive.db.execute("DELETE FROM duplicates")
        for (text,) in desk.rows("SELECT DISTINCT text_id FROM articles WHERE text_id IS NOT NULL"):
            dedup._link_exact(desk.archive.db, text)
            dedup.link_like(desk.archive.db, text)
        anew = links(desk)
        desk.archive.db.execute("ROLLBACK")
        assert kept == anew, (step, uid, day)


def test_two_processes_find_each_others_texts_whoever_sorts_them_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def file(archive: Archive, n: int, date: str) -> None:
        article = make_article(f"tw_tuyengiao/{n}", "Hội nghị sơ kết", variant(n), date=date)
        archive.record(desk.run, desk.fetch(article.url), Reading(article=article))

    with Archive.open(desk.folder, readonly=False) as other:
        file(desk.archive, 1, "2023-07-14")
        file(other, 2, "2023-07-15")
        file(desk.archive, 3, "2023-07-16")
        monkeypatch.setattr(near, "_MOST_RECENT", 1)
        file(other, 4, "2023-07-17")
        monkeypatch.undo()
        file(desk.archive, 5, "2023-07-18")
        file(other, 6, "2023-07-19")
    assert links(desk) == {(f"tw_tuyengiao/{n}", "tw_tuyengiao/1", "near") for n in range(2, 7)}
    assert desk.rows("SELECT count(*) FROM text_pairs") == [(6 * 5,)]
    assert desk.archive.verify() == []


def test_a_text_that_was_undone_is_like_no_other(desk: Desk) -> None:
    desk.file("yenbai_tramtau/1", "Hội thi", OTHER, date="2023-07-01")
    with suppress(RuntimeError), desk.archive.batch():
        desk.file("yenbai_tramtau/2", "Hội nghị sơ kết", TEXT, date="2023-07-14")
        raise RuntimeError
    with Archive.open(desk.folder, readonly=False) as other:  # its text takes the number of the one undone
        article = make_article("tw_tuyengiao/9", "Hội nghị", variant(9), date="2023-07-15")
        other.record(desk.run, desk.fetch(article.url), Reading(article=article))
    assert desk.file("tw_tuyengiao/3", "Hội nghị", variant(3), date="2023-07-16") is Outcome.DUPLICATE
    assert links(desk) == {("tw_tuyengiao/3", "tw_tuyengiao/9", "near")}


def test_texts_of_many_articles_are_sorted_in_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "_MOST_RECENT", 40)
    texts = [" ".join(words) for words in random_texts(100)]
    for n, text in enumerate(texts):
        desk.file(f"laichau_tuyengiao/{n}", f"Bài {n}", text, date="2021-01-01")
    assert desk.rows("SELECT count(*) FROM recent_texts") == [(20,)]
    assert desk.rows("SELECT count(DISTINCT text_id) FROM text_bands") == [(80,)]
    for n in (3, 97):
        edited = reprinted(texts[n], every=30)
        assert desk.file(f"tw_tuyengiao/{n}", "Bài", edited, date="2021-02-01") is Outcome.DUPLICATE
    assert desk.archive.verify() == []


# ----------------------------------------------------------------------------------------------- measuring


def random_texts(count: int) -> list[list[str]]:
    chance = random.Random(2026)
    vocabulary = folded_words(SEEDS.read_text(encoding="utf-8"))
    return [[chance.choice(vocabulary) for _ in range(600)] for _ in range(count)]


def changed(words: list[str], share: float) -> list[str]:
    places = set(random.Random(words[0] + words[-1]).sample(range(len(words)), round(len(words) * share)))
    return [f"x{n}" if n in places else word for n, word in enumerate(words)]


def test_press_releases_with_five_words_in_a_hundred_changed_are_found() -> None:
    texts = random_texts(200)
    met = sum(bool({*make_sketch(t).bands} & {*make_sketch(changed(t, 0.05)).bands}) for t in texts)
    assert met >= 196  # 98 of 100


def test_unrelated_texts_do_not_meet() -> None:
    bands = [set(make_sketch(text).bands) for text in random_texts(150)]
    assert not any(one & other for one, other in itertools.combinations(bands, 2))


def test_likeness_is_estimated_closely_for_long_texts_and_exactly_for_short_ones() -> None:
    for text in random_texts(40):
        for length, margin in ((600, 0.17), (60, 0.0)):
            one, other = text[:length], changed(text[:length], 0.03)
            true = len(shingle_hashes(one) & shingle_hashes(other)) / len(
                shingle_hashes(one) | shingle_hashes(other)
            )
            guess = similarity(make_sketch(one).lowest, make_sketch(other).lowest)
            assert abs(guess - true) <= margin


def test_sketches_are_the_same_in_every_process() -> None:
    code = "from archive.sketch import make_sketch; print(make_sketch('dang bo huyen tram tau tinh yen bai'.split()).bands[:3])"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{make_sketch('dang bo huyen tram tau tinh yen bai'.split()).bands[:3]}\n"}


def test_containment_is_the_share_of_the_shorter() -> None:
    assert contained({1, 2, 3, 4}, {1, 2, 3, 9, 8, 7, 6}) == 0.75
