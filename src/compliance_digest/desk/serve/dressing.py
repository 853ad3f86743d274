"""What the preview adds to pages when they are served: a script, and marks on notes that are not published yet.

Nothing of it is ever in a file of the site.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from compliance_digest.desk.serve.policies import relaxed

if TYPE_CHECKING:
    from compliance_digest.desk.serve.news import State

PLACE = "/.digest/serve/"
"""Where the preview's own files are: no site has an address there."""

EVENTS, SCRIPT, OVERLAY, MARKS = (f"{PLACE}{name}" for name in ("events", "page.js", "overlay.css", "marks.css"))

_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_MAIN = re.compile(r"<main\b[^>]*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)

_BANNER = """\
.digest-early {
  margin: 0 0 1.5rem; padding: 0.5rem 0.75rem; border: 2px dashed;
  font: 600 0.875rem / 1.5 system-ui, sans-serif;
}
"""
_MARK = """\
%s {
  content: "%s"; display: inline-block; margin-inline-start: 0.5em; padding-inline: 0.4em; border: 1px dashed;
  font: 600 0.75rem / 1.4 system-ui, sans-serif; white-space: nowrap;
}
"""


def dressed(page: bytes, state: State, address: str) -> bytes:
    """Return the HTML of the page at an address inside the site, with what the preview adds to it."""
    nonce = secrets.token_urlsafe(16)
    text = relaxed(page.decode("latin-1"), nonce)  # in which all bytes are characters, and come back as they were
    added = (
        f'<link rel="stylesheet" href="{MARKS}" nonce="{nonce}">'
        f'<script src="{SCRIPT}" data-build="{state.build}" data-late="{state.late}" nonce="{nonce}" defer></script>'
    )
    if address in state.early:
        start = _MAIN.search(text) or _BODY.search(text)
        text = _inserted(text, start.end() if start else len(text), _banner(draft=state.early[address]))
    end = _HEAD_END.search(text)
    return _inserted(text, end.start() if end else len(text), added).encode("latin-1")


def marks(state: State) -> str:
    """Return the style sheet that marks notes, and links to them, which a published site would lack."""
    parts = [_BANNER]
    for draft, word in ((True, "draft"), (False, "future")):
        links = [_links_to(address) for address, is_draft in state.early.items() if is_draft == draft]
        if links:
            parts.append(_MARK % (",\n".join(links), word))
    return "".join(parts)


def _inserted(text: str, at: int, added: str) -> str:
    return f"{text[:at]}{added}{text[at:]}"


def _banner(*, draft: bool) -> str:
    said = "a draft" if draft else "dated after today"
    return (
        f'<p class="digest-early" role="note">This note is {said}: it is shown here, and left out by digest build.</p>'
    )


def _links_to(address: str) -> str:
    """Return the selector of what stands after links to a page, but for a note's own date, which is one."""
    quoted = address.replace("\\", "\\\\").replace('"', '\\"')
    return f'a[href$="/{quoted}"]:not(:has(> time))::after'
