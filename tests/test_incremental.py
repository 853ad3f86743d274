"""Whatever was edited, and however builds went before: the site is what a first build would make of the same files."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from compliance_digest.build import build
from compliance_digest.problems import NotesInvalid, SettingsInvalid
from compliance_digest.publishing.snapshot import SNAPSHOTS
from compliance_digest.report import BuildOptions, Report
from compliance_digest.unchanged import inputs_of, last_report
from tests.projects import Project, note
from tests.projects import settings as site_settings

if TYPE_CHECKING:
    from tests.projects import Files

NOON = datetime(2024, 11, 1, 12, tzinfo=UTC)

NAMES = ["a", "b", "c", "in/d"]
BODIES = [
    "- Words of a passage. #x #y\n- More words.\n",
    "- Other words of a passage. #x\n- More words.\n",
    "- Words of a passage. #x #y\n- Others.\n",
    "See [[b]] and [the tag](/tags/x/). #x\n",
    "- With [a file](d.csv) and ![a picture](i.png). #z\n",
    "- Words of a passage. #x #y\n- More. #x\n",
    "- Words of a passage. #x #y\n- More words of it. #x\n",
    "See [[a]], [d](d.md) and [[Another title]]. #w\n",
    "Wrong: [[nowhere]]\n",
]
FIELDS: list[tuple[str, list[Any]]] = [
    ("title", ["A note", "Another title", "Ümläute & <signs>"]),
    ("date", ["2024-09-30", "2024-10-01", "2023-01-02", "2024-11-03", "2024-09-30T23:30:00Z"]),
    ("tags", [None, ["x"], ["X", "w"], ["personal data"], ["personal_data"]]),
    ("fine", [None, "5 EUR", ["7 EUR", "3 GBP"]]),
    ("authority", [None, "cnil", "Some Court", "SOME COURT"]),
    ("organisation", [None, "Acme", "Acme x", ["ACME", "Other"], "Моє", "МОЄ"]),
    ("articles", [None, ["GDPR 5(1)(e)"]]),
    ("status", [None, "annulled"]),
    ("summary", [None, "What an editor wrote."]),
    ("draft", [None, True]),
    ("updates", [None, [{"date": "2024-10-20", "note": "Paid."}]]),
    ("aliases", [None, ["/old/"]]),
    ("slug", [None, "moved"]),
    ("lang", [None, "de"]),
    ("links", [None, ["https://www.cnil.fr/a"], [{"url": "https://www.cnil.fr/a", "title": "Told"}]]),
    ("country", [None, "DE"]),
    ("outcome", [None, "fine", "fine-proposed", "ruling"]),
    ("sector", [None, "health"]),
    ("case", [None, "SAN-1"]),
    ("id", [None, "lasting"]),
]
SETTINGS = [
    site_settings(),
    site_settings('[tags.x]\nlabel = "X!"\ndescription = "All."\n[pages]\nper_page = 1'),
    site_settings("[feeds]\nitems = 1\n[editions]\nperiod = 'month'", timezone="Asia/Tokyo", author="Jo"),
    site_settings('[rates]\ncurrency = "EUR"\ndate = 2024-01-01\nsource = "https://r.example/"\nunits = { GBP = 0.8 }'),
    site_settings('[authorities.cnil]\nshort = "C"', title="Other"),
]
FILES: dict[str, list[str | bytes | None]] = {
    "templates/404.html": [None, "Not here.", '{% include "assets/style.css" %}', "{{ broken"],
    "templates/parts/entry.html": [None, "{{ row.title }} {{ row.organisations }}"],
    "templates/assets/style.css": [None, "p { color: red }"],
    "static/x.txt": [None, "x", "y"],
    "static/old/index.html": [None, "x"],
    "content/in/d.csv": [None, "1", "2"],
    "content/in/i.png": [None, b"\x89PNG 1", b"\x89PNG 2"],
    "content/d.csv": ["1", "2"],
    "content/i.png": [b"\x89PNG"],
}


class Editor(RuleBasedStateMachine):
    """Edits a project and builds it; after each step, the site is compared with one that is built afresh."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(mkdtemp(prefix="digest-test-"))
        (self.place / "project").mkdir()
        self.project = Project(self.place / "project")
        self.now = NOON
        self.notes: dict[str, tuple[str, dict[str, object]]] = {}
        self.project.write({"digest.toml": SETTINGS[0], "content/d.csv": "1", "content/i.png": b"\x89PNG"})
        for number, name in enumerate(NAMES[:3]):
            self.notes[name] = (BODIES[number], {"date": f"2024-09-{28 + number}", "tags": ["x"], "authority": "cnil"})
            self.write(name)

    def teardown(self) -> None:
        if hasattr(self, "place"):
            shutil.rmtree(self.place)

    def write(self, name: str) -> None:
        body, fields = self.notes[name]
        self.project.write({f"content/{name}.md": note(body, **fields)})

    @rule(name=strategies.sampled_from(NAMES), body=strategies.sampled_from(BODIES))
    def change_body(self, name: str, body: str) -> None:
        self.notes[name] = (body, self.notes.get(name, ("", {}))[1])
        self.write(name)

    @rule(
        name=strategies.sampled_from(NAMES),
        change=strategies.sampled_from([(field, value) for field, values in FIELDS for value in values]),
    )
    def change_field(self, name: str, change: tuple[str, object]) -> None:
        body, fields = self.notes.get(name, (BODIES[0], {}))
        changed = {**fields, change[0]: change[1]}
        self.notes[name] = (body, {field: value for field, value in changed.items() if value is not None})
        self.write(name)

    @rule(name=strategies.sampled_from(NAMES))
    def delete(self, name: str) -> None:
        if self.notes.pop(name, None):
            self.project.write({f"content/{name}.md": None})

    @rule(names=strategies.permutations(NAMES))
    def rename(self, names: list[str]) -> None:
        old, new = names[:2]
        if old in self.notes:
            self.notes[new] = self.notes.pop(old)
            self.project.write({f"content/{old}.md": None})
            self.write(new)

    @rule(text=strategies.sampled_from(SETTINGS))
    def change_settings(self, text: str) -> None:
        self.project.write({"digest.toml": text})

    @rule(change=strategies.sampled_from([(path, data) for path, versions in FILES.items() for data in versions]))
    def change_file(self, change: tuple[str, str | bytes | None]) -> None:
        path, data = change
        if data is not None or (self.project.folder / path).exists():
            self.project.write({path: data})

    @rule(days=strategies.sampled_from([0, 3, 40]))
    def move_the_clock(self, days: int) -> None:
        self.now = NOON.replace(day=1 + days) if days < 30 else NOON.replace(month=12, day=days - 29)

    @rule(number=strategies.integers(0, 1000), data=strategies.sampled_from([None, b"", b"<p>By hand.</p>"]))
    def meddle_with_the_site(self, number: int, data: bytes | None) -> None:
        files = sorted(file for file in self.project.site.rglob("*") if file.is_file() and ".digest" not in file.parts)
        if files:
            file = files[number % len(files)]
            stat = file.stat()
            file.unlink()
            if data is not None:
                file.write_bytes(data)
                os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    @rule(what=strategies.sampled_from(["all", "cache.sqlite", "snapshot", "site"]))
    def lose_what_is_known(self, what: str) -> None:
        state = self.project.folder / ".digest"
        if what == "site":
            shutil.rmtree(self.project.site, ignore_errors=True)
        elif what == "all":
            shutil.rmtree(state, ignore_errors=True)
        elif what == "snapshot":
            for file in state.glob(SNAPSHOTS):
                file.unlink()
        else:
            (state / what).unlink(missing_ok=True)

    @rule()
    def touch_all(self) -> None:
        for file in (self.project.folder / "content").rglob("*.md"):
            os.utime(file)

    @rule(drafts=strategies.booleans())
    def build_with_drafts(self, *, drafts: bool) -> None:
        self.build(2, drafts=drafts)

    @rule()
    def build_alone(self) -> None:
        self.build(1, drafts=False)

    @rule()
    def build_together(self) -> None:
        self.build(2, drafts=False)

    def build(self, jobs: int, *, drafts: bool) -> None:
        expected = self.outcome("afresh", jobs=1, drafts=drafts)
        before = self.files(self.project.site)
        found = self.outcome("project", jobs=jobs, drafts=drafts)
        assert found[0] == expected[0]
        assert self.files(self.project.site) == (before if expected[1] is None else expected[1])

    def outcome(self, where: str, *, jobs: int, drafts: bool) -> tuple[object, dict[str, bytes] | None]:
        """Return what a build tells, and the files of the site; None where it was refused."""
        folder = self.place / where
        if where != "project":
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.project.folder, folder, ignore=shutil.ignore_patterns(".digest", "site"))
        options = BuildOptions(jobs=jobs, drafts=drafts, search=False)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(int(self.now.timestamp())))
            try:
                report = made(folder, options)
            except (NotesInvalid, SettingsInvalid) as error:
                return error.problems, None
        told = (report.notes, report.problems, sorted(each.path for each in report.left_out))
        return told, self.files(folder / "site")

    @staticmethod
    def files(site: Path) -> dict[str, bytes]:
        """Return all files of a site but the lock."""
        files = (file for file in site.rglob("*") if file.is_file() and file.name != "lock")
        return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}

    @invariant()
    def leaves_nothing_behind(self) -> None:
        if hasattr(self, "project"):
            assert not (self.project.site / ".digest/staging").exists()


def made(folder: Path, options: BuildOptions) -> Report:
    """Build as the command does."""
    inputs = inputs_of(folder, options)
    return last_report(folder, options, inputs) or build(folder, options, None, inputs)


TestEditor = Editor.TestCase
TestEditor.settings = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # a shorter example would take minutes to find
    max_examples=8,
    stateful_step_count=24,
    suppress_health_check=list(HealthCheck),
)


def dated(day: str, tag: str, **fields: object) -> str:
    """A note that shares nothing with others but what its fields say."""
    return note("Text.\n", date=day, tags=[tag], **fields)


SUBTLE: dict[str, tuple[Files, Files]] = {
    "groups that read the same in a row": (
        {
            "content/a.md": note("Text.\n", date="2024-01-01", organisation="Acme", tags=["x"]),
            "content/b.md": note("Text.\n", date="2024-02-01", tags=["x"]),
            "content/c.md": note("Text.\n", date="2024-03-01", tags=["z"]),
        },
        {"content/a.md": note("Text.\n", date="2024-01-01", organisation="Acme X")},
    ),
    "an authority is written otherwise by most": (
        {
            "content/a.md": dated("2024-01-01", "p", authority="SOME COURT"),
            "content/b.md": dated("2023-01-01", "q", authority="Some Court"),
        },
        {"content/c.md": dated("2020-01-01", "r", authority="Some Court")},
    ),
    "an organisation has another address": (
        {
            "content/a.md": dated("2020-01-01", "p", organisation="Моє місто"),
            "content/b.md": dated("2020-02-01", "q", organisation="Моє місто"),
            "content/c.md": dated("2024-01-01", "r", organisation="Моє місто"),
            "digest.toml": site_settings("[pages]\nper_page = 1"),
        },
        {"content/c.md": dated("2024-01-01", "r", organisation="МОЄ МІСТО")},
    ),
}


@pytest.mark.parametrize(("files", "changes"), SUBTLE.values(), ids=SUBTLE.keys())
def test_what_other_notes_say_of_a_group_is_told_wherever_it_is_shown(
    project: Project, tmp_path: Path, files: Files, changes: Files
) -> None:
    project.built(files).built(changes)
    (tmp_path / "afresh").mkdir()
    assert project.files() == Project(tmp_path / "afresh").built({**files, **changes}).files()


@pytest.mark.parametrize("name", ["assets/style.css", "assets/own/a.css", "parts/assets/a.html", ".hidden.html"])
def test_a_template_that_includes_a_file_is_rendered_again_with_it(project: Project, name: str) -> None:
    project.built({"templates/404.html": f'{{% include "{name}" %}}', f"templates/{name}": "before"})
    project.built({f"templates/{name}": "after"})
    assert project.read("404.html") == "after"
