"""Tests of feeds in every format."""
