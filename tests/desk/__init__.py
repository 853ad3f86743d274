"""Tests of what an editor uses beside the build."""
