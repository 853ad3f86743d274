"""Tests of the dialect: Markdown becomes HTML."""
