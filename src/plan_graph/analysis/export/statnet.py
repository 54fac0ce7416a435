"""A script for R that holds the network and makes it a ``network`` object of statnet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import networkx as nx

from plan_graph.analysis.export.lists import edge_table, node_table
from plan_graph.analysis.export.text import described
from plan_graph.graph.queries import Table

_WIDTH = 100  # columns of the tables in the script
_NONE = {"source": "character", "source_name": "character", "target": "character", "target_name": "character"}
_NONE |= {"body": "character", "label": "character", "kind": "character", "level": "character"}
_NONE |= {"collective": "logical"}

_HEAD = """\
# {described}
# Written by plan-graph for R with the packages network and sna (statnet). UTF-8.
#
#   Rscript FILE       prints a summary; where the package ergm is installed, fits a first model too
#   source("FILE")     in R makes nodes, ties, net, and the functions build() and fit()

for (needed in c("network", "sna")) {{
  if (!requireNamespace(needed, quietly = TRUE)) {{
    stop("the package ", needed, " is missing; install it: install.packages(\\"", needed, "\\")")
  }}
}}
suppressPackageStartupMessages(library(network))

# One row a body. tasks, led, supported: numbers of tasks; betweenness and closeness take 1/shared as distance.
"""
_MIDDLE = """
# One row a tie. shared: tasks that make it; newman: Newman's weight; expected, p, q: against the null model
# (pair_...: of the pair's tasks in any role, not of this layer).
"""
_TAIL = """
# Makes the network of these ties on any list of bodies, such as the bodies of several years together.
build <- function(bodies = nodes$body) {{
  at <- match(bodies, nodes$body)  # NA: a body that is not in this network, and has no tie in it
  made <- network.initialize(length(bodies), directed = {directed}, loops = FALSE)
  if (length(bodies) > 0) {{
    made %v% "vertex.names" <- ifelse(is.na(at), bodies, nodes$label[at])
    for (name in setdiff(names(nodes), c("body", "label"))) made %v% name <- nodes[[name]][at]
    made %v% "body" <- bodies
    for (name in c("kind", "level")) {{
      known <- made %v% name
      known[is.na(known)] <- "unknown"
      made %v% name <- known
    }}
  }}
  kept <- ties[ties$source %in% bodies & ties$target %in% bodies, ]
  if (nrow(kept) > 0) {{
    add.edges(made, tail = match(kept$source, bodies), head = match(kept$target, bodies))
    for (name in setdiff(names(kept), c("source", "target", "source_name", "target_name"))) {{
      made %e% name <- kept[[name]]
    }}
  }}
  made
}}

net <- build()
cat("{described}\\n")
cat("bodies", network.size(net), " ties", network.edgecount(net), " directed", is.directed(net), "\\n")
if (network.size(net) > 2) {{
  cat("density", round(sna::gden(net), 4), "\\n")
  cat("components", sna::components(net, connected = "weak"), " isolates", length(sna::isolates(net)), "\\n")
  cat("transitivity (sna::gtrans)", round(sna::gtrans(net, mode = "{mode}"), 4), "\\n")
  print(table(kind = net %v% "kind"))
}}

# A first model: are ties likelier between bodies with many tasks, and between bodies of one kind?
#
# Read it with care. A tie is made by a task, and a task of k bodies makes up to k(k - 1)/2 ties at once: these do
# not come one by one, so p-values that take them for independent are too small. Terms to try next:
#   gwesp(0.5, fixed = TRUE)   shared partners, with that in mind
#   absdiff("tasks")           bodies alike in work load{nodeifactor}
# Shared tasks as strengths, with the package ergm.count:
#   ergm(net ~ sum + nodecov("tasks") + nodematch("kind"), response = "shared", reference = ~Poisson)
fit <- function(net, ...) {{
  requireNamespace("ergm")
  suppressPackageStartupMessages(library(ergm))
  ergm(net ~ edges + nodecov("tasks") + nodematch("kind"), ...)
}}
if (sys.nframe() == 0L) {{
  if (requireNamespace("ergm", quietly = TRUE)) {{
    print(summary(fit(net)))
  }} else {{
    message("no model: the package ergm is not installed; install.packages(\\"ergm\\")")
  }}
}}

# Years (TERGM): write a script for each year (plan-graph network --year 2016 -o n2016.r, and so on), then put the
# years on the same bodies and fit with the package tergm:
#   years <- lapply(c("n2016.r", "n2017.r", "n2018.r"), function(file) {{
#     own <- new.env()
#     sys.source(file, own)
#     own
#   }})
#   bodies <- sort(unique(unlist(lapply(years, function(year) year$nodes$body))))
#   kinds <- unlist(lapply(years, function(year) setNames(year$nodes$kind, year$nodes$body)))
#   series <- lapply(years, function(year) {{
#     net <- year$build(bodies)
#     net %v% "kind" <- unname(kinds[bodies])  # from a year in which the body has a task
#     net
#   }})
#   library(tergm)
#   tergm(NetSeries(series) ~ Form(~edges + nodematch("kind")) + Persist(~edges), estimate = "CMLE")
# A body without tasks in a year stands in the network of that year without ties.
"""


def to_statnet(graph: nx.Graph | nx.DiGraph, *, seed: int | None = None) -> bytes:
    """Return a UTF-8 script for R that runs as it is: tables, a network object, a summary, a first ERGM.

    The tables are those of ``node_rows`` and ``edge_rows``. The model is fitted only where the package ergm is
    installed. Control characters become escapes, NUL and lone surrogates U+FFFD.
    """
    directed = graph.is_directed()
    more = '\n#   nodeofactor("kind"), nodeifactor("kind")   which kinds lead, which support' if directed else ""
    facts = {
        "described": _escaped(described(graph)),
        "directed": "TRUE" if directed else "FALSE",
        "mode": "digraph" if directed else "graph",
        "nodeifactor": more,
    }
    parts = [
        _HEAD.format(**facts),
        *_frame("nodes", node_table(graph, seed=seed)),
        _MIDDLE,
        *_frame("ties", edge_table(graph)),
        _TAIL.format(**facts),
    ]
    return "".join(parts).encode()


def _frame(name: str, table: Table) -> Iterator[str]:
    """Write a table as a data frame, a vector a column."""
    yield f"{name} <- data.frame(\n"
    for at, column in enumerate(table.columns):
        values = [_value(row[at]) for row in table.rows]
        none = f"{_NONE.get(column, 'numeric')}(0)"
        yield f"  {column} = {_vector(values) if values else none},\n"
    yield "  stringsAsFactors = FALSE\n)\n"


def _vector(values: Sequence[str]) -> str:
    """Write a vector over lines of a readable length."""
    lines: list[str] = []
    line = "c("
    for at, value in enumerate(values):
        item = value + (")" if at == len(values) - 1 else ",")
        if _columns(line) + _columns(item) > _WIDTH:
            lines.append(line.rstrip())
            line = "    "
        line += item + " "
    return "\n".join([*lines, line.rstrip()])


def _columns(text: str) -> int:
    return sum(1 + (ord(character) > 0x2E7F) for character in text)  # a Han character takes two


def _value(value: object) -> str:
    if value is None:
        return "NA"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f'"{_escaped(value)}"' if isinstance(value, str) else repr(value)


def _escaped(text: str) -> str:
    """Give a text as it stands between double quotes in R."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\x00", "\ufffd")
    plain = re.sub("[\ud800-\udfff]", "\ufffd", plain)
    return re.sub("[\x01-\x1f\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", plain)
