"""The five sites of the capture: their addresses, sections, paces of publication and servers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.demo.story import Article, Skin


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading of a site with its listing."""

    key: str
    """As it stands in the address."""
    title: str
    """As it is printed."""
    path: str | None = None
    """Path of its listing where that is more than the key."""
    number: int = 0
    """The numeric category of the VNPT portal; 0 elsewhere."""
    skin: Skin = "new"
    """The markup of its listing pages."""
    label: str | None = None
    """What its article pages print above the headline; None when they print no section."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoSite:
    """One site: how it addresses, pages and serves."""

    name: str
    title: str
    home: str
    sections: tuple[Section, ...]
    first: str
    """Listing address, format fields `section` and `number`, relative to the home page."""
    more: str
    """Address of listing page `page`, from 2 up."""
    old_article: str
    new_article: str
    skin_change: date
    """First day of the newer skin."""
    page_size: int
    anchors: tuple[tuple[date, int], ...]
    """Days and the article id reached on them: ids rise between them."""
    server: str
    compressed: bool
    """Whether the server gzips its pages."""
    image_folder: str
    document_folder: str
    local_id: str = "{id}"
    """The site's own id for an article: SharePoint numbers the items of each list apart."""
    dated_to: str = "minute"
    """Precision of the date a reader can learn: `second`, `minute` or `day`."""

    def section(self, key: str) -> Section:
        """Return the section of this key; KeyError when the site has none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(f"{self.name} has no section {key!r}")

    def listing_url(self, section: Section, page: int = 1) -> str:
        """Return the address of a listing page."""
        form = self.first if page == 1 else self.more
        return self.home + form.format(section=section.path or section.key, number=section.number, page=page)

    def uid(self, article: Article) -> str:
        """Return an article's identity: site name, a slash, the site's own id."""
        return f"{self.name}/{self.local_id.format(section=article.section, id=article.id)}"

    def article_url(self, article: Article) -> str:
        """Return the address of an article's page."""
        section = self.section(article.section)
        form = self.old_article if article.skin == "old" else self.new_article
        return self.home + form.format(
            section=section.key,
            number=section.number,
            id=article.id,
            slug=article.slug,
            year=article.published.year,
            folder="nhip-cau-tuyen-giao/tuyen-giao-cac-cap/" if section.label == "Tuyên giáo các cấp" else "",
        )


LAI_CHAU = DemoSite(
    name="laichau_tuyengiao",
    title="Ban Tuyên giáo Tỉnh ủy Lai Châu",
    home="http://laichau.dcs.vn/",
    sections=(
        Section(key="xay-dung-dang", title="Xây dựng Đảng"),
        Section(key="hoc-tap-va-lam-theo-bac", title="Học tập và làm theo Bác"),
    ),
    first="index.php/{section}/",
    more="index.php/{section}/page-{page}/",
    old_article="index.php/{section}/{slug}-{id}.html",
    new_article="index.php/{section}/{slug}-{id}.html",
    skin_change=date(2022, 3, 1),
    page_size=8,
    anchors=((date(2019, 1, 1), 3412), (date(2021, 1, 17), 5120), (date(2024, 7, 14), 8431)),
    server="nginx",
    compressed=True,
    image_folder="uploads/news",
    document_folder="uploads/news",
)

TRAM_TAU = DemoSite(
    name="yenbai_tramtau",
    title="Cổng thông tin điện tử huyện Trạm Tấu",
    home="http://tramtau.yenbai.gov.vn/",
    sections=(
        Section(key="Tinhoatdong", title="Tin hoạt động"),
        Section(key="Tinxaydungdang", title="Tin xây dựng Đảng"),
    ),
    first="noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l={section}&lv=4",
    more="noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?l={section}&lv=4&page={page}",
    old_article="noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID={id}&l={section}&lv=4",
    new_article="noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID={id}&l={section}&lv=4",
    skin_change=date(2021, 6, 1),
    page_size=7,
    anchors=(
        (date(2019, 1, 1), 381),
        (date(2019, 9, 27), 560),
        (date(2023, 7, 14), 1893),
        (date(2024, 7, 14), 2246),
    ),
    server="Microsoft-IIS/8.5",
    compressed=False,
    image_folder="noidung/tintuc/PublishingImages",
    document_folder="noidung/vanban/Documents",
    local_id="{section}-{id}",
    dated_to="second",
)

XAY_DUNG_DANG = DemoSite(
    name="tw_xaydungdang",
    title="Tạp chí Xây dựng Đảng",
    home="http://xaydungdang.org.vn/",
    sections=(
        Section(
            key="Thoi-su-Chinh-tri",
            title="Thời sự - Chính trị",
            path="Home/Thoi-su-Chinh-tri/",
            skin="old",
            label="Thời sự - Chính trị",
        ),
        Section(key="sinh-hoat-dang", title="Sinh hoạt Đảng", label="Sinh hoạt Đảng"),
        Section(key="nhip-cau-ban-doc", title="Nhịp cầu bạn đọc", label="Nhịp cầu bạn đọc"),
    ),
    first="{section}",
    more="{section}?page={page}",
    old_article="Home/{section}/{year}/{id}/{slug}.aspx",
    new_article="{section}/{slug}-{id}",
    skin_change=date(2021, 9, 1),
    page_size=5,
    anchors=(
        (date(2019, 1, 1), 11804),
        (date(2020, 10, 15), 14279),
        (date(2021, 1, 7), 14655),
        (date(2022, 1, 20), 16360),
        (date(2024, 7, 14), 21486),
    ),
    server="Microsoft-IIS/10.0",
    compressed=False,
    image_folder="Uploads/xaydungdang",
    document_folder="Uploads/vanban",
)

TRA_VINH = DemoSite(
    name="travinh_tuyengiao",
    title="Ban Tuyên giáo Tỉnh ủy Trà Vinh",
    home="https://tuyengiao.travinh.gov.vn/",
    sections=(
        Section(key="tin-tuc", title="Tin tức", number=69276),
        Section(key="hoc-tap-va-lam-theo-bac", title="Học tập và làm theo Bác", number=69281),
    ),
    first="1458/39701/{number}/{section}",
    more="1458/39701/{number}/{section}?page={page}",
    old_article="1458/39701/{number}/{id}/{section}/{slug}",
    new_article="1458/39701/{number}/{id}/{section}/{slug}",
    skin_change=date(2021, 1, 1),
    page_size=8,
    anchors=(
        (date(2019, 1, 1), 560118),
        (date(2020, 5, 15), 606722),
        (date(2021, 6, 25), 636412),
        (date(2023, 3, 25), 672308),
        (date(2024, 7, 14), 712390),
    ),
    server="Apache",
    compressed=False,
    image_folder="UserFiles/1458/images",
    document_folder="UserFiles/1458/files",
    dated_to="day",
)

TUYEN_GIAO = DemoSite(
    name="tw_tuyengiao",
    title="Tạp chí Tuyên giáo",
    home="https://tuyengiao.vn/",
    sections=(
        Section(key="nhip-cau-tuyen-giao", title="Nhịp cầu tuyên giáo", label="Tuyên giáo các cấp"),
        Section(key="hoc-va-lam-theo-bac", title="Học và làm theo Bác", label="Học và làm theo Bác"),
    ),
    first="{section}",
    more="{section}?page={page}",
    old_article="{folder}{slug}-{id}",
    new_article="{slug}-{id}",
    skin_change=date(2021, 4, 1),
    page_size=8,
    anchors=(
        (date(2019, 1, 1), 118392),
        (date(2020, 1, 1), 126410),
        (date(2023, 10, 26), 149511),
        (date(2024, 7, 14), 154822),
    ),
    server="nginx/1.18.0",
    compressed=True,
    image_folder="Uploads",
    document_folder="Uploads/files",
)

SITES: tuple[DemoSite, ...] = (LAI_CHAU, TRAM_TAU, XAY_DUNG_DANG, TRA_VINH, TUYEN_GIAO)
