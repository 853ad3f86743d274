"""How a note is cited: in words, and as BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance_digest.outputs.views import Citation
from compliance_digest.text import slug

if TYPE_CHECKING:
    from compliance_digest.notes.note import Note
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.settings import Site

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""Also braces: BibTeX counts those that are escaped as well."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def citation(note: Note, site: Site, formats: Formats) -> Citation:
    """Return the citation of a note: author, title, site, day and permalink."""
    url = site.base_url + note.address
    title = f"“{note.title}”" + ("," if note.title[-1] not in "?!…." else "")
    author = [f"{site.author}."] if site.author and site.author != site.title else []
    text = " ".join([*author, title, f"{site.title}, {formats.day(note.date)}."])
    fields = {
        "author": f"{{{{{_escaped(site.author or site.title)}}}}}",
        "title": f"{{{{{_escaped(note.title)}}}}}",
        "howpublished": f"{{{_escaped(site.title)}}}",
        "year": f"{{{note.date.year:04}}}",
        "month": _MONTHS[note.date.month - 1],
        "day": f"{{{note.date.day}}}",
        "url": f"{{{url}}}",
    }
    key = slug(f"{note.slug} {note.date.isoformat()}")
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return Citation(text, url, f"@misc{{{key},\n{lines},\n}}")


def _escaped(text: str) -> str:
    """Return text for a field of BibTeX, with what LaTeX would take for a command set as it stands."""
    return re.sub(r"[\\~^{}$&%#_]", lambda match: _COMMANDS.get(match[0], f"\\{match[0]}"), text)
