"""All artifacts of a site, and what can't be right about them: two for one path, links to pages that are not there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from compliance_digest.outputs.actions import Actions
from compliance_digest.outputs.artifact import Artifact, Bundle
from compliance_digest.outputs.assets import theme_fingerprint, theme_folders
from compliance_digest.outputs.context import Context
from compliance_digest.outputs.data import Data
from compliance_digest.outputs.edition_pages import EditionPages
from compliance_digest.outputs.feeds.planning import Feeds
from compliance_digest.outputs.files import copies
from compliance_digest.outputs.fingerprints import Fingerprints
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
    from compliance_digest.archive.related import Related
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
    archive: Archive, related: Related, settings: Settings, project: Path, day: date, *, search: bool = True
) -> tuple[list[Artifact], list[Bundle], list[Problem]]:
    """Return the artifacts and bundles that an archive is published as, by their paths, and what is wrong there.

    `related` are the places in it of what is related to each entry. `day` is today in the site's time zone, which tells
    whether an edition is over. Nothing is rendered yet, and what only rendering needs isn't even imported.
    """
    context = _context(archive, related, settings, project, day, search=search)
    planned = [each for product in _products(context, search=search) for each in product.all()]
    bundles = [each for each in planned if isinstance(each, Bundle)]
    artifacts = [each for each in planned if isinstance(each, Artifact)]
    artifacts += for_robots([page for page in artifacts if page.listed is not None], settings)
    artifacts += copies(archive, project)
    artifacts.sort(key=lambda artifact: artifact.path)
    paths = {artifact.path for artifact in artifacts}
    problems = [*_too_long(artifacts), *_collisions([*artifacts, *bundles]), *_broken_links(archive, paths)]
    return artifacts, bundles, problems


def _context(
    archive: Archive, related: Related, settings: Settings, project: Path, day: date, *, search: bool
) -> Context:
    own = project / "templates"

    @cache
    def theme() -> Theme:
        from compliance_digest.outputs.theme import Theme  # noqa: PLC0415 (late: often, nothing is rendered)

        return Theme(settings, own, search=search)

    fingerprint = theme_fingerprint(settings, theme_folders(own), search=search)
    newest = archive.entries[0].note.date.isoformat() if archive.entries else ""
    return Context(
        archive=archive,
        related=related,
        settings=settings,
        project=project,
        day=day,
        theme=fingerprint,
        prints=Fingerprints(archive),
        rows=Rows(archive, lambda: theme().formats),
        maker=PageMaker(theme, fingerprint, settings, newest),
    )


def _products(context: Context, *, search: bool) -> list[Product]:
    return [
        Pages(context),
        Actions(context),
        GroupPages(context),
        EditionPages(context),
        Statistics(context),
        *([Search(context)] if search else []),
        Feeds(context),
        Data(context),
    ]


def _too_long(artifacts: Sequence[Artifact]) -> Iterator[Problem]:
    """Addresses that file systems can't hold."""
    told: set[tuple[str, int]] = set()
    for artifact in artifacts:
        path = artifact.path
        if len(path) * 4 <= LONGEST_NAME:  # bytes of UTF-8: short enough, whatever the characters
            continue
        too_long = len(path.encode()) > LONGEST_PATH or max(map(len, path.encode().split(b"/"))) > LONGEST_NAME
        if too_long and artifact.origin not in told:
            told.add(artifact.origin)
            message = f"{artifact.cause[:80]} has an address that is too long for a file's name"
            yield Problem(*artifact.origin, 0, "error", "long-address", message, "make it shorter")


def _collisions(artifacts: Sequence[Planned]) -> Iterator[Problem]:
    """Two artifacts for one path, or one where another needs a folder; case makes no difference on many a disk."""
    first: dict[str, Planned] = {}
    folders: dict[str, Planned] = {}
    told: set[tuple[str, str]] = set()
    for artifact in artifacts:
        path = artifact.path.casefold()
        other = first.setdefault(path, artifact)
        if other is not artifact and (other.cause, artifact.cause) not in told:
            told.add((other.cause, artifact.cause))
            yield _collision(artifact, other)
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = artifact
            folder = folder.rpartition("/")[0]
    for folder in sorted(folders.keys() & first.keys()):  # a file for a folder is told once
        yield _collision(folders[folder], first[folder])


def _collision(one: Planned, other: Planned) -> Problem:
    address = "/" + one.path.removesuffix("index.html")
    place = f"{other.origin[0]}:{other.origin[1]}"
    message = f"{one.cause} and {other.cause} ({place}) would have the same address, {address}"
    return Problem(*one.origin, 0, "error", "same-address", message, "give one of them another name or slug")


def _broken_links(archive: Archive, paths: set[str]) -> Iterator[Problem]:
    for entry in archive.entries:
        for link in entry.note.site_links:
            if link.address not in paths and f"{link.address.rstrip('/')}/index.html".lstrip("/") not in paths:
                message = f"'/{link.address}' is not a page of this site"
                hint = "addresses of other sites start with https://"
                yield Problem(entry.note.file, link.line, 0, "error", "broken-link", message, hint)
