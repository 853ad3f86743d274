from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.build import build
from compliance_digest.problems import DigestError, NotesInvalid, SettingsInvalid
from compliance_digest.report import BuildOptions, Early
from tests.projects import HOST, Project, command, finished, note, settings
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from tests.projects import Files

SECRET = {
    "content/sound.md": note(title="A sound note", tags=["sound"]),
    "content/zebra.md": note(
        "- The zebra sentence. #zebra\n- ![zebra](zebra.png)\n",
        title="The zebra title",
        organisation="Zebra SA",
        authority="Zebra Court",
        aliases=["/zebra/"],
        articles=["Zebra 5"],
        fine="1234567 SEK",
    ),
    "content/zebra.png": "zebra",
}


def epoch(when: str) -> str:
    """Return what SOURCE_DATE_EPOCH is at a time in UTC."""
    return str(int(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp()))


def traces(project: Project, word: str) -> list[str]:
    """Return the files of a site that hold a word, or are called by it."""
    found = {path: data.decode("utf-8", "replace").casefold() for path, data in project.files().items()}
    return [path for path, text in found.items() if word in path.casefold() or word in text]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("title:", "draft: true\ntitle:"), id="draft"),
        pytest.param(("2024-09-30", "2031-09-30"), id="future"),
        pytest.param(("2024-09-30", "2031-09-30T10:00:00+02:00"), id="future, with a time"),
        pytest.param(("title:", "draft: true\ntitle:", "2024-09-30", "2031-09-30"), id="both"),
    ],
)
def test_a_note_that_is_withheld_is_nowhere_in_the_site(project: Project, change: tuple[str, ...]) -> None:
    project.built(SECRET)
    assert len(traces(project, "zebra")) > 20
    text = SECRET["content/zebra.md"]
    for old, new in zip(change[::2], change[1::2], strict=True):
        text = text.replace(old, new)
    report = project.write({"content/zebra.md": text}).build()
    assert report.notes == 1
    assert traces(project, "zebra") == traces(project, "1234567") == []
    assert project.published() == Project(project.folder).built({}, fresh=True).published()


@pytest.mark.parametrize(
    ("fields", "options", "published"),
    [
        ({"draft": True}, {"drafts": True}, True),
        ({"draft": True}, {"future": True}, False),
        ({"draft": False}, {}, True),
        ({"date": "2031-01-01"}, {"future": True}, True),
        ({"date": "2031-01-01"}, {"drafts": True}, False),
        ({"date": "2031-01-01", "draft": True}, {"drafts": True, "future": True}, True),
    ],
)
def test_drafts_and_future_notes_can_be_asked_for(
    project: Project, fields: dict[str, Any], options: dict[str, bool], *, published: bool
) -> None:
    report = project.write({"content/a.md": note(**fields)}).build(**options)
    assert report.notes == published


def test_what_is_published_early_is_reported(project: Project) -> None:
    notes = {"content/a.md": note(), "content/b.md": note(draft=True), "content/c.md": note(date="2031-01-01")}
    early = project.write(notes).build(drafts=True, future=True).early
    assert early == (Early("2024/09/30/b/", draft=True), Early("2031/01/01/c/", draft=False))
    assert project.build().early == ()


@pytest.mark.parametrize(
    ("now", "timezone", "date", "published"),
    [
        ("2024-03-01T00:00", "UTC", "2024-03-01", True),
        ("2024-02-29T23:59", "UTC", "2024-03-01", False),
        ("2024-02-29T23:59", "Europe/Paris", "2024-03-01", True),
        ("2024-02-29T11:30", "Pacific/Auckland", "2024-03-01", True),
        ("2024-03-01T04:59", "America/New_York", "2024-03-01", False),
        ("2024-03-01T05:00", "America/New_York", "2024-03-01", True),
        ("2024-02-29T12:00", "UTC", "2024-02-29T18:00", True),
        ("2024-02-29T12:00", "UTC", "2024-03-01T00:30:00+02:00", True),
        ("2024-02-29T12:00", "Europe/Paris", "2024-02-29T23:30:00Z", False),
    ],
)
def test_today_is_a_day_of_the_sites_time_zone(
    project: Project, monkeypatch: pytest.MonkeyPatch, now: str, timezone: str, date: str, *, published: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch(now))
    report = project.write({"digest.toml": settings(timezone=timezone), "content/a.md": note(date=date)}).build()
    assert report.notes == published


@pytest.mark.parametrize(
    ("date", "timezone", "address"),
    [
        ("2024-09-30", "Pacific/Auckland", "2024/09/30/a/"),
        ("2024-09-30T23:30:00Z", "UTC", "2024/09/30/a/"),
        ("2024-09-30T23:30:00Z", "Europe/Paris", "2024/10/01/a/"),
        ("2024-09-30 23:30", "Europe/Paris", "2024/09/30/a/"),
        ("2024-01-01T02:00:00+02:00", "America/New_York", "2023/12/31/a/"),
    ],
)
def test_the_sites_time_zone_decides_the_day_of_a_note_with_a_time(
    project: Project, date: str, timezone: str, address: str
) -> None:
    project.built({"digest.toml": settings(timezone=timezone), "content/a.md": note(date=date)})
    assert project.page(address).classed("h-entry")


@pytest.mark.parametrize("wrong", ["yesterday", "1.5", "2024-01-01", "9" * 30, "-" + "9" * 30])
def test_a_source_date_epoch_that_is_none(project: Project, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    with pytest.raises(SettingsInvalid, match="SOURCE_DATE_EPOCH is not a number of seconds since 1970"):
        project.build()


def test_without_a_source_date_epoch_the_clock_says_what_today_is(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    tomorrow = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 86400, UTC).date()
    project.write({"content/a.md": note(date=str(tomorrow)), "content/b.md": note(date="2024-01-01")})
    assert project.build().notes == 1


def test_all_problems_of_all_notes_are_told_and_the_site_stays(project: Project) -> None:
    project.built(SAMPLE)
    files: Files = {
        "content/a.md": note("[[Nothing]]\n", date="30/9/24", country="UK"),
        "content/b.md": note(title=None, fine="5 million", colour="red"),
        "content/c.md": "no front matter",
        "content/d.md": note("[it](missing.pdf)\n", links=None),
        "content/e.md": b"---\ntitle: \xff\n---\n",
    }
    problems = project.problems(files)
    assert problems == sorted(problems)
    assert [(problem.file[8:], problem.line, problem.code) for problem in problems] == [
        ("a.md", 3, "bad-date"),
        ("a.md", 5, "bad-country"),
        ("b.md", 1, "missing-field"),
        ("b.md", 4, "bad-fine"),
        ("b.md", 5, "unknown-field"),
        ("c.md", 1, "no-front-matter"),
        ("d.md", 1, "no-source"),
        ("d.md", 5, "missing-attachment"),
        ("e.md", 2, "not-utf-8"),
    ]


def test_a_first_build_that_is_refused_leaves_nothing(project: Project) -> None:
    project.problems({"content/a.md": note(date="30/9/24")})
    assert not project.site.exists()


def test_warnings_are_errors_where_that_is_asked_for(project: Project) -> None:
    project.write({"content/a.md": note(links=None)})
    assert [problem.code for problem in project.build().problems] == ["no-source"]
    (problem,) = project.problems(strict=True)
    assert (problem.code, problem.severity) == ("no-source", "warning")


@pytest.mark.parametrize(
    "more",
    [
        '[site.colours]\nred = "blue"',
        "[pages]\nper_paeg = 2",
        '[tags."Personal Data"]\nlabel = "x"\ncolour = "red"',
        '[authorities.cnil]\ncolour = "red"',
        "[colours]",
    ],
)
def test_an_unknown_setting_is_a_warning(project: Project, more: str) -> None:
    report = project.write({"digest.toml": settings(more)}).build()
    assert [(problem.code, problem.file) for problem in report.problems] == [("unknown-setting", "digest.toml")]
    with pytest.raises(NotesInvalid):
        project.build(strict=True)


def test_a_second_build_writes_nothing(project: Project) -> None:
    first = project.write(SAMPLE).build()
    assert (first.written, first.unchanged) == (len(project.published()), 0)
    times = {file: file.stat().st_mtime_ns for file in project.site.rglob("*") if file.name != "lock"}
    second = project.build()
    assert (second.written, second.unchanged, second.removed, second.reasons) == (0, first.written, 0, ())
    assert {file: file.stat().st_mtime_ns for file in times} == times


def test_a_fresh_build_renders_all_and_comes_to_the_same(project: Project) -> None:
    before = project.built(SAMPLE).files()
    report = project.build(fresh=True)
    assert (report.written, len(report.reasons)) == (0, len(project.published()))
    assert project.files() == before


PAGE = {"2024/09/30/a/index.html"}
QUOTING = {"tags/x/index.html", "editions/2024-W40/index.html", "editions/feed.xml", "data/passages.json"}
ACTIONS = {"data/actions.csv", "data/actions.json", "data/datapackage.json"}
FEEDS = {
    "feed.xml", "atom.xml", "feed.json", "tags/x/feed.xml", "authorities/cnil/feed.xml", "countries/fr/feed.xml"
}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "fields", "rewritten"),
    [
        pytest.param("- Text. #x\n- Other words.\n", {}, PAGE | FEEDS, id="words of no passage"),
        pytest.param(
            "- Other text. #x\n- Words.\n",
            {},
            PAGE | FEEDS | ACTIONS | QUOTING,
            id="a passage",
        ),
        pytest.param(
            "- Text. #x\n- Words.\n",
            {"sector": "health"},
            PAGE | ACTIONS | {"actions/index.html", "actions/rows.json"},
            id="a fact that neither lists nor feeds show",
        ),
        pytest.param(
            "- Text. #x\n- Words.\n",
            {"updates": [{"date": "2024-10-01", "note": "Paid."}]},
            PAGE | FEEDS | ACTIONS | {"sitemap.xml"},
            id="an update",
        ),
    ],
)
def test_an_edited_note_is_rewritten_where_it_is_shown_and_nowhere_else(
    project: Project, body: str, fields: dict[str, Any], rewritten: set[str]
) -> None:
    files = {**SAMPLE, "digest.toml": settings()}
    files["content/a.md"] = note("- Text. #x\n- Words.\n", authority="cnil", organisation="Acme")
    before = project.built(files).files()
    report = project.write({"content/a.md": note(body, authority="cnil", organisation="Acme", **fields)}).build()
    after = project.files()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed - {".digest/manifest.json"} == rewritten
    assert report.written == len(rewritten)
    assert {reason for _, reason in report.reasons} == {"its inputs changed"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"content/a.md": note("- Text. #x\n", title="Another title")}, id="title"),
        pytest.param({"content/a.md": note("- Text. #x\n", date="2020-01-01")}, id="date"),
        pytest.param({"content/a.md": note("- Text. #y\n")}, id="tag"),
        pytest.param({"content/a.md": note("- Other text. #x\n")}, id="passage"),
        pytest.param({"content/a.md": note("- Text. #x\n", draft=True)}, id="draft"),
        pytest.param({"content/a.md": None}, id="removed"),
        pytest.param({"content/new.md": note(tags=["x"])}, id="added"),
        pytest.param(
            {"content/s.md": None, "content/t.md": note("- T. #x\n", slug="s", date="2021-01-01")}, id="renamed"
        ),
        pytest.param({"content/linked.md": note(slug="moved", date="2022-01-01")}, id="a link's target moved"),
        pytest.param(
            {
                "content/in/files.md": None,
                "content/out/files.md": note("![i](../out/sub/i.png)\n", slug="files"),
            },
            id="moved to its files",
        ),
        pytest.param({"content/in/d.csv": "changed"}, id="attachment"),
        pytest.param({"digest.toml": settings('[tags.x]\nlabel = "X!"')}, id="label"),
        pytest.param({"digest.toml": settings('[authorities.cnil]\nshort = "C"\nname = "D"')}, id="authority"),
        pytest.param({"digest.toml": settings(author="Jo", licence="CC0", timezone="Asia/Tokyo")}, id="site"),
        pytest.param({"digest.toml": settings("[pages]\nper_page = 1\n[feeds]\nitems = 1")}, id="pages"),
        pytest.param({"digest.toml": settings(language="de")}, id="language"),
        pytest.param({"templates/404.html": "own"}, id="template"),
        pytest.param({"static/x.txt": "x", "templates/assets/style.css": "own"}, id="files"),
    ],
)
def test_a_build_after_a_change_comes_to_the_same_as_a_first_one(
    project: Project, tmp_path: Path, change: Files
) -> None:
    files: Files = {
        "content/a.md": note("- Text. #x\n"),
        "content/b.md": note("[[linked]]\n", authority="cnil", date="2024-10-01", tags=["x"]),
        "content/linked.md": note(date="2022-01-01"),
        "content/s.md": note("- T. #x\n", slug="s", date="2021-01-01"),
        "content/in/files.md": note("![i](../out/sub/i.png)\n", slug="files"),
        "content/in/d.md": note("[d](d.csv)\n"),
        "content/in/d.csv": "1,2",
        "content/out/sub/i.png": b"\x89PNG",
    }
    project.built(files).built(change)
    (tmp_path / "afresh").mkdir()
    merged = {path: content for path, content in {**files, **change}.items() if content is not None}
    afresh = Project(tmp_path / "afresh").built(merged)
    assert project.files() == afresh.files()


VERSIONS: dict[str, list[str | bytes | None]] = {
    "content/a.md": [
        None,
        note("- Text. #x\n- Words.\n", authority="cnil"),
        note("- Text. #x #y\n", title="Another title", fine="5 EUR"),
        note("[[b]] and [it](in/d.csv)\n", tags=["y"], date="2024-10-01T23:30:00Z"),
        note(draft=True),
    ],
    "content/b.md": [
        note(date="2023-01-01"),
        note(date="2023-01-01", slug="c", organisation="Acme"),
        note(date="2024-09-30", slug="a", updates=[{"date": "2025-01-01", "note": "Paid."}], aliases=["/old/"]),
        None,
    ],
    "content/c.md": [None, note(slug="c", tags="x, z"), note(id="b", title="C"), note(date="2031-01-01", tags=["z"])],
    "content/in/d.csv": ["1", "2"],
    "digest.toml": [
        settings(),
        settings('[tags.x]\nlabel = "X!"\ndescription = "All."\n[pages]\nper_page = 1'),
        settings("[feeds]\nitems = 1", timezone="Asia/Tokyo", author="Jo"),
    ],
    "static/old/index.html": [None, "x"],
    "templates/404.html": [None, "own", "{{ broken"],
}


@hypothesis.settings(max_examples=6, deadline=None)
@given(
    steps=st.lists(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in VERSIONS.items()}), max_size=4)
)
def test_a_build_after_any_changes_comes_to_the_same_as_a_first_one(steps: list[Files]) -> None:
    """Also after builds that were refused, and where the last one is."""
    with TemporaryDirectory() as folder:
        for name in ("changed", "afresh"):
            Path(folder, name).mkdir()
        project, afresh = Project(Path(folder, "changed")), Project(Path(folder, "afresh"))
        files: Files = {path: versions[0] for path, versions in VERSIONS.items()}
        last: DigestError | None = None
        for step in [files, *steps]:
            there = {path for path, content in files.items() if content is not None}
            files = {**files, **step}
            before = project.files()
            project.write(
                {path: files[path] for path in files if files[path] is not None or path in there & step.keys()}
            )
            last = outcome(project)
            assert last is None or project.files() == before
        other = outcome(afresh.write({path: content for path, content in files.items() if content is not None}))
        if last is None:
            assert other is None
            assert project.files() == afresh.files()
        else:
            assert other
            assert other.problems == last.problems


def outcome(project: Project) -> DigestError | None:
    try:
        project.build()
    except DigestError as error:
        return error
    return None


def test_the_same_notes_and_settings_give_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    machines: list[dict[str, Any]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "cwd": tmp_path},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"},
    ]
    processes, projects = [], []
    for number, machine in enumerate(machines):
        folder = tmp_path / f"machine {number}" / ("deep" * number)
        folder.mkdir(parents=True)
        files = dict(list(SAMPLE.items())[:: 1 if number else -1])
        projects.append(Project(folder).write(files))
        cwd = machine.pop("cwd", folder)
        processes.append(
            command("-C", os.path.relpath(folder, cwd), "build", cwd=cwd, SOURCE_DATE_EPOCH="1735689600", **machine)
        )
    for process in processes:
        assert finished(process)[0] == 0
    one, other = (promised(each.files()) for each in projects)
    assert one == other
    assert ".digest/manifest.json" in one
    assert "search/index.html" in one


def promised(files: dict[str, bytes]) -> dict[str, bytes]:
    """All files but those of the search index, which Pagefind names and writes anew each time."""
    state = json.loads(files[".digest/manifest.json"])
    state["files"] = {path: entry for path, entry in state["files"].items() if not path.startswith("pagefind/")}
    kept = {path: data for path, data in files.items() if not path.startswith("pagefind/")}
    return kept | {".digest/manifest.json": json.dumps(state).encode()}


def test_several_processes_come_to_the_same_as_one(project: Project, tmp_path: Path) -> None:
    project.write({**SAMPLE, "content/warned.md": note(links=None)})
    one = build(project.folder, BuildOptions(output=tmp_path / "one", search=False))
    report = project.build(jobs=2)
    assert project.files() == {
        file.relative_to(tmp_path / "one").as_posix(): file.read_bytes()
        for file in (tmp_path / "one").rglob("*")
        if file.is_file() and file.name != "lock"
    }
    assert (report.notes, report.problems) == (one.notes, one.problems)


def test_several_processes_tell_all_problems_in_order(project: Project) -> None:
    project.write({f"content/{name}.md": note(date=name) for name in "dcba"})
    with pytest.raises(NotesInvalid) as caught:
        project.build(jobs=2)
    assert [problem.file for problem in caught.value.problems] == [f"content/{name}.md" for name in "abcd"]


def test_a_project_without_notes(project: Project) -> None:
    report = project.build()
    assert (report.notes, report.problems) == (0, ())
    assert {"index.html", "feed.xml", "sitemap.xml", "404.html"} <= project.published()


def test_without_a_folder_of_notes(project: Project) -> None:
    (project.folder / "content").rmdir()
    with pytest.raises(SettingsInvalid, match=r"there is no folder .*content: notes go there"):
        project.build()
    assert not project.site.exists()


@pytest.mark.parametrize("base_url", ["https://other.example", "https://other.example/a/b/"])
def test_another_address_can_be_asked_for(project: Project, base_url: str) -> None:
    project.built(SAMPLE).build(base_url=base_url)
    assert not any(HOST.encode() in data for data in project.files().values())
    canonical = str(project.page("2019/01/02/first/").one("//link[@rel='canonical']/@href"))
    assert canonical == f"{base_url.rstrip('/')}/2019/01/02/first/"


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "other.example",
        "ftp://other.example/",
        "https://",
        "https://[",
        "https://x.example/?y",
        "https://x.example/#y",
        "https://x.example/a b",
        'https://x.example/"><b>/',
        "https://x<y.example/",
        "https://x.example:99999/",
    ],
)
def test_another_address_that_is_none(project: Project, base_url: str) -> None:
    (problem,) = project.problems(error=SettingsInvalid, base_url=base_url)
    assert problem.code == "bad-setting"


def test_another_folder_can_be_asked_for(project: Project, tmp_path: Path) -> None:
    report = project.write(SAMPLE).build(output=tmp_path / "elsewhere")
    assert report.output == tmp_path / "elsewhere"
    assert (tmp_path / "elsewhere" / "index.html").is_file()
    assert not project.site.exists()


@pytest.mark.parametrize("folder", [".", "..", "content", "static/site", "templates"])
def test_a_folder_where_the_site_can_not_go(project: Project, folder: str) -> None:
    with pytest.raises(SettingsInvalid, match="can't be the output folder"):
        project.build(output=project.folder / folder)


def test_what_a_report_says(project: Project) -> None:
    told: list[tuple[str, int, int]] = []
    files = {"content/a.md": note(date="2023-05-06"), "content/b.md": note(draft=True), "content/c.md": note()}
    project.write(files)
    report = build(project.folder, BuildOptions(search=False), lambda *progress: told.append(progress))
    assert (report.notes, report.removed, report.output) == (2, 0, project.site)
    assert [name for name, _ in report.stages] == ["read", "gather", "plan", "publish"]
    assert told[0] == ("reading", 3, 3)
    assert told[-1] == ("publishing", report.written, report.written)
    project.write({"content/a.md": None})
    assert project.build().removed == len({"2023/05/06/a", "2023", "2023/05", "editions/2023-W18"})


@pytest.mark.parametrize("date", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31"])
def test_a_year_in_which_some_days_are_none(project: Project, date: str) -> None:
    assert [problem.code for problem in project.problems({"content/a.md": note(date=date)}, future=True)] == [
        "bad-date"
    ]


@pytest.mark.parametrize("date", ["0002-01-01", "9998-12-31"])
def test_the_first_and_the_last_years_there_are(project: Project, date: str) -> None:
    project.built({"content/a.md": note(date=date)}, future=True)
    assert project.page(f"{date[:4]}/").entries == ["A note"]
    assert project.feed().entries


def test_a_figure_that_no_fine_has(project: Project) -> None:
    (problem,) = project.problems({"content/a.md": note(fine=f"{'9' * 40} EUR")})
    assert (problem.code, problem.line) == ("bad-fine", 5)


def test_large_sums_are_exact(project: Project) -> None:
    files = {f"content/{name}.md": note(fine=fine) for name, fine in (("a", "999999999999 EUR"), ("b", "0.01 EUR"))}
    assert "€999,999,999,999.01" in project.built(files).read("2024/index.html")


def test_what_is_left_out_is_told_with_its_reason(project: Project) -> None:
    files: Files = {"content/a.md": note(draft=True), "content/b.md": note(date="2999-01-01"), "content/c.md": note()}
    report = project.write(files).build()
    assert {(each.path, each.reason) for each in report.left_out} == {
        ("a.md", "it is a draft"),
        ("b.md", "its date is in the future"),
    }


def test_a_link_with_an_unknown_scheme_is_told(project: Project) -> None:
    report = project.write({"content/a.md": note("A.\n\n[x](htps://www.cnil.fr/a) [y](mailto:a@b.example)\n")}).build()
    (problem,) = report.problems
    assert (problem.line, problem.code, problem.severity) == (8, "bad-link", "warning")
    assert "htps://www.cnil.fr/a" in problem.message


def test_an_update_in_the_future_is_told(project: Project) -> None:
    files: Files = {"content/a.md": note(updates=[{"date": "2999-01-01", "note": "Reduced."}])}
    (problem,) = project.write(files).build().problems
    assert (problem.line, problem.code, problem.severity) == (5, "future-update", "warning")
