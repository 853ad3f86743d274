from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compliance_digest.desk.known_feeds import shipped
from tests.cli.helpers import digest
from tests.desk.servers import Web
from tests.desk.test_feeds import item, rss
from tests.projects import command, finished, settings

if TYPE_CHECKING:
    from tests.projects import Project


def test_what_was_made_is_said(project: Project) -> None:
    with Web() as web:
        feed = web.page("/feed", rss(item("One"), item("Two", "https://b.example/")))
        result = digest("import", "-C", project.folder, feed)
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            f"{feed}: 2 drafts\n  content/inbox/2024-09-30-one.md\n  content/inbox/2024-09-30-two.md\n2 drafts made\n"
        )
        again = digest("import", "-C", project.folder, "--dry-run", feed)
        assert again.stdout == f"{feed}: 0 drafts, 2 known already\n0 drafts would be made\n"


def test_a_feed_that_fails_gives_status_3_after_the_others(project: Project) -> None:
    with Web() as web:
        good, bad = web.page("/feed", rss(item("One"))), web("/none")
        result = digest("import", "-C", project.folder, bad, good)
    assert result.exit_code == 3
    assert result.stdout == f"{good}: 1 draft\n  content/inbox/2024-09-30-one.md\n1 draft made\n"
    assert result.stderr == (
        f"{bad}: error: the feed can't be read: the server answers 404 Not Found;"
        " try again later, or look for another address [feed-unreachable]\n"
        "digest: 1 error\n"
    )


def test_the_result_as_json(project: Project) -> None:
    with Web() as web:
        feed, bad = (
            web.page("/feed", rss(*(item(str(number), f"https://a.example/{number}") for number in "123"))),
            web("/"),
        )
        result = digest("import", "-C", project.folder, "--format", "json", "--limit", 2, feed, bad)
    assert json.loads(result.stdout) == {
        "drafts": ["content/inbox/2024-09-30-1.md", "content/inbox/2024-09-30-2.md"],
        "known": 0,
        "left": 1,
        "failed": [bad],
        "problems": 1,
    }
    assert json.loads(result.stderr)["code"] == "feed-unreachable"


def test_the_known_feeds(project: Project) -> None:
    project.write({"digest.toml": settings('[import.feeds]\ncnil = true\nico = "https://a.example/"\nftc = false\n')})
    result = digest("import", "-C", project.folder, "--list")
    assert "cnil (CNIL, FR) [in digest.toml]\n  https://www.cnil.fr/" in result.stdout
    assert "ico (ICO, GB) [in digest.toml]\n  https://a.example/\n" in result.stdout
    assert "ftc (FTC, US) [switched off in digest.toml]\n" in result.stdout
    as_json = json.loads(digest("import", "-C", project.folder, "--list", "--format", "json").stdout)
    assert {each["authority"] for each in as_json["feeds"]} == {"ico", *shipped()}


def test_wrong_usage(project: Project) -> None:
    result = digest("import", "-C", project.folder, "cnl")
    assert (result.exit_code, result.stderr) == (2, "digest: 'cnl' is no authority's id; did you mean 'cnil'?\n")
    result = digest("import", "-C", project.folder, "x.csv", "--map", "titel=x")
    assert (result.exit_code, result.stderr) == (2, "digest: --map: 'titel' is no field; did you mean 'title'?\n")


def test_tables_need_no_network_and_no_package_for_it(project: Project) -> None:
    project.write({"table.json": '[{"title": "T", "date": "2024-09-30", "link": "https://a.example/"}]'})
    script = (
        "import sys; sys.modules['httpx'] = sys.modules['feedparser'] = None\n"
        "from compliance_digest.cli import main; main(prog_name='digest')"
    )
    status, out, _ = finished(command("import", "table.json", cwd=project.folder, script=script))
    assert (status, out.splitlines()[-1]) == (0, "1 draft made")
    status, _, err = finished(command("import", "cnil", cwd=project.folder, script=script))
    assert status == 3
    assert err == ("digest: this needs the package httpx, which isn't there; install it with: pip install httpx\n")
