"""What pages may load, and what the preview adds to that: Content Security Policy, level 3."""

from __future__ import annotations

import html
import re

_META = re.compile(r"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.IGNORECASE)
_CONTENT = re.compile(r"(\bcontent\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_ADDED = ("script-src", "script-src-elem", "style-src", "style-src-elem", "connect-src")


def relaxed(page: str, nonce: str) -> str:
    """Return an HTML page whose policies let elements with this nonce load, and connect to where the page is from."""
    return _META.sub(lambda meta: _CONTENT.sub(lambda content: _relaxed_content(content, nonce), meta[0]), page)


def _relaxed_content(content: re.Match[str], nonce: str) -> str:
    policy = html.unescape(content[2][1:-1])
    return f'{content[1]}"{html.escape(policy_with(policy, nonce))}"'


def policy_with(policy: str, nonce: str) -> str:
    """Return a policy that allows what `relaxed` says beside what it allowed before, and nothing else."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        directives.setdefault(name.lower(), sources)
    directives.pop("", None)
    for name in _ADDED:
        given = directives.get(name, None if name.endswith("-elem") else directives.get("default-src"))
        if given is not None:
            sources = [source for source in given if source.lower() != "'none'"]
            added = _source(name, sources, nonce)
            directives[name] = sources if added in sources else [*sources, added]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _source(directive: str, sources: list[str], nonce: str) -> str:
    # Beside a nonce, 'unsafe-inline' means nothing, and would be taken away.
    by_place = directive == "connect-src" or "'unsafe-inline'" in sources
    return "'self'" if by_place else f"'nonce-{nonce}'"
