"""What is published depends on what is to be published, and on nothing that went before."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance_digest.publishing.cleaning import clean
from compliance_digest.publishing.layout import folders_above

from .helpers import clean_publish, publish, snapshot

Site = dict[str, str]

# Few names and few texts, so that paths and bytes meet often.
paths = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
texts = st.sampled_from(["", "x", "y"])


def possible(site: Site) -> Site:
    """Drop the files that would lie in another file."""
    return {path: text for path, text in site.items() if site.keys().isdisjoint(folders_above(path))}


sites = st.dictionaries(paths, texts, max_size=8).map(possible)
steps = st.one_of(
    st.tuples(st.just("publish"), sites),
    st.tuples(st.just("fresh"), sites),
    st.tuples(st.just("alter"), paths),
    st.tuples(st.just("delete"), paths),
    st.tuples(st.just("clean"), st.none()),
)


def take(step: str, argument: object, folder: Path) -> None:
    match step, argument:
        case "publish" | "fresh", dict(site):
            publish(folder, site, fresh=step == "fresh")
        case "alter", str(path) if (folder / path).is_file():
            (folder / path).write_text("by hand")
        case "delete", str(path) if (folder / path).is_file():
            (folder / path).unlink()
        case "clean", None:
            clean(folder)


@settings(deadline=None, max_examples=150)
@given(before=st.lists(steps, max_size=6), last=sites)
def test_a_site_is_the_same_whatever_was_there_before(before: list[tuple[str, object]], last: Site) -> None:
    with TemporaryDirectory() as temporary:
        site, afresh = Path(temporary, "site"), Path(temporary, "clean")
        for folder in (site, afresh):
            folder.mkdir()
            (folder / "README.md").write_text("mine")
        for step, argument in before:
            take(step, argument, site)
        published = publish(site, last)
        assert published.written + published.unchanged == len(last)
        assert snapshot(site) == clean_publish(afresh, last)
