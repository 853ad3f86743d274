"""A feed before it has a format: a channel and its items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance_digest.outputs.assets import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from compliance_digest.settings import Site


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed.

    `guid` is a URN that never changes, `link` the absolute address of the page, `source` that of what the item is
    about. `summary` is plain text. `content` makes the whole, as HTML with absolute addresses; None where feeds hold
    excerpts.
    `published` and `updated` know their time zone, by an offset of whole minutes. `language` is given where it is not
    the site's.
    """

    guid: str
    title: str
    link: str
    summary: str
    content: Callable[[], str] | None
    author: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime
    source: str | None = None
    language: str | None = None

    @property
    def html(self) -> str | None:
        """The whole as HTML, made anew each time, so that items weigh little."""
        return self.content() if self.content else None


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed and its items, newest first.

    `address` is the feed's inside the site, `page` that of the page that shows the same. `hub` is the WebSub
    hub, if any.
    """

    site: Site
    title: str
    address: str
    page: str
    items: tuple[Item, ...]
    hub: str | None = None

    @property
    def url(self) -> str:
        """The feed's own absolute address."""
        return self.site.base_url + self.address

    @property
    def home(self) -> str:
        """The absolute address of the page that shows the same."""
        return self.site.base_url + self.page

    @property
    def icon(self) -> str:
        """The absolute address of a square PNG."""
        return f"{self.site.base_url}{ASSETS}/icon.png"

    @property
    def description(self) -> str:
        """What the site is about."""
        return self.site.description or f"Privacy enforcement actions: {self.title}"

    @property
    def updated(self) -> datetime | None:
        """When the newest item or update is from; None where there are no items."""
        return max((item.updated for item in self.items), default=None)


def author_of(site: Site) -> str:
    """Return whom feeds name as the author: the site where it states none."""
    return site.author or site.title
