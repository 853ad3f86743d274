"""The fields of front matter: which forms are taken, and which are refused, with place and code."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import pytest

from compliance_digest.notes.fields import NoteFields
from compliance_digest.notes.note import Fine, Outcome, Source, Status, Update
from tests.notes.helpers import found, made, note_with, read

if TYPE_CHECKING:
    from pathlib import Path

FINE = Fine(Decimal(800000), "EUR")
TAKEN: dict[str, tuple[str, str, object]] = {
    "title": ("title: CNIL fines ACME", "title", "CNIL fines ACME"),
    "title, white space": ('title: "  a \\t b\\n"', "title", "a b"),
    "title, a number": ("title: 2024", "title", "2024"),
    "title, a decimal": ("title: 1.50", "title", "1.50"),
    "title over lines": ("title: >\n  a\n  b", "title", "a b"),
    "authority": ("authority: cnil", "authority", "cnil"),
    "country": ("country: FR", "country", "FR"),
    "country, small letters": ("country: fr", "country", "FR"),
    "country, the Union": ("country: EU", "country", "EU"),
    "country, Norway": ('country: "NO"', "country", "NO"),
    "organisation": ("organisation: ACME", "organisations", ("ACME",)),
    "organisation, a number": ("organisation: 1822", "organisations", ("1822",)),
    "organisation, a comma": ("organisation: ACME, Inc.", "organisations", ("ACME, Inc.",)),
    "organisations": ("organisation: [ACME, Umbrella, ACME]", "organisations", ("ACME", "Umbrella")),
    "fine": ("fine: 800000 EUR", "fines", (FINE,)),
    "fine, code first": ("fine: EUR 800,000", "fines", (FINE,)),
    "fine, symbol": ("fine: €800,000", "fines", (FINE,)),
    "fine, mapping": ("fine: {amount: 800000, currency: EUR}", "fines", (FINE,)),
    "fine, mapping with text": (
        'fine: {amount: "800,000.00", currency: eur}',
        "fines",
        (Fine(Decimal("800000.00"), "EUR"),),
    ),
    "fines": ("fine:\n  - 800000 EUR\n  - {amount: 800000, currency: EUR}", "fines", (FINE, FINE)),
    "outcome": ("outcome: no-violation", "outcome", "no-violation"),
    "outcome, absent": ("sector: x", "outcome", None),
    "outcome, from a fine": ("fine: 5 EUR", "outcome", "fine"),
    "outcome, from a tag": ("tags: [Fine]", "outcome", "fine"),
    "outcome, stated": ("fine: 5 EUR\noutcome: settlement", "outcome", "settlement"),
    "articles": ("articles:\n  - GDPR 5(1)(e)\n  - ePrivacy 5(3)", "articles", ("GDPR 5(1)(e)", "ePrivacy 5(3)")),
    "status": ("status: appealed", "status", "appealed"),
    "case": ("case: SAN-2024-013", "case", "SAN-2024-013"),
    "case, a number": ("case: 123", "case", "123"),
    "sector": ("sector: health", "sector", "health"),
    "summary": ("summary: One. Two.", "summary", "One. Two."),
    "summary, absent": ("sector: x", "summary", "Text."),
    "updates": (
        "updates:\n  - {date: 2025-02-01, note: b}\n  - {date: 2025-01-01, note: a}",
        "updates",
        (Update(date(2025, 1, 1), "a"), Update(date(2025, 2, 1), "b")),
    ),
    "slug": ("slug: my-slug", "slug", "my-slug"),
    "alias": ("aliases: /old/page/", "aliases", ("old/page/",)),
    "aliases": ("aliases: [/old/, older.html, a/b~c.html]", "aliases", ("old/", "older.html", "a/b~c.html")),
    "lang": ("lang: pt-BR", "lang", "pt-BR"),
    "lang, script": ("lang: zh-Hant-TW", "lang", "zh-Hant-TW"),
    "draft": ("draft: true", "draft", True),
    "not draft": ("draft: FALSE", "draft", False),
    "empty field": ("authority:\nlang: ~", "authority", None),
    "link": ("links: [https://example.org/x]", "sources", (Source("https://example.org/x"),)),
    "link, mapping": (
        "links:\n  - url: https://x.org/?a=b#c\n    title: X\n    archive: https://archive.example/x",
        "sources",
        (Source("https://x.org/?a=b#c", "X", "https://archive.example/x"),),
    ),
    "links, in order": (
        "links:\n  - https://b.org\n  - http://a.org:8080/(x)_[y]",
        "sources",
        (Source("https://b.org"), Source("http://a.org:8080/(x)_[y]")),
    ),
    "link, international": (
        "links: [https://datenschutz-münchen.de/é]",
        "sources",
        (Source("https://datenschutz-münchen.de/é"),),
    ),
    "link, IP address": ("links: [http://192.0.2.1/]", "sources", (Source("http://192.0.2.1/"),)),
}


@pytest.mark.parametrize(("lines", "attribute", "expected"), TAKEN.values(), ids=TAKEN.keys())
def test_forms_that_are_taken(tmp_path: Path, lines: str, attribute: str, expected: object) -> None:
    assert getattr(made(read(tmp_path, note_with(lines))), attribute) == expected


TAGS = {
    "list": ("tags: [personal_data, fine]", ["personal_data", "fine"]),
    "text with commas": ("tags: personal_data, fine,", ["personal_data", "fine"]),
    "one": ("tags: fine", ["fine"]),
    "number": ("tags: [2024]", ["2024"]),
    "with signs": ("tags: [\"#fine\", '#ban']", ["fine", "ban"]),
    "other spelling of one": ("tags: [Personal Data, personal-data, personal_data]", ["Personal Data"]),
    "none": ("tags: []", []),
    "white space": ('tags: ["  a   b "]', ["a b"]),
}


@pytest.mark.parametrize(("lines", "expected"), TAGS.values(), ids=TAGS.keys())
def test_tags(tmp_path: Path, lines: str, expected: list[str]) -> None:
    assert [tag.written for tag in made(read(tmp_path, note_with(lines))).tags] == expected


DATES: dict[str, date] = {
    "2024-09-30": date(2024, 9, 30),
    '"2024-09-30"': date(2024, 9, 30),
    "2024-02-29": date(2024, 2, 29),
    "2024-09-30T14:30": datetime(2024, 9, 30, 14, 30),  # noqa: DTZ001 (the site's time zone is added later)
    "2024-09-30 14:30:15": datetime(2024, 9, 30, 14, 30, 15),  # noqa: DTZ001
    "2024-09-30T14:30:15Z": datetime(2024, 9, 30, 14, 30, 15, tzinfo=UTC),
    "2024-09-30T14:30:15.5+02:00": datetime(2024, 9, 30, 14, 30, 15, 500000, timezone(timedelta(hours=2))),
}


@pytest.mark.parametrize(("written", "expected"), DATES.items(), ids=DATES.keys())
def test_dates(written: str, expected: date) -> None:
    assert NoteFields.model_validate({"title": "T", "date": written.strip('"')}).date == expected


REFUSED = {
    "no title": ("title:", "4:1 missing-field", "title"),
    "empty title": ('title: " "', "4:8 empty", "title"),
    "title, true": ("title: true", "4:8 bad-text", "true or false"),
    "list as title": ("title: [a]", "4:1 bad-text", "a list"),
    "mapping as title": ("title: {a: b}", "4:1 bad-text", "fields"),
    "no date": ("date:", "4:1 missing-field", "date"),
    "date, other order": ("date: 30/09/2024", "4:7 bad-date", "'30/09/2024'"),
    "date, no such": ("date: 2024-13-45", "4:7 bad-date", "no such day"),
    "date, no such day": ("date: 2023-02-29", "4:7 bad-date", "no such day"),
    "date, single digits": ("date: 2024-9-30", "4:7 bad-date", "'2024-9-30'"),
    "date, in words": ("date: 30 September 2024", "4:7 bad-date", "expected an ISO date"),
    "date, a year": ("date: 2024", "4:7 bad-date", "'2024'"),
    "date, a list": ("date: [2024-09-30]", "4:1 bad-date", "a list"),
    "date, no such time": ("date: 2024-09-30 25:00", "4:7 bad-date", "no such day or time"),
    "date, time zone by name": ("date: 2024-09-30T10:00 CET", "4:7 bad-date", "expected an ISO date"),
    "date, first year": ("date: 0001-01-01T00:00:00+14:00", "4:7 bad-date", "no such day"),
    "date, last year": ("date: 9999-12-31T23:59:59-12:00", "4:7 bad-date", "no such day"),
    "tags, a mapping": ("tags: {a: b}", "5:1 not-a-list", "expected a list"),
    "tag without letters": ("tags: [a, ⚖️]", "5:11 bad-tag", "'⚖️'"),
    "tag without letters, in text": ("tags: a, --", "5:7 bad-tag", "'--'"),
    "tag, nothing": ("tags:\n  - a\n  -", "7:4 bad-text", "nothing"),
    "tag, a list": ("tags: [[a]]", "5:8 bad-text", "a list"),
    "links, text": ("links: https://example.org/", "4:8 not-a-list", "expected a list, found text"),
    "link, no scheme": ("links: [www.cnil.fr/en]", "4:9 bad-link", "did you mean 'https://www.cnil.fr/en'?"),
    "link, other scheme": ("links: [ftp://x.org/]", "4:9 bad-link", "'ftp://x.org/'"),
    "link, script": ('links: ["javascript:alert(1)//x.org"]', "4:9 bad-link", "expected an address"),
    "link, no host": ("links: [https:///x]", "4:9 bad-link", "expected an address"),
    "link, no dot": ("links: [https://x/]", "4:9 bad-link", "expected an address"),
    "link, white space": ("links: [https://x.org/a b]", "4:9 bad-link", "expected an address"),
    "link, quotation mark": ("links: ['https://x.org/\"a']", "4:9 bad-link", "expected an address"),
    "link, bad port": ('links: ["https://x.org:99999/"]', "4:9 bad-link", "expected an address"),
    "link, bracket": ('links: ["https://[x.org/"]', "4:9 bad-link", "expected an address"),
    "link, a number": ("links: [5]", "4:9 bad-link", "'5'"),
    "link without url": ("links:\n  - title: X", "5:5 missing-field", "links.url"),
    "link with a bad archive": ("links:\n  - url: https://x.org/\n    archive: x", "6:14 bad-link", "links.archive"),
    "country, a name": ("country: France", "5:10 bad-country", "did you mean 'FR'?"),
    "country, three letters": ("country: DEU", "5:10 bad-country", "did you mean 'DE'?"),
    "country, United Kingdom": ("country: UK", "5:10 bad-country", "did you mean 'GB'?"),
    "country, Greece": ("country: el", "5:10 bad-country", "did you mean 'GR'?"),
    "country, no such": ("country: XX", "5:10 bad-country", "'XX'"),
    "organisation, true": ("organisation: true", "5:15 not-a-list", "true or false"),
    "fine, bare number": ("fine: 800000", "5:7 bad-fine", "add its ISO 4217 code, such as 800000 EUR"),
    "fine, bare decimal": ("fine: 1234.50", "5:7 bad-fine", "1234.50 EUR"),
    "fine, points": ("fine: €800.000", "5:7 bad-fine", "more than one way"),
    "fine, points and comma": ("fine: 1.234,56 EUR", "5:7 bad-fine", "more than one way"),
    "fine, dollars": ("fine: $5", "5:7 bad-fine", "USD, CAD or AUD"),
    "fine, kroner": ("fine: kr 5", "5:7 bad-fine", "SEK, NOK, DKK or ISK"),
    "fine, in words": ("fine: 5 million EUR", "5:7 bad-fine", "800000 EUR"),
    "fine, negative": ("fine: -5 EUR", "5:7 bad-fine", "fine"),
    "fine, nothing": ("fine: 0 EUR", "5:7 bad-fine", "leave the field out"),
    "fine, three decimals": ("fine: 5.125 EUR", "5:7 bad-fine", "fine"),
    "fine, no such currency": ("fine: 5 EUX", "5:7 bad-fine", "did you mean 'EUR'?"),
    "fine, cents of yen": ("fine: 5.50 JPY", "5:7 bad-fine", "JPY has 0 decimal places"),
    "fine, true": ("fine: true", "5:7 bad-fine", "true or false"),
    "fine, mapping without currency": ("fine: {amount: 5}", "5:1 bad-fine", "currency missing"),
    "fine, mapping with more": ("fine: {amount: 5, currency: EUR, x: y}", "5:1 bad-fine", "only amount and currency"),
    "fine, comma in a mapping": ("fine: {amount: 800,000, currency: EUR}", "5:1 bad-fine", "only amount and currency"),
    "fine, second of a list": ("fine:\n  - 5 EUR\n  - 5", "7:5 bad-fine", "says no currency"),
    "fine, amount of a list": ("fine:\n  - {amount: x, currency: EUR}", "6:5 bad-fine", "separators in 'x'"),
    "outcome, misspelt": ("outcome: reprimant", "5:10 bad-choice", "did you mean 'reprimand'?"),
    "outcome, a list": ("outcome: [fine]", "5:1 bad-choice", "found a list"),
    "status, no such": ("status: done", "5:9 bad-choice", "final, appealed, reduced, annulled"),
    "articles, text": ("articles: GDPR 5", "5:11 not-a-list", "write each on a line of its own"),
    "case, a list": ("case: [a]", "5:1 bad-text", "a list"),
    "updates, text": ("updates: appealed", "5:10 not-a-list", "expected a list"),
    "update without note": ("updates:\n  - date: 2025-01-01", "6:5 missing-field", "updates.note"),
    "update with a time": ("updates:\n  - {date: 2025-01-01T10:00, note: a}", "6:12 bad-date", "without a time"),
    "slug, capitals": ("slug: My Slug", "5:7 bad-slug", "write it as my-slug"),
    "slug, a path": ("slug: ../x", "5:7 bad-slug", "write it as x"),
    "slug, no letters": ("slug: ⚖️", "5:7 bad-slug", "letters and hyphens"),
    "alias, outside": ("aliases: [/../x]", "5:11 bad-alias", "such as /old/page/"),
    "alias, hidden": ("aliases: [/.git/x]", "5:11 bad-alias", "'/.git/x'"),
    "alias, the front": ("aliases: [/]", "5:11 bad-alias", "'/'"),
    "alias, another site": ("aliases: ['https://x.org/']", "5:11 bad-alias", "expected a path"),
    "alias, spaces": ("aliases: [a b]", "5:11 bad-alias", "expected a path"),
    "alias, twice a slash": ("aliases: [a//b]", "5:11 bad-alias", "expected a path"),
    "id, a list": ("id: [a]", "5:1 bad-text", "a list"),
    "lang, a name": ("lang: English", "5:7 bad-language", "such as en or pt-BR"),
    "lang, underscore": ("lang: pt_BR", "5:7 bad-language", "'pt_BR'"),
    "draft, in words": ("draft: later", "5:8 bad-choice", "expected true or false"),
    "draft, a number": ("draft: 1", "5:8 bad-choice", "'1'"),
    "empty text": ('sector: ""', "5:9 empty", "leave the field out"),
}


@pytest.mark.parametrize(("lines", "place_and_code", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_forms_that_are_refused(tmp_path: Path, lines: str, place_and_code: str, told: str) -> None:
    """The field is on line 4 if the note must have it, in place of the right one, else on line 5."""
    reading = read(tmp_path, note_with(lines))
    assert reading.note is None
    assert found(reading) == [place_and_code]
    (problem,) = reading.problems
    assert told in f"{problem.message} {problem.hint}"
    assert problem.message.startswith(lines.partition(":")[0])


@pytest.mark.parametrize(
    ("lines", "place", "hint"),
    [
        ("titel: x", "5:1", "did you mean 'title'?"),
        ("Tags: [x]", "5:1", "did you mean 'tags'?"),
        ("content: x", "5:1", "the known fields are title, date, tags,"),
        ("wholly-unlike: [a, {b: c}]", "5:1", "the known fields are title, date, tags,"),
        ("links:\n  - {url: https://x.org/, titel: X}", "5:27", "did you mean 'title'?"),
        ("updates:\n  - {date: 2025-01-01, note: a, x: b}", "6:33", "the known fields are date, note"),
    ],
)
def test_an_unknown_field_is_a_warning_that_names_the_nearest(
    tmp_path: Path, lines: str, place: str, hint: str
) -> None:
    reading = read(tmp_path, note_with(lines))
    assert found(reading) == [f"{place} unknown-field"]
    assert reading.problems[0].severity == "warning"
    assert reading.problems[0].hint.startswith(hint)
    assert reading.note is not None


def test_every_choice_can_be_made(tmp_path: Path) -> None:
    for outcome in get_args(Outcome):
        assert made(read(tmp_path, note_with(f"outcome: {outcome}"))).outcome == outcome
    for status in get_args(Status):
        assert made(read(tmp_path, note_with(f"status: {status}"))).status == status


@pytest.mark.parametrize("name", NoteFields.model_fields)
def test_no_field_takes_what_it_isn_t(tmp_path: Path, name: str) -> None:
    """A mapping where none belongs is an error of that field, whatever is in it."""
    reading = read(tmp_path, note_with(f"{name}: {{a: {{b: [c]}}}}"))
    assert [problem.message.partition(":")[0] for problem in reading.problems if problem.severity == "error"] == [name]
