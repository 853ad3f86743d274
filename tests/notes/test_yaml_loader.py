"""The loader finds the tags that PyYAML's own finds."""

from __future__ import annotations

import pytest
import yaml

from compliance_digest.notes.yaml_loader import LOADER

SOURCE = """
title: x
"quoted": 'no'
plain: no
number: 12
sexagesimal: 12:30
real: 1.50
day: 2024-09-30
nothing: ~
empty:
merged: <<
tagged: !x y
string: !!str 12
list: [1, a, {b: =}]
block: |
  12
"""


def _tags(node: yaml.Node | None) -> list[object]:
    assert node is not None
    if isinstance(node, yaml.ScalarNode):
        return [node.tag, node.value]
    pairs = isinstance(node, yaml.MappingNode)
    children = [part for pair in node.value for part in pair] if pairs else node.value
    return [node.tag, *(_tags(child) for child in children)]


@pytest.mark.parametrize("time", ["at first", "again"])
def test_tags(time: str) -> None:
    assert _tags(yaml.compose(SOURCE, Loader=LOADER)) == _tags(yaml.compose(SOURCE, Loader=yaml.SafeLoader))


def test_it_is_the_quick_one_where_there_is_one() -> None:
    assert issubclass(LOADER, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
