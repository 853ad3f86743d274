"""A project's settings: `digest.toml`, checked like a note."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from compliance_digest.problems import SettingsInvalid
from compliance_digest.settings import DEFAULT_NAMESPACE, Settings
from compliance_digest.settings_file import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.problems import Problem

SITE = '[site]\ntitle = "Digest"\nbase_url = "https://example.org/"\n'


def load(folder: Path, text: str | bytes, **options: str) -> tuple[Settings, list[Problem]]:
    (folder / "digest.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(folder, **options)


def loaded(folder: Path, text: str | bytes, **options: str) -> Settings:
    settings, problems = load(folder, text, **options)
    assert problems == []
    return settings


def refused(folder: Path, text: str | bytes) -> SettingsInvalid:
    with pytest.raises(SettingsInvalid) as caught:
        load(folder, text)
    assert caught.value.status == 2
    return caught.value


def test_two_settings_are_enough(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SITE)
    assert (settings.site.title, settings.site.base_url) == ("Digest", "https://example.org/")
    assert (settings.site.language, settings.site.timezone, settings.site.id) == (
        "en",
        ZoneInfo("UTC"),
        DEFAULT_NAMESPACE,
    )
    assert (settings.feeds.items, settings.feeds.full_text, settings.pages.per_page) == (50, True, 30)
    assert (settings.tags, settings.authorities) == ({}, {})


def test_all_settings(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        """\
[site]
title = " Digest "
base_url = "https://example.org/digest"
description = "All about fines."
language = "de-CH"
timezone = "Europe/Zurich"
author = "A"
licence = "CC BY 4.0"
id = "6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e"

[feeds]
items = 1
tag_items = 1000
full_text = false

[pages]
per_page = 1

[tags.personal_data]
label = "Personal data"
description = "What it is."

[tags."Right to be forgotten"]
label = "Oblivion"

[authorities.acme]
short = "ACME"
name = "Authority"
native = "Behörde"
country = "CH"
domains = ["ACME.example"]
""",
    )
    assert settings.site.title == "Digest"
    assert settings.site.base_url == "https://example.org/digest/"
    assert settings.site.timezone == ZoneInfo("Europe/Zurich")
    assert settings.site.id == uuid.UUID("6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e")
    assert (settings.feeds.items, settings.feeds.tag_items, settings.feeds.full_text) == (1, 1000, False)
    assert {key: tag.label for key, tag in settings.tags.items()} == {
        "personal_data": "Personal data",
        "right_to_be_forgotten": "Oblivion",
    }
    assert settings.authorities["acme"].domains == ("acme.example",)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path, end: str, mark: str) -> None:
    assert loaded(tmp_path, (mark + SITE).replace("\n", end)) == loaded(tmp_path, SITE)


def test_control_characters_are_taken_out(tmp_path: Path) -> None:
    settings = loaded(tmp_path, SITE + 'description = "a\\u0007b"\nauthor = "c\\u0000d"\n[tags.x]\nlabel = "e\\uFDD0f"')
    assert (settings.site.description, settings.site.author, settings.tags["x"].label) == ("ab", "cd", "ef")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a/b//", "https://example.org/a/b/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://user.github.io/digest", "https://user.github.io/digest/"),
    ],
)
def test_base_url(tmp_path: Path, written: str, address: str) -> None:
    assert loaded(tmp_path, SITE.replace("https://example.org/", written)).site.base_url == address
    assert loaded(tmp_path, SITE, base_url=written).site.base_url == address


WRONG = {
    "no table": ("", "1:1", "site: this setting is required"),
    "no title": ('[site]\nbase_url = "https://x.org/"', "1:1", "site.title: this setting is required"),
    "empty title": (SITE.replace("Digest", " "), "2:1", "site.title: "),
    "title without a sign": (SITE.replace("Digest", "\\u0001"), "2:1", "site.title: "),
    "title, a number": (SITE.replace('"Digest"', "5"), "2:1", "site.title: "),
    "site, text": ('site = "x"', "1:1", "site: "),
    "base_url, no scheme": (SITE.replace("https://example.org/", "example.org"), "3:1", "found 'example.org'"),
    "base_url, other scheme": (SITE.replace("https", "ftp"), "3:1", "expected the site's address"),
    "base_url, no host": (SITE.replace("example.org/", "/a"), "3:1", "expected the site's address"),
    "base_url, query": (SITE.replace("org/", "org/?a"), "3:1", "expected the site's address"),
    "base_url, fragment": (SITE.replace("org/", "org/#a"), "3:1", "expected the site's address"),
    "base_url, space": (SITE.replace("org/", "org/a b"), "3:1", "expected the site's address"),
    "base_url, tab": (SITE.replace("org/", "org/a\\tb"), "3:1", "expected the site's address"),
    "base_url, quotation mark": (SITE.replace("org/", 'org/\\"'), "3:1", "expected the site's address"),
    "base_url, angle bracket": (SITE.replace("example", "ex<b>mple"), "3:1", "expected the site's address"),
    "base_url, port": (SITE.replace("org/", "org:99999/"), "3:1", "site.base_url: "),
    "base_url, bracket": (SITE.replace("example", "[example"), "3:1", "site.base_url: "),
    "language, a name": (SITE + 'language = "English"', "4:1", "such as en or de-CH"),
    "language, no such": (SITE + 'language = "xx-yy-zz"', "4:1", "found 'xx-yy-zz'"),
    "language, empty": (SITE + 'language = ""', "4:1", "site.language: "),
    "timezone, no such": (SITE + 'timezone = "Europe/Pariss"', "4:1", "found 'Europe/Pariss'"),
    "timezone, a part": (SITE + 'timezone = "Europe"', "4:1", "such as Europe/Paris"),
    "timezone, a file": (SITE + 'timezone = "/etc/passwd"', "4:1", "found '/etc/passwd'"),
    "timezone, a way up": (SITE + 'timezone = "../UTC"', "4:1", "found '../UTC'"),
    "timezone, empty": (SITE + 'timezone = ""', "4:1", "such as Europe/Paris"),
    "timezone, a number": (SITE + "timezone = 1", "4:1", "site.timezone: "),
    "id, no UUID": (SITE + 'id = "digest"', "4:1", "site.id: "),
    "description, a list": (SITE + "description = []", "4:1", "site.description: "),
    "items, nought": (SITE + "[feeds]\nitems = 0", "5:1", "feeds.items: "),
    "items, too many": (SITE + "[feeds]\n  tag_items = 1001", "5:3", "feeds.tag_items: "),
    "items, text": (SITE + '[feeds]\nitems = "many"', "5:1", "feeds.items: "),
    "full_text, text": (SITE + '[feeds]\nfull_text = "later"', "5:1", "feeds.full_text: "),
    "per_page, nought": (SITE + "[pages]\nper_page = 0", "5:1", "pages.per_page: "),
    "per_page, too many": (SITE + "[pages]\nper_page = 1001", "5:1", "pages.per_page: "),
    "tags, a list": (SITE + "[[tags]]\na = 1", "1:1", "tags: "),
    "tag, text": (SITE + '[tags]\nfine = "Fine"', "5:1", "tags.fine: "),
    "tag, empty label": (SITE + '[tags."Personal Data"]\n"label" = ""', "5:1", "tags.personal_data.label: "),
    "tag, in two spellings": (SITE + "[tags.a_b]\n[tags.a-b]", "1:1", "'a-b' stands here a second time"),
    "country, small letters": (SITE + '[authorities.x]\ncountry = "fr"', "5:1", "authorities.x.country: "),
    "domains, text": (SITE + '[authorities.x]\ndomains = "x.org"', "5:1", "authorities.x.domains: "),
    "authority, a way up": (SITE + '[authorities."../x"]\nshort = "X"', "4:1", "write it as x"),
    "authority, spaces": (SITE + '[authorities."A b"]\nshort = "X"', "4:1", "write it as a-b"),
    "authority, nothing": (SITE + '[authorities.""]\nshort = "X"', "4:1", "letters and hyphens"),
    "domain, an address": (SITE + '[authorities.x]\ndomains = ["https://x.org"]', "5:1", "authorities.x.domains.0: "),
}


@pytest.mark.parametrize(("text", "place", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_an_error_with_its_place(tmp_path: Path, text: str, place: str, told: str) -> None:
    (problem,) = refused(tmp_path, text).problems
    assert (problem.file, problem.severity, problem.code) == ("digest.toml", "error", "bad-setting")
    assert told in problem.message
    assert f"{problem.line}:{problem.column}" == place


def test_all_that_is_wrong_is_told_in_one_go(tmp_path: Path) -> None:
    problems = refused(tmp_path, '[site]\ntitle = ""\nlanguage = "x y"\ncolour = 1\n\n[feeds]\nitems = -1\n').problems
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "bad-setting"),
        (2, "bad-setting"),
        (3, "bad-setting"),
        (4, "unknown-setting"),
        (7, "bad-setting"),
    ]


UNKNOWN = {
    "of the site": (SITE + 'lanugage = "de"', "4:1", "site.lanugage", "did you mean 'language'?"),
    "table": (SITE + "[feed]\nitems = 5", "4:1", "feed", "did you mean 'feeds'?"),
    "of a tag": (SITE + '[tags.fine]\nlable = "x"', "5:1", "tags.fine.lable", "did you mean 'label'?"),
    "of a tag in other spelling": (
        SITE + '[tags."My Tag"]\nlable = "x"',
        "5:1",
        "tags.my_tag.lable",
        "did you mean 'label'?",
    ),
    "of an authority": (SITE + "[authorities.x]\ndomain = 1", "5:1", "authorities.x.domain", "did you mean 'domains'?"),
    "unlike any": (SITE + "[feeds]\nzzz = 1", "5:1", "feeds.zzz", ""),
}


@pytest.mark.parametrize(("text", "place", "name", "hint"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_setting_is_a_warning_with_a_hint(
    tmp_path: Path, text: str, place: str, name: str, hint: str
) -> None:
    settings, (problem,) = load(tmp_path, text)
    assert (problem.severity, problem.code, problem.hint) == ("warning", "unknown-setting", hint)
    assert problem.message.startswith(f"{name}: ")
    assert f"{problem.line}:{problem.column}" == place
    assert settings.site.title == "Digest"


def test_several_unknown_settings_are_all_passed_over(tmp_path: Path) -> None:
    text = SITE + 'a = 1\nb = 2\n[c]\n[tags."X Y"]\nlabel = "x"\nd = 1\n[authorities.y]\nshort = "Y"\ne = 1'
    settings, problems = load(tmp_path, text)
    assert [problem.message.partition(":")[0] for problem in problems] == [
        "site.a",
        "site.b",
        "tags.x_y.d",
        "authorities.y.e",
        "c",
    ]
    assert (settings.tags["x_y"].label, settings.authorities["y"].short) == ("x", "Y")


NOT_TOML = {
    "text without quotation marks": ("[site]\ntitle = Digest\n", "2:9", "text stands in double quotes"),
    "not closed": ('[site]\ntitle = "Digest\n', "2:16", ""),
    "YAML": ("site:\n  title: x\n", "1:5", ""),
    "setting twice": (SITE + 'title = "x"\n', "4:12", ""),
    "table twice": (SITE + SITE, "4:6", ""),
}


@pytest.mark.parametrize(("text", "place", "hint"), NOT_TOML.values(), ids=NOT_TOML.keys())
def test_what_is_not_toml(tmp_path: Path, text: str, place: str, hint: str) -> None:
    (problem,) = refused(tmp_path, text).problems
    assert (problem.file, problem.severity, problem.code, problem.hint) == ("digest.toml", "error", "bad-toml", hint)
    assert f"{problem.line}:{problem.column}" == place


def test_what_is_not_utf_8(tmp_path: Path) -> None:
    assert str(refused(tmp_path, b'[site]\ntitle = "\xe9"')) == "digest.toml is not UTF-8; save it as UTF-8"


def test_no_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="this is not a project; make one with 'digest init'"):
        load_settings(tmp_path)


def test_settings_that_can_t_be_read(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").mkdir()
    with pytest.raises(SettingsInvalid, match="can't be read: Is a directory"):
        load_settings(tmp_path)


RATES = SITE + '[rates]\ncurrency = "EUR"\ndate = 2024-04-30\nsource = "https://rates.example/"\n'


def test_rates_are_the_digits_that_are_written(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, RATES + "[rates.units]\nGBP = 0.1\nSEK = 11\n")
    assert problems == []
    assert settings.rates
    assert settings.rates.units == {"GBP": Decimal("0.1"), "SEK": Decimal(11)}
    assert settings.rates.date == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("units = {GBP = 0}", "rates.units.GBP"),
        ("units = {GBP = -1.5}", "rates.units.GBP"),
        ("units = {GBX = 1.5}", "rates.units.GBX"),
        ("units = {EUR = 2}", "rates"),
        ("", "rates.units"),
    ],
)
def test_rates_that_can_t_be(tmp_path: Path, text: str, name: str) -> None:
    problems = refused(tmp_path, RATES + text).problems
    assert [problem.message.partition(":")[0] for problem in problems] == [name]


WORDS = {
    '[site]\ntitle = 5\nbase_url = "https://x.org/"': "site.title: expected text in double quotes, found 5",
    f'{SITE}id = "x"': "site.id: expected an id such as 6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e, found 'x'",
    f'{SITE}timezone = "Europe/Pariss"': "found 'Europe/Pariss'; did you mean 'Europe/Paris'?",
    f"{SITE}timezone = 5": "site.timezone: expected an IANA time zone such as Europe/Paris, found 5",
    f'{SITE}[feeds]\nitems = "many"': "feeds.items: expected a whole number, found 'many'",
    f"{SITE}[feeds]\nitems = 1.5": "feeds.items: expected a whole number, found 1.5",
    f"{SITE}[feeds]\nitems = 0": "feeds.items: expected a number of at least 1, found 0",
    f"{SITE}[feeds]\nitems = 1001": "feeds.items: expected a number of at most 1000, found 1001",
    f'{SITE}[editions]\nperiod = "weeks"': "one of week, month, none, found 'weeks'; did you mean 'week'?",
    f"{SITE}[tags]\nfine = true": "tags.fine: expected a table of settings, found true",
    f'{SITE}[authorities.a]\ndomains = "a.org"': 'expected a list such as ["a", "b"], found \'a.org\'',
    f'{SITE}[authorities.a]\ndomains = ["https://a.org"]': "expected a host such as dpa.example, without https://",
    f"{SITE}[authorities.a]\ncountry = {{}}": "authorities.a.country: expected text in double quotes, found a table",
    f"{SITE}[rates]\nunits = []": "rates.units: expected a table of settings, found a list",
}


@pytest.mark.parametrize(("text", "told"), WORDS.items(), ids=WORDS.values())
def test_what_is_wrong_is_said_in_words_of_the_file(tmp_path: Path, text: str, told: str) -> None:
    problems = refused(tmp_path, text).problems
    assert any(told in str(problem) for problem in problems)
    assert not any("Input should" in problem.message for problem in problems)


def test_feeds_to_import(tmp_path: Path) -> None:
    text = '[import.feeds]\ncnil = true\nftc = false\nico = "https://a.example/"\ndpc = ["https://b.example/", "http://c.example/"]'
    assert loaded(tmp_path, SITE + text).imports.feeds == {
        "cnil": True,
        "ftc": False,
        "ico": ("https://a.example/",),
        "dpc": ("https://b.example/", "http://c.example/"),
    }


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            '"file:///etc/passwd"',
            "expected a web address, such as https://example.org/page, found 'file:///etc/passwd'",
        ),
        ('["https://a.example/", 3]', "expected an address, a list of addresses, true or false"),
        ("[]", "expected an address, a list of addresses, true or false"),
        ("1", "expected an address, a list of addresses, true or false"),
    ],
)
def test_what_is_no_feed_to_import(tmp_path: Path, value: str, message: str) -> None:
    (problem,) = refused(tmp_path, f"{SITE}[import.feeds]\ncnil = {value}").problems
    assert str(problem) == f"digest.toml:5:1: error: import.feeds.cnil: {message} [bad-setting]"


def test_an_unknown_setting_of_imports_is_told(tmp_path: Path) -> None:
    _, (problem,) = load(tmp_path, f"{SITE}[import]\nfeed = true")
    assert str(problem) == (
        "digest.toml:5:1: warning: import.feed: this setting is not known and was passed over;"
        " did you mean 'feeds'? [unknown-setting]"
    )
    _, (problem,) = load(tmp_path, f"{SITE}[imports]\nfeeds = true")
    assert "did you mean 'import'?" in str(problem)
