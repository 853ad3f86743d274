"""Artifacts become files."""
