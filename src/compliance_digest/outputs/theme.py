"""The theme: Jinja2 templates and the files beside them, the built-in ones and a project's own."""

from __future__ import annotations

import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup

from compliance_digest.outputs.assets import ASSETS, card, files_in, theme_folders
from compliance_digest.outputs.compiling import QuickEnvironment, Root
from compliance_digest.outputs.formats import Formats, amount
from compliance_digest.outputs.keeping import Kept
from compliance_digest.outputs.policy import READING
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from compliance_digest.outputs.views import Row
    from compliance_digest.settings import Settings

ENTRIES_KEPT = 12_000
"""Notes whose entries in lists are kept, 1.5 KB each; of fewer than an archive has, few are found again."""


class Theme:
    """Renders pages. A file in a project's own `templates/` goes before the built-in one of the same name.

    `search` tells whether the site has a search page, which other pages link to.
    """

    def __init__(self, settings: Settings, own: Path, *, search: bool = True) -> None:
        self.search = search
        self.formats = Formats(settings.site.language)
        self._settings = settings
        self._folders = theme_folders(own)
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
            card=card(self._folders),
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

    def render(self, template: str, **values: Any) -> str:
        """Return what a template makes, with `text.ROOT` before addresses of the site.

        Raises SettingsInvalid where the template is wrong, with its file and line.
        """
        try:
            return self._environment.get_template(template).render(values)
        except Exception as error:  # a template can raise anything
            raise self._wrong(template, error) from error

    def mistakes(self) -> list[Problem]:
        """Return what keeps a project's own templates from being loaded. What only rendering shows isn't found."""
        files = [(folder, file) for folder in self._folders[:-1] for file in files_in(folder, hidden=True)]
        names = [file.relative_to(folder).as_posix() for folder, file in files if file.suffix == ".html"]
        return [problem for name in names if not name.startswith(f"{ASSETS}/") for problem in self._mistake(name)]

    def _mistake(self, template: str) -> list[Problem]:
        try:
            self._environment.get_template(template)
        except Exception as error:  # as above
            return self._wrong(template, error).problems
        return []

    def _entry(self, row: Row) -> Markup:
        """Return what lists show of a note, rendered once for many: a note is in a dozen of them."""
        return self._entries.get(row.address, partial(self._made_entry, row))

    def _made_entry(self, row: Row) -> Markup:
        html = self._environment.get_template("parts/entry.html").render(row=row)
        return Markup(html)  # noqa: S704 (rendered with autoescape)

    def _wrong(self, template: str, error: Exception) -> SettingsInvalid:
        name, line = self._place_of(error)
        message = str(error).partition("\n")[0] or type(error).__name__
        problem = Problem(
            f"templates/{name or template}", line, 0, "error", "bad-template", message, "mend the template"
        )
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
