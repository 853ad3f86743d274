"""How templates become Python: as Jinja does it, but for what thousands of pages have no time for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator
from jinja2.ext import Extension
from markupsafe import Markup, escape

from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from jinja2 import nodes
    from jinja2.compiler import Frame

_escaped_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""The part of `escape` that is written in C, if this version of MarkupSafe has it."""


def escaped(value: object) -> str:
    """Return what a template prints of a value: text as HTML, and HTML as it is.

    Jinja's own function makes each piece an object that says that it is HTML; a page needs but its letters.
    """
    if type(value) is str:
        return _escaped_text(value)
    return value if isinstance(value, Markup) else escape(value)


class _Compiler(CodeGenerator):
    """Writes the function above where Jinja has its own, in what templates become."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja's name)
        self.writeline(f"from {__name__} import {escaped.__name__}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write(f"{escaped.__name__}(")
        else:
            super()._output_child_pre(node, frame, finalize)


class QuickEnvironment(Environment):
    """Finds templates by their names alone, and keeps their globals in plain dictionaries, copied for each page."""

    code_generator_class = _Compiler

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """Return a template, loaded once."""
        if isinstance(name, Template):
            return name
        if name not in self._found:
            template = self._found[name] = super().get_template(name, parent, globals)
            template.globals = dict(template.globals)
        return self._found[name]


class Root(Extension):
    """Makes `{{ root }}` a part of the template's own text: it stands before every address, and costs nothing so."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return a template's source with the root's sign in it."""
        return source.replace("{{ root }}", ROOT)
