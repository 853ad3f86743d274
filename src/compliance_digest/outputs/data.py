"""Open data: all actions and passages as CSV (RFC 4180) and JSON (RFC 8259), described as a Data Package (v2)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from compliance_digest.outputs import structured
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.page import Content
from compliance_digest.outputs.tables import ACTIONS, BETWEEN, PASSAGES, actions, in_order, passages
from compliance_digest.outputs.views import DataFile, Head
from compliance_digest.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.tables import Table, Value
    from compliance_digest.settings import Site

FOLDER = "data/"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CSV_DIALECT = {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
OF_ACTION = {"fields": ["action"], "reference": {"resource": "actions", "fields": ["id"]}}
"""The foreign key that leads from a passage to its action."""

_BETWEEN_ROWS = "\n, "
_encoded = json.JSONEncoder(ensure_ascii=False).encode
_LICENCE_ID = re.compile(r"(?:CC[ -])?[A-Za-z0-9._-]+(?: \d\.\d)?")

FILES = (
    DataFile("actions.csv", "CSV", "text/csv", "All actions, a row each: for spreadsheets, R and pandas."),
    DataFile("actions.json", "JSON", "application/json", "The same: lists are lists, and what is not stated is null."),
    DataFile("passages.json", "JSON", "application/json", "The tagged passages of all notes, each with its action."),
    DataFile("datapackage.json", "JSON", "application/json", "The description of these files for programs."),
)  # fmt: skip
"""What is in the folder, in the order in which the page names it."""


class Data:
    """Plans the open data of an archive. The files are made only where one is to be written."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._site = context.settings.site
        self._maker = context.maker
        self._theme = context.theme
        self._prints = context.prints
        self._made: dict[str, bytes] = {}

    def all(self) -> Iterator[Artifact]:
        """Yield the files, and the page that explains them."""
        for file in FILES:
            path = FOLDER + file.name
            of_actions = file.name.startswith("actions.")
            inputs = (self._theme, self._prints.all_shown if of_actions else self._prints.all_quoted)
            yield Artifact.of(
                path, f"the file {path}", inputs, partial(self._bytes, file.name), batch="data", late=True
            )
        inputs = (self._prints.all_shown, str(self._passages))
        yield self._maker.page("data.html", FOLDER, inputs, self._page, cause="the page of open data")

    def _page(self) -> Content:
        head = Head(
            "Open data",
            "All actions and tagged passages of this digest as CSV and JSON, with a description of every field.",
            FOLDER,
            "data",
        )
        dates = [entry.note.date for entry in in_order(self._archive)]
        values = {
            "files": FILES,
            "tables": (("Fields of actions", ACTIONS), ("Fields of passages.json", PASSAGES)),
            "actions": len(dates),
            "passages": self._passages,
            "first": dates[0] if dates else None,
            "last": dates[-1] if dates else None,
        }
        return Content(head, values, structured.dataset(self._site, head, FILES, dates))

    @property
    def _passages(self) -> int:
        return sum([len(entry.note.extents) for entry in self._archive.entries])

    def _bytes(self, name: str) -> bytes:
        """Return a file. All are made together, and each is held only until it is asked for."""
        if name not in self._made:
            self._made = self._all_files()
        return self._made.pop(name)

    def _all_files(self) -> dict[str, bytes]:
        """Return the bytes of all files by their names."""
        all_actions, all_passages = actions(self._archive, self._site), passages(self._archive, self._site)
        made = {
            "actions.csv": as_csv(all_actions),
            "actions.json": as_json(all_actions),
            "passages.json": as_json(all_passages),
        }
        resources = [_resource("actions", "actions.csv", made, all_actions, key="id")]
        if self._archive.entries:  # without a row, a table in JSON has no fields
            resources.append(_resource("actions-json", "actions.json", made, all_actions, key="id"))
        if self._passages:
            resources.append(_resource("passages", "passages.json", made, all_passages, key="url"))
            resources[-1]["schema"]["foreignKeys"] = [OF_ACTION]
        return {**made, "datapackage.json": _descriptor(self._site, resources)}


def as_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8, lines that end with CRLF, lists joined by `tables.BETWEEN`."""
    data = io.BytesIO()
    text = io.TextIOWrapper(data, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(each.name for each in table.fields)
    writer.writerows([_cell(value) for value in row] for row in table.rows())
    text.flush()
    return data.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return BETWEEN.join(value) if isinstance(value, tuple) else str(value)


def as_json(table: Table) -> bytes:
    """Return a table as a JSON array with an object on each line, so that a comparison by lines tells rows apart.

    A comma stands before its row: a row that is added at the end changes no other line.
    """
    names = [json.dumps(each.name) for each in table.fields]
    data = io.BytesIO()
    data.write(b"[ ")
    for number, row in enumerate(table.rows()):
        values = ", ".join([f"{name}: {_json(value)}" for name, value in zip(names, row, strict=True)])
        data.write(f"{_BETWEEN_ROWS if number else ''}{{{values}}}".encode())
    data.write(b"\n]\n")
    return data.getvalue()


def _json(value: Value) -> str:
    """Return a value as JSON; a decimal number with the digits it has."""
    if value is None:
        return "null"
    return str(value) if isinstance(value, Decimal) else _encoded(value)


def _descriptor(site: Site, resources: list[dict[str, Any]]) -> bytes:
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": slug(site.title) or "digest",
        "title": site.title,
        **({"description": site.description} if site.description else {}),
        "homepage": site.base_url + FOLDER,
        **({"licenses": [licence]} if (licence := _licence(site)) else {}),
        **({"contributors": [{"title": site.author, "roles": ["author"]}]} if site.author else {}),
        "resources": resources,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _licence(site: Site) -> dict[str, str]:
    """Return the licence; by its identifier (Open Definition: `CC-BY-4.0`) where the settings give one."""
    licence = {"name": site.licence.replace(" ", "-")} if _LICENCE_ID.fullmatch(site.licence) else {}
    if site.licence_url:
        licence["path"] = site.licence_url
    return {**licence, "title": site.licence} if licence and site.licence else licence


def _resource(name: str, path: str, made: dict[str, bytes], table: Table, *, key: str) -> dict[str, Any]:
    (file,) = (each for each in FILES if each.name == path)
    return {
        "name": name,
        "type": "table",
        "description": file.description,
        "path": path,
        "format": file.format.lower(),
        "mediatype": file.mediatype,
        "encoding": "utf-8",
        "hash": f"sha256:{hashlib.sha256(made[path]).hexdigest()}",
        **({"dialect": _CSV_DIALECT} if file.format == "CSV" else {}),
        "schema": {"fields": [each.schema() for each in table.fields], "primaryKey": [key]},
    }
