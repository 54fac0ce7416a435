"""What workers can be asked, by name: each a function of site, arguments and the file to write the answer into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from plan_graph.web.answers import answer
from plan_graph.web.dataset import write_context, write_dump, write_service, write_vocabulary, write_void
from plan_graph.web.describe import describe
from plan_graph.web.job import Reply
from plan_graph.web.pages.editor import result
from plan_graph.web.pages.render import render
from plan_graph.web.reconciliation.jobs import reconcile
from plan_graph.web.search.jobs import find, suggest
from plan_graph.web.site import Site
from plan_graph.web.sparql.evaluate import evaluate

Work = Callable[[Site, Mapping[str, Any], BinaryIO], Reply]
WORK: Mapping[str, Work] = {
    "sparql": evaluate,
    "result": result,
    "page": render,
    "search": find,
    "suggest": suggest,
    "reconcile": reconcile,
    "describe": describe,
    "named": answer,
    "service": write_service,
    "void": write_void,
    "vocabulary": write_vocabulary,
    "context": write_context,
    "dump": write_dump,
}
FOREIGN = frozenset({"sparql", "result"})  # what strangers wrote: nothing may be opened while it runs
