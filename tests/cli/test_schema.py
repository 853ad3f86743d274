from __future__ import annotations

import json

from compliance_digest.desk.schema import front_matter_schema
from tests.cli.helpers import digest


def test_the_schema_is_printed_in_every_form() -> None:
    for form in ("text", "json", "github"):
        result = digest("schema", "--format", form)
        assert (result.exit_code, result.stderr) == (0, "")
        assert json.loads(result.stdout) == front_matter_schema()
