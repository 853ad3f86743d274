"""Tests of notes: a file becomes a Note."""
