"""The families of CMS, one module each; a declaration names one by its `name`."""

from __future__ import annotations

from crawler.families import nukeviet, party_journal, sharepoint, slugid, vnpt
from crawler.family import Family

FAMILIES: dict[str, Family] = {
    module.FAMILY.name: module.FAMILY for module in (nukeviet, party_journal, sharepoint, slugid, vnpt)
}
"""Every family by name."""
