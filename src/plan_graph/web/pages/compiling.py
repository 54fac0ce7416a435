"""How templates become Python: Jinja's own compiler, which leaves out what these templates do not need.

A page asks for some three hundred values and calls fifty macros. Jinja wraps each value as ``Markup`` though it is only
joined to others, looks at each function whether it wants the context, which here none does, and at each import of
macros for globals of the page, of which there are none.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

# at the top of every template that is compiled
_NAMES = "from operator import call\nfrom plan_graph.web.pages.compiling import escaped"


def escaped(value: Any) -> str:
    """Give a value as it stands in a page, as ``markupsafe.escape`` does, to be joined and not to be used again."""
    kind = type(value)
    if kind is Markup or (kind is str and not _special(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


_special = re.compile("[&<>\"']").search


class _Wordings(NodeTransformer):
    """Puts the wording of a language in the place of ``t("任务", "Tasks")``."""

    def __init__(self, lang: str) -> None:
        self.at = ("zh", "en").index(lang)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (as jinja2 names them)
        """Choose, if the call is one of constants."""
        self.generic_visit(node)
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        chosen = called == "t" and len(node.args) > 1 and all(isinstance(one, nodes.Const) for one in node.args)
        return node.args[self.at] if chosen else node


class _Code(CodeGenerator):
    """Writes values and calls as what they come down to where everything is escaped and no function is told more."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Begin with the names that are used here."""
        self.writeline(_NAMES)
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 (jinja2's)
        assert frame.eval_ctx.autoescape
        assert not frame.eval_ctx.volatile
        assert finalize.src is None
        self.write("escaped(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call of Python."""
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Import macros; all globals are the environment's, so that none need be looked for in the page's context."""
        assert not node.with_context
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r})._get_default_module()")


class Compiled(Environment):
    """An environment of one language: a page has a hundred wordings, which are chosen when it is compiled."""

    lang = "zh"
    code_generator_class = _Code

    def _generate(self, source: nodes.Template, *arguments: Any, **named: Any) -> str:
        return super()._generate(_Wordings(self.lang).visit(source), *arguments, **named)
