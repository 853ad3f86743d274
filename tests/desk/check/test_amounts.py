"""Sums that titles and addresses mention."""

from __future__ import annotations

import pytest

from compliance_digest.desk.check.amounts import amounts_in_address, amounts_in_title

TITLES = {
    "CNIL fines Google €50 million over consent": ["€50 million = 50000000 EUR"],
    "Fined 800,000 EUR": ["800,000 EUR = 800000 EUR"],
    "€1.5 million for A and €400,000 for B": ["€1.5 million = 1500000 EUR", "€400,000 = 400000 EUR"],
    "ICO fines TikTok £12.7m": ["£12.7m = 12700000 GBP"],
    "FTC: US$5 billion": ["US$5 billion = 5000000000 USD"],
    "CHF 500'000 fine": ["CHF 500'000 = 500000 CHF"],
    "A fine of 50 Million euros": ["50 Million euros = 50000000 EUR"],
    "€ 50 000 fine": ["€ 50 000 = 50000 EUR"],
    "€1234.56": ["€1234.56 = 1234.56 EUR"],
    "€800.000 fine": [],
    "20,5 million euros": [],
    "€50 mio fine": [],
    "$5 million settlement": [],
    "Article 83 GDPR, 25,000 patients, decision of 2023": [],
    "£1.234567": [],
}
ADDRESSES = {
    "https://www.cnil.fr/en/health-data-cegedim-sante-fined-eu800000": ["eu800000 = 800000 EUR"],
    "https://dpa.example/fine-of-50-million-euros": ["50 million euros = 50000000 EUR"],
    "https://dpa.example/2023/800-000-euros-fine": ["800 000 euros = 800000 EUR"],
    "https://dpa.example/Fined_EUR_1500": ["eur 1500 = 1500 EUR"],
    "https://dpa.example/eu-2016-679": [],
    "https://dpa.example/100-all-users": [],
    "https://dpa.example/decision?eu800000": [],
}


@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str) -> None:
    assert [f"{each} = {fine.amount} {fine.currency}" for each, fine in amounts_in_title(title)] == TITLES[title]


@pytest.mark.parametrize("url", ADDRESSES)
def test_addresses(url: str) -> None:
    assert [f"{each} = {fine.amount} {fine.currency}" for each, fine in amounts_in_address(url)] == ADDRESSES[url]
