"""What HTML may reach a page or a feed. Notes may come from strangers: everything not named here is taken out."""

from __future__ import annotations

import re

import nh3

from compliance_digest.notes.dialect import hashtags, wikilinks
from compliance_digest.text import clean

_TAGS = frozenset(
    """a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1
    h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var wbr""".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"class", "href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class"},
    "img": {"alt", "height", "src", "title", "width"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_OURS = re.compile(r"footnote(-ref|-backref)?|language-[\w+#-]+|fn(ref\d*)?:\S+")
"""The classes and ids that the dialect itself writes; no others pass, so that no note can pose as the page."""
_SCHEMES = {"http", "https", "mailto", "tel", hashtags.SCHEME[:-1], wikilinks.SCHEME[:-1]}

_ADDRESS = r"""\s*["']?\s*([A-Za-z][A-Za-z0-9+.-]*:[^"'\s>]*)"""
_LINKED = re.compile(r"\b(?:href|src)\s*=" + _ADDRESS, re.IGNORECASE)
_LINKED_AT_SIGN = re.compile(r"=(?:(?<=\bhref=)|(?<=\bsrc=))" + _ADDRESS, re.IGNORECASE)
"""The same where no space stands before the sign, which is quick to find."""
_SPACE_BEFORE_SIGN = re.compile(r"=(?<=\s=)")


def refused_addresses(html: str) -> list[str]:
    """Return the addresses in `html`, not yet sanitised, that are taken out because of their scheme."""
    linked = _LINKED if _SPACE_BEFORE_SIGN.search(html) else _LINKED_AT_SIGN
    return [address for address in linked.findall(html) if address.partition(":")[0].lower() not in _SCHEMES]


def _only_ours(_tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("class", "id"):
        return value if _OURS.fullmatch(value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    attribute_filter=_only_ours,
    clean_content_tags={"script", "style"},
    link_rel=None,
)


def sanitised(html: str) -> str:
    """Return `html` as well-formed HTML with only harmless elements, attributes and addresses."""
    return clean(str(_CLEANER.clean(html)))
