"""What a shell offers for the values of options, when the tab key is pressed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click


def tags(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Return the tags that the project's settings describe."""
    return _beginning(begun, _table(context, "tags"))


def authorities(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """Return the ids of authorities that are known."""
    from compliance_digest.archive.authorities import shipped  # noqa: PLC0415 (late: only when the tab key is pressed)

    return _beginning(begun, [*shipped(), *_table(context, "authorities")])


def sources(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the ids of authorities whose feeds are known; files where none begins like this."""
    from compliance_digest.desk.known_feeds import shipped  # noqa: PLC0415

    named = _table(context, "import").get("feeds")
    found = _beginning(begun, [*shipped(), *(named if isinstance(named, dict) else ())])
    return [CompletionItem(id_) for id_ in found] or [CompletionItem(begun, type="file")]


def outcomes(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the outcomes that there are."""
    from compliance_digest.notes.note import Outcome  # noqa: PLC0415

    return _beginning(begun, get_args(Outcome))


def statuses(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the statuses that there are."""
    from compliance_digest.notes.note import Status  # noqa: PLC0415

    return _beginning(begun, get_args(Status))


def _beginning(begun: str, words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.startswith(begun)})


def _table(context: click.Context, name: str) -> dict[str, Any]:
    """Return a table of the project's settings as it stands; an empty one where it can't be read."""
    project = context.params.get("project") or (context.parent and context.parent.params.get("project")) or Path()
    try:
        table = tomllib.loads((project / "digest.toml").read_text("utf-8-sig")).get(name)
    except (OSError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
