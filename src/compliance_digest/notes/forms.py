"""The forms that values of front matter have: how each is checked, and how JSON Schema says the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, get_args
from urllib.parse import urlsplit

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, BeforeValidator, InstanceOf, WithJsonSchema
from pydantic_core import PydanticCustomError

from compliance_digest.countries import COUNTRIES
from compliance_digest.notes import patterns
from compliance_digest.notes.money import UnclearFine, make_fine, parse_amount, parse_currency, parse_fine
from compliance_digest.notes.note import Fine, Outcome, Status
from compliance_digest.problems import did_you_mean
from compliance_digest.text import folded
from compliance_digest.text import slug as slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?")
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*"
)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]|(?:\d{1,3}\.){3}\d{1,3}|localhost")


def _wrong(code: str, message: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("digest", "{message}", {"code": code, "message": message, "hint": hint})


def _text(value: object) -> object:
    """Take a whole or decimal number for the text it was written as."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise _wrong("bad-text", f"expected text, found {_kind(value)}")
    if not value.strip():
        raise _wrong("empty", "expected text, found none", "fill it in or leave the field out")
    return unicodedata.normalize("NFC", " ".join(value.split()))


def _date(value: object) -> object:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            when = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            when = date.min
        if date.min.year < when.year < date.max.year:  # in the years at the ends, some days have no place in UTC
            return when
        raise _wrong("bad-date", f"there is no such day or time as '{value}'")
    raise _wrong("bad-date", f"expected an ISO date such as 2024-09-30, found {_shown(value)}")


def _day(value: object) -> object:
    day = _date(value)
    if isinstance(day, datetime):
        raise _wrong("bad-date", f"expected a day without a time, such as 2024-09-30, found {_shown(value)}")
    return day


def _list(value: object) -> object:
    if not isinstance(value, list):
        raise _wrong(
            "not-a-list", f"expected a list, found {_kind(value)}", "write each on a line of its own, after '- '"
        )
    return value


def _list_or_text(value: object) -> object:
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else _list(value)


def _tags(value: object) -> object:
    if isinstance(value, str):
        return [part for part in (part.strip() for part in value.split(",")) if part]
    return _list_or_text(value)


def _tag(value: str) -> str:
    written = value.removeprefix("#")
    if not slug_of(written):
        raise _wrong("bad-tag", f"'{value}' has no letters or digits to make an address from")
    return written


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or re.search(r'[\s<>"\\]', value):
        hint = f"did you mean 'https://{value}'?" if _HOST.fullmatch(value.partition("/")[0]) else ""
        raise _wrong("bad-link", f"expected an address such as https://example.org/page, found '{value}'", hint)
    return value


def _country(value: str) -> str:
    if value.upper() not in COUNTRIES:
        meant = _country_called(value)
        hint = f"did you mean '{meant}'?" if meant else ""
        raise _wrong("bad-country", f"expected an ISO 3166-1 alpha-2 code such as FR, or EU, found '{value}'", hint)
    return value.upper()


def _country_called(name: str) -> str | None:
    """Return the code of a country that is told by its English name or by another code (CLDR), if it is one."""
    by_name = {folded(each): code for code, each in Locale("en").territories.items() if code in COUNTRIES}
    other = {"EL": ["GR"], **get_global("territory_aliases")}.get(name.upper(), [])
    return by_name.get(folded(name)) or (other[0] if len(other) == 1 else None)


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise _wrong("bad-language", f"expected a BCP 47 language tag such as en or pt-BR, found '{value}'")
    return value


def _slug(value: str) -> str:
    if value != slug_of(value):
        raise _wrong(
            "bad-slug", f"'{value}' can't stand in an address", f"write it as {slug_of(value) or 'letters and hyphens'}"
        )
    return value


def _alias(value: str) -> str:
    parts = value.strip("/").split("/")
    if not re.fullmatch(r"/?[\w.~/-]+", value, re.ASCII) or any(
        part in ("", ".", "..") or part[0] == "." for part in parts
    ):
        raise _wrong("bad-alias", f"expected a path of this site such as /old/page/, found '{value}'")
    return value.lstrip("/")


def _choice(known: tuple[str, ...]) -> Callable[[object], object]:
    def check(value: object) -> object:
        if value not in known:
            hint = did_you_mean(str(value), known) if isinstance(value, str) else ""
            raise _wrong("bad-choice", f"expected one of {', '.join(known)}, found {_shown(value)}", hint)
        return value

    return check


def _bool(value: object) -> object:
    if not isinstance(value, bool):
        raise _wrong("bad-choice", f"expected true or false, found {_shown(value)}", "write it without quotes")
    return value


def _wrap(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _one_fine(value: object) -> object:
    try:
        if isinstance(value, dict) and set(value) == {"amount", "currency"}:
            return make_fine(parse_amount(str(value["amount"])), parse_currency(str(value["currency"])))
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            return parse_fine(str(value))
    except UnclearFine as error:
        raise _wrong("bad-fine", str(error), error.hint) from None
    if isinstance(value, dict):
        lacking = [name for name in ("amount", "currency") if name not in value]
        message = f"{' and '.join(lacking)} missing" if lacking else "only amount and currency are known here"
        raise _wrong("bad-fine", message, "write it as {amount: 800000, currency: EUR}")
    raise _wrong("bad-fine", f"expected an amount and a currency, found {_kind(value)}", "write it as 800000 EUR")


def _kind(value: object) -> str:
    kinds = {"NoneType": "nothing", "bool": "true or false", "list": "a list", "dict": "fields", "str": "text"}
    return kinds.get(type(value).__name__, "a number")


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str | int | Decimal | date) else _kind(value)


class _Or:
    """Says in JSON Schema that a value may have another form as well, which a check makes into this one."""

    def __init__(self, form: dict[str, Any]) -> None:
        self._form = form

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [self._form, handler(schema)]}


def _update(value: object) -> object:
    if not isinstance(value, dict):
        hint = "write them as {date: 2024-09-30, note: The decision was appealed.}"
        raise _wrong("bad-value", f"expected the fields date and note, found {_kind(value)}", hint)
    return value


def _source(value: object) -> object:
    return value if isinstance(value, dict) else {"url": value}


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(patterns.TEXT)]
Address = Annotated[Text, AfterValidator(_address), WithJsonSchema(patterns.ADDRESS)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(patterns.DAY)]
When = Annotated[date | datetime, BeforeValidator(_date), WithJsonSchema(patterns.DATE)]
Tags = Annotated[list[Annotated[Text, AfterValidator(_tag)]], BeforeValidator(_tags), _Or(patterns.TEXT)]
Country = Annotated[Text, AfterValidator(_country), WithJsonSchema(patterns.COUNTRY)]
Language = Annotated[Text, AfterValidator(_language), WithJsonSchema(patterns.LANGUAGE)]
Slug = Annotated[Text, AfterValidator(_slug), WithJsonSchema(patterns.SLUG)]
OneFine = Annotated[InstanceOf[Fine], BeforeValidator(_one_fine), WithJsonSchema(patterns.FINE)]
Fines = Annotated[list[OneFine], BeforeValidator(_wrap), _Or(patterns.FINE)]
AnOutcome = Annotated[Outcome, BeforeValidator(_choice(get_args(Outcome)))]
AStatus = Annotated[Status, BeforeValidator(_choice(get_args(Status)))]
Switch = Annotated[bool, BeforeValidator(_bool)]
TextList = Annotated[list[Text], BeforeValidator(_list)]
TextOrList = Annotated[list[Text], BeforeValidator(_list_or_text), _Or(patterns.TEXT)]
Alias = Annotated[Text, AfterValidator(_alias), WithJsonSchema(patterns.ALIAS)]
AliasOrList = Annotated[list[Alias], BeforeValidator(_list_or_text), _Or(patterns.ALIAS)]

ListAlone = BeforeValidator(_list)
"""For a list in whose place nothing else is taken."""
FieldsAlone = BeforeValidator(_update)
"""For the fields of an update, in whose place nothing else is taken."""
AddressAlone = BeforeValidator(_source)
OrAddress = _Or(patterns.ADDRESS)
"""Both for the fields of a source, in whose place its address alone is taken."""
