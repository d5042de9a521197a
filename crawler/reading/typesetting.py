"""How an element is set: a line of its own, bold, centred, a link, a caption, the page's chrome.

Read from tag names, `style`, `align`, `class` and `role` of the element alone; style sheets are not kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

# Elements whose text nobody reads on the page.
SILENT = frozenset(
    "script style noscript template iframe object embed applet select option optgroup datalist "
    "textarea button"
    " input svg math canvas head title map audio video link meta base".split()
)
BLOCK_TAGS = frozenset(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption "
    "section article"
    " aside header footer nav main figure figcaption blockquote pre address form fieldset legend hr "
    "center details"
    " summary marquee menu dir hgroup".split()
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CHROME_TAGS = frozenset("nav footer aside menu marquee".split())
_CHROME_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar dialog alertdialog".split()
)

BOLD, ITALIC, CENTER, RIGHT, LINK, CAPTION, CHROME, CELL, ITEM, QUOTE, FIGURE, HEADER, VERBATIM = (
    1 << n for n in range(13)
)

TAG_FLAGS = {
    **dict.fromkeys(("b", "strong", *HEADINGS), BOLD),
    "th": BOLD | CELL,
    **dict.fromkeys(("i", "em", "cite"), ITALIC),
    "center": CENTER,
    "figcaption": CAPTION,
    "figure": FIGURE,
    "td": CELL,
    **dict.fromkeys(("li", "dd", "dt"), ITEM),
    "blockquote": QUOTE,
    **dict.fromkeys(_CHROME_TAGS, CHROME),
    "header": HEADER,
    "pre": VERBATIM,
}

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
# Word and editors wrap runs of letters in spans of these classes: they part nothing.
RUN_CLASS = re.compile(
    r"^(?:mso|apple|spelle|grame|s\d|font[\d-]|textrun|normaltextrun|notranslate|x_|fontstyle)", re.IGNORECASE
)
QUOTE_NAMES = re.compile(r"(?<![a-z])(?:quote|q(?![a-z])|trich-?dan)", re.IGNORECASE)
"""Classes of words set large as quoted: `quote`, `q`, `trich-dan`, not `blockquote`, a mere quotation's."""
_ALIGN_STYLE = re.compile(r"text-align\s*:\s*(center|right|left|justify|end|start)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|400)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
# NukeViet's default theme sends its trail as `temp-breadcrumbs hidden`, and a script shows what fits.
# Text for screen readers only, in the class names of Bootstrap, WordPress, Drupal and Liferay.
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|screen-reader-text|visually-hidden|element-invisible|hide-accessible|"
    # Bootstrap's and Tailwind's, unless shown on wider screens: `d-none d-md-block`, `hidden md:flex`.
    r"visuallyhidden|(?:d-none|hidden)(?!.*\b(?:d-)?(?:sm|md|lg|xl)[-:](?:block|flex|inline|grid)))(?:\s|$)"
    # Bootstrap's dialogs, until opened; NukeViet's theme for phones keeps a picture's enlargement in one.
    r"|(?:^|\s)modal\s+(?:hide\s+)?fade(?!.*\b(?:in|show)\b)(?:\s|$)"
    # Posts embedded from elsewhere, as the networks' own snippets name them.
    r"|(?:^|\s)(?:fb-post|fb-video|twitter-tweet|instagram-media|tiktok-embed)(?:\s|$)"
)
# WordPress themes send the time of the last edit beside the publication's and hide it.
_EDITED = re.compile(r"\s*(?:date\s+|modified\s+|screen-reader-text\s+)?updated(?:\s+(?:date|modified))?\s*")
_CAPTION_CLASS = re.compile(
    r"caption|chu[-_]?thich|(?:image|img|photo|pic|picture|anh|hinh)[-_]?(?:desc|note|title|text|"
    r"credit)|ghi[-_]?chu[-_]?anh|"
    r"desc[-_]?(?:img|image|photo)|title[-_]?img|photo[-_]?by",
    re.IGNORECASE,
)


# A page builder's box that calls to give, to join, to buy.
_APPEAL_CLASS = re.compile(r"call-to-action|(?:^|\s)(?:elementor|block)-cta(?:\s|$)")
# Icons that are words of a font: `<i class="material-icons">schedule</i>`.
_ICON = re.compile(r"(?:^|\s)material-(?:icons|symbols)(?:-\w+)?(?:\s|$)")


def is_icon(tag: str, names: str | None) -> bool:
    """Return whether an element's text is the name of a picture, which a font shows instead."""
    return tag == "mat-icon" or (names is not None and _ICON.search(names) is not None)


# Angular's, Ionic's and an application's own; others stand in sentences: `relative-time`, Word's smart tags.
_LAID_OUT = re.compile(r"(?:app|mat|ion|nz|ngx)-(?!.*(?:icon|time|date|badge|chip|button|link|text)$)")


class Setting(NamedTuple):
    """What an element's tag and attributes say of the text in it."""

    hidden: bool
    """Whether it is kept off the screen."""
    block: bool
    """Whether it has lines of its own."""
    cleared: int
    """Flags that end at its edge."""
    added: int
    """Flags that hold within it."""


def setting_of(element: HtmlElement, tag: str) -> Setting:
    """Return how an element is set, by its own tag and attributes alone."""
    if not element.keys():
        return _setting(tag)
    get = element.get
    return _setting(
        tag, get("class"), get("style"), get("align"), get("role"), hidden=get("hidden") is not None
    )


# A page, and all pages of a site, set their elements in some few ways.
@lru_cache(maxsize=8192)
def _setting(
    tag: str,
    names: str | None = None,
    style: str | None = None,
    align: str | None = None,
    role: str | None = None,
    *,
    hidden: bool = False,
) -> Setting:
    cleared, added = (RIGHT if tag == "center" else 0), TAG_FLAGS.get(tag, 0)
    style, names = style or "", names or ""
    if match := _ALIGN_STYLE.search(style):
        align = match.group(1)
    for pattern, flag in ((_BOLD_STYLE, BOLD), (_ITALIC_STYLE, ITALIC)):
        if match := pattern.search(style):
            cleared |= flag
            added = added & ~flag | (0 if match.group(1).lower() in ("normal", "400") else flag)
    if "text-right" in names or "has-text-align-right" in names or "text-end" in names:
        align = "right"
    elif "text-center" in names or "has-text-align-center" in names:
        align = "center"
    if tag not in ("body", "html", "main", "article") and _CAPTION_CLASS.search(names):
        added |= CAPTION
    if align and tag not in ("img", "table"):
        cleared |= CENTER | RIGHT
        added = added & ~(CENTER | RIGHT) | _ALIGNED.get(align.lower(), 0)
    if role in _CHROME_ROLES or _APPEAL_CLASS.search(names):
        added |= CHROME
    return Setting(
        hidden=hidden
        or bool(_HIDDEN_STYLE.search(style))
        or is_icon(tag, names)
        or (bool(_UNSEEN_CLASS.search(names)) and "temp-breadcrumbs" not in names)
        or (tag in ("time", "span") and bool(_EDITED.fullmatch(names))),
        # Frameworks lay pages out with elements of their own: `mat-card-title`.
        block=tag in BLOCK_TAGS
        or ("-" in tag and _LAID_OUT.match(tag) is not None)
        or bool(_BLOCK_STYLE.search(style)),
        cleared=cleared,
        added=added,
    )


_ALIGNED = {"center": CENTER, "middle": CENTER, "right": RIGHT, "end": RIGHT}


def is_small_form(form: HtmlElement) -> bool:
    """A log-in, search or comment form; not the one form an ASP.NET page wraps around everything."""
    fields = sum(
        1 for field in form.iter("input", "textarea") if (field.get("type") or "text").lower() != "hidden"
    )
    if not fields:
        return False
    room = 600
    for text in form.itertext():  # an ASP.NET page's text would be gathered whole for nothing
        room -= len(text)
        if room <= 0:
            return False
    return True
