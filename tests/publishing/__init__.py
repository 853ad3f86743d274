"""Tests of publishing: artifacts become files."""
