"""Notes' files with fixes made in their front matter: no other byte changes, and all else reads as before."""

from __future__ import annotations

import difflib
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from compliance_digest.desk.check.fixes import FIELDS, out_of_order
from compliance_digest.notes import front_matter
from compliance_digest.notes.checking import checked, place_of
from compliance_digest.text import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance_digest.desk.check.fixes import Fix
    from compliance_digest.notes.front_matter import FrontMatter, Place, Value

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMENT_OR_BLANK = re.compile(r"#|\s*$")


@dataclass(frozen=True, slots=True)
class Mended:
    """A note's file inside the project: its bytes, and those it is to have."""

    file: str
    before: bytes
    after: bytes

    def diff(self) -> list[str]:
        """Return what changes, as the lines of a unified diff of the front matter."""
        texts = [decoded(data) for data in (self.before, self.after)]
        end = front_matter.split(texts[0]).body_line
        old, new = (text.split("\n")[:end] for text in texts)
        return list(difflib.unified_diff(old, new, self.file, self.file, lineterm=""))


def mended(data: bytes, fixes: Sequence[Fix]) -> bytes | None:
    """Return a note's file with its fields in order and all fixes made.

    Comments directly above a field go with it; what else stands before the first or after the last one stays. Returns
    None where a fix can't be made, or where the note would then read otherwise than it is to. Raises UnicodeDecodeError
    and Unreadable.
    """
    matter = front_matter.split(decoded(data))
    lines = _LINE.findall(data.decode("utf-8"))
    fields = {str(way[0]): place[0] for way, place in matter.places.items() if len(way) == 1}
    placed = sorted(_placed(matter, fixes), reverse=True)
    if {fix for _, fix in placed} != set(fixes):
        return None
    for place, fix in placed:
        lines[place[0] - 1] = _replaced(lines[place[0] - 1], place[1] - 1, fix)
    if out_of_order(fields):
        lines = _in_order(lines, fields)
    after = "".join(lines).encode()
    return after if _reads_as_meant(matter, after, fixes) else None


def write(project: Path, note: Mended) -> bool:
    """Put what a file is to hold in its place, in one step; return False where it isn't any more what it was.

    Raises OSError.
    """
    file = (project / note.file).resolve()
    if file.read_bytes() != note.before:
        return False
    with NamedTemporaryFile(dir=file.parent, prefix=".digest-", delete=False) as draft:
        try:
            draft.write(note.after)
            draft.close()
            shutil.copymode(file, draft.name)
            Path(draft.name).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(draft.name).unlink()
            raise
    return True


def _placed(matter: FrontMatter, fixes: Iterable[Fix]) -> Iterator[tuple[Place, Fix]]:
    """Yield every fix with each place of the front matter where its old text is the value."""
    for fix in fixes:
        for way, value in _values(matter.values.get(fix.field), (fix.field,)):
            if value == fix.old:
                yield place_of(way, matter), fix


def _values(value: Value, way: front_matter.Path) -> Iterator[tuple[front_matter.Path, Value]]:
    """Yield the way to every single value in a field's."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _values(each, (*way, number))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _values(each, (*way, name))
    else:
        yield way, value


def _replaced(line: str, column: int, fix: Fix) -> str:
    """Return a line with the fix made in the value that begins at a column, in the quotes it has."""
    before, rest = line[:column], line[column:]
    for sign, quoted in (("", str), ("'", _in_single_quotes), ('"', _in_double_quotes)):
        old = f"{sign}{quoted(fix.old)}{sign}"
        if rest.startswith(old):
            return f"{before}{sign}{quoted(fix.new)}{sign}{rest[len(old) :]}"
    return line


def _in_single_quotes(text: str) -> str:
    return text.replace("'", "''")


def _in_double_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _in_order(lines: list[str], fields: Mapping[str, int]) -> list[str]:
    """Return a file's lines with the known fields in their order; the others keep their places among them."""
    names = sorted(fields, key=fields.__getitem__)
    starts = [_start(lines, fields[name] - 1) for name in names]
    end = _end(lines, fields[names[-1]])
    blocks = {name: lines[start:stop] for name, start, stop in zip(names, starts, [*starts[1:], end], strict=True)}
    known = iter(sorted((name for name in names if name in FIELDS), key=FIELDS.index))
    ordered = [next(known) if name in FIELDS else name for name in names]
    return [*lines[: starts[0]], *(line for name in ordered for line in blocks[name]), *lines[end:]]


def _start(lines: Sequence[str], field: int) -> int:
    """Return the index of the first line of a field, with the comments directly above it."""
    while lines[field - 1].startswith("#"):
        field -= 1
    return field


def _end(lines: Sequence[str], after: int) -> int:
    """Return the index of the line after the last field, given one that is after its first: comments are not its."""
    fence = next(number for number in range(after, len(lines)) if re.match(r"-{3,}\s*$", lines[number]))
    while fence > after and _COMMENT_OR_BLANK.match(lines[fence - 1]):
        fence -= 1
    return fence


def _reads_as_meant(matter: FrontMatter, after: bytes, fixes: Sequence[Fix]) -> bool:
    """Return whether a mended file reads as the one before it, but for what was fixed."""
    try:
        read = front_matter.split(decoded(after))
    except front_matter.Unreadable:
        return False
    new = {(fix.field, fix.old): fix.new for fix in fixes}
    meant = {name: _fixed(value, name, new) for name, value in matter.values.items()}
    return (read.values, read.body, read.faults) == (meant, matter.body, []) and checked(read)[0] is not None


def _fixed(value: Value, field: str, new: Mapping[tuple[str, str], str]) -> Value:
    if isinstance(value, list):
        return [_fixed(each, field, new) for each in value]
    if isinstance(value, dict):
        return {name: _fixed(each, field, new) for name, each in value.items()}
    return new.get((field, value), value) if isinstance(value, str) else value
