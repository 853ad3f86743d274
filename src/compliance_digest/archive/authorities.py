"""Data-protection authorities: the shipped table, and what a project adds to it or corrects."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from compliance_digest.problems import did_you_mean
from compliance_digest.text import folded, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from compliance_digest.settings import AuthoritySettings


@dataclass(frozen=True)
class Authority:
    """Who acted. `country` is ISO 3166-1 alpha-2, `EU`, or None where nothing is known of it.

    `short` is what lists show, `name` is English, `native` the name in the authority's own language.
    """

    id: str
    short: str
    name: str
    native: str
    country: str | None
    domains: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """What the authority is compared by: two that are only named alike in addresses are not one."""
        return f"{self.id} {folded(self.name)}"

    @cached_property
    def described(self) -> str:
        """All that is known of the authority, as one text."""
        return repr(self)

    @property
    def names(self) -> tuple[str, ...]:
        """All that a note may call it."""
        return self.id, self.short, self.name, self.native


class Ambiguous(ValueError):
    """A name that several authorities share; `candidates` are their ids."""

    def __init__(self, name: str, candidates: Iterable[str]) -> None:
        self.candidates = tuple(candidates)
        super().__init__(name)


class Authorities:
    """The table, to look up by id, name or address."""

    def __init__(self, table: Iterable[Authority]) -> None:
        self._by_domain: dict[str, Authority] = {}
        self._by_name: dict[str, dict[str, Authority]] = {}
        self._by_id: dict[str, Authority] = {}
        self._unknown: dict[str, Authority] = {}
        for authority in table:
            self._by_id[authority.id] = authority
            self._by_domain.update(dict.fromkeys(authority.domains, authority))
            for name in authority.names:
                self._by_name.setdefault(folded(name), {})[authority.id] = authority

    @classmethod
    def of(cls, corrections: Mapping[str, AuthoritySettings]) -> Authorities:
        """Return the shipped table with a project's corrections and additions, by id."""
        table = dict(shipped())
        for id_, settings in corrections.items():
            known = table.get(id_, Authority(id_, id_, settings.short or id_, settings.name or id_, None))
            table[id_] = replace(known, **settings.model_dump(exclude_none=True))
        return cls(table.values())

    @property
    def ids(self) -> Collection[str]:
        """The ids of all that are in the table."""
        return self._by_id.keys()

    def by_host(self, host: str) -> Authority | None:
        """Return the authority whose domain `host` is or lies under; the longest domain wins."""
        labels = host.split(".")
        for start in range(len(labels)):
            if authority := self._by_domain.get(".".join(labels[start:])):
                return authority
        return None

    def knows(self, name: str) -> bool:
        """Return whether there is an authority of this id or name in the table."""
        return folded(name) in self._by_id or folded(name) in self._by_name

    def by_name(self, name: str, country: str | None) -> Authority:
        """Return the authority of this id or name; one that isn't in the table is made of the name as it stands.

        `country` decides between several of one name. Raises Ambiguous where it doesn't.
        """
        if authority := self._by_id.get(folded(name)):
            return authority
        found = list(self._by_name.get(folded(name), {}).values())
        if len(found) > 1 and country:
            found = [authority for authority in found if authority.country == country]
        if len(found) > 1:
            raise Ambiguous(name, (authority.id for authority in found))
        return found[0] if found else self._unknown.setdefault(name, Authority(slug(name), name, name, name, None))

    def meant(self, name: str) -> str:
        """Return a hint that names what is nearest to a name that isn't known; an empty string where nothing is."""
        if folded(name) in self._by_id or folded(name) in self._by_name:
            return ""
        return did_you_mean(name, [*(each.short for each in self._by_id.values()), *self._by_id])


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Authority]:
    """Return the table that comes with the program, by id."""
    text = resources.files("compliance_digest.archive").joinpath("authorities.toml").read_text("utf-8")
    return {
        id_: Authority(
            id_,
            entry["short"],
            entry["name"],
            entry.get("native", entry["name"]),
            entry["country"],
            tuple(entry["domains"]),
        )
        for id_, entry in tomllib.loads(text).items()
    }
