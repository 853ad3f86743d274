"""`digest` called as on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from compliance_digest.cli import main

if TYPE_CHECKING:
    from click.testing import Result


def digest(*arguments: object, keyboard: str = "") -> Result:
    """Run `digest` with what is typed at a keyboard; whatever goes wrong becomes words and an exit status."""
    words = [str(argument) for argument in arguments]
    result = CliRunner().invoke(main, words, input=keyboard, prog_name="digest")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    return result
