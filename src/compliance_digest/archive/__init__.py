"""Notes become groups."""
