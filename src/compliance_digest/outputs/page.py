"""How a page of the site becomes an artifact."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from compliance_digest.outputs import structured
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.assets import way_to_root
from compliance_digest.outputs.policy import with_data
from compliance_digest.outputs.views import Pagination
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compliance_digest.outputs.theme import Theme
    from compliance_digest.outputs.views import Head
    from compliance_digest.settings import Settings

T = TypeVar("T")

NOT_FOUND = "404.html"
"""The address of the page that is shown where there is none."""

LINES_OF_INDEX = 300
"""Lines of one page of an index."""

HEAVIEST = 80_000
"""Characters of quoted text on one page of a list, so that no page takes long to load."""


class Content(NamedTuple):
    """What a page shows: its head, the values for its template, and what it is mainly about as structured data."""

    head: Head
    values: dict[str, Any]
    main: dict[str, Any] | None = None


class PageMaker:
    """Makes artifacts of pages.

    `theme` gets the theme, which takes long to make, and `fingerprint` is that of all it depends on. `newest` is the
    date of the newest note, when most pages change.
    """

    def __init__(self, theme: Callable[[], Theme], fingerprint: str, settings: Settings, newest: str) -> None:
        self._theme = theme
        self._fingerprint = fingerprint
        self._settings = settings
        self._newest = newest

    def page(
        self,
        template: str,
        address: str,
        inputs: Sequence[str],
        make: Callable[[], Content],
        *,
        cause: str,
        origin: tuple[str, int] = ("digest.toml", 1),
        indexed: bool = True,
        changed: str | None = None,
        batch: str = "",
    ) -> Artifact:
        """Return the artifact of the page at an address inside the site.

        `make` makes what the page shows, from nothing but the theme and what `inputs` stand for. `indexed` is false for
        pages that search engines skip; `changed` is the ISO date of the last change where it isn't the newest note's.
        """
        return Artifact.of(
            path=address if address.endswith(".html") else f"{address}index.html",
            cause=cause,
            inputs=(self._fingerprint, template, address, *inputs),
            render=partial(self._rendered, template, make),
            origin=origin,
            listed=(changed if changed is not None else self._newest) if indexed else None,
            batch=batch,
        )

    def _rendered(self, template: str, make: Callable[[], Content]) -> bytes:
        head, values, main = make()
        root = way_to_root(head.address)
        if head.address == NOT_FOUND:  # served at any address, so its links can't be relative
            root = escape(urlsplit(self._settings.site.base_url).path)
        data = structured.block(self._settings.site, head, main)
        policy = with_data(head.policy, data)
        html = self._theme().render(template, head=head, structured=data, policy=policy, **values)
        return html.replace(ROOT, root).encode()


def paginated(
    items: Sequence[T], size: int, address: str, weights: Sequence[int] = ()
) -> Iterator[tuple[str, Sequence[T], Pagination]]:
    """Yield the address, the items and the place among its like of each page; one page where there are no items.

    A page has `size` items at most, and fewer where their weights, in characters, come to more than `HEAVIEST`.
    """
    if len(items) <= size and sum(weights) <= HEAVIEST:
        parts = [items]
    else:
        parts = list(_parts(items, size, weights or [0] * len(items)))
    count = len(parts)
    for number, part in enumerate(parts, start=1):
        pages = Pagination(
            number,
            count,
            newer=_page_address(address, number - 1) if number > 1 else None,
            older=_page_address(address, number + 1) if number < count else None,
        )
        yield _page_address(address, number), part, pages


def _parts(items: Sequence[T], size: int, weights: Sequence[int]) -> Iterator[Sequence[T]]:
    start = weighed = 0
    for number, heavy in enumerate(weights):
        if number > start and (number - start == size or weighed + heavy > HEAVIEST):
            yield items[start:number]
            start, weighed = number, 0
        weighed += heavy
    yield items[start:]


def with_neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item between the one before it and the one after it, None at the ends."""
    return zip([None, *items], items, [*items[1:], None], strict=False)


def numbered(title: str, pages: Pagination) -> str:
    """Return the title of one of several pages of that title."""
    return title if pages.number == 1 else f"{title}, page {pages.number}"


def _page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}page/{number}/"
