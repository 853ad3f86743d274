from __future__ import annotations

from decimal import Decimal

import pytest
from jinja2 import Environment
from markupsafe import Markup, escape

from compliance_digest.outputs.compiling import QuickEnvironment, escaped

VALUES = ["text", "", "<b> & \"co\" 'x'", "“é” <", Markup("<b>&amp;</b>"), 1, Decimal("1.50"), None, ["<", Markup("<")]]


class Letters(str):
    """Text that isn't plain text."""

    __slots__ = ()


@pytest.mark.parametrize("value", [*VALUES, Letters("<&>")])
def test_values_are_escaped_as_jinja_does_it(value: object) -> None:
    assert escaped(value) == str(escape(value))


@pytest.mark.parametrize(
    "template",
    [
        "{{ value }}",
        "{{ value ~ '<' ~ value }}",
        "{% macro twice(it) %}{{ it }}<{{ it }}{% endmacro %}{{ twice(value) }}{{ twice(value) | upper }}",
        "{% set kept %}<i>{{ value }}{% endset %}{{ kept }}",
        "{% autoescape false %}{{ value }}{% endautoescape %}",
        "{% macro a(it='<') %}{{ it }}{{ caller() }}{% endmacro %}{% call a(it=value) %}{{ value }}{% endcall %}",
        "{% for each in [value] %}{{ each }}{{ loop.cycle(each) }}{% endfor %}",
        "{% filter upper %}{{ value }}{% endfilter %}",
    ],
)
@pytest.mark.parametrize("value", VALUES)
def test_templates_print_what_jinja_prints(template: str, value: object) -> None:
    plain, quick = Environment(autoescape=True), QuickEnvironment(autoescape=True)
    assert quick.from_string(template).render(value=value) == plain.from_string(template).render(value=value)
