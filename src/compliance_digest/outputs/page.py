"""How a page of the site becomes an artifact."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from compliance_digest.outputs import structured
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.policy import with_data
from compliance_digest.outputs.theme import way_to_root
from compliance_digest.outputs.views import Head, Pagination
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compliance_digest.outputs.theme import Theme
    from compliance_digest.settings import Settings, Site

T = TypeVar("T")

LINES_OF_INDEX = 300
"""Lines of one page of an index."""

HEAVIEST = 80_000
"""Characters of quoted text on one page of a list, so that no page takes long to load."""


class PageMaker:
    """Makes artifacts of pages. `newest` is the date of the newest note, when most pages change."""

    def __init__(self, theme: Theme, settings: Settings, newest: str) -> None:
        self._theme = theme
        self._settings = settings
        self._newest = newest

    def page(
        self,
        template: str,
        head: Head,
        values: dict[str, Any],
        *,
        cause: str,
        origin: tuple[str, int] = ("digest.toml", 1),
        inputs: Sequence[str] | None = None,
        changed: str | None = None,
        main: Callable[[], dict[str, Any]] | None = None,
    ) -> Artifact:
        """Return a page's artifact. `inputs` stands for `values` where their text would be long.

        `main` makes what the page is mainly about for its structured data, from what `inputs` or `values` hold.
        """
        root = way_to_root(head.address)
        if head.address == "404.html":  # served at any address, so its links can't be relative
            root = escape(urlsplit(self._settings.site.base_url).path)
        path = head.address if head.address.endswith(".html") else f"{head.address}index.html"
        return Artifact(
            path=path,
            cause=cause,
            inputs=(self._theme.fingerprint, template, repr(head), *(inputs if inputs is not None else [repr(values)])),
            render=partial(_rendered, self._theme, template, root, {"head": head, **values}, self._settings.site, main),
            origin=origin,
            listed=(changed if changed is not None else self._newest) if head.indexed else None,
        )


def paginated(
    items: Sequence[T], size: int, address: str, weight: Callable[[T], int] | None = None
) -> Iterator[tuple[str, Sequence[T], Pagination]]:
    """Yield the address, the items and the place among its like of each page; one page where there are no items.

    A page has `size` items at most, and fewer where their weights, in characters, come to more than `HEAVIEST`.
    """
    parts = list(_parts(items, size, weight)) or [items]
    count = len(parts)
    for number, part in enumerate(parts, start=1):
        pages = Pagination(
            number,
            count,
            newer=_page_address(address, number - 1) if number > 1 else None,
            older=_page_address(address, number + 1) if number < count else None,
        )
        yield _page_address(address, number), part, pages


def _parts(items: Sequence[T], size: int, weight: Callable[[T], int] | None) -> Iterator[Sequence[T]]:
    start = weighed = 0
    for number, item in enumerate(items):
        heavy = weight(item) if weight else 0
        if number > start and (number - start == size or weighed + heavy > HEAVIEST):
            yield items[start:number]
            start, weighed = number, 0
        weighed += heavy
    if items:
        yield items[start:]


def with_neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before it and the one after it, None at the ends."""
    return zip([None, *items], items, [*items[1:], None], strict=False)


def numbered(title: str, pages: Pagination) -> str:
    """Return the title of one of several pages of that title."""
    return title if pages.number == 1 else f"{title}, page {pages.number}"


def _page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}page/{number}/"


def _rendered(
    theme: Theme,
    template: str,
    root: str,
    values: dict[str, Any],
    site: Site,
    main: Callable[[], dict[str, Any]] | None,
) -> bytes:
    data = structured.block(site, values["head"], main() if main else None)
    policy = with_data(values["head"].policy, data)
    return theme.render(template, structured=data, policy=policy, **values).replace(ROOT, root).encode()
