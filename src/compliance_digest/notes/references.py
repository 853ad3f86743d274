"""Where a body's links lead: to other notes, to files beside the note, to the site, or away."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from compliance_digest.notes import markup
from compliance_digest.notes.dialect import hashtags, wikilinks
from compliance_digest.notes.finding import NOTE_SUFFIXES
from compliance_digest.notes.note import Attachment, SiteLink, Wikilink
from compliance_digest.text import ROOT, WIKILINK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance_digest.notes.markup import Element

_AWAY = ("https://", "http://", hashtags.SCHEME)
"""How most addresses start that lead away; those of hashtags are given later."""
_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


@dataclass(slots=True)
class References:
    """What a body refers to. `path` is the note's inside `content/`, `address` its page's inside the site.

    `line_of` tells on which line of the file something is written.
    """

    path: str
    address: str
    line_of: Callable[[str], int]
    wikilinks: list[Wikilink] = field(default_factory=list)
    site_links: list[SiteLink] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    def resolve(self, root: Element, targets: Sequence[str]) -> None:
        """Give the links and images in a body the addresses they have in the site; collect what they refer to.

        Images of other sites become links to them, since a page asks no other host for anything; and so does what is
        no image.
        """
        for image in list(root.iter("img")):
            self._image(image)
        for link in root.iter("a"):
            href = link.get("href", "")
            if href.startswith("//"):  # the site's own scheme, which a feed has none of
                link.set("href", f"https:{href}")
            elif href.startswith(wikilinks.SCHEME):
                self._wikilink(link, href.removeprefix(wikilinks.SCHEME), targets)
            elif href and (address := self._inside(href)):
                link.set("href", address)
            elif href == link.text:
                link.set("class", "address")

    def _wikilink(self, link: Element, number: str, targets: Sequence[str]) -> None:
        if number.isdecimal() and int(number) < len(targets):
            target = targets[int(number)]
            link.set("href", self._to_note(Wikilink(target, self.line_of(f"[[{target}"))))
        else:
            del link.attrib["href"]

    def _to_note(self, link: Wikilink, fragment: str = "") -> str:
        self.wikilinks.append(link)
        return f"{WIKILINK}{len(self.wikilinks) - 1};{fragment}"

    def _inside(self, href: str) -> str | None:
        """Return the address for a link into the site or to a file; None for all others, which stay as they are."""
        if href.startswith(_AWAY):
            return None
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        if not parts.path:
            return f"{ROOT}{self.address}{href}"
        rest = href[len(parts.path) :]
        line = self.line_of(href)
        if parts.path.startswith("/"):
            self.site_links.append(SiteLink(unquote(parts.path.lstrip("/")), line))
            return f"{ROOT}{parts.path.lstrip('/')}{rest}"
        source = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(parts.path)))
        if source.endswith(NOTE_SUFFIXES):
            return self._to_note(Wikilink(source, line, is_path=True), rest)
        inside = posixpath.relpath(source, posixpath.dirname(self.path) or ".")
        name = posixpath.basename(source) if inside.startswith("..") else inside
        attachment = Attachment(source, self.address + name, line)
        self.attachments.append(attachment)
        return f"{ROOT}{quote(attachment.address)}{rest}"

    def _image(self, image: Element) -> None:
        source = image.get("src", "")
        source = f"https:{source}" if source.startswith("//") else source
        text = image.get("alt", "")
        if not source:
            markup.replace(image, text)
        elif source.partition("?")[0].partition("#")[0].lower().endswith(_IMAGES) and (address := self._inside(source)):
            image.set("src", address)
            image.set("alt", text)
        else:
            image.tag = "a"
            image.text = text or source
            for name in list(image.attrib):
                del image.attrib[name]
            image.set("href", source)
