"""What is timed: builds from nothing, after an edit, with nothing changed, and of a fresh checkout."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generators import Digest, Generator
from measure import timed, weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from measure import Memory, Time

_words = (f"revision{number}" for number in itertools.count(1))


def _clear(generator: Generator, _: str) -> None:
    generator.clear()


def _edit(generator: Generator, word: str) -> None:
    generator.edit(word)


def _leave(_: Generator, __: str) -> None:
    pass


def _check_out(generator: Generator, word: str) -> None:
    """Have a fresh checkout: this project's with its restored cache, a peer's without, for it keeps none."""
    if isinstance(generator, Digest):
        generator.restore()
    else:
        _clear(generator, word)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done to a project before it is built.

    `warm` tells whether it was built before; `peers` names those it makes sense with, where these aren't all.
    """

    title: str
    prepare: Callable[[Generator, str], None]
    warm: bool
    peers: tuple[str, ...] | None = None


SCENARIOS = {
    "cold": Scenario("cold: no cache, no output", _clear, warm=False),
    "edited": Scenario("one note edited", _edit, warm=True),
    "unchanged": Scenario("nothing changed", _leave, warm=True),
    "restored": Scenario("fresh checkout, cache restored (peer: cold)", _check_out, warm=True, peers=("Hugo",)),
}


@dataclass(slots=True)
class Results:
    """The times of one generator in one scenario, round by round, and its memory."""

    times: list[Time] = field(default_factory=list)
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What came of this project and a peer in one scenario, built in turn."""

    scenario: Scenario
    search: bool
    peer: str
    digest: Results = field(default_factory=Results)
    other: Results = field(default_factory=Results)


def compare(
    scenario: Scenario, digest: Generator, peers: Sequence[Generator], rounds: int, *, search: bool
) -> Iterator[Pair]:
    """Time a scenario with this project and each of the peers in turn, round by round, then take their memory."""
    chosen = [peer for peer in peers if scenario.peers is None or peer.name in scenario.peers]
    if scenario.warm and chosen:
        warm(digest, search=search)
        for peer in chosen:
            if scenario.prepare is not _check_out:
                warm(peer, search=search)
    pairs = [(peer, Pair(scenario, search, peer.name)) for peer in chosen]
    for number, (peer, pair) in itertools.product(range(rounds + 1), pairs):
        word = next(_words)
        for generator, results in ((digest, pair.digest), (peer, pair.other)):
            once(scenario, generator, results, word, search=search, weigh=number == rounds)
    yield from (pair for _, pair in pairs)


def once(scenario: Scenario, generator: Generator, results: Results, word: str, *, search: bool, weigh: bool) -> None:
    """Build in a scenario once, and note how long that took or how much memory."""
    scenario.prepare(generator, word)
    commands = generator.build(search=search, cached=scenario.warm)
    if weigh:
        results.memory = weighed(commands)
    else:
        results.times.append(timed(commands))
    generator.built = search if scenario.warm or not generator.caches_by_option else None


def warm(generator: Generator, *, search: bool) -> None:
    """Build once, untimed, unless what is there was built like this."""
    if generator.built is not search:
        generator.clear()
        timed(generator.build(search=search, cached=True))
        generator.built = search


def series(digest: Generator, rounds: int) -> dict[str, Results]:
    """Time this project alone, without the search: from nothing, after an edit, and with nothing changed."""
    measured: dict[str, Results] = {}
    for name in ("cold", "edited", "unchanged"):
        measured[name] = Results()
        for number in range(rounds + 1):
            word = next(_words)
            once(SCENARIOS[name], digest, measured[name], word, search=False, weigh=number == rounds)
    return measured
