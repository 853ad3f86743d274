"""The dialect of a note's body: Python-Markdown, set up so that CommonMark's structure comes out.

Beyond CommonMark: tables, footnotes, bare addresses, hashtags and wikilinks.
"""

from __future__ import annotations

from markdown import Markdown

from compliance_digest.notes.dialect.addresses import Addresses
from compliance_digest.notes.dialect.blocks import Blocks
from compliance_digest.notes.dialect.hashtags import Hashtags
from compliance_digest.notes.dialect.inline import Inline
from compliance_digest.notes.dialect.quick import Quick
from compliance_digest.notes.dialect.raw_html import RawHtml
from compliance_digest.notes.dialect.steps import Steps
from compliance_digest.notes.dialect.wikilinks import Wikilinks


class Dialect:
    """Turns the bodies of notes into HTML, which is not yet sanitised. Made once, used for many notes."""

    def __init__(self) -> None:
        self._wikilinks = Wikilinks()
        extensions = [Steps(), Blocks(), Inline(), RawHtml(), Addresses(), Hashtags(), self._wikilinks, Quick()]
        self._markdown = Markdown(extensions=extensions, output_format="html")

    def convert(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return the HTML of a body and the targets of its wikilinks, in the order of their numbers.

        Hashtags and wikilinks are links with schemes of their own (`hashtags.SCHEME`, `wikilinks.SCHEME`).
        Raises RecursionError for a text nested too deeply to be anyone's prose.
        """
        self._markdown.reset()
        html = self._markdown.convert(text)
        return html, tuple(self._wikilinks.targets)
