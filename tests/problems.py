"""Writes docs/problems.md, by running the program on an example of each problem: `python -m tests.problems`."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from click.testing import CliRunner

import compliance_digest
from compliance_digest.cli import main
from tests.desk.servers import Web
from tests.problem_examples import EXAMPLES, FOLDER, HOST
from tests.projects import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.problem_examples import Example

FILE = Path(__file__).parents[1] / "docs" / "problems.md"
SOURCE = Path(compliance_digest.__file__).parent

TOP = """\
# Problems

<!-- Written by `python -m tests.problems`, which runs the program on the examples in tests/problem_examples.py. -->

Every problem is told on one line: where it is (file, line, column), whether it is an error or a warning, what is wrong,
what was expected or what to do, and, in brackets, its code. Codes never change, so that scripts can rely on them.

An **error** keeps a build from publishing anything; the site stays as it is. A **warning** doesn't, unless with
`--strict`. Warnings that come from a rule of `digest check` can be switched off: see [checking.md](checking.md#rules).

Each problem is shown with an example, and the line of the file that it is about.
"""

_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
_SEVERITIES = {"error", "warning"}
_LONGEST_LINE = 120


def codes() -> set[str]:
    """Return all codes that the program's source gives to problems."""
    trees = [ast.parse(file.read_text("utf-8")) for file in SOURCE.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    telling = {name for node in nodes for name in _telling(node)}
    return {text for node in nodes for text in _codes(node, telling) if _CODE.fullmatch(text)}


def _telling(node: ast.AST) -> Iterator[str]:
    """Yield the name of a function, or of a class, that is given a code."""
    match node:
        case ast.FunctionDef(name=name, args=ast.arguments(args=parameters)):
            if "code" in [parameter.arg for parameter in parameters]:
                yield name
        case ast.ClassDef(name=name, body=body):
            if "code" in [ast.unparse(each.target) for each in body if isinstance(each, ast.AnnAssign)]:
                yield name


def _codes(node: ast.AST, telling: set[str]) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=given) if name in telling:
            yield from (text for text in _texts(given) if text not in _SEVERITIES)
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value="code"), default]):
            yield from _texts([default])
        case ast.Assign(targets=[ast.Name(id="code")], value=value):
            yield from _texts([value])
        case ast.Yield(value=ast.Tuple(elts=[ast.Name(id="line"), code, *_])):
            yield from _texts([code])
        case ast.AnnAssign(target=ast.Name(id="RULES"), value=ast.Dict(keys=keys)):
            yield from _texts([key for key in keys if key])


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    """Yield the texts that some expressions are, or choose from."""
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=one, orelse=other):
                yield from _texts([one, other])


def written() -> str:
    """Return what docs/problems.md is to hold."""
    return "\n".join([TOP, *(_section(code, example) for code, example in sorted(EXAMPLES.items()))])


def _section(code: str, example: Example) -> str:
    told, line = _told(code, example)
    severity = "warning" if re.search(r": warning: |\"severity\": \"warning\"", told) else "error"
    shown = f"```\n{line}\n```\n\n" if line else ""
    return f"## {code}\n\n*{severity}* · {example.about}\n\n{shown}```\n{told}\n```\n\n{example.cure}\n"


def _told(code: str, example: Example) -> tuple[str, str]:
    """Return what the program says of an example, and the line of the file that it says it of."""
    with TemporaryDirectory() as folder, Web() as web:
        for path, page in example.pages.items():
            web.page(path, **page)
        host = web("")
        project = Project(Path(folder)).write({path: _at(host, text) for path, text in example.files.items()})
        for path, target in example.links.items():
            (project.folder / path).symlink_to(target)
        words = [word.replace(HOST, host).replace(FOLDER, folder) for word in example.command]
        result = CliRunner().invoke(main, [*words, "-C", folder], prog_name="digest")
        told = [line for line in result.stderr.splitlines() if f"[{code}]" in line or f'"code": "{code}"' in line]
        if not told:
            message = f"the example of {code} is told as:\n{result.output}"
            raise AssertionError(message)
        return told[0].replace(folder, FOLDER).replace(host, HOST), _line(project, told[0]).replace(host, HOST)


def _at(host: str, text: str | bytes | None) -> str | bytes | None:
    """Return a file's text for an example with pages, which are at `host`."""
    return text.replace(HOST, host) if isinstance(text, str) else text


def _line(project: Project, told: str) -> str:
    """Return the line of a file that a problem is told of; an empty string where there is none."""
    place = re.match(r"(.+?):(\d+):", told)
    if place is None:
        return ""
    text = (project.folder / place[1]).read_bytes().decode("utf-8", "replace")
    line = text.splitlines()[int(place[2]) - 1]
    if line == "---":
        return ""
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8", newline="\n")
