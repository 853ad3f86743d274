"""What is to be imported: each source's items, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from compliance_digest.desk.answer import WebError, status_text
from compliance_digest.desk.draft import Origin
from compliance_digest.desk.known_feeds import SEE_LIST, Feed, feeds_of, named_feeds
from compliance_digest.desk.tables import SUFFIXES, read_table
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from compliance_digest.archive.authorities import Authorities
    from compliance_digest.desk.answer import Answer
    from compliance_digest.desk.item import Item, Unused
    from compliance_digest.desk.tables import Columns
    from compliance_digest.settings import FeedSetting

    Progress = Callable[[int, int], None]

NEWEST = 50
"""How many items of a feed are looked at, unless more are asked for."""

_FEED_HINT = "where it matters, start its note with 'digest new'"
_TABLE_HINT = "correct it, and import again"
_RETRY_HINT = "try again later, or look for another address"
_TOLD = 10
"""How many things of one source that no draft can be made of are told one by one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A source's items, in the order in which drafts are made of them, and what is wrong with it.

    `left` is how many more it has, `failed` whether it could not be read at all.
    """

    origin: Origin
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: int = 0
    failed: bool = False


def sources_of(
    words: Sequence[str], settings: Mapping[str, FeedSetting], authorities: Authorities
) -> list[Feed | Path]:
    """Return the feeds and files that words name, or the feeds of the settings where there are none, each once.

    A word is an authority's id, a feed's address or a file's path. Raises SettingsInvalid.
    """
    if not words:
        feeds = named_feeds(settings, authorities)
        if not feeds:
            message = (
                "nothing to import: name an authority, a feed's address or a file, or put feeds into digest.toml under"
                f" [import.feeds]; {SEE_LIST}"
            )
            raise SettingsInvalid(message)
        return list(dict.fromkeys(feeds))
    return list(dict.fromkeys(source for word in words for source in _sources(word, settings, authorities)))


def _sources(word: str, settings: Mapping[str, FeedSetting], authorities: Authorities) -> Iterator[Feed | Path]:
    if word.startswith(("http://", "https://")):
        if not _host(word):
            message = f"'{word}' is not a web address; expected one such as https://regulator.example/feed.xml"
            raise SettingsInvalid(message)
        yield Feed(word)
    elif word.lower().endswith(SUFFIXES):
        yield Path(word)
    elif "/" in word or ":" in word or "." in word:
        endings = ", ".join(SUFFIXES)
        message = f"'{word}' is neither an authority's id nor a web address, nor a file that ends in {endings}"
        raise SettingsInvalid(message)
    else:
        yield from feeds_of(word, settings, authorities)


def _host(url: str) -> str:
    """Return the host that an address names; an empty string where it can't be told."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def batches(
    sources: Sequence[Feed | Path],
    columns: Columns,
    limit: int | None,
    timezone: ZoneInfo,
    progress: Progress | None = None,
) -> list[Batch]:
    """Return what each source has: feeds up to `limit` of their newest items (else 50), files up to as many rows.

    Raises SettingsInvalid where a file can't be read. What is wrong with a feed is in its batch.
    """
    tables = {source: read_table(source, columns, timezone) for source in sources if isinstance(source, Path)}
    answers = _asked([source.url for source in sources if isinstance(source, Feed)], progress)
    return [
        _feed_batch(source, answers[source.url], limit or NEWEST, timezone)
        if isinstance(source, Feed)
        else _batch(Origin(str(source), clean(source.name), _TABLE_HINT), *tables[source], limit)
        for source in sources
    ]


def _asked(urls: list[str], progress: Progress | None) -> dict[str, Answer | WebError]:
    if not urls:
        return {}
    from compliance_digest.desk.web import ask  # noqa: PLC0415 (late: tables need no network, nor the package for it)

    return ask(urls, progress=progress)


def _feed_batch(feed: Feed, answer: Answer | WebError, limit: int, timezone: ZoneInfo) -> Batch:
    from compliance_digest.desk.feeds import BadFeed, read_feed  # noqa: PLC0415 (as above)

    origin = Origin(feed.url, f"the feed of {_host(feed.url)}", _FEED_HINT, feed.authority)
    if isinstance(answer, WebError):
        return _failed(origin, "feed-unreachable", answer.reason, _RETRY_HINT)
    if not answer.found:
        reason = f"the server answers {status_text(answer.status)}"
        return _failed(origin, "feed-unreachable", reason, _RETRY_HINT)
    try:
        return _batch(origin, *read_feed(answer, timezone), limit)
    except BadFeed as error:
        return _failed(origin, "bad-feed", str(error), "look for another address")


def _failed(origin: Origin, code: str, reason: str, hint: str) -> Batch:
    message = f"the feed can't be read: {reason}"
    return Batch(origin, (), (Problem(origin.address, 0, 0, "error", code, message, hint),), failed=True)


def _batch(origin: Origin, items: Sequence[Item], unused: Sequence[Unused], limit: int | None) -> Batch:
    most = len(items) if limit is None else limit
    return Batch(origin, tuple(items[:most]), tuple(told(origin, unused)), max(0, len(items) - most))


def told(origin: Origin, unused: Sequence[Unused]) -> Iterator[Problem]:
    """Yield what no draft can be made of as problems: the first ten one by one, then the number of the others."""
    for each in unused[:_TOLD]:
        message = f"'{each.name[:100]}' is left out: {each.reason}"
        yield Problem(origin.address, each.place, 0, "warning", "bad-item", message, origin.hint)
    if len(unused) > _TOLD:
        message = f"{len(unused) - _TOLD} more are left out for such reasons"
        yield Problem(origin.address, 0, 0, "warning", "bad-item", message)
