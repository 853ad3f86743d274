"""What a build is asked for, and what it says it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compliance_digest.parallel import cores

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.problems import Problem


Part = Literal["all", "pages", "late"]
"""The whole of a site, all but what is late, or that alone; the rest stays as it was published, if it was.

Late is what takes long and stands on no page: the search index, and files of data.
"""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. `output` and `base_url` go before the project's own; `strict` makes warnings errors.

    `jobs` is the number of processes that share the work, None for as many as there are processors; `fresh` does
    everything again, whatever is known of earlier builds. Without `search` the site has neither a search page nor an
    index. `part` is the part of the site that is made.
    """

    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    fresh: bool = False
    jobs: int | None = None
    search: bool = True
    part: Part = "all"

    @property
    def processes(self) -> int:
        """How many processes share the work."""
        return self.jobs or cores()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note that was not published: its path in the folder of notes, its title where it has one, and why."""

    path: str
    title: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Early:
    """A note that is published since drafts or future notes were asked for: its address, and whether it is a draft."""

    address: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `left_out` are notes that were not published, with the reason; `early` those that were early.

    `reasons` says of each file that was made again why, `stages` how many seconds each stage took. `remarks` are
    sentences on what else is worth knowing.
    """

    output: Path
    notes: int
    left_out: tuple[LeftOut, ...]
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    seconds: float
    reasons: tuple[tuple[str, str], ...] = ()
    stages: tuple[tuple[str, float], ...] = ()
    remarks: tuple[str, ...] = ()
    early: tuple[Early, ...] = ()
