"""What a project has already, so that nothing becomes a draft twice.

What was imported is kept in a file beside `digest.toml`, one thing a line, sorted: it is there when drafts are renamed,
moved or deleted, and when the cache is cleared; and Git merges what two editors have imported.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compliance_digest.desk.addresses import comparable
from compliance_digest.notes.finding import FOLDER, find_notes
from compliance_digest.problems import SettingsInvalid
from compliance_digest.text import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from compliance_digest.desk.item import Item

MEMORY = "imported.txt"

_TOP = """\
# What 'digest import' has made drafts of: addresses, and what feeds know their items by, each after its host.
# It belongs to the notes: keep it in Git. Take a line away, and the next import makes that draft again.
"""
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]*")
_LONGEST = 300


def keys_of(item: Item) -> list[str]:
    """Return what an item is known by: its link, and its guid, which is unique at the link's host."""
    keys = [_key(item.link)]
    if item.guid.startswith(("http://", "https://")):
        keys.append(_key(item.guid))
    elif item.guid:
        keys.append(_line(f"{_key(item.link).partition('/')[0]} {item.guid}"))
    return keys


def imported(project: Path) -> set[str]:
    """Return the keys of what was imported into a project. Raises SettingsInvalid where they can't be read."""
    try:
        lines = (project / MEMORY).read_bytes().decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        return set()
    except UnicodeDecodeError:
        message = f"{MEMORY} is not UTF-8; save it as UTF-8"
        raise SettingsInvalid(message) from None
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def keep(project: Path, keys: Collection[str]) -> None:
    """Keep the keys of what was imported into a project, beside those that are kept; another import may add some."""
    draft = project / f"{MEMORY}.tmp"
    lines = [f"{key}\n" for key in sorted({*keys, *imported(project)})]
    draft.write_text(_TOP + "".join(lines), encoding="utf-8", newline="\n")
    draft.replace(project / MEMORY)


def noted(project: Path) -> tuple[set[str], set[str]]:
    """Return the keys of all addresses in the front matter of a project's notes, and the slugs of the notes' names.

    Notes count whatever else is wrong with them. Raises OSError where one can't be read.
    """
    content = project / FOLDER
    keys: set[str] = set()
    names: set[str] = set()
    for path in find_notes(content)[0] if content.is_dir() else ():
        names.add(slug(_LEADING_DATE.sub("", PurePosixPath(path).stem, count=1)))
        keys.update(_key(address) for address in _addresses((content / path).read_bytes()))
    return keys, names


def _addresses(data: bytes) -> Iterator[str]:
    _, _, below = data.decode("utf-8", "replace").partition("---")
    for address in _ADDRESS.findall(_COMMENT.sub("", below.partition("\n---")[0])):
        yield address.rstrip(",]}")


def _key(address: str) -> str:
    try:
        key = comparable(address)
    except ValueError:
        key = address
    return _line(key)


def _line(key: str) -> str:
    """Return a key as a line of the memory; its SHA-256 where it is too long for anyone to read."""
    line = " ".join(key.split())
    return line if len(line) <= _LONGEST else f"sha256:{hashlib.sha256(line.encode()).hexdigest()}"
