"""What text in front matter looks like, as JSON Schema says it.

The regular expressions mean the same to Python and to ECMA-262. They take all that the checks in `forms.py` take, and
refuse of the rest what can be told by looks.
"""

from __future__ import annotations

from typing import Any

from compliance_digest.countries import COUNTRIES
from compliance_digest.notes.money import SYMBOLS

_SYMBOLS = "|".join(symbol.replace("$", r"\$") for symbol in SYMBOLS)
_CURRENCY = f"(?:[A-Za-z]{{3}}|{_SYMBOLS})"
_NO_HOST = r"""\s<>"\\/?#:@\[\]"""
_HOST = rf"(?:[^{_NO_HOST}]+\.[^{_NO_HOST}]+|localhost)"
_REST = r"""[^\s<>"\\]*"""


def text(pattern: str = r"\S") -> dict[str, Any]:
    """Return the schema of text; a number is taken for the text it was written as."""
    return {"type": ["string", "number"], "pattern": pattern}


def _amount(group: int) -> str:
    """Return the expression of a fine's amount; its separator is what the group of this number matched."""
    by = r"[, '’\u00a0\u202f]"
    return rf"(?:[0-9]{{1,3}}({by})[0-9]{{3}}(?:\{group}[0-9]{{3}})*|[0-9]+)(?:\.[0-9]{{1,2}})?"


TEXT = text()
DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOMENT = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$",
}
DATE = {"anyOf": [DAY, MOMENT]}
ADDRESS = {
    "type": "string",
    "pattern": rf"^\s*[Hh][Tt][Tt][Pp][Ss]?://(?:[^{_NO_HOST}]*(?::{_REST})?@)?{_HOST}(?::[0-9]{{1,5}})?(?:[/?#]{_REST})?\s*$",
}
COUNTRY = {
    "type": "string",
    "anyOf": [{"enum": sorted(COUNTRIES)}, {"pattern": f"^(?:{'|'.join(sorted(COUNTRIES)).lower()})$"}],
}
LANGUAGE = {
    "type": "string",
    "pattern": "^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$",
}
SLUG = text("^[a-z0-9]+(?:-[a-z0-9]+)*$")
ALIAS = text("^/?[A-Za-z0-9_~-][A-Za-z0-9_.~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/*$")
FINE = {
    "anyOf": [
        {
            "type": "string",
            "pattern": rf"^\s*(?:{_CURRENCY}\s*{_amount(1)}|{_amount(2)}\s*{_CURRENCY})\s*$",
        },
        {
            "type": "object",
            "properties": {
                "amount": {
                    "anyOf": [
                        {"type": "number", "exclusiveMinimum": 0},
                        {"type": "string", "pattern": f"^{_amount(1)}$"},
                    ]
                },
                "currency": {"type": "string", "pattern": f"^{_CURRENCY}$"},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        },
    ]
}
