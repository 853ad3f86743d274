"""What the tests of publishing share: sites as dictionaries, folders as dictionaries, and kills."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import compliance_digest
from compliance_digest.outputs.artifact import Artifact, Bundle
from compliance_digest.publishing.output import Published, locked

Site = Mapping[str, str]
Snapshot = dict[str, bytes | None]

# Every way to change something on disk that the code uses, and to open a file.
STEPS = ((os, "replace"), (os, "unlink"), (os, "rmdir"), (os, "mkdir"), (os, "fsync"), (io, "open"))


def artifact(path: str, content: str) -> Artifact:
    return Artifact.of(path, f"a test of {path}", (content,), content.encode)


def bundle(path: str, files: Site, *, inputs: str) -> Bundle:
    return Bundle(path, f"a test of {path}", (inputs,), lambda: {name: text.encode() for name, text in files.items()})


def artifacts(site: Site) -> list[Artifact]:
    return [artifact(path, content) for path, content in site.items()]


def publish(folder: Path, site: Site, **options: Any) -> Published:
    with locked(folder) as output:
        return output.publish(artifacts(site), **options)


def snapshot(folder: Path) -> Snapshot:
    """Everything below `folder` but the lock: files with their bytes, folders with None."""
    found = {}
    for each in folder.rglob("*"):
        name = each.relative_to(folder).as_posix()
        if name != ".digest/lock":
            found[name] = each.read_bytes() if each.is_file() else None
    return found


def visible(folder: Path) -> Snapshot:
    """What a visitor of the site can see: everything but what builds keep for themselves."""
    return {name: data for name, data in snapshot(folder).items() if name.split("/")[0] != ".digest"}


def clean_publish(folder: Path, site: Site) -> Snapshot:
    """What `site` looks like in a folder where nothing was before."""
    publish(folder, site)
    return snapshot(folder)


class Killed(BaseException):
    """Stands for a kill: nothing in the code may survive it."""


@dataclass
class Steps:
    taken: int = 0


@contextmanager
def killing(after: float) -> Iterator[Steps]:
    """Let `after` steps of the block succeed; each one after that raises Killed, also in clean-up code."""
    steps = Steps()

    def limited(function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if steps.taken >= after:
                raise Killed
            steps.taken += 1
            return function(*args, **kwargs)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for module, name in STEPS:
            patch.setattr(module, name, limited(getattr(module, name)))
        yield steps


def python(script: str, *args: object) -> subprocess.Popen[str]:
    """Start Python on `script`, in a process of its own that can import the program."""
    source = Path(compliance_digest.__file__).parent.parent
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(source)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
