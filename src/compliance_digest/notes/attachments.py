"""Files that notes refer to: which may be published, and whether they are there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from compliance_digest.notes.note import Attachment

SUFFIXES = frozenset(
    """.avif .csv .doc .docx .eml .epub .gif .jpeg .jpg .json .mp3 .mp4 .odp .ods .odt .ogg .pdf .png .ppt .pptx .rtf
    .tsv .txt .webm .webp .xls .xlsx .zip""".split()
)
"""What a note may bring along. Nothing that a browser runs when it is opened, since notes may come from strangers."""


def attachment_problems(attachments: Iterable[Attachment], content: Path) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, code, message and hint for each file that can't be published. `content` is the folder of notes."""
    root = content.resolve()
    for attachment in attachments:
        source, line = attachment.source, attachment.line
        file = _resolved(content / source)
        if source.startswith("..") or (file and not file.is_relative_to(root)):
            yield line, "outside-content", f"'{source}' is outside the folder of notes", "put the file beside the note"
        elif file is None:
            hint = f"put it at content/{source}, or start the address of another site with https://"
            yield line, "missing-attachment", f"there is no file '{source}' in the folder of notes", hint
        elif PurePosixPath(source).suffix.lower() not in SUFFIXES or any(
            part.startswith(".") for part in PurePosixPath(source).parts
        ):
            hint = "take a PDF, an image or a table; what is to be published as it is goes into static/"
            yield line, "attachment-kind", f"'{source}' is not a kind of file that a note may bring along", hint


def _resolved(file: Path) -> Path | None:
    """Return where `file` really is; None where there is no such file, and none can be."""
    try:
        resolved = file.resolve()
        return resolved if resolved.is_file() else None
    except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links, a null character
        return None
