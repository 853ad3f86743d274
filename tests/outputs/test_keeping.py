from __future__ import annotations

from compliance_digest.outputs.keeping import Kept


def test_what_was_last_asked_for_is_kept_and_no_more_than_that() -> None:
    made: list[str] = []
    kept: Kept[str] = Kept(2)

    def get(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return kept.get(key, make)

    assert [get(key) for key in "abacab"] == list("ABACAB")
    assert made == list("abcb")
