"""How the addresses of each family read: identities, aliases, twins, pages of listings."""

from __future__ import annotations

import pytest

from crawler.site import article_id, canonical, is_twin, read_sites, uid_of

TUYEN_GIAO = "https://tuyengiao.travinh.gov.vn"


@pytest.mark.parametrize(
    ("site", "url", "uid"),
    [
        ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php/dang-bo-huyen-tam-duong/bai-nam-2020-4150.html", "4150"),
        ("laichau_tuyengiao", "http://www.laichau.dcs.vn/vi/news/Tin-Tuc/bai-4150.html?utm_source=x", "4150"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php?language=vi&nv=news&op=TIN-TUC/bai-2221", "2221"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/vi/hoat-dong-khoa-hoc/Nghien-cuu/bai-368.html", "hoat-dong-khoa-hoc-368"),
        ("yenbai_tramtau", "http://tramtau.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=562&l=Tinhoatdong&lv=4", "Tinhoatdong-562"),
        ("yenbai_tramtau", "https://tramtau.yenbai.gov.vn:443/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong++++&ItemID=562&lv=11", "Tinhoatdong-562"),
        ("tw_xaydungdang", "http://www.xaydungdang.org.vn/Home/Thoi-su/2021/14655/Hoi-nghi.aspx", "14655"),
        ("tw_xaydungdang", "https://xaydungdang.org.vn/nhip-cau-ban-doc/gioi-thieu-so-1-2-2022-16364", "16364"),
        ("travinh_tuyengiao", f"{TUYEN_GIAO}/1458/39701/69276/660111/tin-tuc/xay-dung-va-phat-trien", "660111"),
        ("tw_tuyengiao", "http://tuyengiao.vn/nhip-cau-tuyen-giao/tuyen-giao-cac-cap/mot-so-ket-qua-126229", "126229"),
        ("tw_tuyengiao", "https://www.tuyengiao.vn/dong-thap-nhieu-doi-moi-149483", "149483"),
    ],
)  # fmt: skip
def test_the_aliases_of_an_article_have_one_identity(site: str, url: str, uid: str) -> None:
    declared = read_sites()[site]
    assert article_id(declared, url) == uid
    assert uid_of(declared, url) == f"{site}/{uid}"


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("laichau_tuyengiao", "http://laichau.dcs.vn/"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php/xay-dung-dang/"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php/xay-dung-dang/page-2/"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/index.php?nv=news&op=xay-dung-dang/page-2"),
        ("laichau_tuyengiao", "http://laichau.dcs.vn/uploads/news/2021_01/anh-1.jpg"),
        ("laichau_tuyengiao", "http://baolaichau.vn/index.php/tin/bai-4150.html"),
        ("laichau_tuyengiao", "ftp://laichau.dcs.vn/index.php/tin/bai-4150.html"),
        ("yenbai_tramtau", "http://tramtau.yenbai.gov.vn/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong&page=3"),
        ("tw_xaydungdang", "http://xaydungdang.org.vn/sinh-hoat-dang?page=9"),
        ("tw_xaydungdang", "http://xaydungdang.org.vn/Home/Thoi-su-Chinh-tri/"),
        ("travinh_tuyengiao", f"{TUYEN_GIAO}/1458/39701/69276/tin-tuc"),
        ("travinh_tuyengiao", f"{TUYEN_GIAO}/1458/39701/69276/tin-tuc?page=2"),
        ("tw_tuyengiao", "https://tuyengiao.vn/hoc-va-lam-theo-bac?page=2"),
        ("tw_tuyengiao", "https://tuyengiao.vn/video/thoi-su/ban-tin-2789"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_not_taken_for_one(site: str, url: str) -> None:
    assert article_id(read_sites()[site], url) is None


@pytest.mark.parametrize(
    "path",
    [
        "index.php/print/tin/bai-1.html",
        "vi/hoat-dong/savefile/Tin/bai-368.html",
        "index.php/sendmail/tin/bai-1.html",
        "index.php?language=vi&nv=news&op=print/tin/bai-1",
    ],
)
def test_twins_are_no_articles(path: str) -> None:
    site = read_sites()["laichau_tuyengiao"]
    assert is_twin(site, f"http://laichau.dcs.vn/{path}")
    assert article_id(site, f"http://laichau.dcs.vn/{path}") is None


@pytest.mark.parametrize(
    ("site", "first", "second"),
    [
        ("laichau_tuyengiao", "index.php/xay-dung-dang/", "index.php/xay-dung-dang/page-2/"),
        ("yenbai_tramtau", "Pages/tin.aspx?l=Tinhoatdong", "Pages/tin.aspx?l=Tinhoatdong&page=2"),
        ("tw_xaydungdang", "sinh-hoat-dang", "sinh-hoat-dang?page=2"),
        ("travinh_tuyengiao", "1458/39701/69276/tin-tuc", "1458/39701/69276/tin-tuc?page=2"),
        ("tw_tuyengiao", "hoc-va-lam-theo-bac", "hoc-va-lam-theo-bac?page=2"),
    ],
)
def test_a_second_page_is_the_first_with_its_number(site: str, first: str, second: str) -> None:
    declared = read_sites()[site]
    assert declared.family.page_url(declared.home + first, 2) == declared.home + second
    assert canonical(declared, declared.home + second) == declared.home + second


def test_ninety_paddings_of_one_list_are_one_page() -> None:
    site = read_sites()["yenbai_tramtau"]
    base = "http://tramtau.yenbai.gov.vn"
    aliases = {
        canonical(
            site,
            f"{base}{port}/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong{'+' * n}&lv={lv}&page=3",
        )
        for n in range(91)
        for port in ("", ":443", ":80")
        for lv in (0, 4, 11)
    }
    assert aliases == {f"{base}/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l=Tinhoatdong&page=3"}
