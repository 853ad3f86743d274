"""The files of a theme, the built-in one's and a project's own, and what pages depend on of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compliance_digest.outputs.views import Card
from compliance_digest.program import built_in_templates, program_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from compliance_digest.settings import Settings

ASSETS = "assets"
CARD = "card.png"
"""The asset that others show beside a link to the site."""

_LEFT_BEHIND = frozenset({".DS_Store", ".git", ".gitkeep", "Thumbs.db", "__pycache__"})


def theme_folders(own: Path) -> list[Path]:
    """Return the folders of templates, a project's own first: a file there goes before one of the same name."""
    return list(dict.fromkeys([own.resolve(), built_in_templates().resolve()]))


def assets(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the address inside the site and the file of everything in the folders' `assets/`, in order."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update((file.relative_to(folder).as_posix(), file) for file in files_in(folder / ASSETS))
    yield from sorted(found.items())


def card(folders: Sequence[Path]) -> Card:
    """Return the image for links to the site, with the size that its header states (PNG, section 11.2.1)."""
    address = f"{ASSETS}/{CARD}"
    start = dict(assets(folders))[address].read_bytes()[:24]
    whole = start.startswith(b"\x89PNG") and len(start) == 24
    size = (int.from_bytes(start[16:20]), int.from_bytes(start[20:24])) if whole else None
    return Card(address, size)


def theme_fingerprint(settings: Settings, folders: Sequence[Path], *, search: bool) -> str:
    """Return the SHA-256 of the program, the settings, whether there is a search, all templates, and the card's size.

    The other assets are no part of a page, which links to them; but a project's own template may include any file.
    """
    digest = hashlib.sha256()
    first = folders[0]
    is_own = first != built_in_templates().resolve()
    own = is_own and any(_is_template(first, file) for file in files_in(first, hidden=True))
    for folder in folders:
        for file in files_in(folder, hidden=own):
            if own or _is_template(folder, file):
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    whole = repr((settings, search, program_fingerprint(), digest.hexdigest(), card(folders)))
    return hashlib.sha256(whole.encode()).hexdigest()


def _is_template(folder: Path, file: Path) -> bool:
    return ASSETS not in file.relative_to(folder).parts[:-1]


def files_in(folder: Path, *, hidden: bool = False) -> list[Path]:
    """Return all files below a folder, in order; none where there is no such folder.

    What systems and editors leave behind is passed over, and so are hidden files unless `hidden`.
    """
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(
        file
        for file in found
        if not any(part in _LEFT_BEHIND or (part[0] == "." and not hidden) for part in file.relative_to(folder).parts)
    )


def way_to_root(address: str) -> str:
    """Return the relative address of the site's root as seen from the page at `address`."""
    return "../" * address.count("/") or "./"
