"""How one article's typed blocks become the markup of a body, in the manners these sites use.

Each builder takes the case and returns HTML. The words are the case's own; only their dress differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from tests.gold.blocks import Block, Case
from tests.gold.pieces import dress, file_link, intruder, photo, table

Builder = Callable[[Case], str]


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
            frame = "<ol>\n%s\n</ol>" if case.has("ordered") else shapes.get("list", "<ul>\n%s\n</ul>")
            inner = "\n".join(shapes.get("item", "<li>%s</li>") % dress(case, b.text) for b in group)
            parts.append(frame % inner)
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
    bold = '<p style="text-align: justify;"><strong><span style="font-size:14px;">%s</span></strong></p>'
    return compose(
        case,
        {
            "para": '<p style="text-align: justify;"><span style="font-size:14px;"><span '
            'style="font-family:times new roman,times,serif;">%s</span></span></p>',
            "subhead": bold,
            "bold": bold,
        },
        "\n<p>&nbsp;</p>\n",
    )


def divs(case: Case) -> str:
    """A div for each paragraph, spacer divs between."""
    return compose(
        case,
        {
            "para": '<div style="text-align: justify; margin: 6px 0">%s</div>',
            "subhead": "<div><b>%s</b></div>",
            "bold": "<div><b>%s</b></div>",
            "file": "<div>%s</div>",
        },
        "\n<div>&nbsp;</div>\n",
    )


def breaks(case: Case) -> str:
    """Text nodes parted by two br."""
    return compose(
        case,
        {
            "para": "%s",
            "subhead": "<b>%s</b>",
            "bold": "<b>%s</b>",
            "quote": "<i>%s</i>",
            "item": "- %s<br>",
            "list": "%s",
            "file": "%s",
            "centre": "<center>%s</center>",
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
    span = '<span lang="VI" style="font-size:14.0pt;mso-bidi-font-weight:bold">%s<o:p></o:p></span>'
    para = f'<p class="MsoNormal" style="text-align:justify;text-indent:36.0pt">{span}</p>'
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
    return re.sub(r"<x-p>(.*?)</x-p>", cut, flat, flags=re.DOTALL)


def listed(case: Case) -> str:
    """The whole body in one list, subheads as h3 before their items."""
    return compose(case, {"para": "<ul><li>%s</li></ul>", "subhead": "<h3>%s</h3>"})


def cells(case: Case) -> str:
    """A layout table: each paragraph in a row of its own, cells never closed."""
    inner = compose(
        case,
        {
            "para": "<tr><td colspan=2><p>%s",
            "subhead": "<tr><td colspan=2><b>%s</b>",
            "bold": "<tr><td colspan=2><b>%s</b>",
        },
    )
    return f"<table width=100% border=0 cellspacing=0 cellpadding=3>\n<tbody>{inner}\n</tbody></table>"


def quoted(case: Case) -> str:
    """Paragraphs in blockquotes, which an old editor used for indenting."""
    return compose(case, {"para": '<blockquote style="margin-left:20px"><div>%s</div></blockquote>'})


def unclosed(case: Case) -> str:
    """Paragraphs that are opened and never closed."""
    return compose(case, {"para": "<P align=justify>%s", "subhead": "<P><STRONG>%s</STRONG>"})


def beside(case: Case) -> str:
    """Photo and caption in one cell of a layout table, the next paragraph in the cell beside it."""
    flat = compose(case, {"para": "<p>%s</p>"})
    pair = r"<figure>(.*?)<figcaption>(.*?)</figcaption></figure>\s*<p>(.*?)</p>"
    row = (
        '<table width="100%" border="0"><tr><td width="40%" valign="top">\\1<br><i>\\2</i></td>'
        '<td valign="top">\\3</td></tr></table>'
    )
    return re.sub(pair, row, flat, flags=re.DOTALL)


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
        '<div class="elementor-element elementor-widget elementor-widget-text-editor">'
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
    "semantic": semantic,
    "justified": justified,
    "divs": divs,
    "breaks": breaks,
    "single": single_breaks,
    "word": word,
    "spans": spans,
    "listed": listed,
    "cells": cells,
    "quoted": quoted,
    "unclosed": unclosed,
    "wp": blocks_wp,
    "widgets": widgets,
    "beside": beside,
}
"""Name used in a case's ``body`` line -> builder."""
