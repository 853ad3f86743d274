"""Which actions are related: by what they share, the rarer the more it says."""

from __future__ import annotations

import hashlib
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance_digest.archive.archive import Archive, Kind

    Related = Sequence[tuple[int, ...]]
    """For each entry of an archive, the places in it of those related to it, the nearest first."""

WEIGHTS: Mapping[Kind, float] = {"organisation": 3, "tag": 1, "authority": 0.5}
"""How much it says that two actions share a group of each kind."""

AT_MOST = 5
WITHIN = 12
"""How many neighbours in time, on either side, are looked at in each group.

So the work stays linear: a tag that thousands of notes share is not compared pairwise, and says little anyway.
"""


def related(archive: Archive) -> Related:
    """Return for each entry those most related to it; those that share nothing aren't any.

    What two entries share is weighted by its rarity: the logarithm of how many entries there are for each that has it
    (inverse document frequency). Among equals, the one nearer in time goes first.
    """
    shared: list[list[tuple[list[int], int, float]]] = [[] for _ in archive.entries]
    order = {entry.note.path: number for number, entry in enumerate(archive.entries)}
    for kind, factor in WEIGHTS.items():
        groups = {
            key: ([order[entry.note.path] for entry in group.entries], factor * log(len(order) / len(group.entries)))
            for key, group in archive.groups[kind].items()
        }
        places = {key: {number: place for place, number in enumerate(members)} for key, (members, _) in groups.items()}
        for path, keys in archive.keys[kind].items():
            number = order[path]
            for key in keys:
                members, weight = groups[key]
                if weight > 0:
                    shared[number].append((members, places[key][number], weight))
    return [_nearest(number, each) for number, each in enumerate(shared)]


def _nearest(number: int, shared: Sequence[tuple[list[int], int, float]]) -> tuple[int, ...]:
    scores: dict[int, float] = {}
    for members, place, weight in shared:
        for other in members[max(0, place - WITHIN) : place + WITHIN + 1]:
            scores[other] = scores.get(other, 0.0) + weight
    scores.pop(number, None)
    if not scores:
        return ()
    # Only those that reach the lowest of the best scores are put in order: a tag brings many that all share just it.
    enough = sorted(scores.values(), reverse=True)[:AT_MOST][-1] - 1e-6
    ranked = sorted(
        (-round(score, 6), abs(other - number), other) for other, score in scores.items() if score >= enough
    )
    return tuple([other for _, _, other in ranked[:AT_MOST]])


def relations(archive: Archive) -> str:
    """Return the SHA-256 of all that `related` depends on: which entries there are, in which order, in which groups."""
    paths = [entry.note.path for entry in archive.entries]
    parts = ["\0".join(paths)]
    for kind in WEIGHTS:
        keys = archive.keys[kind]
        parts += ["\0".join(keys.get(path, ())) for path in paths]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
