"""`digest` called as on a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from compliance_digest.cli import main

if TYPE_CHECKING:
    from click.testing import Result


def digest(*arguments: object) -> Result:
    """Run `digest`; whatever goes wrong becomes words and an exit status."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="digest")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    return result
