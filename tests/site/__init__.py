"""What readers see: the repository's own site, served under a path, in a real browser."""
