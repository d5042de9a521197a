"""Pages a server shows instead of content: anti-bot stubs, flood warnings, maintenance notices.

They must never become articles. Sources: the `D1N` cookie stub of Vietnamese government hosts (a page of
some 180 bytes that sets a cookie by script); NukeViet's flood blocker ("Hãy đợi..."); Cloudflare's
interstitials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from archive.text import fold
from crawler.reading.blocks import Block

_STUB: Final = re.compile(
    rb"document\.cookie\s*=.{0,200}?(?:D1N|location|reload)|\bD1N=|slowAES|toNumbers\(",
    re.IGNORECASE | re.DOTALL,
)
_CLOUDFLARE: Final = re.compile(
    rb"cf-browser-verification|cf_chl_|challenge-platform|cf-turnstile|Just a moment\.\.\.|Checking "
    rb"your browser|Attention Required! \| Cloudflare|"
    rb"_Incapsula_Resource|DDoS protection by|g-recaptcha.{0,200}robot",
    re.IGNORECASE | re.DOTALL,
)
_WORDS: Final = re.compile(
    r"(?:vui long|xin|hay) (?:cho|doi)(?: trong)? \d+ giay|^.{0,60}hay doi\s*\.\.\.|kiem tra "
    # `Ủy ban Kiểm tra yêu cầu ...` is what inspection committees do.
    r"(?:trinh duyet|(?:yeu cau|bao mat) (?:cua ban|truy cap))|"
    r"hay doi (?:mot chut|trong giay lat|giay lat|\d+|vai)|qua nhieu (?:yeu cau|truy cap|lan truy cap)|"
    r"(?:dang|tam) (?:duoc )?(?:bao tri|"
    r"tam dung hoat dong)|he thong (?:dang|tam|hien dang)(?: \w+){0,3} (?:bao tri|nang cap|gian doan)|"
    r"(?:website|trang(?: web| tin| thong tin(?: dien tu)?)|cong thong tin(?: dien tu)?|"
    r"may chu|site)(?: \w+){0,8} (?:dang|tam|hien dang)(?: \w+){0,3} (?:bao tri|nang cap|gian doan)|"
    r"bao tri he thong(?! (?:dien|duong|chieu|nuoc|kenh|thuy|cap))|"
    r"he thong bao tri\b|(?:xac (?:minh|nhan|thuc)|chung minh) (?:rang )?(?:ban "
    r")?(?:la|khong phai)(?: la)? (?:con )?(?:nguoi|robot|may)|"
    r"under (?:maintenance|construction)|be right back|verify you are human|service unavailable|"
    r"temporarily unavailable|access denied|bandwidth limit|"
    r"(?:request|access) (?:has been )?(?:blocked|rejected)|site dang bao tri|tai khoan (?:hosting|"
    r"website).{0,30}(?:het han|bi khoa|tam khoa)|domain .{0,40}(?:expired|het han)"
)
SMALL_PAGE_CHARS: Final = 900
"""A page whose visible text is longer than this is content, whatever words it holds: an article may be about
maintenance."""


def challenge_sign(body: bytes, blocks: Iterable[Block]) -> str | None:
    """Return what betrays a challenge or maintenance page; None for an ordinary page.

    `body` is the payload, `blocks` the page's visible lines.

    >>> challenge_sign(b"<script>document.cookie='D1N=ab12';location.reload()</script>", [])
    'anti-bot cookie stub'
    """
    lines: list[str] = []
    visible = 0
    for block in blocks:
        lines.append(block.text)
        visible += len(block.text) + 1
        if visible > SMALL_PAGE_CHARS:
            return None
    if _CLOUDFLARE.search(body[:60_000]):
        return "anti-bot interstitial"
    if _STUB.search(body[:20_000]) and visible < _NOTHING_ELSE:
        return "anti-bot cookie stub"
    # Line by line: a menu's `Liên hệ` over a headline `Thông báo triệu tập ...` is no `hệ thống bảo trì`.
    said = [" ".join(lines)] if visible < _NOTHING_ELSE else lines
    if any(_WORDS.search(fold(_PARTY.sub("", line))) for line in said):
        return "maintenance or flood notice"
    return None


_NOTHING_ELSE: Final = 200
"""Characters of a page that has no menu and no article beside its notice."""
# Without its marks the Party would be what is going on: `Trang tin Đảng bộ huyện nâng cấp giao diện`.
_PARTY: Final = re.compile("đảng", re.IGNORECASE)
