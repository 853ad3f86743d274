"""What Pelican needs for these notes: YAML front matter, by libyaml, and the neighbours of each note."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from pelican.plugins import signals
from pelican.readers import MarkdownReader


class NoteReader(MarkdownReader):  # type: ignore[misc]  # Pelican is not installed where this is checked
    """Reads notes with one Markdown converter for all of them, where Pelican's own reader makes one for each."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        options = {name: value for name, value in self.settings["MARKDOWN"].items() if name != "extensions"}
        self._converter = Markdown(**options)

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        """Return the HTML of a note, and its front matter with its address, which Pelican would format at each use."""
        with open(source_path, encoding="utf-8") as file:  # noqa: PTH123 (quicker)
            _, front, body = file.read().split("---\n", 2)
        fields = yaml.load(front, Loader=yaml.CSafeLoader)
        fields["date"] = fields["date"].isoformat()
        fields["url"] = f"{fields['date'].replace('-', '/')}/{Path(source_path).stem[11:]}/"
        fields["save_as"] = f"{fields['url']}index.html"
        metadata = {name: self.process_metadata(name, value) for name, value in fields.items()}
        return self._converter.reset().convert(body), metadata


def add_reader(readers: Any) -> None:
    """Have notes read by `NoteReader`."""
    readers.reader_classes["md"] = NoteReader


def add_neighbours(generator: Any) -> None:
    """Tell each note which ones are older and newer."""
    notes = generator.articles
    for newer, older in pairwise(notes):
        newer.older, older.newer = older, newer


def register() -> None:
    """Connect to Pelican."""
    signals.readers_init.connect(add_reader)
    signals.article_generator_finalized.connect(add_neighbours)
