from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from compliance_digest.desk.item import Item, Unused
from compliance_digest.desk.tables import FIELDS, Columns, columns_of, read_table
from compliance_digest.notes.fields import NoteFields
from compliance_digest.problems import SettingsInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PARIS = ZoneInfo("Europe/Paris")
ROW = {"title": "T", "date": "2024-09-30", "link": "https://a.example/"}
ITEM = Item("T", date(2024, 9, 30), "2024-09-30", "https://a.example/", place=2)


def table(
    folder: Path, content: str | bytes, columns: Columns | None = None, name: str = "table.csv"
) -> tuple[list[Item], list[Unused]]:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(folder / name, columns or Columns(), PARIS)


def rows(
    folder: Path, *values: Mapping[str, object], columns: Columns | None = None
) -> tuple[list[Item], list[Unused]]:
    return table(folder, json.dumps(values), columns, "table.json")


def refused(folder: Path, content: str | bytes, columns: Columns | None = None, name: str = "table.csv") -> str:
    with pytest.raises(SettingsInvalid) as caught:
        table(folder, content, columns, name)
    return str(caught.value).removeprefix(str(folder / name)).removeprefix(": ")


@pytest.mark.parametrize(
    "content",
    [
        "title,date,link\nT,2024-09-30,https://a.example/\n",
        'Title;DATE;Link\r\n"T";2024-09-30;https://a.example/\r\n',
        "\ufefftitle\tdate\tlink\nT\t2024-09-30\thttps://a.example/",
        "link,other,date,title\nhttps://a.example/,x,2024-09-30, T \n\n,,,\n",
    ],
    ids=["commas", "semicolons", "tabs", "others"],
)
def test_a_row(tmp_path: Path, content: str) -> None:
    assert table(tmp_path, content) == ([ITEM], [])


def test_columns_of_other_names(tmp_path: Path) -> None:
    columns = columns_of(["title=Head line", "date=when", "link=URL"], "%d/%m/%Y")
    (item,), _ = table(tmp_path, "Head line,when,URL,title\nT,30/09/2024,https://a.example/,U\n", columns)
    assert (item.title, item.date, item.stated) == ("T", date(2024, 9, 30), "30/09/2024")


def test_all_fields(tmp_path: Path) -> None:
    row = {
        **ROW,
        "summary": "One.\n\nTwo  words.",
        "authority": "cnil",
        "organisation": "A; B",
        "fine": ["1 EUR", "2 USD"],
        "tags": "a;b",
        "case": 12,
        "articles": None,
        "sector": " ",
    }
    (item,), _ = rows(tmp_path, row)
    assert item.summary == ("One.", "Two words.")
    assert item.fields == {
        "authority": "cnil",
        "organisation": ("A", "B"),
        "fine": ("1 EUR", "2 USD"),
        "tags": ("a", "b"),
        "case": "12",
    }


def test_every_field_but_the_link_is_one_of_front_matter() -> None:
    assert {*FIELDS} - {"link"} <= NoteFields.model_fields.keys()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": ""}, "it has no title"),
        ({"link": None}, "it has no link"),
        ({"date": "30/09/2024"}, "its date can't be read: '30/09/2024'"),
        ({"title": {"en": "T"}}, 'title: expected text, found {"en": "T"}'),
        ({"tags": [["a"]]}, 'tags: expected text, found ["a"]'),
        ({"title": True}, "title: expected text, found true"),
    ],
)
def test_a_row_that_no_note_can_be_made_of(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    assert rows(tmp_path, ROW, {**ROW, **change}) == ([Item(*ITEM_VALUES)], [Unused("entry 2", reason)])


ITEM_VALUES = ("T", date(2024, 9, 30), "2024-09-30", "https://a.example/")


def test_a_row_with_too_many_cells_is_told_with_its_line(tmp_path: Path) -> None:
    content = 'title,date,link\n"T\nU",2024-09-30,https://a.example/\nT,2024-09-30,https://a.example/,x\n'
    (item,), unused = table(tmp_path, content)
    assert (item.title, item.place) == ("T U", 2)
    assert unused == [Unused("line 4", "it has more cells than there are columns, or fewer", 4)]


def test_another_form_of_date(tmp_path: Path) -> None:
    _, unused = rows(tmp_path, ROW, columns=Columns(dates="%d.%m.%Y"))
    assert unused == [Unused("entry 1", "its date is not of the form %d.%m.%Y: '2024-09-30'")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("title,link\n", "has no column 'date'; say which it is, as in --map date=COLUMN; there are title, link"),
        ("", "has no column 'title'; say which it is, as in --map title=COLUMN; there are none"),
        ('title,date,link\n"T,', "this is not CSV: unexpected end of data (line 2)"),
        (b"title\n\xff", "is not UTF-8; save it as UTF-8"),
    ],
)
def test_what_is_no_csv(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert refused(tmp_path, content).strip() == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[{]", "this is not JSON: Expecting property name enclosed in double quotes (line 1, column 3)"),
        ("{}", "expected a list of objects"),
        ("[1]", "expected a list of objects"),
        ("[" * 100_000, "this is nested too deeply for a table"),
        ("[]", "has no column 'title'"),
    ],
)
def test_what_is_no_json(tmp_path: Path, content: str, message: str) -> None:
    assert refused(tmp_path, content, name="table.json").strip().startswith(message)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"none\.csv can't be read: No such file"):
        read_table(tmp_path / "none.csv", Columns(), PARIS)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    told = refused(tmp_path, "Headline,date,link\n", columns_of(["title=Headlin"]))
    assert told.strip() == "has no column 'Headlin'; did you mean 'Headline'?"
    told = refused(tmp_path, "a,b\n", columns_of(["title=Headline"]))
    assert told.strip() == "has no column 'Headline'; there are a, b"


@pytest.mark.parametrize("dates", ["%d/%m", "%Q", "dd/mm/yyyy", "%"])
def test_what_is_no_form_of_dates(dates: str) -> None:
    with pytest.raises(SettingsInvalid, match="--dates: expected a form with day, month and year"):
        columns_of([], dates)


def test_what_no_file_can_hold_is_taken_out(tmp_path: Path) -> None:
    (item,), _ = table(
        tmp_path, r'[{"title": "a\ud800\u0000b", "date": "2024-09-30", "link": "x"}]', None, "table.json"
    )
    assert item.title == "ab"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("title", "--map: expected field=column, such as title=Headline, found 'title'"),
        ("title=", "--map: expected field=column, such as title=Headline, found 'title='"),
        ("titel=Headline", "--map: 'titel' is no field; did you mean 'title'?"),
        ("xyz=Headline", "--map: 'xyz' is no field; there are title, date, link, summary"),
    ],
)
def test_what_is_no_mapping(mapping: str, message: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        columns_of([mapping])
    assert str(caught.value).startswith(message)
