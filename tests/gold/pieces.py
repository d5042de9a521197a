"""The pieces a body is made of: words with their flaws, photos, tables, links, and what does not belong."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import codepoint2name

from tests.gold.blocks import Block, Case


def dress(case: Case, text: str) -> str:
    """Escape typed words for a page, with the flaws the case asks for: nfd, eth, nbsp, zwsp, entities."""
    flaws = case.get("flaws").split()
    if "eth" in flaws:
        text = text.replace("Đ", "\u00d0")
    if "nbsp" in flaws:
        words = text.split(" ")
        text = (
            "".join(
                word + ("\u00a0" if n % 7 == 3 else "  " if n % 11 == 5 else " ")
                for n, word in enumerate(words[:-1])
            )
            + words[-1]
        )
    if "zwsp" in flaws:
        text = re.sub(r"([,;:]) ", "\\1\u200b ", text)
    if "nfd" in flaws:
        text = unicodedata.normalize("NFD", text)
    text = html.escape(text, quote=False)
    if "entities" in flaws:
        text = "".join(f"&{codepoint2name[ord(c)]};" if 160 <= ord(c) < 256 else c for c in text)
    return text


def picture(case: Case, n: int) -> str:
    """Return the address of the n-th photo of the case, in the manner of its site."""
    return case.get("image", "/uploads/news/2023_05/anh-%d.jpg").replace("%d", str(n))


def alt_text(case: Case, block: Block) -> str:
    """Return what stands in ``alt``: the headline, the caption or nothing, as ``alt`` of the case says."""
    choice = case.get("alt", "")
    text = {"headline": case.get("headline"), "caption": block.text}.get(choice, choice)
    return html.escape(text)


def caption_words(case: Case, block: Block) -> str:
    """Return the printed caption line with its credit."""
    credit = f"Ảnh: {block.extra}" if block.extra else ""
    joiner = " " if block.text and credit else ""
    return dress(case, f"{block.text}{joiner}{credit}")


def img(case: Case, block: Block, n: int) -> str:
    """Return one photo's tag; ``lazy`` hides its address in ``data-src``."""
    src = picture(case, n)
    alt = alt_text(case, block)
    if case.has("lazy"):
        blank = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
        return f'<img class="lazyload" src="{blank}" data-src="{src}" alt="{alt}" />'
    return f'<img alt="{alt}" src="{src}" width="600" height="400" border="0" />'


def photo(case: Case, block: Block, n: int) -> str:
    """Return a photo with its caption in the manner ``caption`` names."""
    tag = img(case, block, n)
    words = caption_words(case, block)
    manner = case.get("caption", "figcaption")
    if case.has("filename"):
        tag += f"\n{picture(case, n).rsplit('/', 1)[-1]}\n"
    if not words or manner == "alt":
        return f'<p style="text-align:center">{tag}</p>'
    shapes = {
        "figcaption": f"<figure>{tag}<figcaption>{words}</figcaption></figure>",
        "cell": '<table align="center" border="0" cellpadding="1" cellspacing="1" class="image"><tbody>'
        f'<tr><td>{tag}</td></tr><tr><td style="text-align:center"><em>{words}</em></td></tr>'
        "</tbody></table>",
        "italic": f'<p style="text-align:center">{tag}</p>\n'
        f'<p style="text-align:center"><em>{words}</em></p>',
        "centre": f'<div align="center">{tag}</div>\n<div align="center">{words}</div>',
        "inline": f'<p style="text-align:center">{tag}<br /><i>{words}</i></p>',
        "wp": f'<div id="attachment_{900 + n}" class="wp-caption aligncenter">{tag}'
        f'<p class="wp-caption-text">{words}</p></div>',
        "font": f'<center>{tag}<br><font color="#0000ff" size="2"><i>{words}</i></font></center>',
    }
    return shapes[manner]


def intruder(case: Case, block: Block) -> str:
    """Return what is no part of the article and stands in its body all the same."""
    word, _, rest = block.text.partition(" ")
    heads = [part.strip() for part in rest.split("//") if part.strip()]
    links = "".join(f'<li><a href="/tin/{n}.html">{h}</a></li>' for n, h in enumerate(heads, 1))
    shapes = {
        "related": '<div class="box-lq" style="float:right;width:240px">'
        f"<b>Tin liên quan</b><ul>{links}</ul></div>",
        "seealso": f"<p><strong>&gt;&gt; Xem thêm:</strong> <a href='/xem-them-1.html'>{rest}</a></p>",
        "ad": '<div class="ads-inpage" id="ad_300x250"><a href="/click.php?b=31" rel="nofollow">'
        '<img src="/images/banner-300x250.gif" alt="quang cao"></a><span>Quảng cáo</span></div>',
        "script": "<script type='text/javascript'>\nvar _pos = 'in-article'; if (window.adx) "
        "{ adx.push({slot: _pos, text: 'Đang tải nội dung'}); }\n</script>",
        "hidden": f'<div style="display:none" class="print-only">{rest}</div>',
        "video": '<div class="video-box"><video controls poster="/media/poster.jpg">'
        '<source src="/media/clip.mp4" type="video/mp4"></video>'
        f'<p class="video-title">Video: {rest}</p></div>',
        "noscript": f"<noscript><p>{rest}</p></noscript>",
        "iframe": '<div class="embed"><iframe src="https://www.youtube.com/embed/x0"></iframe></div>',
        "share": '<div class="share-inline"><span>Chia sẻ</span> <a href="#">Facebook</a></div>',
        "style": "<style>.MsoTable {mso-style-name:'Table Normal'; mso-para-margin:0in;}</style>",
    }
    return shapes[word]


def table(case: Case, rows: list[Block]) -> str:
    """Return a table of data."""
    lines = []
    for n, row in enumerate(rows):
        tag = "th" if n == 0 and case.get("thead") else "td"
        cells = "".join(f"<{tag}>{dress(case, cell)}</{tag}>" for cell in row.text.split(" | "))
        lines.append(f"<tr>{cells}</tr>")
    body = "\n".join(lines)
    return f'<table border="1" cellpadding="4" style="width:100%"><tbody>\n{body}\n</tbody></table>'


def file_link(case: Case, block: Block) -> str:
    """Return a link to an attached file."""
    return f'<a href="{block.extra}">{dress(case, block.text)}</a>'
