"""Declarations: read right, and refused with a line that says what, where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import SiteError
from crawler.families import FAMILIES
from crawler.site import Site, article_id, is_on_site, is_twin, read_site, read_sites, site_of, uid_of

GOOD = """
title     = "Ban Tuyên giáo Tỉnh ủy Lai Châu"
publisher = "Ban Tuyên giáo Tỉnh ủy Lai Châu"
level     = "province"
province  = "Lai Châu"
home      = "http://www.laichau.dcs.vn"
family    = "nukeviet"
hosts     = ["WWW.laichau-cu.dcs.vn"]

[sections]
"index.php/xay-dung-dang/" = "Xây dựng Đảng"

[expect]
articles_per_week = 3
"""


def declare(folder: Path, text: str, name: str = "laichau_thu") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text)
    return path


def test_a_declaration_is_read(tmp_path: Path) -> None:
    site = read_site(declare(tmp_path, GOOD))
    assert site.name == "laichau_thu"
    assert site.home == "http://www.laichau.dcs.vn/"
    assert site.hosts == ("laichau.dcs.vn", "laichau-cu.dcs.vn")
    assert site.sections == {"http://www.laichau.dcs.vn/index.php/xay-dung-dang/": "Xây dựng Đảng"}
    assert site.sitemaps == ("http://www.laichau.dcs.vn/sitemap.xml",)
    assert site.articles_per_week == 3


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('family    = "nukeviet"', 'famly = "nukeviet"', "unknown key 'famly'; did you mean 'family'?"),
        ('family    = "nukeviet"', 'family = "nukevit"', "unknown family 'nukevit'; did you mean 'nukeviet'?"),
        ('level     = "province"', 'level = "provinse"', "unknown level 'provinse'; did you mean 'province'?"),
        ('level     = "province"', "level = 3", "key 'level' must be a string, not 3"),
        ("articles_per_week = 3", "article_per_week = 3", "unknown key 'article_per_week' in [expect]; did you mean"),
        ("articles_per_week = 3", 'articles_per_week = "many"', "must be a number, not 'many'"),
        ('home      = "http://www.laichau.dcs.vn"', 'home = "laichau.dcs.vn"', "key 'home' must be a full address"),
        ('= "Xây dựng Đảng"', "= 3", "section 'index.php/xay-dung-dang/' must name a section, not 3"),
        ('hosts     = ["WWW.laichau-cu.dcs.vn"]', "hosts = [3]", "key 'hosts' must be a list of strings, but holds 3"),
        ('title     = "Ban Tuyên giáo Tỉnh ủy Lai Châu"', "", "key 'title' is missing"),
        ("[sections]", "[sections", "not TOML in UTF-8"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_names_file_key_and_the_nearest_right_one(
    tmp_path: Path, wrong: str, right: str, message: str
) -> None:
    assert wrong in GOOD
    path = declare(tmp_path, GOOD.replace(wrong, right))
    with pytest.raises(SiteError) as raised:
        read_site(path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value).split("(")[0]


def test_a_missing_folder_or_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no such folder of site declarations"):
        read_sites(tmp_path / "none")
    with pytest.raises(SiteError, match="no such file"):
        read_site(tmp_path / "none.toml")


def test_two_sites_cannot_claim_one_host(tmp_path: Path) -> None:
    declare(tmp_path, GOOD, "one")
    declare(tmp_path, GOOD, "two")
    with pytest.raises(SiteError, match=r"two\.toml: host laichau\.dcs\.vn is already declared by .*one\.toml"):
        read_sites(tmp_path)


def test_the_bundled_registry_declares_five_sites_of_five_families() -> None:
    sites = read_sites()
    assert {name: site.family.name for name, site in sites.items() if name in FIVE} == FIVE
    assert all(site.family is FAMILIES[site.family.name] for site in sites.values())
    assert all(site.sections for site in sites.values())


FIVE = {
    "laichau_tuyengiao": "nukeviet",
    "yenbai_tramtau": "sharepoint",
    "tw_xaydungdang": "party_journal",
    "travinh_tuyengiao": "vnpt",
    "tw_tuyengiao": "slugid",
}

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


def test_a_section_whose_name_ends_in_a_number_is_no_article(tmp_path: Path) -> None:
    text = GOOD.replace('"nukeviet"', '"slugid"').replace("index.php/xay-dung-dang/", "dai-hoi-dang-2021")
    site = read_site(declare(tmp_path, text))
    assert article_id(site, "http://laichau.dcs.vn/dai-hoi-dang-xiii-khai-mac-12021") == "12021"
    assert article_id(site, "http://www.laichau.dcs.vn/dai-hoi-dang-2021") is None


def test_a_page_without_an_id_is_known_by_its_path() -> None:
    site = read_sites()["laichau_tuyengiao"]
    assert uid_of(site, "http://laichau.dcs.vn/index.php/gioi-thieu/?x=1&utm_source=y") == "laichau_tuyengiao/index.php/gioi-thieu/?x=1"


def test_a_page_is_of_the_site_its_host_is_declared_for() -> None:
    sites = read_sites()
    found = site_of(sites, "https://WWW.tuyengiao.vn:443/x")
    assert isinstance(found, Site)
    assert found.name == "tw_tuyengiao"
    assert site_of(sites, "https://example.org/") is None
    assert not is_on_site(found, "https://eviltuyengiao.vn/x")
