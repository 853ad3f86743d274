"""What is wrong with a setting, in words: the model's own speak of Python."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance_digest.problems import did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_EXPECTED = {
    "string": "text in double quotes",
    "int": "a whole number",
    "decimal": "a number",
    "greater_than": "a number over {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "date": "a date such as 2024-12-31, without quotes",
    "uuid": "an id such as 6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e",
    "zoneinfo": "an IANA time zone such as Europe/Paris",
    "dict": "a table of settings",
    "model": "a table of settings",
    "tuple": 'a list such as ["a", "b"]',
}
"""What is expected where the model says that something isn't so, by the error's whole type or its first word."""


def words(detail: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a setting, and a hint that may be empty."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return "this setting is required", "add it"
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        return _found(f"one of {', '.join(choices)}", detail), did_you_mean(str(detail["input"]), choices)
    expected = _EXPECTED.get(kind) or _EXPECTED.get(kind.partition("_")[0])
    if expected is None:
        return detail["msg"].removeprefix("Value error, "), ""
    return _found(expected.format(**context), detail), ""


def _found(expected: str, detail: ErrorDetails) -> str:
    given = detail["input"]
    if isinstance(given, bool):
        found = str(given).lower()
    elif isinstance(given, dict):
        found = "a table"
    elif isinstance(given, list | tuple):
        found = "a list"
    else:
        found = f"'{given}'" if isinstance(given, str) else str(given)
    return f"expected {expected}, found {found}"
