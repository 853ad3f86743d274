"""`digest stats`: the figures of the page of statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance_digest.build import gather_notes, read_notes, with_cache
from compliance_digest.notes.finding import FOLDER
from compliance_digest.notes.library import Library
from compliance_digest.outputs.figures import Figures
from compliance_digest.outputs.formats import Formats
from compliance_digest.outputs.rows import Rows
from compliance_digest.outputs.statistics import RANKED
from compliance_digest.problems import NotesInvalid
from compliance_digest.report import BuildOptions
from compliance_digest.settings_file import load_settings
from compliance_digest.unchanged import today

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.archive.archive import Entry
    from compliance_digest.notes.cache import Cache
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.figures import Figure
    from compliance_digest.problems import Problem
    from compliance_digest.settings import Rates


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a project's published notes, how its language writes them, and the warnings about the notes."""

    figures: Figures
    formats: Formats
    rates: Rates | None
    problems: tuple[Problem, ...]


def stats(project: Path) -> Stats:
    """Return the figures of the notes that a build would publish. Raises SettingsInvalid, and NotesInvalid."""
    settings, problems = load_settings(project)
    options = BuildOptions()

    def gathered(cache: Cache) -> Stats:
        library = Library(project / FOLDER, settings.site, cache)
        readings, found = read_notes(library, options.processes)
        notes = gather_notes(readings, options, settings, library, today(settings.site.timezone))
        told = (*problems, *found, *notes.problems)
        if any(problem.severity == "error" for problem in told):
            raise NotesInvalid("the figures would lack notes that have errors", told)
        formats = Formats(settings.site.language)
        figures = Figures(notes.archive, settings.rates, Rows(notes.archive, lambda: formats))
        return Stats(figures, formats, settings.rates, told)

    return with_cache(project, options, gathered)


def as_json(stats: Stats) -> dict[str, Any]:
    """Return all figures as values of JSON: money as an amount, in digits, and an ISO 4217 currency."""
    figures = stats.figures
    whole = _figure(figures.whole())
    return {
        **{name: whole[name] for name in ("actions", "with_fine", "sum")},
        "authorities": figures.number("authority"),
        "countries": figures.number("country"),
        "currency": figures.measure.currency,
        "rates": {"date": str(stats.rates.date), "source": stats.rates.source} if stats.rates else None,
        "without_rate": figures.measure.leaves_out,
        "not_counted": figures.uncounted,
        "by_year": [_figure(each) for each in figures.years()],
        "by_month": {f"{month:%Y-%m}": count for month, count in sorted(figures.months().items())},
        **{f"by_{kind}": [_figure(each) for each in figures.ranking(kind)] for kind, _, _ in RANKED},
        "by_currency": [
            {
                "fines": each.fines,
                "total": _money(each.total),
                "units": str(each.units) if each.units else None,
                "sum": _money(each.measured),
            }
            for each in figures.currencies()
        ],
        "largest": [_action(entry) for entry in figures.largest()],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "address": figure.address,
        "actions": figure.actions,
        "with_fine": figure.fined,
        "fines": [_money(fine) for fine in figure.fines],
        "sum": _money(figure.sum),
    }


def _action(entry: Entry) -> dict[str, Any]:
    note = entry.note
    return {
        "title": note.title,
        "address": note.address,
        "date": note.date.isoformat(),
        "fines": [_money(fine) for fine in note.fines],
    }


def _money(fine: Fine | None) -> dict[str, str] | None:
    return {"amount": str(fine.amount), "currency": fine.currency} if fine else None
