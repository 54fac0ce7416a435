"""plan-graph: government plans as a validated knowledge graph of responsibilities.

The stages, each a function from values to new values::

    read → extract → resolve → describe → write → validate → query, analyse

>>> import plan_graph
>>> sorted(plan_graph.__all__)[:3]
['Base', 'Plan', 'Register']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plan_graph.authority.register import Register
    from plan_graph.build import build
    from plan_graph.extraction.tasks import extract
    from plan_graph.graph.queries import run
    from plan_graph.graph.store import open_store
    from plan_graph.graph.validate import validate
    from plan_graph.iri import Base
    from plan_graph.model.plan import Plan
    from plan_graph.reading.file import read

__version__ = "0.1.0"

__all__ = ["Base", "Plan", "Register", "build", "extract", "open_store", "read", "run", "validate"]

_HOME = {
    "Base": "plan_graph.iri",
    "Plan": "plan_graph.model.plan",
    "Register": "plan_graph.authority.register",
    "build": "plan_graph.build",
    "extract": "plan_graph.extraction.tasks",
    "open_store": "plan_graph.graph.store",
    "read": "plan_graph.reading.file",
    "run": "plan_graph.graph.queries",
    "validate": "plan_graph.graph.validate",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `import plan_graph` and `plan-graph --help` stay quick.
    if name in _HOME:
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'plan_graph' has no attribute {name!r}")
