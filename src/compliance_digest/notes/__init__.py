"""A file becomes a Note."""
