"""Names of sites and offices, which stand where headlines do."""

from __future__ import annotations

import re
from typing import Final

SITE_NAME: Final = re.compile(
    r"^(?:trang (?:thong tin|tin|chu|web)|cong (?:thong tin|ttdt|tt)|website|web site|ban tuyen giao|"
    r"ban tg|tinh uy|huyen uy|"
    r"thanh uy|thi uy|quan uy|dang uy|dang bo (?:tinh|huyen|thanh pho|thi xa|quan|khoi)|bao (?:dien "
    r"tu )?\w+(?: \w+)?$|tap chi|tin tuc$|chi tiet|"
    r"trang chu|home|ubnd|uy ban nhan dan|dang cong san|welcome|untitled|bai viet$|tin bai$|noi dung|"
    r"van phong|hoc vien|truong chinh tri|uy ban|"
    r"tin (?:tuc )?chi tiet|"
    r"xem tin|doc tin|news|detail|index|default|(?:huyen|tinh|thanh pho|thi xa|thi tran|xa|phuong|"
    r"quan)(?: \w+){1,3}$)"
)


_VERB: Final = re.compile(
    r"\b(?:hop|to chuc|khai (?:mac|giang)|be (?:mac|giang)|trien khai|tong ket|so ket|lam viec|tham|"
    r"trao|tang|don|tiep|ban hanh|quan triet|"
    r"toa dam|giao ban|day manh|tang cuong|ra mat|phat dong|ky niem|cong bo|kiem (?:tra|diem)|giam "
    r"sat|cho y kien|thong qua|doi thoai|tap huan|"
    r"boi duong|ket nap|gap mat|chuc|vieng|huong ung|nang cao|doi moi|lanh dao|thuc hien|xay dung|"
    r"hoc tap|duoc|da|se|cua|lam|voi|ve|chu|"
    r"phoi hop|ket qua|bao cao|hoi nghi|hoi thao|le|chi dao|thong bao|hoan thanh|sap xep|cham lo|ho "
    r"tro|ung ho|mit tinh|danh gia|thay doi|chinh thuc|van hanh|khai truong|nang cap|dat giai|gap "
    r"go|co \d+|bieu duong|ra quan|lan toa|quyet tam|quy [ivx]+|thang \d+|nam \d{4})\b"
)


def is_site_name(words: str) -> bool:
    """Return whether folded words are a site's or office's name rather than a headline that begins with one.

    >>> is_site_name("ban tuyen giao tinh uy lai chau")
    True
    >>> is_site_name("dang uy phuong kim ma toa dam khoi doan the")
    False
    """
    return bool(SITE_NAME.match(words)) and words.count(" ") < 14 and not _VERB.search(_without_name(words))


def _without_name(words: str) -> str:
    # `xây dựng Đảng`, `tuyên giáo` and the like belong to names.
    return re.sub(
        r"\b(?:xay dung dang|thong tin dien tu|cua (?:tinh|huyen|ban|dang)|uy ban|ve viec|le loi)\b",
        "",
        words,
    )
