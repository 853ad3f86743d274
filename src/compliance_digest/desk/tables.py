"""A table (CSV or JSON) becomes items."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from compliance_digest.desk.item import Item, Unfit, Unused, day_of
from compliance_digest.problems import SettingsInvalid, did_you_mean
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

SUFFIXES = (".csv", ".json", ".tsv")
NEEDED = ("title", "date", "link")
SEVERAL = ("organisation", "fine", "tags", "articles")
"""Fields of which a cell may hold several, parted by semicolons."""

FIELDS = (*NEEDED, "summary", "authority", "country", *SEVERAL, "outcome", "status", "case", "sector", "lang")
"""What a column may be: fields of front matter, but that `summary` is what a draft quotes."""

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table each field comes from, where the two aren't called alike, and how days are written.

    `dates` is a format of `datetime.strptime`, empty for ISO 8601.
    """

    named: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: where it stands (a line, or 0), what to call it, and its cells by their columns."""

    place: int
    name: str
    cells: Mapping[str, Any]


def columns_of(mappings: Iterable[str], dates: str = "") -> Columns:
    """Return what `field=column` mappings say. Raises SettingsInvalid for another form, or a field that isn't known."""
    named: dict[str, str] = {}
    for mapping in mappings:
        name, equals, column = mapping.partition("=")
        if not equals or not column:
            message = f"--map: expected field=column, such as title=Headline, found '{mapping}'"
            raise SettingsInvalid(message)
        if name not in FIELDS:
            hint = did_you_mean(name, FIELDS) or f"there are {', '.join(FIELDS)}"
            message = f"--map: '{name}' is no field; {hint}"
            raise SettingsInvalid(message)
        named[name] = column
    if dates and not _tells_days(dates):
        message = f"--dates: expected a form with day, month and year, such as %d/%m/%Y, found '{dates}'"
        raise SettingsInvalid(message)
    return Columns(named, dates)


def _tells_days(dates: str) -> bool:
    day = datetime(2001, 12, 31)  # noqa: DTZ001 (a day, and no moment)
    try:
        return datetime.strptime(day.strftime(dates), dates) == day  # noqa: DTZ007 (as above)
    except ValueError:
        return False


def read_table(file: Path, columns: Columns, timezone: ZoneInfo) -> tuple[list[Item], list[Unused]]:
    """Return the items of a table, and the rows that no note can be made of, both in its order.

    Raises SettingsInvalid where the file can't be read, or lacks a column.
    """
    try:
        text = clean(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise SettingsInvalid(message) from None
    except UnicodeDecodeError:
        message = f"{file} is not UTF-8; save it as UTF-8"
        raise SettingsInvalid(message) from None
    read = _json_rows if file.suffix.lower() == ".json" else _csv_rows
    try:
        header, rows = read(text)
    except Unfit as error:
        message = f"{file}: {error}"
        raise SettingsInvalid(message) from None
    used = _used(file, header, columns)
    items: list[Item] = []
    unused: list[Unused] = []
    for row in rows:
        try:
            items.append(_item(row, used, columns.dates, timezone))
        except Unfit as error:
            unused.append(Unused(row.name, str(error), row.place))
    return items, unused


def _csv_rows(text: str) -> tuple[list[str], list[_Row]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[_Row] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_Row(line, f"line {line}", _by_column(header, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"this is not CSV: {error} (line {reader.line_num})"
        raise Unfit(message) from None
    return header, rows


def _by_column(header: list[str], cells: list[str]) -> Mapping[str, Any]:
    """Return the cells by their columns; none where there are more or fewer, for then nobody knows which is which."""
    return dict(zip(header, cells, strict=True)) if len(cells) == len(header) else {}


def _json_rows(text: str) -> tuple[list[str], list[_Row]]:
    try:
        values = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise Unfit(message) from None
    except RecursionError:
        message = "this is nested too deeply for a table"
        raise Unfit(message) from None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        message = 'expected a list of objects, such as [{"title": "…", "date": "2024-09-30", "link": "https://…"}]'
        raise Unfit(message)
    header = dict.fromkeys(key for value in values for key in value)
    return list(header), [_Row(0, f"entry {number}", value) for number, value in enumerate(values, 1)]


def _used(file: Path, header: Iterable[str], columns: Columns) -> dict[str, str]:
    """Return the column of each field that has one. Raises SettingsInvalid."""
    spelled = {name.casefold(): name for name in header}
    for column in columns.named.values():
        if column not in spelled.values():
            hint = did_you_mean(column, spelled.values()) or f"there are {', '.join(spelled.values()) or 'none'}"
            message = f"{file} has no column '{column}'; {hint}"
            raise SettingsInvalid(message)
    used = {name: spelled[name] for name in FIELDS if name in spelled} | dict(columns.named)
    for name in NEEDED:
        if name not in used:
            there = ", ".join(spelled.values()) or "none"
            message = f"{file} has no column '{name}'; say which it is, as in --map {name}=COLUMN; there are {there}"
            raise SettingsInvalid(message)
    return used


def _item(row: _Row, used: Mapping[str, str], dates: str, timezone: ZoneInfo) -> Item:
    if not row.cells:
        raise Unfit("it has more cells than there are columns, or fewer")
    values = {name: value for name, column in used.items() if (value := tuple(_texts(name, row.cells.get(column))))}
    for name in NEEDED:
        if name not in values:
            message = f"it has no {name}"
            raise Unfit(message)
    title, stated, link = (" ".join(" ".join(values.pop(name)).split()) for name in NEEDED)
    summary = tuple(" ".join(line.split()) for line in "\n".join(values.pop("summary", ())).split("\n") if line.strip())
    fields = {name: value if name in SEVERAL else " ".join(value) for name, value in values.items()}
    return Item(title, _day(stated, dates, timezone), stated, link, summary, fields=fields, place=row.place)


def _texts(name: str, value: object) -> Iterator[str]:
    """Yield what a cell holds, as text."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict | list | bool):
            message = f"{name}: expected text, found {json.dumps(each)[:80]}"
            raise Unfit(message)
        text = clean(str(each or ""))
        parts = text.split(";") if name in SEVERAL else [text]
        yield from (part.strip() for part in parts if part.strip())


def _day(stated: str, dates: str, timezone: ZoneInfo) -> date:
    if not dates:
        return day_of(stated, timezone)
    try:
        return datetime.strptime(stated, dates).date()  # noqa: DTZ007 (a day, and no moment)
    except ValueError:
        message = f"its date is not of the form {dates}: '{stated[:80]}'"
        raise Unfit(message) from None
