"""Raw HTML in a note: what HTML doesn't know is text, and what would swallow text can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

if TYPE_CHECKING:
    from markdown import Markdown

_HTML_ELEMENTS = frozenset(
    """a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote
    body br button canvas caption center cite code col colgroup command content data datalist dd del details
    dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer form frame frameset h1 h2
    h3 h4 h5 h6 head header hgroup hr html i image img input ins isindex kbd keygen label legend li link main
    map mark marquee menu menuitem meta meter nav nobr object ol optgroup option output p param picture
    portal pre progress q rb rp rt rtc ruby s samp search section select shadow slot small source spacer span
    strike strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video
    wbr""".split()
)
_SWALLOWED = tuple(
    (re.compile(rf"</{name}\s*>", re.IGNORECASE), re.compile(rf"(?si)<{name}\b[^<>]*>.*?</{name}\s*>"))
    for name in ("script", "style")
)
_OPENING = re.compile(
    r"""<(?:/?([A-Za-z][^\s/>]*)(?P<whole>(?=(?:[^<>"']|"[^<"]*"|'[^<']*')*>))?|[?!](?!--))"""  # attributes hold no "<"
)


class RawHtml(Extension):
    """Prepares raw HTML for the sanitiser; see `defused`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the steps before and after raw HTML is put back into the text."""
        md.postprocessors.register(_CloseComments(md), "close_comments", 35)
        md.postprocessors.register(_Defuse(md), "defuse", 5)


class _CloseComments(Postprocessor):
    def run(self, text: str) -> str:
        """Show a comment as text that isn't closed in the block it begins in."""
        blocks = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if isinstance(block, str) and "<!--" in block:
                closed, end, rest = block.rpartition("-->")
                blocks[number] = closed + end + rest.replace("<!--", "&lt;!--")
        return text


class _Defuse(Postprocessor):
    def run(self, text: str) -> str:
        """Defuse the HTML of a note that holds any."""
        return defused(text) if self.md is not None and self.md.htmlStash.rawHtmlBlocks else text


def defused(html: str) -> str:
    """Return `html` without scripts and style sheets, and with tags that aren't HTML's shown as text.

    "<Company Name>" in a note is a name to its author and a tag to a browser, which would drop it. Elements whose
    content HTML parses as raw text (`title`, `textarea`, `iframe`, `xmp` …) or as
    something apart (`template`, `svg`, `math`) count as unknown, since one of them left open would take the rest of the
    note with it; so does a tag that has no end.
    """
    for closing, whole in _SWALLOWED:
        if ends := [match.end() for match in closing.finditer(html)]:  # behind the last, none is looked for
            html = whole.sub("", html[: ends[-1]]) + html[ends[-1] :]
    return _OPENING.sub(_escape_unknown, html)


def _escape_unknown(match: re.Match[str]) -> str:
    known = match["whole"] is not None and match[1].lower() in _HTML_ELEMENTS
    return match[0] if known else "&lt;" + match[0][1:]
