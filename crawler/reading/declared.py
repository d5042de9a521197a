"""The first layer: where a family says headline and body stand, when the page agrees.

Its selectors come from the CMS's own source. They are believed only together: a headline and a body that both
print something, neither inside the other. Anything less, and the page is read by its landmarks alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.text import clean
from crawler.family import Family
from crawler.reading.selectors import select_all, select_first
from crawler.reading.trail_steps import last_step
from crawler.reading.tree import common_ancestor


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredNodes:
    """What the family's selectors matched on one page."""

    headline: HtmlElement
    headline_rule: str
    body: HtmlElement
    body_rule: str
    lead: HtmlElement | None
    lead_rule: str | None
    zone: HtmlElement
    """The element around headline and body in which lead, date and signature stand too."""
    prune: tuple[str, ...] = ()
    """Selectors of widgets inside the zone."""


def declared_nodes(root: HtmlElement, family: Family) -> DeclaredNodes | None:
    """Return the nodes a family's selectors match; None when they do not all hold."""
    headline = select_first(root, family.headline)
    body = select_first(root, family.body)
    if headline is None or body is None:
        return None
    zone = common_ancestor(headline[0], body[0])
    if zone is None or zone is headline[0] or zone is body[0]:
        return None
    lead = select_first(zone, family.lead)
    return DeclaredNodes(
        headline=headline[0],
        headline_rule=headline[1],
        body=body[0],
        body_rule=body[1],
        lead=lead[0] if lead else None,
        lead_rule=lead[1] if lead else None,
        zone=_panels_around(zone),
        prune=family.prune,
    )


def declared_section(root: HtmlElement, family: Family, headline: str) -> tuple[str, str] | None:
    """Return (section, selector) where the family's trail names one; None when it does not."""
    for selector in family.section:
        section = last_step([clean(step.text_content()) for step in select_all(root, selector)], headline)
        if section is not None:
            return section, selector
    return None


def _panels_around(zone: HtmlElement) -> HtmlElement:
    """NukeViet sets files, tags and rating in panels beside the article's own: what holds them all.

    A panel's body is the only element in it; the one around the panel holds the others.
    """
    parent = zone.getparent()
    while parent is not None and len(parent) == 1 and parent.tag not in ("body", "html"):
        zone, parent = parent, parent.getparent()
    return zone if parent is None or zone.tag in ("body", "html") else parent
