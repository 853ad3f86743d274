"""Whether two web addresses lead to one page, as far as they tell by themselves."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|_gl)(?:=|$)", re.IGNORECASE
)
"""Parameters that say where a reader came from, and not what is read."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


def comparable(url: str) -> str:
    """Return what the spellings of one http(s) address have in common; it is no address itself.

    Left out are the scheme, `www.`, the scheme's own port, a slash at the path's end, the fragment, and parameters that
    track readers. Case counts in the path, as it does on the web. Raises ValueError for what is no address.
    """
    parts = urlsplit(url)
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    return unquote(f"{host}{port}{parts.path.rstrip('/')}{f'?{query}' if query else ''}")
