"""Printed timestamps and what they mean; the rows of data/dates.tsv were read by a person."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text import clean
from crawler.date_printed import VIETNAM
from crawler.dates import find_dates, is_date_line, read_date

ROWS = list(
    csv.DictReader(
        (Path(__file__).parent / "data" / "dates.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}:{row['printed']}" for n, row in enumerate(ROWS, start=2)])
def test_a_printed_date_is_read_as_printed(row: dict[str, str]) -> None:
    printed = read_date(row["printed"], datetime.fromisoformat(row["captured_at"]))
    assert (printed.value.removesuffix("+07:00") if printed else "") == (row["expected"] or "")
    if printed:
        lengths = {"month": 7, "day": 10, "minute": 25, "second": 25}
        assert len(printed.value) == lengths[printed.precision]


@pytest.mark.parametrize(
    ("line", "precision"),
    [
        ("14/07/2023 8:00:02 SA", "second"),
        ("Chủ nhật - 17/01/2021 14:47 2.527 0", "minute"),
        ("21:38' 7/1/2021", "minute"),
        ("15 giờ, ngày 12/7/2023", "minute"),
        ("2023-07-12T15:30:00+07:00", "second"),
        ("2023-07-12T15:30", "minute"),
        ("Đăng ngày 17 - 05 - 2024", "day"),
        ("Tháng 7/2023", "month"),
    ],
)
def test_the_precision_is_the_printed_one(line: str, precision: str) -> None:
    printed = read_date(line)
    assert printed is not None
    assert printed.precision == precision


def test_a_relative_date_needs_the_capture() -> None:
    assert read_date("2 giờ trước") is None
    printed = read_date("2 giờ trước", datetime(2024, 7, 14, 2, 30, tzinfo=UTC))
    assert printed is not None
    assert (printed.value, printed.precision, printed.relative) == (
        "2024-07-14T07:30:00+07:00",
        "minute",
        True,
    )


def test_nothing_is_published_after_its_capture() -> None:
    captured = datetime(2023, 7, 10, 23, 0, tzinfo=VIETNAM)
    assert read_date("12/07/2023", captured) is None
    assert read_date("11/07/2023 08:00", captured) is not None, "a day is allowed for wrong clocks"
    assert read_date("12/07/2023") is not None
    later_first = read_date("12/12/2030 08:00 | 09/07/2023 10:00", captured)
    assert later_first is not None
    assert later_first.value == "2023-07-09T10:00:00+07:00"


def test_the_order_of_day_and_month_is_the_pages_own() -> None:
    values = {
        "07/12/2023": "2023-12-07",
        "Thứ Năm, 07/12/2023": "2023-12-07",  # the 7th of December was a Thursday
        "Thứ Tư, 07/12/2023": "2023-07-12",  # the 12th of July was a Wednesday
        "Thứ Hai, 07/12/2023": "2023-12-07",  # fits neither: a slip of the pen, day first
        "11/18/2024 12:00:00 AM GMT+7": "2024-11-18T00:00:00+07:00",
    }
    assert {line: getattr(read_date(line), "value", None) for line in values} == values
    captured = datetime(2023, 8, 1, tzinfo=VIETNAM)
    printed = read_date("07/12/2023 3:30:00 PM", captured)
    assert printed is not None
    assert printed.value == "2023-07-12T15:30:00+07:00", (
        "a day after the capture is read month first beside PM"
    )


def test_every_date_of_a_line_is_found_where_it_stands() -> None:
    line = "Ngày đăng: 12/07/2023 15:30 | Cập nhật: 16:05, 13/07/2023"
    found = find_dates(line)
    assert [printed.value for printed in found] == ["2023-07-12T15:30:00+07:00", "2023-07-13T16:05:00+07:00"]
    assert [line[printed.start : printed.end] for printed in found] == [printed.raw for printed in found]
    assert found[0].raw == "12/07/2023 15:30"


def test_what_is_printed_is_kept_with_its_weekday_and_zone() -> None:
    printed = read_date("Lai Châu | Thứ Năm, 26/10/2023 10:8'(GMT+7) | 15 lượt xem")
    assert printed is not None
    assert printed.raw == "Thứ Năm, 26/10/2023 10:8'(GMT+7)"


@pytest.mark.parametrize(
    "line",
    [
        "Chủ nhật - 17/01/2021 14:47 2.527 0",
        "Thứ Năm, 26/10/2023 10:8'(GMT+7)",
        "14/07/2023 8:00:02 SA 4829 lượt xem In Đọc bài",
        "27/09/2019 03:04:23 Xem cỡ chữ Google",
        "14/5/2019 8:43' Gửi bài này In bài này",
        "Ngày đăng 17/11/2023 | 16:30 | Lượt xem: 137",
        "Dương Văn 18:10, 30/11/2023",
        "Cập nhật: Thứ ba, 14/7/2020 | 12:41:43 PM",
        "View count: 337 - 12/07/2023",
        "(0) Bình luận 12/07/2023 15:30",
        "25/03/2023 172 lượt xem",
        "Đăng bởi: Minh Hải - 12/07/2023 15:30",
        "Thứ tư, 12/07/2023, 15:30 (GMT+7) A- A A+",
        "12/07/2023 15:30 Chia sẻ Tweet",
        "Xuất bản lúc 15:30 ngày 12/07/2023 - Tác giả: PV",
        "Posted on 12/07/2023 by admin",
        "ngày 12 tháng 7 năm 2023",
        "2 giờ trước",
        "Hôm qua, 15:30",
    ],
)
def test_a_line_of_timestamp_and_furniture_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Hà Nội, ngày 08 tháng 01 năm 2021",
        "Chiều ngày 12/7/2023, Huyện ủy họp",
        "Kế hoạch số 106-KH/HU ngày 16/12/2022",
        "Kết quả công tác tuyên giáo tháng 7/2023",
        "28/9/2020 Sáng nay, tại Hà Nội, Ban Tuyên giáo Trung ương tổ chức hội nghị",
        "(12/07/2023) Hội nghị báo cáo viên tháng 7",
        "Số 12 - 2021",
        "4829 lượt xem",
        "10:8'",
        "Chiều 13/7/2023",
        "",
    ],
)
def test_a_sentence_with_a_date_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


printed_like = st.text(
    alphabet="0123456789/-.:|,' hgAMPTthứngàytrướcnămSACHGMT+()\u0300\u0323\u00a0", max_size=60
)


@given(st.one_of(st.text(), printed_like), st.none() | st.integers(631152000, 4000000000))
@settings(deadline=None)
def test_no_text_makes_the_reader_fail(text: str, seconds: int | None) -> None:
    captured_at = None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
    for printed in find_dates(text, captured_at):
        assert clean(text)[printed.start : printed.end] == printed.raw
        assert printed.value[:4] >= "1989"
    read_date(text, captured_at)
    is_date_line(text)
