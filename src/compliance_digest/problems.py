"""What can be wrong, and how it is told: the only way anything is reported."""

from __future__ import annotations

import difflib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, where it is and what to do about it.

    `file` is relative to the project, with forward slashes; `line` and `column` count from 1, and are 0 where
    the problem has no place inside the file. `code` names the kind of problem and never changes.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the problem as one line, in the form compilers use: `file:line:column: severity: message`."""
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        hint = f"; {self.hint}" if self.hint else ""
        return one_line(f"{place}: {self.severity}: {self.message}{hint} [{self.code}]")

    def as_json(self) -> str:
        """Return the problem as one JSON object on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_github(self) -> str:
        """Return the problem as a GitHub workflow annotation."""
        message = f"{self.message}{f'; {self.hint}' if self.hint else ''} [{self.code}]"
        place = f"file={_property(self.file)},line={self.line or 1},col={self.column or 1}"
        return f"::{self.severity} {place}::{_annotation(message)}"

    def written(self, form: Format) -> str:
        """Return the problem as one line in the form asked for."""
        return {"text": self.__str__, "json": self.as_json, "github": self.as_github}[form]()


class DigestError(Exception):
    """Anything that stops a command; `status` is the command's exit status."""

    status = 3

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = sorted(set(problems))


class NotesInvalid(DigestError):
    """The notes have errors: nothing was published. Holds all of them, and the warnings."""

    status = 1


class SettingsInvalid(DigestError):
    """The settings, or the way a command was called, are wrong."""

    status = 2


class OutputRefused(DigestError):
    """The output folder can't be written, or writing there would touch what isn't ours."""


class SearchFailed(DigestError):
    """The search index can't be made."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word nearest to `word`, or an empty string where none is near."""
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else ""


def one_line(text: str) -> str:
    """Return `text` with line breaks and control characters made visible, so that it stays on its line."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _annotation(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _annotation(text).replace(":", "%3A").replace(",", "%2C")
