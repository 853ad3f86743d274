"""Tests of how notes become groups."""
