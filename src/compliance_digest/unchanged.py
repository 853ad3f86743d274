"""Whether a build has anything to do, found out without the program's larger half being loaded.

A build is a function of its inputs: the program, the options, the day, and the project's files. When these are what
they were for the last build, and its site is as that build left it, there is nothing to do.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from compliance_digest.notes.finding import FOLDER
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.program import built_in_templates, program_fingerprint
from compliance_digest.publishing import snapshot
from compliance_digest.publishing.place import OUTPUT
from compliance_digest.report import LeftOut, Report
from compliance_digest.signature import is_settled, signature

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from compliance_digest.report import BuildOptions

STATE = ".digest"
"""The folder of a project in which is kept what is known of its notes and its builds."""

SETTINGS = "digest.toml"
_FOLDERS = (FOLDER, "templates", "static")


def last_report(project: Path, options: BuildOptions, inputs: str) -> Report | None:
    """Return the last build's report, with nothing written, where a build of these inputs has nothing to do; else None.

    Raises SettingsInvalid where SOURCE_DATE_EPOCH is wrong.
    """
    start = time.perf_counter()
    output = options.output or project / OUTPUT
    last = snapshot.load(project / STATE, output)
    if options.fresh or not inputs or (inputs, str(today(ZoneInfo(last.timezone)))) != (last.inputs, last.day):
        return None
    if not last.is_intact(output):
        return None
    return Report(
        output=output,
        notes=last.report["notes"],
        left_out=tuple(LeftOut(**each) for each in last.report["left_out"]),
        written=0,
        unchanged=len(last.marks),
        removed=0,
        problems=tuple(Problem(**each) for each in last.report["problems"]),
        seconds=time.perf_counter() - start,
    )


def keep(project: Path, report: Report, inputs: str, day: date, timezone: ZoneInfo, marks: Mapping[str, str]) -> None:
    """Keep what `last_report` needs, after a build; `inputs` is from before it."""
    told = {
        "notes": report.notes,
        "left_out": [asdict(each) for each in report.left_out],
        "problems": [asdict(problem) for problem in report.problems],
    }
    snapshot.save(project / STATE, report.output, snapshot.Snapshot(inputs, str(day), timezone.key, told, dict(marks)))


def inputs_of(project: Path, options: BuildOptions) -> str:
    """Return the SHA-256 of all that a build depends on, but for the day.

    Files are told by their signatures. Returns an empty string where one may still be changing, or can't be read.
    """
    asked = (options.base_url, options.drafts, options.future, options.strict, options.search, options.part)
    parts = [repr((program_fingerprint(), asked))]
    try:
        parts.append(_mark((project / SETTINGS).stat()))
        for folder in (*(f"{project}/{name}" for name in _FOLDERS), str(built_in_templates())):
            if os.path.isdir(folder):  # noqa: PTH112
                _add_files(folder, parts)
    except (OSError, _Changing):
        return ""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


class _Changing(Exception):
    """A file was changed just now."""


def _add_files(folder: str, parts: list[str]) -> None:
    """Add name and signature of everything below a folder, in order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _add_files(entry.path, parts)
        else:
            parts.append(f"{entry.path} {entry.is_symlink()} {_mark_of(entry)}")


def _mark_of(entry: os.DirEntry[str]) -> str:
    try:
        return _mark(entry.stat())
    except FileNotFoundError:  # a link that leads nowhere
        return ""


def _mark(found: os.stat_result) -> str:
    if not is_settled(found):
        raise _Changing
    return signature(found)


def today(timezone: ZoneInfo) -> date:
    """Return today's date in a time zone: that of SOURCE_DATE_EPOCH where it is set. Raises SettingsInvalid."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(timezone).date()
    try:
        return datetime.fromtimestamp(int(epoch), timezone).date()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: '{epoch}'"
        raise SettingsInvalid(message) from None
