"""A note's front matter: YAML, read so that nothing is lost or changed in silence.

python-frontmatter finds the fences; the YAML between them is composed here, because the values' places and their
spelling are needed: YAML reads `no` as false, `12:30` as 750, and takes `#2` in "Fine #2" for a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from compliance_digest.notes.yaml_loader import LOADER
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = str | int | Decimal | bool | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]
Place = tuple[int, int]

_HANDLER = YAMLHandler()
_KINDS = {
    "bool": "true or false",
    "float": "a number",
    "int": "a number",
    "null": "nothing",
    "merge": "a merge key",
    "value": "a default key",
}
_TAKEN = frozenset({*_KINDS, "str", "timestamp"})
_DEEPEST = 20
_CLOSED = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_SIGN = re.compile(r"[&!]\S*")
_COMMENT = re.compile(r"\s+(#.*)")
_COMMENT_ALONE = re.compile(r"\s*(#.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the front matter, at a line and column of the file (from 1)."""

    place: Place
    code: str
    message: str
    hint: str = ""
    warning: bool = False


class Unreadable(Exception):
    """The file has no front matter that could be checked further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class FrontMatter:
    """The values of a note's front matter, and where each of them stands in the file.

    `places` maps the way to a value (`("links", 0, "url")`) to its line and column; a field's name alone to its key's.
    Dates are text; numbers whose spelling would be lost are faults.
    """

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    body: str = ""
    body_line: int = 1


def split(text: str) -> FrontMatter:
    """Return the front matter and the body of a note's file.

    Raises Unreadable where there is no front matter, where it is never closed, isn't YAML, or isn't a list of fields.
    """
    lead = len(text) - len(text.lstrip())
    if not _HANDLER.detect(text[lead:]):
        raise Unreadable(
            Fault((1, 1), "no-front-matter", "no front matter: a note starts with a line ---",
                  "put ---, the fields title and date, and --- at its top")
        )  # fmt: skip
    first_line = text.count("\n", 0, lead) + 1
    if len(list(islice(_CLOSED.finditer(text, lead), 2))) < 2:
        raise Unreadable(
            Fault((first_line, 1), "unclosed-front-matter", "the front matter that begins here is never closed",
                  "put a line --- after its last field")
        )  # fmt: skip
    source, body = _HANDLER.split(text[lead:])
    front_matter = FrontMatter(body=body, body_line=first_line + text[lead:].count("\n", 0, -len(body) or None))
    fence = text[lead : text.index(source, lead + 3)]
    _read(source, first_line + fence.count("\n"), front_matter)
    return front_matter


def _read(source: str, first_line: int, front_matter: FrontMatter) -> None:
    source = source.replace("\u2028", " ").replace("\u2029", " ")  # ends of lines to YAML 1.1, and to nobody else
    try:
        node = yaml.compose(source, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise Unreadable(_yaml_fault(error, source, first_line)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(Fault((first_line, 1), "bad-yaml", f"the front matter is not YAML: {error}")) from None
    except RecursionError:
        raise Unreadable(Fault((first_line, 1), "bad-yaml", "the front matter is nested too deeply")) from None
    if node is None or not isinstance(node, yaml.MappingNode):
        found = "nothing" if node is None else "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
        raise Unreadable(
            Fault((first_line, 1), "no-fields", f"the front matter holds {found}, not fields",
                  "write it as lines of 'field: value', such as 'title: …' and 'date: 2024-09-30'")
        )  # fmt: skip
    _Composer(source.split("\n"), first_line, front_matter).fields(node)


def _yaml_fault(error: yaml.MarkedYAMLError, source: str, first_line: int) -> Fault:
    unfinished = any(sign in (error.problem or "") for sign in ("end of stream", "expected ',' or"))
    mark = (error.context_mark if unfinished else error.problem_mark) or error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = source.split("\n")
    written = lines[line] if line < len(lines) else ""
    problem = error.problem or error.context or "unreadable"
    message, hint = f"the front matter is not YAML: {problem}", "put the value in double quotes"
    if "mapping values are not allowed" in problem:
        message = "the value holds ': ', which YAML takes for a field of its own"
        hint = f"put the value in double quotes: {_quoted(written)}"
    elif "\t" in written:
        message, hint = "the front matter holds a tab character, which YAML doesn't take", "use spaces"
    elif "alias" in problem or "anchor" in problem:
        message = "the value starts with * or &, which means something else to YAML"
    elif unfinished:
        message = "the quotation mark or bracket that opens here is never closed, or a comma is missing after it"
        hint = "close it"
    elif "expected key" in problem or "expected ':'" in problem:
        hint = "write 'field: value', put values with special characters in double quotes, and end with a line ---"
    return Fault((first_line + line, column + 1), "bad-yaml", message, hint)


def _quoted(line: str) -> str:
    name, _, value = line.strip().removeprefix("- ").partition(": ")
    value = value.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}: "{value}"'


class _Composer:
    """Turns YAML nodes into values, keeping places and finding what YAML would change in silence."""

    def __init__(self, lines: list[str], first_line: int, front_matter: FrontMatter) -> None:
        self.lines = lines
        self.first_line = first_line
        self.front_matter = front_matter
        self.seen: set[int] = set()

    def fields(self, node: yaml.MappingNode) -> None:
        self.front_matter.values = self._mapping(node, ())

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or _kind(key) == "merge":
                self._fault(key, "bad-field", "the name of a field is a single word", "write 'field: value'")
            elif name in values:
                before = self.front_matter.places[(*path, name)][0]
                self._fault(
                    key,
                    "duplicate-field",
                    f"{name}: stands here a second time; first on line {before}",
                    "keep one of them",
                )
            else:
                self.front_matter.places[(*path, name)] = self._place(key)
                values[name] = self._value(value, (*path, name))
        return values

    def _value(self, node: Any, path: Path) -> Value:
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self.seen or len(path) > _DEEPEST:
                self._fault(
                    node, "bad-yaml", f"{_name(path)}: anchors and aliases are not taken", "write the value out"
                )
                return None
            self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return list(self._items(node, path))
        return self._scalar(node, path)

    def _items(self, node: yaml.SequenceNode, path: Path) -> Iterator[Value]:
        for number, item in enumerate(node.value):
            self.front_matter.places[(*path, number)] = self._place(item)
            yield self._value(item, (*path, number))

    def _scalar(self, node: Any, path: Path) -> Value:
        kind, written = _kind(node), clean(str(node.value))
        if path and isinstance(path[-1], str) and (written or node.style):
            self.front_matter.places[(*path, "")] = self._place(node)
        if sign := self._sign_before(node):
            self._fault(
                node,
                "changed-by-yaml",
                f"{_name(path)}: YAML takes '{sign}' for a sign to itself and drops it",
                f'put the whole value in double quotes: "{sign} {written}"',
            )
            return written
        if node.style in ("'", '"', "|", ">"):
            return written
        if (kind == "str" or not written) and (comment := self._comment_after(node)):
            whole = f'"{written} {comment}"' if written else f'"{comment}"'
            self._fault(
                node,
                "lost-comment",
                f"{_name(path)}: YAML takes '{comment}' for a comment and drops it",
                f"put the whole value in double quotes, {whole}, or the comment on a line of its own",
            )
        if kind in ("str", "timestamp"):
            return written
        if kind == "null":
            return None if written in ("", "~") else self._changed(node, path, kind)
        if kind == "bool":
            return (
                written.lower() == "true" if written.lower() in ("true", "false") else self._changed(node, path, kind)
            )
        if kind == "int" and re.fullmatch(r"0|-?[1-9]\d{0,30}", written):
            return int(written)
        if kind == "float" and re.fullmatch(r"-?\d+\.\d+", written):
            return Decimal(written)
        return self._changed(node, path, kind)

    def _changed(self, node: yaml.ScalarNode, path: Path, kind: str) -> str:
        written = str(node.value)
        if kind in _KINDS:
            message = f"{_name(path)}: YAML reads {written} as {_KINDS[kind]}, not as the text it looks like"
        else:
            message = f"{_name(path)}: '{written}' is of a kind that is not taken ({node.tag})"
        hint = f'put it in double quotes: "{written}"'
        if path == ("draft",):
            hint = "write true or false"
        self._fault(node, "changed-by-yaml", message, hint)
        return written

    def _sign_before(self, node: yaml.ScalarNode) -> str:
        """Return the anchor or the tag that a value starts with, if YAML would take it away."""
        match = _SIGN.match(self.lines[node.start_mark.line], node.start_mark.column)
        return match[0] if match and _kind(node) in _TAKEN else ""

    def _comment_after(self, node: yaml.ScalarNode) -> str:
        """Return the comment that follows a plain value on its line, where it ends."""
        mark = node.end_mark
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        match = (_COMMENT if node.value else _COMMENT_ALONE).match(line, mark.column)
        return match[1].rstrip() if match else ""

    def _place(self, node: yaml.Node) -> Place:
        return self.first_line + node.start_mark.line, node.start_mark.column + 1

    def _fault(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        self.front_matter.faults.append(Fault(self._place(node), code, message, hint))


def _kind(node: yaml.Node) -> str:
    return str(node.tag).removeprefix("tag:yaml.org,2002:")


def _name(path: Path) -> str:
    return str(path[0]) if path else "front matter"
