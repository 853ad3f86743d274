"""The archive becomes artifacts."""
