from __future__ import annotations

import pytest

from compliance_digest.desk.serve.policies import policy_with, relaxed
from compliance_digest.outputs.policy import READING, SEARCHING, with_data


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param(
            "default-src 'none'",
            "default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; connect-src 'self'",
            id="what was forbidden altogether",
        ),
        pytest.param(
            "script-src 'self' 'sha256-x'; connect-src 'none'",
            "script-src 'self' 'sha256-x' 'nonce-n'; connect-src 'self'",
            id="what was allowed stays so, and what nothing was said of",
        ),
        pytest.param(
            "script-src 'unsafe-inline'; style-src-elem 'self' 'unsafe-inline'",
            "script-src 'unsafe-inline' 'self'; style-src-elem 'self' 'unsafe-inline'",
            id="a nonce would forbid what stands in the page",
        ),
        pytest.param("IMG-SRC *;;  Script-Src a.example", "img-src *; script-src a.example 'nonce-n'", id="spelling"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_policy_allows_what_is_added_and_no_more(policy: str, expected: str) -> None:
    assert policy_with(policy, "n") == expected


@pytest.mark.parametrize("policy", [READING, SEARCHING, with_data(READING, "data")])
def test_the_sites_own_policies_keep_all_they_forbid(policy: str) -> None:
    added = policy_with(policy, "n")
    for directive in policy.split("; "):
        assert directive in added
    assert "unsafe-inline" not in added


@pytest.mark.parametrize(
    "meta",
    [
        '<meta http-equiv="Content-Security-Policy" content="script-src &#39;self&#39;">',
        "<META content='script-src &#x27;self&#x27;' HTTP-EQUIV=content-security-policy />",
        "<meta\nhttp-equiv = 'content-security-policy'\ncontent = \"script-src 'self'\">",
    ],
)
def test_policies_are_found_however_they_are_written(meta: str) -> None:
    page = relaxed(f"<head>{meta}<title>content='x'</title>", "n")
    assert "script-src &#x27;self&#x27; &#x27;nonce-n&#x27;" in page
    assert page.endswith("<title>content='x'</title>")


def test_a_page_without_a_policy_stays_as_it_is() -> None:
    page = '<head><meta name="description" content="script-src \'none\'"></head>'
    assert relaxed(page, "n") == page
