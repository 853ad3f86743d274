"""The theme: Jinja2 templates and the files beside them, the built-in ones and a project's own."""

from __future__ import annotations

import hashlib
import re
import traceback
import unicodedata
from functools import cached_property, lru_cache, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup

from compliance_digest.outputs.compiling import QuickEnvironment, Root
from compliance_digest.outputs.formats import Formats, amount
from compliance_digest.outputs.keeping import Kept
from compliance_digest.outputs.policy import READING
from compliance_digest.outputs.views import Card
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.outputs.views import Row
    from compliance_digest.settings import Settings

ASSETS = "assets"
CARD = "card.png"
"""The asset that others show beside a link to the site."""

ENTRIES_KEPT = 12_000
"""Notes whose entries in lists are kept, 1.5 KB each; of fewer than an archive has, few are found again."""

_LEFT_BEHIND = frozenset({".DS_Store", ".git", ".gitkeep", "Thumbs.db", "__pycache__"})
_PACKAGE = Path(__file__).parents[1]


def built_in_folder() -> Path:
    """Return the folder of the default theme: inside the installed package, or at the root of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "templates"


class Theme:
    """Renders pages. A file in a project's own `templates/` goes before the built-in one of the same name.

    `search` tells whether the site has a search page, which other pages link to.
    """

    def __init__(self, settings: Settings, own: Path, *, search: bool = True) -> None:
        self.search = search
        self.formats = Formats(settings.site.language)
        self._settings = settings
        self._folders = list(dict.fromkeys([own.resolve(), built_in_folder().resolve()]))
        self._environment = self._make_environment()
        self._entries: Kept[Markup] = Kept(ENTRIES_KEPT)

    def _make_environment(self) -> QuickEnvironment:
        environment = QuickEnvironment(
            loader=FileSystemLoader(self._folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[Root],
        )
        environment.globals.update(
            site=self._settings.site,
            has_editions=self._settings.editions.period != "none",
            entry=self._entry,
            root=Markup(ROOT),  # noqa: S704 (a constant)
            csp=READING,
            search=self.search,
            stylesheet=f"{ASSETS}/style.css",
            icon=f"{ASSETS}/icon.svg",
            card=self._card(),
            locale=self.formats.territory,
        )
        formats = self.formats
        environment.filters.update(
            money=formats.money,
            amount=amount,
            day=formats.day,
            medium_day=formats.medium_day,
            short_day=formats.short_day,
            month=formats.month,
            month_name=formats.month_name,
            number=formats.number,
            iso=lambda day: day.isoformat(),
        )
        return environment

    def _card(self) -> Card:
        """Return the image for links to the site, with the size that its header states (PNG, section 11.2.1)."""
        address = f"{ASSETS}/{CARD}"
        start = dict(self.assets())[address].read_bytes()[:24]
        whole = start.startswith(b"\x89PNG") and len(start) == 24
        size = (int.from_bytes(start[16:20]), int.from_bytes(start[20:24])) if whole else None
        return Card(address, size)

    def render(self, template: str, **values: Any) -> str:
        """Return what a template makes, with `text.ROOT` before addresses of the site.

        Raises SettingsInvalid where the template is wrong, with its file and line.
        """
        try:
            return self._environment.get_template(template).render(values)
        except Exception as error:  # a template can raise anything
            raise self._wrong(template, error) from error

    def _entry(self, row: Row) -> Markup:
        """Return what lists show of a note, rendered once for many: a note is in a dozen of them."""
        return self._entries.get(row.address, partial(self._made_entry, row))

    def _made_entry(self, row: Row) -> Markup:
        html = self._environment.get_template("parts/entry.html").render(row=row)
        return Markup(html)  # noqa: S704 (rendered with autoescape)

    def _wrong(self, template: str, error: Exception) -> SettingsInvalid:
        name, line = self._place_of(error)
        message = str(error).partition("\n")[0] or type(error).__name__
        problem = Problem(f"templates/{name or template}", line, 0, "error", "bad-template", message)
        return SettingsInvalid("a template is wrong", [problem])

    def _place_of(self, error: Exception) -> tuple[str | None, int]:
        """Return the template and the line of it that an error was raised at; None and 0 where that isn't known."""
        if isinstance(error, TemplateSyntaxError):
            return error.name, error.lineno
        place: tuple[str | None, int] = (None, 0)
        for frame in traceback.extract_tb(error.__traceback__):
            for folder in self._folders:
                if Path(frame.filename).is_relative_to(folder):
                    place = Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 0
        return place

    def assets(self) -> Iterator[tuple[str, Path]]:
        """Yield the address inside the site and the file of everything in the theme's `assets/`, in order."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found.update((file.relative_to(folder).as_posix(), file) for file in files_in(folder / ASSETS))
        yield from sorted(found.items())

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the program, the settings, whether there is a search, all templates, and the card's size.

        The other assets are no part of a page, which links to them.
        """
        parts = (self._settings, self.search, program_fingerprint(), _fingerprint(*self._folders), self._card())
        whole = repr(parts)
        return hashlib.sha256(whole.encode()).hexdigest()


@lru_cache(maxsize=1)
def program_fingerprint() -> str:
    """Return the SHA-256 of all that is the program: its own files, and the versions of what it is built on."""
    whole = (_fingerprint(_PACKAGE), unicodedata.unidata_version, *library_versions())
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def library_versions() -> list[str]:
    """Return the names and versions of the libraries that the program requires, where it is installed."""
    try:
        requirements = metadata.requires("compliance-digest") or []
    except metadata.PackageNotFoundError:
        return []
    names = {re.split(r"[^\w.-]", requirement)[0] for requirement in requirements}
    return [f"{name} {metadata.version(name)}" for name in sorted(names)]


def _fingerprint(*folders: Path) -> str:
    """Return the SHA-256 of the names and bytes of all files in folders, but for those of a theme's assets."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in files_in(folder):
            if ASSETS in file.relative_to(folder).parts[:-1]:
                continue
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def files_in(folder: Path, *, hidden: bool = False) -> list[Path]:
    """Return all files below a folder, in order; none where there is no such folder.

    What systems and editors leave behind is passed over, and so are hidden files unless `hidden`.
    """
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(
        file
        for file in found
        if not any(part in _LEFT_BEHIND or (part[0] == "." and not hidden) for part in file.relative_to(folder).parts)
    )


def way_to_root(address: str) -> str:
    """Return the relative address of the site's root as seen from the page at `address`."""
    return "../" * address.count("/") or "./"
