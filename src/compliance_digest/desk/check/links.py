"""Links of notes whose pages are gone, have moved, or can't be asked."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from compliance_digest.desk.addresses import comparable
from compliance_digest.desk.answer import Answer, status_text
from compliance_digest.desk.check.answers import GONE, answers
from compliance_digest.desk.check.fixes import Fix
from compliance_digest.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from compliance_digest.desk.answer import WebError
    from compliance_digest.desk.check.places import Places
    from compliance_digest.desk.check.subject import Subject
    from compliance_digest.notes.front_matter import Place
    from compliance_digest.notes.note import Note

    Progress = Callable[[int, int], None]

CODES = ("link-gone", "link-moved", "link-unchecked")

_HREF = re.compile(r'href="(https?://[^"]*)"')
_LOOK = "try again later, or look at it in a browser"


class Link(NamedTuple):
    """An address in a note, and the way to it in the front matter, which is empty for one in the text."""

    note: Note
    url: str
    way: tuple[str | int, ...] = ()


def link_problems(subject: Subject, state: Path, progress: Progress | None = None) -> tuple[list[Problem], list[Fix]]:
    """Return what is wrong with the links of all notes, as warnings, and what gives sources their new addresses.

    Each address is asked for its headers once, at most once a day where that gives a certain answer, which is kept in
    the project's folder `state`. `progress` is told how many of how many have answered.
    """
    links = list(_links(subject))
    found = answers([_page(link.url) for link in links], state, progress)
    moved = _moved(found)
    off = subject.settings.check.off
    problems = [
        Problem(link.note.file, *_place(link, subject.places), "warning", *told)
        for link in links
        if (told := _told(link, found[_page(link.url)], moved)) and told.code not in off
    ]
    fixes = [] if "link-moved" in off else [fix for link in links if link.way for fix in _fixes(link, moved)]
    return problems, list(dict.fromkeys(fixes))


def _place(link: Link, places: Places) -> Place:
    return places.of(link.note, *link.way) if link.way else places.in_text(link.note, link.url)


def _page(url: str) -> str:
    """Return an address without its fragment, which servers aren't told."""
    return url.partition("#")[0]


def _links(subject: Subject) -> Iterator[Link]:
    """Yield all links that lead out of the site, once for each place."""
    for note in subject.notes:
        for number, source in enumerate(note.sources):
            for name, url in (("url", source.url), ("archive", source.archive)):
                if url:
                    yield Link(note, url, ("links", number, name))
        for written in dict.fromkeys(_HREF.findall(subject.archive.texts(note).html)):
            url = html.unescape(written)
            if not url.startswith(subject.settings.site.base_url):
                yield Link(note, url)


class _Move(NamedTuple):
    """Where a page has moved for good, and why that may not be the page that it was."""

    url: str
    doubt: str


def _moved(found: Mapping[str, Answer | WebError]) -> dict[str, _Move]:
    """Return where pages have moved to. That is in doubt where a site may send all that it has lost to one page."""
    targets = {
        url: answer.permanent
        for url, answer in found.items()
        if isinstance(answer, Answer) and answer.found and answer.permanent not in (None, url)
    }
    times = Counter((target, comparable(url)) for url, target in targets.items())
    shared = Counter(target for target, _ in times)
    return {url: _Move(target, _doubt(url, target, shared[target])) for url, target in targets.items() if target}


def _doubt(url: str, target: str, times: int) -> str:
    if times > 1:
        return "other pages lead there too"
    old, new = _steps(url), _steps(target)
    if len(new) < len(old) and old[: len(new)] == new:
        return "it is a page above it"
    # Many a site sends what it has lost to a page that says so, with a status that doesn't.
    return "" if old[-1:] == new[-1:] else "its address ends otherwise"


def _steps(url: str) -> list[str]:
    """Return the steps from a site's front page to a page."""
    parts = urlsplit(url)
    return [*filter(None, parts.path.split("/")), *filter(None, [parts.query])]


class _Told(NamedTuple):
    """What is said of a link."""

    code: str
    message: str
    hint: str


def _told(link: Link, answer: Answer | WebError, moved: Mapping[str, _Move]) -> _Told | None:
    if not isinstance(answer, Answer):
        return _Told("link-unchecked", f"{link.url} could not be checked: {answer.reason}", _LOOK)
    if answer.status in GONE:
        message = f"{link.url} is gone: the server answers {status_text(answer.status)}"
        return _Told("link-gone", message, "look for its new address, or for an archived copy to link to")
    if not answer.found:
        message = f"{link.url} could not be checked: the server answers {status_text(answer.status)}"
        return _Told("link-unchecked", message, _LOOK)
    move = moved.get(_page(link.url))
    if move is None:
        return None
    message = f"{link.url} leads to {_with_fragment(move.url, link.url)} for good"
    if move.doubt:
        return _Told("link-moved", message, f"look if that is the page that it was: {move.doubt}")
    hint = "write that; 'digest check --links --fix' does" if link.way else "write that"
    return _Told("link-moved", message, hint)


def _fixes(link: Link, moved: Mapping[str, _Move]) -> Iterator[Fix]:
    move = moved.get(_page(link.url))
    if move and not move.doubt:
        yield Fix(link.note.path, "links", link.url, _with_fragment(move.url, link.url))


def _with_fragment(url: str, old: str) -> str:
    """Return the address a page has moved to, with the fragment of the old one (RFC 9110, section 10.2.2)."""
    _, sign, fragment = old.partition("#")
    return url if "#" in url else f"{url}{sign}{fragment}"
