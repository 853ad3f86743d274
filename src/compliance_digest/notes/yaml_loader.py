"""PyYAML's loader, the quicker one where it is there, with the tags of values seen before remembered."""

from __future__ import annotations

from functools import lru_cache

import yaml


class _Tags:
    """What a loader asks for the tag of every value. Tags depend on the values alone: no paths are kept track of."""

    def descend_resolver(self, current_node: object, current_index: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    resolve = staticmethod(lru_cache(maxsize=4096)(yaml.resolver.Resolver().resolve))


LOADER = type("Loader", (_Tags, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), {})
