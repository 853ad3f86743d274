"""Write a project of made-up notes, the same for the same number: `python benchmarks/corpus.py 3000 /tmp/corpus`.

A note has about 3.5 KB and five of 386 tags, some used far more than others, in the form of the notes in `content/`:
a bullet that repeats title and source, nested bullets of prose, hashtags at the end of some.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

TAGS = 386
AUTHORITIES = ("cnil.fr", "dataprotection.ie", "aepd.es", "garanteprivacy.it", "ico.org.uk", "imy.se", "uodo.gov.pl")
SUBJECTS = "the company|the bank|the hospital|the operator|the municipality|the retailer|the school|the insurer"
VERBS = "collected|kept|disclosed|transferred|combined|published|analysed|sold|encrypted|lost|copied|deleted"
OBJECTS = "health records|call data|location histories|e-mail addresses|face images|payment details|staff files"
CIRCUMSTANCES = (
    "without telling the people concerned|for longer than it needed to|although nobody had consented|"
    "after an attack on its servers|under a contract that said nothing about it|in breach of its own policy|"
    "until the authority asked why"
)
CONSEQUENCES = (
    "The authority ordered it to stop within three months|It has lodged an appeal|No damage could be shown|The measure "
    "counts as serious because children were concerned|Cooperation counted in its favour|A reprimand was added"
)


def write_project(count: int, folder: Path) -> None:
    """Write `digest.toml` and `count` notes into `folder`."""
    choose = random.Random(count)
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    settings = '[site]\ntitle = "Corpus"\nbase_url = "https://corpus.example/"\n'
    (folder / "digest.toml").write_text(settings, encoding="utf-8")
    weights = [1 / (rank + 1) ** 0.7 for rank in range(TAGS)]
    tags = [f"topic_{number:03}" for number in range(TAGS)]
    for number in range(count):
        day = date(2014, 1, 1) + timedelta(days=number * 4500 // count)
        text = _note(choose, number, day, list(dict.fromkeys(choose.choices(tags, weights, k=5))))
        (content / f"{day}-case-{number:06}.md").write_text(text, encoding="utf-8")


def _note(choose: random.Random, number: int, day: date, tags: list[str]) -> str:
    authority = choose.choice(AUTHORITIES)
    title = f"Case {number}: {choose.choice(SUBJECTS.split('|'))} {choose.choice(VERBS.split('|'))} personal data"
    source = f"https://www.{authority}/decisions/{number}"
    listed = "".join(f"  - {tag}\n" for tag in tags)
    fine = f"fine: {choose.randint(1, 900) * 1000} EUR\n" if number % 3 else ""
    passages = [_passage(choose) for _ in range(5)]
    passages[1] += f"  #{tags[0]} #{tags[-1]}"
    passages[3] += f"  #{tags[len(tags) // 2]}"
    bullets = "".join(f"  - {passage}\n" for passage in passages)
    return (
        f'---\ntitle: "{title}"\ndate: {day}\ntags:\n{listed}links:\n  - {source}\n'
        f"organisation: Company {number % 700}\n{fine}---\n- **{title}** ({source}):\n{bullets}"
    )


def _passage(choose: random.Random) -> str:
    sentences = [
        f"{choose.choice(SUBJECTS.split('|')).capitalize()} {choose.choice(VERBS.split('|'))} "
        f"{choose.choice(OBJECTS.split('|'))} of {choose.randint(2, 900) * 100} people "
        f"{choose.choice(CIRCUMSTANCES.split('|'))}."
        for _ in range(6)
    ]
    return " ".join([*sentences, f"**{choose.choice(CONSEQUENCES.split('|'))}**."])


if __name__ == "__main__":
    write_project(int(sys.argv[1]), Path(sys.argv[2]))
