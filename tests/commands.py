"""Writes docs/commands.md from the help texts of the commands: `python -m tests.commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner

from compliance_digest.cli import main

FILE = Path(__file__).parents[1] / "docs" / "commands.md"
COLUMNS = 100

TOP = """\
# The command line

<!-- Written by `python -m tests.commands` from the commands' help texts: change those, and run it again. -->

`digest` works on a project: a folder with `digest.toml`, notes in `content/` and, where wanted, `templates/` and
`static/`. `-C` may stand before or after the command's name.
"""

BOTTOM = """\
## Exit statuses

| status | meaning |
|---|---|
| 0 | done; there may be warnings |
| 1 | the notes have errors; nothing was published |
| 2 | the command, the settings or a template is wrong; nothing was published |
| 3 | the file system or the network failed, the output folder holds foreign files, or the search index can't be made |

## What is written where

Problems go to standard error, sorted, one a line, and then their number:

```
content/note.md:7:7: error: date: expected an ISO date such as 2024-09-30, found '30/9/24' [bad-date]
digest: 1 error: nothing was published
```

[problems.md](problems.md) has all codes, with an example each.

Results go to standard output. With `--format json` a problem is one object a line, with `file`, `line`, `column`,
`severity`, `code`, `message` and `hint`; `line` and `column` are 0 where it has no place inside the file. The result of
a build is one object with `notes`, `written`, `unchanged`, `removed`, `problems` and `seconds`; it is there with status
0 and 1. That of a check has `notes`, `errors`, `warnings`, `problems`, `mendable` (how many notes `--fix` applies
to), `mended`, `diff` and `seconds`. That of
`new` has `file`, `title`, `date`, `authority`, `country` and `draft`. With `--format github` problems are workflow
annotations.

## The figures as JSON

`digest stats --format json` prints one object. Money is an object of `amount` (digits, as text) and `currency`
(ISO 4217); `address` is a page inside the site.

| field | holds |
|---|---|
| `actions`, `with_fine`, `authorities`, `countries` | how many there are |
| `sum` | all fines that count, in `currency`; null where none can be measured in it |
| `rates` | `date` and `source` of the exchange rates; null without |
| `without_rate` | the currencies whose fines are in no sum |
| `not_counted` | how many actions have fines that count in no sum: they were only proposed, or annulled |
| `by_year`, `by_authority`, `by_tag`, `by_article` | lists of `label`, `address` and figures |
| `by_month` | how many actions there were, by month (`2024-09`) |
| `by_currency` | a list of `fines` (how many), `total`, `units` for one of `currency`, and `sum` |
| `largest` | the 20 actions with the highest fines: `title`, `address`, `date`, `fines` |

Figures are `actions`, `with_fine`, `fines` (the sum of each currency) and `sum`. Years stand the latest first, the
others by their sums, without those that have none.

## Completion

The tab key completes commands, options, and some values: tags that `digest.toml` describes, authorities, outcomes.

| shell | file | line to add |
|---|---|---|
| bash (4.4 or newer) | `~/.bashrc` | `eval "$(_DIGEST_COMPLETE=bash_source digest)"` |
| zsh | `~/.zshrc`, after `compinit` | `eval "$(_DIGEST_COMPLETE=zsh_source digest)"` |
| fish | `~/.config/fish/completions/digest.fish` | `_DIGEST_COMPLETE=fish_source digest \\| source` |

## Environment

`SOURCE_DATE_EPOCH`, a number of seconds since 1970, sets what today is: notes dated later are left out.
"""


def written() -> str:
    """Return what docs/commands.md is to hold."""
    commands = [f"## digest {name}\n\n{help_of(name)}\n" for name in sorted(main.commands)]
    return "\n".join([TOP, f"{help_of()}\n", *commands, BOTTOM])


def help_of(*command: str) -> str:
    """Return the help text of a command, as a block of code."""
    sizes: dict[str, Any] = {"terminal_width": COLUMNS, "max_content_width": COLUMNS}
    result = CliRunner().invoke(main, [*command, "--help"], prog_name="digest", **sizes)
    return f"```\n{result.stdout.rstrip()}\n```"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8", newline="\n")
