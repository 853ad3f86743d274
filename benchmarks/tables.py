"""Results as Markdown tables."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scenarios import Pair, Results


def comparison(pairs: Iterable[Pair]) -> str:
    """Return the table of this project and its peers."""
    lines = [
        "| build | search | peer | time, digest ÷ peer | CPU, likewise | digest | peer | memory: digest | peer |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for pair in pairs:
        both = list(zip(pair.digest.times, pair.other.times, strict=True))
        cells = [
            pair.scenario.title,
            "on" if pair.search else "off",
            pair.peer,
            f"**{_spread([digest.seconds / peer.seconds for digest, peer in both])}**",
            _spread([digest.cpu / peer.cpu for digest, peer in both]),
            _seconds(pair.digest),
            _seconds(pair.other),
            _mebibytes(pair.digest),
            _mebibytes(pair.other),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def growth(rows: Sequence[tuple[int, int, dict[str, Results]]]) -> str:
    """Return the table of this project alone: of notes, files and what was measured with so many."""
    lines = [
        "| notes | files | cold | a note | memory | one note edited | memory | nothing changed | memory |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for notes, files, measured in rows:
        cold, edited, unchanged = measured["cold"], measured["edited"], measured["unchanged"]
        each = statistics.median(time.seconds for time in cold.times) / notes * 1000
        cells = [f"{notes:,}", f"{files:,}", _seconds(cold), f"{each:.2f} ms", _mebibytes(cold)]
        for results in (edited, unchanged):
            cells += [_seconds(results), _mebibytes(results)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _seconds(results: Results) -> str:
    return f"{_spread([time.seconds for time in results.times])} s"


def _mebibytes(results: Results) -> str:
    memory = results.memory
    return f"{memory.pss:,.0f} MiB (RSS {memory.rss:,.0f})" if memory else ""


def _spread(figures: Sequence[float]) -> str:
    """Return the median, and the lowest and highest where there are several."""
    around = f" ({min(figures):.2f}–{max(figures):.2f})" if len(figures) > 1 else ""
    return f"{statistics.median(figures):.2f}{around}"
