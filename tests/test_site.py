"""Declarations: read right, and refused with a line that says what, where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import SiteError
from crawler.families import FAMILIES
from crawler.site import Site, article_id, is_on_site, read_site, read_sites, site_of, uid_of

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


def test_two_servers_on_two_ports_of_one_host_are_two_sites(tmp_path: Path) -> None:
    for name, port in (("one", 8001), ("two", 8002)):
        text = GOOD.replace("http://www.laichau.dcs.vn", f"http://127.0.0.1:{port}").replace(
            "hosts ", "# hosts "
        )
        declare(tmp_path, text, name)
    sites = read_sites(tmp_path)
    found = site_of(sites, "http://127.0.0.1:8002/index.php/tin/bai-1.html")
    assert found is sites["two"]
    assert not is_on_site(sites["one"], "http://127.0.0.1:8002/")


def test_two_sites_cannot_claim_one_host(tmp_path: Path) -> None:
    declare(tmp_path, GOOD, "one")
    declare(tmp_path, GOOD, "two")
    with pytest.raises(
        SiteError, match=r"two\.toml: host laichau\.dcs\.vn is already declared by .*one\.toml"
    ):
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


def test_a_section_whose_name_ends_in_a_number_is_no_article(tmp_path: Path) -> None:
    text = GOOD.replace('"nukeviet"', '"slugid"').replace("index.php/xay-dung-dang/", "dai-hoi-dang-2021")
    site = read_site(declare(tmp_path, text))
    assert article_id(site, "http://laichau.dcs.vn/dai-hoi-dang-xiii-khai-mac-12021") == "12021"
    assert article_id(site, "http://www.laichau.dcs.vn/dai-hoi-dang-2021") is None


def test_a_page_without_an_id_is_known_by_its_path() -> None:
    site = read_sites()["laichau_tuyengiao"]
    assert (
        uid_of(site, "http://laichau.dcs.vn/index.php/gioi-thieu/?x=1&utm_source=y")
        == "laichau_tuyengiao/index.php/gioi-thieu/?x=1"
    )


def test_a_page_is_of_the_site_its_host_is_declared_for() -> None:
    sites = read_sites()
    found = site_of(sites, "https://WWW.tuyengiao.vn:443/x")
    assert isinstance(found, Site)
    assert found.name == "tw_tuyengiao"
    assert site_of(sites, "https://example.org/") is None
    assert not is_on_site(found, "https://eviltuyengiao.vn/x")
