"""The registry as Scrapy's spider loader: one spider a declared site, so `scrapy list` is the registry."""

from __future__ import annotations

from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.site import Site, folders_of, is_on_site, read_sites
from crawler.spider import SiteSpider


def spider_class(site: Site) -> type[SiteSpider]:
    """Return the spider of a site."""
    return type(
        f"Spider_{site.name}", (SiteSpider,), {"name": site.name, "site": site, "__doc__": site.title}
    )


class RegistryLoader:
    """Scrapy's SpiderLoaderProtocol over the declared sites."""

    def __init__(self, sites: dict[str, Site]) -> None:
        self._sites = sites

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the declarations. Raises SiteError for a wrong one."""
        return cls(read_sites(*folders_of(settings.get("VANKHO_SITES") or "")))

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of a site. Raises KeyError for a site that is not declared."""
        if spider_name not in self._sites:
            raise KeyError(f"Spider not found: {spider_name}")
        return spider_class(self._sites[spider_name])

    def list(self) -> list[str]:
        """Return the names of the declared sites."""
        return sorted(self._sites)

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]  # `list` is the method above
        """Return the sites that a request's host belongs to."""
        return [name for name, site in sorted(self._sites.items()) if is_on_site(site, request.url)]
