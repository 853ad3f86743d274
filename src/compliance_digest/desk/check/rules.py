"""The rules of `digest check`, by their codes; each can be switched off in `[check]` of `digest.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.desk.check.fine_rules import fine_without_amount
from compliance_digest.desk.check.note_rules import future_date, long_title
from compliance_digest.desk.check.source_rules import http_link, same_source, unknown_authority
from compliance_digest.desk.check.tag_rules import similar_tags, untagged_text, unused_tag
from compliance_digest.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from compliance_digest.desk.check.subject import Finding, Subject

RULES: Mapping[str, Callable[[Subject], Iterator[Finding]]] = {
    "fine-without-amount": fine_without_amount,
    "future-date": future_date,
    "http-link": http_link,
    "long-title": long_title,
    "same-source": same_source,
    "similar-tags": similar_tags,
    "unknown-authority": unknown_authority,
    "untagged-text": untagged_text,
    "unused-tag": unused_tag,
}


def lint(subject: Subject) -> Iterator[Problem]:
    """Yield what the rules that are on find doubtful, as warnings."""
    for code, rule in RULES.items():
        if code not in subject.settings.check.off:
            for file, place, message, hint in rule(subject):
                yield Problem(file, *place, "warning", code, message, hint)
