"""What pages may load: the Content Security Policy (level 3) of each page, and the one that hosts send for all."""

from __future__ import annotations

import base64
import hashlib

_BASE = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action {forms}"

READING = _BASE.format(forms="'none'")
"""Style sheets and images of the page's own site, and nothing else.

Without a script nothing connects, but what looks at a page from inside of it does: Lighthouse, for `robots.txt`.
"""

SCRIPTED = _BASE.format(forms="'self'") + "; script-src 'self'"
"""Scripts of the page's own site as well, and forms that lead there."""

SEARCHING = SCRIPTED.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""WebAssembly as well, which Pagefind is compiled to."""

HOST = f"{SEARCHING}; frame-ancestors 'none'"
"""What a host may send with every page: where it sends this and the page has its own, browsers hold to both."""


def with_data(policy: str, block: str) -> str:
    """Return a page's policy with the hash of the data block that stands in the page.

    Browsers run no data block and ask for no leave, but checkers take it for a script.
    """
    digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
    if "script-src " in policy:
        return policy.replace("script-src ", f"script-src 'sha256-{digest}' ")
    return f"{policy}; script-src 'sha256-{digest}'"
