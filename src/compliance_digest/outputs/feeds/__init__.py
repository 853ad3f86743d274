"""Feeds: the archive's entries and editions as items, in RSS, Atom, JSON Feed, and an OPML list of all feeds."""
