"""Time `digest build` against Hugo, Eleventy and Pelican: `make benchmark`, or `python benchmarks/compare.py --help`.

All make the same pages and feeds of the same made-up notes; `README.md` says how the peers are set up. This project and
each peer are built in turn, as whole processes timed from outside.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import check
import machine
import tables
from corpus import write_project
from generators import ALL, Digest, Generator, Missing
from measure import Failed, timed
from scenarios import SCENARIOS, compare, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scenarios import Pair, Results

MEANING = """\
Ratios are of pairs of builds, one right after the other: below 1, digest is faster. Median, lowest and highest of
{rounds} rounds. Times are of whole processes, with that of Pagefind after a peer's build where the search is on; CPU is
the time of all processors together. Memory is the highest sum over all processes at one time, measured in a round of
its own: PSS, which counts a page that several share once, and RSS, which counts it in each.
"""


def main() -> int:
    """Compare, print tables, and return 1 where a peer's pages are not the same."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="digest-benchmark-", dir=options.folder) as temporary:
        try:
            report, alike = _report(options, Path(temporary))
        except Failed as failure:
            sys.exit(str(failure))
    print(report)
    if options.write:
        options.write.write_text(report, "utf-8")
    return int(not alike)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time digest against other generators, on the same notes.")
    parser.add_argument("--notes", type=int, default=10_000, help="how many notes [default: %(default)s]")
    parser.add_argument("--rounds", type=int, default=3, help="how often each pair is built [default: %(default)s]")
    parser.add_argument("--peers", nargs="*", choices=ALL, default=list(ALL), help="[default: all]")
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(SCENARIOS), help="[default: all]")
    parser.add_argument("--search", nargs="+", choices=("off", "on"), default=["off", "on"], help="[default: both]")
    parser.add_argument(
        "--growth", nargs="*", type=int, default=[], metavar="NOTES", help="also digest alone, with these"
    )
    parser.add_argument("--growth-rounds", type=int, default=1, help="how often that is built [default: %(default)s]")
    parser.add_argument("--folder", type=Path, help="where to work [default: the system's temporary folder]")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables there, too")
    options = parser.parse_args()
    if min(options.notes, options.rounds, options.growth_rounds, *options.growth) < 1:
        parser.error("notes and rounds are at least 1")
    return options


def _report(options: argparse.Namespace, folder: Path) -> tuple[str, bool]:
    """Return the tables and what they mean, and whether all peers' pages are the same."""
    parts: list[str] = []
    alike = True
    if options.peers:
        corpus = folder / "corpus"
        write_project(options.notes, corpus)
        digest, peers = Digest(corpus, folder), [ALL[name](corpus, folder) for name in options.peers]
        try:
            versions = [f"{generator.name} {generator.version()}" for generator in (digest, *peers)]
        except Missing as missing:
            sys.exit(f"{missing} would install what is missing")
        if "on" in options.search:
            versions.append(f"Pagefind {metadata.version('pagefind')}")
        alike = _check(digest, peers)
        pairs = list(_pairs(options, digest, peers))
        parts += [f"{options.notes:,} notes:", tables.comparison(pairs), MEANING.format(rounds=options.rounds)]
        parts.append(f"Versions: {'; '.join(versions)}.")
    if options.growth:
        rows = [_grown(number, folder / f"growth-{number}", options.growth_rounds) for number in options.growth]
        parts += ["digest alone, without the search:", tables.growth(rows)]
    parts.append(f"Machine: {machine.description(folder)}.")
    return "\n\n".join(part.strip() for part in parts) + "\n", alike


def _check(digest: Generator, peers: Sequence[Generator]) -> bool:
    """Build all once, and say what is not the same."""
    alike = True
    for generator in (digest, *peers):
        _tell(f"{generator.name}: checking its pages")
        timed(generator.build(search=False, cached=True))
        generator.built = False
    for peer in peers:
        for number, difference in enumerate(check.check(digest.site, peer.site)):
            alike = False
            if number < 10:
                _tell(f"{peer.name} {difference}")
    return alike


def _pairs(options: argparse.Namespace, digest: Generator, peers: Sequence[Generator]) -> Iterator[Pair]:
    for search in options.search:
        for name in options.scenarios:
            _tell(f"{SCENARIOS[name].title}; search {search}")
            yield from compare(SCENARIOS[name], digest, peers, options.rounds, search=search == "on")


def _grown(notes: int, folder: Path, rounds: int) -> tuple[int, int, dict[str, Results]]:
    """Return how many notes and files there are, and what was measured."""
    _tell(f"{notes:,} notes")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=folder.name) as temporary:
        corpus = Path(temporary, "corpus")
        write_project(notes, corpus)
        digest = Digest(corpus, Path(temporary))
        measured = series(digest, rounds)
        files = sum(file.is_file() for file in digest.site.rglob("*"))
    return notes, files, measured


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
