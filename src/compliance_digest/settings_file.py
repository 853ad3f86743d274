"""A project's settings, read from `digest.toml` and checked like a note."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from compliance_digest.problems import Problem, SettingsInvalid, did_you_mean
from compliance_digest.setting_words import words
from compliance_digest.settings import TABLES, Settings
from compliance_digest.text import tag_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "digest.toml"

_ADDRESS = "site.base_url: "
"""What a problem of the address begins with, which an option can give as well."""

_NAMES = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s.\"']+")
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class DeclaredTag:
    """A tag with a table of its own: its key, how the table writes it, and the line and column of that."""

    key: str
    written: str
    line: int
    column: int


def load_settings(project: Path, *, base_url: str | None = None) -> tuple[Settings, list[Problem]]:
    """Return the settings of the project in this folder, and the warnings about them.

    `base_url` goes before that of the file.
    Raises SettingsInvalid where there is no `digest.toml`, where it isn't TOML, or where a value is wrong.
    """
    try:
        text = (project / FILE).read_bytes().decode("utf-8-sig")
        values = tomllib.loads(text)
    except FileNotFoundError:
        raise _no_project(project) from None
    except OSError as error:
        message = f"{project / FILE} can't be read: {error.strerror}"
        raise SettingsInvalid(message) from None
    except UnicodeDecodeError:
        message = f"{FILE} is not UTF-8; save it as UTF-8"
        raise SettingsInvalid(message) from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error) from None
    if base_url is not None and isinstance(values.get("site"), dict):
        values["site"]["base_url"] = base_url
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(detail, text) for detail in details]
    if base_url is not None:
        problems = [_of_option(problem) if problem.message.startswith(_ADDRESS) else problem for problem in problems]
    if any(problem.severity == "error" for problem in problems):
        message = f"{FILE} has errors" if any(problem.file == FILE for problem in problems) else "nothing was done"
        raise SettingsInvalid(message, problems)
    return Settings.model_validate(_without(values, [detail["loc"] for detail in details])), problems


def declared_tags(project: Path) -> list[DeclaredTag]:
    """Return the tags that `digest.toml` has a table for, in its order; `load_settings` has found nothing wrong there.

    Raises OSError.
    """
    text = (project / FILE).read_bytes().decode("utf-8-sig")
    names = tomllib.loads(text).get("tags", {})
    return [DeclaredTag(tag_key(name), name, *_place(("tags", name), text)) for name in names]


def _of_option(problem: Problem) -> Problem:
    """Return what is wrong with the address as a problem of the option that gave it."""
    return replace(problem, file="--base-url", line=0, column=0, message=problem.message.removeprefix(_ADDRESS))


def require_project(project: Path) -> None:
    """Raise SettingsInvalid unless this folder is a project's: one with a `digest.toml`, whatever that holds."""
    if not (project / FILE).exists():
        raise _no_project(project)


def _no_project(project: Path) -> SettingsInvalid:
    return SettingsInvalid(
        f"no {FILE} in {project}: this is not a project; make one with 'digest init', or name its folder with -C"
    )


def _not_toml(error: tomllib.TOMLDecodeError) -> SettingsInvalid:
    match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    line, column = (int(match[1]), int(match[2])) if match else (0, 0)
    message = str(error).partition(" (at ")[0]
    hint = "text stands in double quotes" if "Invalid value" in message else ""
    return SettingsInvalid(
        f"{FILE} is not TOML", [Problem(FILE, line, column, "error", "bad-toml", f"not TOML: {message}", hint)]
    )


def _problem(detail: Any, text: str) -> Problem:
    parts = [part for part in detail["loc"] if part != "[key]"]
    way = tuple(str(part) for part in parts)
    name = ".".join(way)
    place = _place(tuple(part for part in parts if isinstance(part, str)), text)
    if detail["type"] == "extra_forbidden":
        hint = did_you_mean(way[-1], _fields_of(way[:-1]))
        message = f"{name}: this setting is not known and was passed over"
        return Problem(FILE, *place, "warning", "unknown-setting", message, hint)
    message, hint = words(detail)
    return Problem(FILE, *place, "error", "bad-setting", f"{name}: {message}", hint)


def _fields_of(way: tuple[str, ...]) -> list[str]:
    if not way:
        return list(TABLES)
    fields = TABLES.get(way[0], Settings).model_fields
    return [field.alias or name for name, field in fields.items()]


def _without(values: dict[str, Any], ways: Iterable[tuple[str | int, ...]]) -> dict[str, Any]:
    """Return `values` without the settings that the ways lead to."""
    for *way, last in ways:
        holder: Any = values
        for part in way:
            holder = holder[_name_in(holder, part)]
        del holder[last]
    return values


def _name_in(holder: dict[str, Any], part: str | int) -> str:
    """Return the name in the file of a table, which is a tag's key in the settings."""
    return next(name for name in holder if part in (name, tag_key(name)))


def _place(way: tuple[str, ...], text: str) -> tuple[int, int]:
    """Return line and column of a setting's name, of its table's where it isn't there, or (1, 1)."""
    table: list[str] = []
    *above, last = (tag_key(part) for part in way)
    best = (1, 1)
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = [tag_key(part.strip("\"'")) for part in _NAMES.findall(header[1])]
            if table == [*above, last][: len(table)]:
                best = (number, line.index("[") + 1)
        elif table == above and re.match(rf"\s*[\"']?{re.escape(way[-1])}[\"']?\s*=", line):
            return number, len(line) - len(line.lstrip()) + 1
    return best
