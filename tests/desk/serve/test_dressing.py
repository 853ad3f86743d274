from __future__ import annotations

import re

from compliance_digest.desk.serve.dressing import dressed, marks
from compliance_digest.desk.serve.news import State

STATE = State(build="b1", late=2, early={"2031/01/01/later/": False, "2024/01/01/début/": True})
PAGE = "<!doctype html><html><head><title>T</title></head><body><main id=main><h1>é</h1></main></body></html>".encode()


def test_the_script_and_the_style_get_into_the_head_with_a_nonce_of_their_own() -> None:
    first, second = (dressed(PAGE, STATE, "").decode() for _ in range(2))
    nonces = set(re.findall(r'nonce="([^"]+)"', first))
    assert len(nonces) == 1
    assert not nonces & set(re.findall(r'nonce="([^"]+)"', second))
    head, _, body = first.partition("</head>")
    assert head.index("<title>") < head.index("<script") < len(head)
    assert 'data-build="b1" data-late="2"' in head
    assert body == PAGE.decode().partition("</head>")[2]


def test_a_note_that_is_not_published_says_so_at_the_beginning_of_its_page() -> None:
    for address, words in (("2024/01/01/début/", "a draft"), ("2031/01/01/later/", "dated after today")):
        page = dressed(PAGE, STATE, address).decode()
        assert f'<main id=main><p class="digest-early" role="note">This note is {words}: ' in page
    assert b"digest-early" not in dressed(PAGE, STATE, "2024/01/01/other/")


def test_whatever_the_page_looks_like_its_bytes_stay() -> None:
    for page in (b"", b"\xff\xfe no HTML", b"<p>no head</p>", b"<body>x</body>"):
        made = dressed(page, STATE, "2031/01/01/later/")
        added = re.sub(rb'<(p class="digest-early".*?</p>|link [^>]*>|script [^>]*></script>)', b"", made)
        assert added == page
        assert made.count(b"<script") == made.count(b"digest-early") == 1


def test_links_to_what_is_not_published_are_marked() -> None:
    css = marks(STATE)
    assert re.search(r'a\[href\$="/2024/01/01/début/"\].* \{\s+content: "draft"', css)
    assert re.search(r'a\[href\$="/2031/01/01/later/"\].* \{\s+content: "future"', css)
    assert "href" not in marks(State(build="b"))


def test_an_address_can_not_end_its_selector() -> None:
    assert r'[href$="/a\"] \\ x/"]' in marks(State(early={'a"] \\ x/': True}))
