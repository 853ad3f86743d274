from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.notes.note import Fine
from compliance_digest.outputs.sums import converted, fine_key
from compliance_digest.settings import Rates
from tests.projects import note, words

if TYPE_CHECKING:
    from tests.projects import Project


@pytest.mark.parametrize(
    ("notes", "sums"),
    [
        pytest.param([{"fine": "1000 EUR"}, {"fine": "2500.50 EUR"}], {"EUR": "€3,500.50"}, id="a sum"),
        pytest.param([{"fine": ["1000 EUR", "2000 EUR"]}], {"EUR": "€3,000"}, id="several of one note"),
        pytest.param(
            [{"fine": "5 USD"}, {"fine": "1 EUR"}, {"fine": ["1 EUR", "3 GBP"]}],
            {"EUR": "€2", "GBP": "£3", "USD": "$5"},
            id="currencies are not mixed; the most frequent comes first",
        ),
        pytest.param([{"fine": "1 EUR"}, {"fine": "9 EUR", "outcome": "fine-proposed"}], {"EUR": "€1"}, id="proposed"),
        pytest.param([{"fine": "1 EUR"}, {"fine": "9 EUR", "status": "annulled"}], {"EUR": "€1"}, id="annulled"),
        pytest.param(
            [{"fine": "1 EUR", "status": "appealed"}, {"fine": "2 EUR", "status": "reduced"}],
            {"EUR": "€3"},
            id="appealed",
        ),
        pytest.param([{"fine": "9 EUR", "outcome": "fine-proposed"}, {}], {}, id="none"),
        pytest.param([{"fine": "0.10 EUR"}] * 3, {"EUR": "€0.30"}, id="exactly"),
    ],
)
def test_sums_of_a_list(project: Project, notes: list[dict[str, Any]], sums: dict[str, str]) -> None:
    project.built({f"content/{number}.md": note(tags=["x"], **each) for number, each in enumerate(notes)})
    for list_ in ("tags/x/", "2024/", "2024/09/", ""):
        terms = [(words(term), words(term.getnext())) for term in project.page(list_).xpath("//dt")]
        assert terms == [("Actions", str(len(notes))), *((f"Fines, {currency}", sums[currency]) for currency in sums)]


def test_a_fine_that_does_not_count_is_shown(project: Project) -> None:
    project.built({"content/a.md": note(fine="9 EUR", outcome="fine-proposed", tags=["x"])})
    for address in ("2024/09/30/a/", "tags/x/"):
        assert project.page(address).xpath("//data[@value='9 EUR']")
        assert "fine proposed" in words(project.page(address).one("//main"))


@pytest.mark.parametrize(
    ("fine", "euros"),
    [
        pytest.param(Fine(Decimal("12.50"), "EUR"), Decimal("12.50"), id="the rates' own currency"),
        pytest.param(Fine(Decimal(1000), "PLN"), Decimal(250), id="a currency with a rate"),
        pytest.param(Fine(Decimal(1000), "USD"), None, id="a currency without one"),
    ],
)
def test_a_fine_is_converted_by_the_rates_and_by_nothing_else(fine: Fine, euros: Decimal | None) -> None:
    rates = Rates(currency="EUR", date=date(2024, 4, 30), source="https://rates.example/", units={"PLN": Decimal(4)})
    assert converted(fine, rates) == euros
    assert converted(fine, None) is None


def test_the_order_of_fines_is_that_of_one_currency_and_then_of_those_without_a_rate() -> None:
    rates = Rates(currency="EUR", date=date(2024, 4, 30), source="https://x.example", units={"SEK": Decimal(10)})
    fines = [
        [Fine(Decimal(50), "SEK"), Fine(Decimal(3), "EUR")],
        [Fine(Decimal(7), "EUR")],
        [Fine(Decimal(60), "SEK")],
        [Fine(Decimal(9), "JPY"), Fine(Decimal(1), "EUR")],
        [Fine(Decimal(900), "USD")],
        [Fine(Decimal(1000), "USD")],
    ]
    assert sorted(fines, key=lambda each: fine_key(each, rates)) == [*fines[:4], fines[5], fines[4]]
    assert fine_key(fines[2], None) == ("SEK", Decimal(-60))
