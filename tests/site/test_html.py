"""Every page is valid by the Nu HTML checker (npm: vnu-jar), without an error or a warning."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from .conftest import program, without

if TYPE_CHECKING:
    from tests.projects import Site

CHECKER = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
UNFOUNDED = r"Resource violates Content Security Policy \(meta tag\): .* “[./][^”]*” blocked by “.*” directive\."
"""The checker knows no origin of a file, so that 'self' allows nothing: it says this of all that a page loads."""


def test_the_checker_finds_nothing_on_any_page(built: Site) -> None:
    java = program("java", "default-jre-headless")
    if not CHECKER.exists():
        without("the Nu HTML checker is not installed: make test installs it where npm is there")
    pages = sorted(built.site.rglob("*.html"))
    command = [
        java,
        "-Xss8m",
        "-jar",
        str(CHECKER),
        "--stdout",
        "--filterpattern",
        f".*{UNFOUNDED}.*",
        *map(str, pages),
    ]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    assert len(pages) > 300
