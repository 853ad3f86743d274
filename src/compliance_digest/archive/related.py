"""Which actions are related: by what they share, the rarer the more it says."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind

WEIGHTS: Mapping[Kind, float] = {"organisation": 3, "tag": 1, "authority": 0.5}
"""How much it says that two actions share a group of each kind."""

AT_MOST = 5
WITHIN = 12
"""How many neighbours in time, on either side, are looked at in each group.

So the work stays linear: a tag that thousands of notes share is not compared pairwise, and says little anyway.
"""


class Related:
    """Finds related entries of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._places: dict[int, dict[str, int]] = {}
        self._order = {entry.note.path: number for number, entry in enumerate(archive.entries)}

    def to(self, entry: Entry) -> tuple[Entry, ...]:
        """Return the entries most related to this one, the nearest first; those that share nothing aren't any.

        What two entries share is weighted by its rarity: the logarithm of how many entries there are for each that
        has it (inverse document frequency). Among equals, the one nearer in time goes first.
        """
        scores: defaultdict[str, float] = defaultdict(float)
        found: dict[str, Entry] = {}
        for group, weight in self._shared(entry):
            for other in self._neighbours(group, entry):
                scores[other.note.path] += weight
                found[other.note.path] = other
        here = self._order[entry.note.path]

        def rank(path: str) -> tuple[float, int, int]:
            there = self._order[path]
            return -round(scores[path], 6), abs(there - here), there

        return tuple(found[path] for path in sorted(found, key=rank)[:AT_MOST])

    def _shared(self, entry: Entry) -> Iterator[tuple[Group, float]]:
        for kind, factor in WEIGHTS.items():
            for group in self._archive.groups_of(entry, kind):
                weight = factor * log(len(self._archive.entries) / len(group.entries))
                if weight > 0:
                    yield group, weight

    def _neighbours(self, group: Group, entry: Entry) -> Iterator[Entry]:
        places = self._places.get(id(group))
        if places is None:
            places = {each.note.path: number for number, each in enumerate(group.entries)}
            self._places[id(group)] = places
        here = places[entry.note.path]
        yield from group.entries[max(0, here - WITHIN) : here]
        yield from group.entries[here + 1 : here + 1 + WITHIN]
