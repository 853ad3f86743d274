"""What everything that is published is planned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from compliance_digest.archive.archive import Archive
    from compliance_digest.archive.related import Related
    from compliance_digest.outputs.fingerprints import Fingerprints
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """An archive, what is known of it, and the project it is of.

    `day` is today in the site's time zone, which tells whether an edition is over; `theme` the fingerprint of the
    program, the settings and the templates.
    """

    archive: Archive
    related: Related
    settings: Settings
    project: Path
    day: date
    theme: str
    prints: Fingerprints
    rows: Rows
    maker: PageMaker
