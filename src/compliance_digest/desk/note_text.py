"""The fields of a note as the file they are written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import yaml

from compliance_digest.notes.fields import NoteFields
from compliance_digest.notes.note import Outcome, Status
from compliance_digest.outputs.formats import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHOICES = {"outcome": get_args(Outcome), "status": get_args(Status)}


class _Dumper(yaml.SafeDumper):
    """Indents lists, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def note_text(fields: NoteFields, hints: Sequence[str] = ()) -> str:
    """Return a note without a text: those of its fields that say something, in the order of the model.

    `hints` names fields to be told of in comments, which no program can take for values.
    """
    values = {name: _written(name, value) for name, value in fields if value not in (None, [], False)}
    matter = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))
    comments = "".join(f"# {line}\n" for line in _comments(hints))
    return f"---\n{matter}{comments}---\n\n"


def _written(name: str, value: Any) -> Any:
    """Return a field's value as people write it."""
    if name in ("links", "updates"):
        items = (item.model_dump(exclude_none=True) for item in value)
        return [item["url"] if item.keys() == {"url"} else item for item in items]
    if name == "fine":
        value = [amount(fine) for fine in value]
    if name in ("fine", "organisation") and len(value) == 1:
        return value[0]
    return value


def _comments(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield "What else may stand above, as 'field: value':"
    width = max(map(len, names), default=0)
    for name in names:
        yield f"  {name:<{width}}  {_hint(name)}"


def _hint(name: str) -> str:
    field = NoteFields.model_fields[name]
    about = str(field.description).partition(". ")[0].removesuffix(".")
    if name in _CHOICES:
        return f"{about}: {', '.join(_CHOICES[name])}"
    if not field.examples:
        return about
    example = field.examples[0]
    shown = f"[{', '.join(example)}]" if isinstance(example, list) else example
    return f"{about}, such as {shown}"
