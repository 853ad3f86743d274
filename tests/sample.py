"""A project that has a bit of everything, for tests that look at a whole site."""

from __future__ import annotations

from tests.projects import note, settings

PIXEL = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f"
    b"\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)

TAGS = """
[pages]
per_page = 2

[tags.personal_data]
label = "personal data"
description = "What counts as personal data, and what doesn't."
"""

BODY = """\
- The company kept **health data**. #personal_data #health
  - It was told about it in [the first case](../2019-01-02-first.md), see [[A ruling on appeal|the ruling]].
  - See [the decision](decision%20one.pdf), ![a chart](img/chart.png "Chart") and [the tag](/tags/fine/).

Text with a footnote.[^1] Also `#code` and https://other.example/page#part. #fine

| Year | Fines |
|-----:|-------|
| 2024 | 2     |

[^1]: The note, with [a place](#fn:1) in it.
"""

SAMPLE: dict[str, str | bytes | None] = {
    "digest.toml": settings(
        TAGS, description="Fines & more.", author="Jo Doe", licence="CC BY 4.0", timezone="Europe/Paris"
    ),
    "content/2019-01-02-first.md": note(
        "Text of the first case. #fine\n",
        title="The first case",
        date="2019-01-02",
        links=[
            "https://www.cnil.fr/first",
            {"url": "https://news.example/1", "title": "News", "archive": "https://archive.example/1"},
        ],
        organisation=["Acme SA", "Émile & Co"],
        fine=["800000 EUR", "1234.56 GBP"],
        articles=["GDPR 5(1)(e)", "ePrivacy 5(3)"],
        status="appealed",
        case="SAN-2019-001",
        sector="health",
        aliases=["/old/first/", "/first.html"],
        updates=[{"date": "2024-11-02", "note": "The fine was <confirmed> & paid."}],
    ),
    "content/cases/2024-09-30-second.md": note(
        BODY,
        title='A second "case" <of> health & data',
        date="2024-09-30",
        links=["https://www.cnil.fr/second"],
        tags=["fine"],
        organisation="Acme SA",
        fine="1500 EUR",
    ),
    "content/cases/decision one.pdf": b"%PDF-1.4 made up",
    "content/cases/img/chart.png": PIXEL,
    "content/ruling.md": note(
        "- Der Text. #fine #personal_data\n",
        title="A ruling on appeal",
        date="2024-09-30T10:00:00+02:00",
        authority="A Court",
        country="DE",
        outcome="ruling",
        lang="de",
        summary="Worum es ging.",
    ),
    "content/edpb.md": note(
        "- Text. #fine\n", title="An opinion", date="2023-03-04", authority="edpb", outcome="opinion"
    ),
    "content/proposed.md": note(
        "Text. #fine\n",
        title="A fine proposed",
        date="2024-01-05",
        fine="€9,000",
        outcome="fine-proposed",
        authority="ico",
    ),
    "static/imprint/index.html": "<!doctype html><html lang=en><title>Imprint</title><p><a href=../>Home</a></html>",
    "static/notes.txt": "Copied as is.\n",
}
