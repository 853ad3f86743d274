"""All artifacts of a site, and what can't be right about them: two for one path, links to pages that are not there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from compliance_digest.outputs.actions import Actions
from compliance_digest.outputs.artifact import Artifact, Bundle
from compliance_digest.outputs.data import Data
from compliance_digest.outputs.edition_pages import EditionPages
from compliance_digest.outputs.feeds.planning import Feeds
from compliance_digest.outputs.files import copies
from compliance_digest.outputs.group_pages import GroupPages
from compliance_digest.outputs.page import PageMaker
from compliance_digest.outputs.pages import Pages
from compliance_digest.outputs.rows import Rows
from compliance_digest.outputs.search import Search
from compliance_digest.outputs.sitemap import for_robots
from compliance_digest.outputs.statistics import Statistics
from compliance_digest.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from compliance_digest.archive.archive import Archive
    from compliance_digest.outputs.artifact import Planned
    from compliance_digest.outputs.theme import Theme
    from compliance_digest.settings import Settings


LONGEST_NAME = 200
LONGEST_PATH = 1000
"""Bytes of a name, and of a whole path, that every file system holds, with some left for the output folder's."""


class Product(Protocol):
    """A part of the site."""

    def all(self) -> Iterable[Planned]:
        """Return all that it consists of."""
        ...


def plan(
    archive: Archive, settings: Settings, theme: Theme, project: Path, day: date
) -> tuple[list[Artifact], list[Bundle], list[Problem]]:
    """Return the artifacts and bundles that an archive is published as, by their paths, and what is wrong there.

    `day` is today in the site's time zone, which tells whether an edition is over.
    """
    rows = Rows(archive, theme.formats)
    newest = archive.entries[0].note.date.isoformat() if archive.entries else ""
    maker = PageMaker(theme, settings, newest)
    fingerprint = theme.fingerprint
    products: list[Product] = [
        Pages(archive, settings, rows, maker),
        Actions(archive, settings, rows, maker, fingerprint),
        GroupPages(archive, settings, rows, maker),
        EditionPages(archive, settings, rows, maker),
        Statistics(archive, settings, rows, maker),
        *([Search(archive, settings, rows, maker)] if theme.search else []),
        Feeds(archive, settings, rows, maker, fingerprint, day),
        Data(archive, settings, maker, fingerprint),
    ]
    planned = [each for product in products for each in product.all()]
    bundles = [each for each in planned if isinstance(each, Bundle)]
    artifacts = [each for each in planned if isinstance(each, Artifact)]
    artifacts += for_robots([page for page in artifacts if page.listed is not None], settings)
    artifacts += copies(archive, theme, project)
    artifacts.sort(key=lambda artifact: artifact.path)
    paths = {artifact.path for artifact in artifacts}
    problems = [*_too_long(artifacts), *_collisions([*artifacts, *bundles]), *_broken_links(archive, paths)]
    return artifacts, bundles, problems


def _too_long(artifacts: Sequence[Artifact]) -> Iterator[Problem]:
    """Addresses that file systems can't hold."""
    told: set[tuple[str, int]] = set()
    for artifact in artifacts:
        path = artifact.path.encode()
        too_long = len(path) > LONGEST_PATH or max(map(len, path.split(b"/"))) > LONGEST_NAME
        if too_long and artifact.origin not in told:
            told.add(artifact.origin)
            message = f"{artifact.cause[:80]} has an address that is too long for a file's name"
            yield Problem(*artifact.origin, 0, "error", "long-address", message, "make it shorter")


def _collisions(artifacts: Sequence[Planned]) -> Iterator[Problem]:
    """Two artifacts for one path, or one where another needs a folder; case makes no difference on many a disk."""
    first: dict[str, Planned] = {}
    for artifact in artifacts:
        first.setdefault(artifact.path.casefold(), artifact)
    told: set[tuple[str, str]] = set()
    for artifact in artifacts:
        path = artifact.path.casefold()
        for place in (path, *(str(folder) for folder in PurePosixPath(path).parents)):
            other = first.get(place, artifact)
            pair = (other.cause, artifact.cause if place == path else "")  # a file for a folder is told once
            if other is not artifact and pair not in told:
                told.add(pair)
                yield _collision(artifact, other)


def _collision(one: Planned, other: Planned) -> Problem:
    address = "/" + one.path.removesuffix("index.html")
    place = f"{other.origin[0]}:{other.origin[1]}"
    message = f"{one.cause} and {other.cause} ({place}) would have the same address, {address}"
    return Problem(*one.origin, 0, "error", "same-address", message, "give one of them another name or slug")


def _broken_links(archive: Archive, paths: set[str]) -> Iterator[Problem]:
    for entry in archive.entries:
        for link in entry.note.body.site_links:
            if link.address not in paths and f"{link.address.rstrip('/')}/index.html".lstrip("/") not in paths:
                message = f"'/{link.address}' is not a page of this site"
                hint = "addresses of other sites start with https://"
                yield Problem(entry.note.file, link.line, 0, "error", "broken-link", message, hint)
