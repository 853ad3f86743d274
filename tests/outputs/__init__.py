"""Tests of how the archive becomes artifacts."""
