"""How one article's typed blocks become the markup of a body, in the manners these sites use.

Each builder takes the case and returns HTML. The words are the case's own; only their dress differs.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from html.entities import codepoint2name
from itertools import groupby

from blocks import Block, Case

Builder = Callable[[Case], str]


def dress(case: Case, text: str) -> str:
    """Escape typed words for a page, with the flaws the case asks for (``flaws: nfd eth nbsp zwsp entities``)."""
    flaws = case.get("flaws").split()
    if "eth" in flaws:
        text = text.replace("Đ", "\u00d0")
    if "nbsp" in flaws:
        words = text.split(" ")
        text = "".join(
            word + ("\u00a0" if n % 7 == 3 else "  " if n % 11 == 5 else " ")
            for n, word in enumerate(words[:-1])
        ) + words[-1]
    if "zwsp" in flaws:
        text = re.sub(r"([,;:]) ", "\\1\u200b ", text)
    if "nfd" in flaws:
        text = unicodedata.normalize("NFD", text)
    text = html.escape(text, quote=False)
    if "entities" in flaws:
        text = "".join(
            f"&{codepoint2name[ord(c)]};" if 160 <= ord(c) < 256 else c for c in text
        )
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
        f'<tr><td>{tag}</td></tr><tr><td style="text-align:center"><em>{words}</em></td></tr></tbody></table>',
        "italic": f'<p style="text-align:center">{tag}</p>\n<p style="text-align:center"><em>{words}</em></p>',
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
    links = "".join(f'<li><a href="/tin/{n}.html">{head}</a></li>' for n, head in enumerate(heads, 1))
    shapes = {
        "related": f'<div class="box-lq" style="float:right;width:240px"><b>Tin liên quan</b><ul>{links}</ul></div>',
        "seealso": f"<p><strong>&gt;&gt; Xem thêm:</strong> <a href='/xem-them-1.html'>{rest}</a></p>",
        "ad": '<div class="ads-inpage" id="ad_300x250"><a href="/click.php?b=31" rel="nofollow">'
        f'<img src="/images/banner-300x250.gif" alt="quang cao"></a><span>Quảng cáo</span></div>',
        "script": "<script type='text/javascript'>\nvar _pos = 'in-article'; if (window.adx) "
        "{ adx.push({slot: _pos, text: 'Đang tải nội dung'}); }\n</script>",
        "hidden": f'<div style="display:none" class="print-only">{rest}</div>',
        "video": '<div class="video-box"><video controls poster="/media/poster.jpg"><source src="/media/clip.mp4" '
        f'type="video/mp4"></video><p class="video-title">Video: {rest}</p></div>',
        "noscript": f"<noscript><p>{rest}</p></noscript>",
        "iframe": '<div class="embed"><iframe src="https://www.youtube.com/embed/x0" allowfullscreen></iframe></div>',
        "share": '<div class="share-inline"><span>Chia sẻ</span> <a href="#">Facebook</a> <a href="#">Zalo</a></div>',
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
    return f'<table border="1" cellpadding="4" cellspacing="0" style="width:100%"><tbody>\n{body}\n</tbody></table>'


def file_link(case: Case, block: Block) -> str:
    """Return a link to an attached file."""
    return f'<a href="{block.extra}">{dress(case, block.text)}</a>'


def runs(case: Case) -> Iterator[tuple[str, list[Block]]]:
    """Yield the blocks by kind, neighbours of one kind together."""
    for kind, group in groupby(case.blocks, key=lambda block: block.kind):
        yield kind, list(group)


def compose(case: Case, shapes: dict[str, str], gap: str = "\n") -> str:
    """Draw every block; ``shapes`` says how words of each kind are wrapped (``%s`` is the text)."""
    parts: list[str] = []
    photos = 0
    for kind, group in runs(case):
        if kind == "row":
            parts.append(table(case, group))
        elif kind == "item":
            inner = "\n".join(shapes.get("item", "<li>%s</li>") % dress(case, b.text) for b in group)
            parts.append(shapes.get("list", "<ul>\n%s\n</ul>") % inner)
        else:
            for block in group:
                photos += kind == "image"
                parts.append(draw_one(case, block, shapes, photos))
    return gap.join(parts)


def draw_one(case: Case, block: Block, shapes: dict[str, str], photos: int) -> str:
    """Draw one block that is neither a row nor a list item."""
    if block.kind == "image":
        return photo(case, block, photos)
    if block.kind == "intruder":
        return intruder(case, block)
    if block.kind == "file":
        return shapes.get("file", "<p>%s</p>") % file_link(case, block)
    fallback = {
        "subhead": "<p><strong>%s</strong></p>",
        "quote": "<blockquote><p>%s</p></blockquote>",
        "bold": "<p><strong>%s</strong></p>",
        "centre": '<p style="text-align:center">%s</p>',
        "para": "<p>%s</p>",
    }
    return shapes.get(block.kind, fallback[block.kind]) % dress(case, block.text)


def semantic(case: Case) -> str:
    """Clean paragraphs, h3 subheads."""
    return compose(case, {"para": "<p>%s</p>", "subhead": "<h3>%s</h3>"})


def justified(case: Case) -> str:
    """CKEditor: every paragraph carries its style, empty ones between."""
    return compose(
        case,
        {
            "para": '<p style="text-align: justify;"><span style="font-size:14px;"><span '
            'style="font-family:times new roman,times,serif;">%s</span></span></p>',
            "subhead": '<p style="text-align: justify;"><strong><span style="font-size:14px;">%s</span></strong></p>',
            "bold": '<p style="text-align: justify;"><strong><span style="font-size:14px;">%s</span></strong></p>',
        },
        "\n<p>&nbsp;</p>\n",
    )


def divs(case: Case) -> str:
    """A div for each paragraph, spacer divs between."""
    return compose(
        case,
        {
            "para": '<div style="text-align: justify; margin: 6px 0">%s</div>',
            "subhead": '<div><b>%s</b></div>',
            "bold": '<div><b>%s</b></div>',
            "file": "<div>%s</div>",
        },
        "\n<div>&nbsp;</div>\n",
    )


def breaks(case: Case) -> str:
    """Text nodes parted by two br."""
    return compose(
        case,
        {
            "para": "%s", "subhead": "<b>%s</b>", "bold": "<b>%s</b>", "quote": "<i>%s</i>",
            "item": "- %s<br>", "list": "%s", "file": "%s", "centre": "<center>%s</center>",
        },
        "<br><br>\n",
    )


def single_breaks(case: Case) -> str:
    """Text nodes, one br after each, upper-case tags, as the oldest pages have them."""
    return compose(
        case,
        {"para": "%s", "subhead": "<B>%s</B>", "bold": "<B>%s</B>", "quote": "<I>%s</I>", "file": "%s"},
        "<BR>\n",
    )


def word(case: Case) -> str:
    """A paste from Word: MsoNormal, o:p, spans within spans, empty paragraphs."""
    span = '<span lang="VI" style=\'font-size:14.0pt;mso-bidi-font-family:"Times New Roman"\'>%s<o:p></o:p></span>'
    para = f'<p class="MsoNormal" style="text-align:justify;text-indent:36.0pt;line-height:115%%">{span}</p>'
    return (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"
        + compose(
            case,
            {
                "para": para,
                "subhead": f'<p class="MsoNormal"><b style="mso-bidi-font-weight:normal">{span}</b></p>',
                "bold": f'<p class="MsoNormal"><b style="mso-bidi-font-weight:normal">{span}</b></p>',
                "item": f'<p class="MsoListParagraphCxSpMiddle" style="mso-list:l0 level1 lfo1">{span}</p>',
                "list": "%s",
                "centre": f'<p class="MsoNormal" align="center">{span}</p>',
            },
            '\n<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n',
        )
    )


def spans(case: Case) -> str:
    """A paste from an online editor: each paragraph cut into spans at odd places."""

    def cut(match: re.Match[str]) -> str:
        words = match.group(1).split(" ")
        pieces = [" ".join(words[n : n + 9]) for n in range(0, len(words), 9)]
        inner = "".join(f'<span style="white-space:pre-wrap">{piece} </span>' for piece in pieces)
        return f'<p dir="ltr" style="line-height:1.38">{inner}</p>'

    flat = compose(case, {"para": "<x-p>%s</x-p>"})
    return re.sub(r"<x-p>(.*?)</x-p>", cut, flat, flags=re.S)


def listed(case: Case) -> str:
    """The whole body in one list, subheads as h3 before their items."""
    return compose(case, {"para": "<ul><li>%s</li></ul>", "subhead": "<h3>%s</h3>"})


def cells(case: Case) -> str:
    """A layout table: each paragraph in a row of its own, cells never closed."""
    inner = compose(
        case,
        {"para": "<tr><td colspan=2><p>%s", "subhead": "<tr><td colspan=2><b>%s</b>", "bold": "<tr><td colspan=2><b>%s</b>"},
    )
    return f"<table width=100% border=0 cellspacing=0 cellpadding=3>\n<tbody>{inner}\n</tbody></table>"


def quoted(case: Case) -> str:
    """Paragraphs in blockquotes, which an old editor used for indenting."""
    return compose(case, {"para": '<blockquote style="margin-left:20px"><div>%s</div></blockquote>'})


def unclosed(case: Case) -> str:
    """Paragraphs that are opened and never closed."""
    return compose(case, {"para": "<P align=justify>%s", "subhead": "<P><STRONG>%s</STRONG>"})


def blocks_wp(case: Case) -> str:
    """WordPress blocks, whose comments stay in the page."""
    return compose(
        case,
        {
            "para": "<!-- wp:paragraph -->\n<p>%s</p>\n<!-- /wp:paragraph -->",
            "subhead": '<!-- wp:heading -->\n<h2 class="wp-block-heading">%s</h2>\n<!-- /wp:heading -->',
            "quote": '<blockquote class="wp-block-quote"><p>%s</p></blockquote>',
            "list": '<ul class="wp-block-list">\n%s\n</ul>',
            "file": '<div class="wp-block-file">%s</div>',
        },
        "\n\n",
    )


def widgets(case: Case) -> str:
    """A page builder: every paragraph deep in boxes of its own."""
    open_ = (
        '<div class="elementor-element elementor-widget elementor-widget-text-editor" data-element_type="widget">'
        '<div class="elementor-widget-container">'
    )
    return compose(
        case,
        {
            "para": open_ + "<p>%s</p></div></div>",
            "subhead": open_.replace("text-editor", "heading")
            + '<h3 class="elementor-heading-title elementor-size-default">%s</h3></div></div>',
        },
    )


BUILDERS: dict[str, Builder] = {
    "semantic": semantic, "justified": justified, "divs": divs, "breaks": breaks, "single": single_breaks,
    "word": word, "spans": spans, "listed": listed, "cells": cells, "quoted": quoted, "unclosed": unclosed,
    "wp": blocks_wp, "widgets": widgets,
}
"""Name used in a case's ``body`` line -> builder."""
