"""Tags that are written nearly alike, and may be one tag that was written in two ways."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_SINGULAR, SHORTEST_MISSPELT = 3, 6
"""Letters of the words that are compared: in shorter ones, a letter more or less mostly makes another word."""


def similar(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of keys of tags that are nearly alike, in order.

    Alike are words together and parted; singular and plural; and words that differ in one letter, or in two that are
    swapped, but for the last letter, which makes other words (employee, employer). Numbers are alike if they are the
    same. It takes as long as there are keys, not as there are pairs of them.
    """
    groups: dict[str, list[str]] = {}
    for key in sorted(set(keys)):
        for sign in _signs(key):
            groups.setdefault(sign, []).append(key)
    pairs = {pair for group in groups.values() for pair in combinations(group, 2)}
    return sorted(pair for pair in pairs if _are_alike(*pair))


def _signs(key: str) -> set[str]:
    """Return what keys that are alike have in common one of: the letters, without endings, or without one of them."""
    letters = "".join(_words(key))
    stems = "".join(word.rstrip("iesy") for word in _words(key))
    return {letters, stems, *(letters[:place] + letters[place + 1 :] for place in range(len(letters)))}


def _are_alike(one: str, other: str) -> bool:
    words, others = _words(one), _words(other)
    if "".join(words) == "".join(others):
        return re.findall(r"\d+", one) == re.findall(r"\d+", other)
    if len(words) != len(others):
        return False
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if not all(word.isalpha() for pair in different for word in pair):
        return False
    return all(_is_plural(*pair) for pair in different) or (len(different) == 1 and _are_misspelt(*different[0]))


def _is_plural(one: str, other: str) -> bool:
    """Return whether one of two words is the other's plural."""
    singular, plural = sorted((one, other), key=len)
    forms = {f"{singular}s"}
    if singular.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(f"{singular}es")
    if singular.endswith("y"):
        forms.add(f"{singular[:-1]}ies")
    return len(singular) >= SHORTEST_SINGULAR and plural in forms


def _are_misspelt(one: str, other: str) -> bool:
    """Return whether two words differ in one letter before the last, or in two neighbours that are swapped."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_MISSPELT or one[-1] != other[-1]:
        return False
    if len(shorter) < len(longer):
        return any(shorter == longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    different = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(different) != 2:
        return len(different) == 1
    first, second = different
    return second == first + 1 and one[first : second + 1] == other[first : second + 1][::-1]


def _words(key: str) -> list[str]:
    return re.split(r"[_/]", key)
