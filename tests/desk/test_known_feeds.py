from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from compliance_digest.archive.authorities import Authorities
from compliance_digest.desk.known_feeds import Feed, Known, feeds_of, known_feeds, named_feeds, shipped
from compliance_digest.problems import SettingsInvalid

AUTHORITIES = Authorities.of({})


@pytest.mark.parametrize("id_", shipped())
def test_a_shipped_feed_is_at_its_authoritys_own_host(id_: str) -> None:
    assert id_ in AUTHORITIES.ids
    for url in shipped()[id_]:
        parts = urlsplit(url)
        authority = AUTHORITIES.by_host(parts.hostname or "")
        assert (parts.scheme, authority and authority.id) == ("https", id_)


def test_the_shipped_list_is_sorted() -> None:
    assert list(shipped()) == sorted(shipped())


def test_settings_go_before_the_shipped_list() -> None:
    own = ("https://a.example/1", "https://a.example/2")
    known = {each.authority: each for each in known_feeds({"cnil": own, "ftc": False, "edpb": True, "ico": own})}
    assert known["cnil"] == Known("cnil", own, named=True)
    assert known["ico"] == Known("ico", own, named=True)
    assert known["ftc"] == Known("ftc", shipped()["ftc"], named=False)
    assert known["edpb"] == Known("edpb", shipped()["edpb"], named=True)
    assert known["aepd"].named is None


def test_the_feeds_that_settings_name() -> None:
    feeds = named_feeds({"ico": ("https://a.example/",), "ftc": False, "edpb": True}, AUTHORITIES)
    assert feeds == [Feed("https://a.example/", "ico"), Feed(shipped()["edpb"][0], "edpb")]
    assert named_feeds({}, AUTHORITIES) == []


def test_settings_that_name_what_is_not_known_are_told() -> None:
    with pytest.raises(SettingsInvalid, match=r"digest\.toml, under \[import\.feeds\]: 'cnl' is no authority's id"):
        named_feeds({"cnl": True}, AUTHORITIES)


@pytest.mark.parametrize(
    ("id_", "message"),
    [
        ("cnl", "'cnl' is no authority's id; did you mean 'cnil'?"),
        ("zzzzzz", "'zzzzzz' is no authority's id; 'digest import --list' shows the known ones"),
        ("ico", "no feed of 'ico' is known; give its address, or put it into digest.toml under [import.feeds]"),
        ("ftc", "the feeds of 'ftc' are switched off in digest.toml"),
    ],
)
def test_an_authority_without_feeds(id_: str, message: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        list(feeds_of(id_, {"ftc": False}, AUTHORITIES))
    assert str(caught.value).startswith(message)
