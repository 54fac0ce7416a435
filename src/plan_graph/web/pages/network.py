"""/network: the network of bodies, drawn in the browser and listed in a table, and the same as files."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import networkx as nx

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.defaults import DRAWS, SEED
from plan_graph.analysis.export import WRITERS, edge_rows, edge_table, node_table
from plan_graph.analysis.export.lists import Value
from plan_graph.analysis.network import Layer, describe, left_out
from plan_graph.analysis.scope import SIGNIFICANT
from plan_graph.graph.formats import as_csv, as_tsv, as_xlsx
from plan_graph.reports.measures.population import LAYERS
from plan_graph.reports.whole.kinds import GROUPS
from plan_graph.web.coordination import Coordination
from plan_graph.web.pages import asked
from plan_graph.web.pages.list_files import FORM_NAMES
from plan_graph.web.pages.reported import XLSX
from plan_graph.web.pages.ties import tie_address
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

_ROWS = 50  # ties of the table on one page
_BODIES = 100  # bodies of the table
_FILES = ("csv", "xlsx", "graphml", "gexf", "net", "dl", "r")
_RDF = ("ttl", "jsonld")  # offered; others are there too
_LAYER = {layer.value: layer for layer in Layer}
_KINDS = {group.key: group for group in GROUPS}
_WORDS = {  # of the script of the map
    "hint": (
        "点选机构看它的伙伴，点选连线看背后的任务",
        "Click a body for its partners, a line for the tasks behind it",
    ),
    "shown": ("图中 {bodies} 个机构、{ties} 条关系", "{bodies} bodies and {ties} ties on the map"),
    "crowd": (
        "关系很多：未超出预期的只在选中机构时画出",
        "So many ties: those not above expectation are drawn only for a body you select",
    ),
    "dossier": ("机构页", "page of the body"),
    "tasks": ("任务", "tasks"),
    "led": ("牵头", "leads"),
    "supported": ("配合", "supports"),
    "partners": ("伙伴（先列出人意料的）", "Partners, most surprising first"),
    "none": ("按现有条件没有伙伴", "no partner with these filters"),
    "shared": ("共同任务", "shared"),
    "expected": ("预期", "expected"),
    "details": ("关系页", "page of the tie"),
    "compare": ("并排比较", "side by side"),
    "close": ("取消选择", "Clear"),
    "loading": ("正在读取…", "Loading …"),
    "failed": ("读取失败，请重试", "This could not be read; try again"),
    "unknown": ("图中没有这个机构", "No such body on the map"),
    "lead": ("牵头", "lead"),
    "support": ("配合", "support"),
    "responsible": ("负责", "responsible"),
    "guide": ("指导", "guide"),
}
_MEDIA = {
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "net": "text/plain; charset=utf-8",
    "paj": "text/plain; charset=utf-8",
    "dl": "text/plain; charset=utf-8",
    "r": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class View:
    """What an address asks to see: a network, and which of its ties.

    ``q`` and ``least`` are the largest q and the fewest shared tasks a tie may have, ``kinds`` the groups of bodies
    kept (none: all), ``body`` the one whose ties are listed.
    """

    choice: Choice
    layer: Layer
    q: float | None = None
    least: int = 1
    kinds: tuple[str, ...] = ()
    body: str | None = None

    @property
    def directed(self) -> bool:
        """Whether its ties have a direction."""
        return self.layer is Layer.LEAD_SUPPORT


def view(site: Coordination, visit: Visit) -> View:
    """Read what an address asks to see.

    :raises InputError: for a value that cannot be used.
    """
    body = visit.one("body")
    return View(
        Choice(plan=visit.one("plan"), theme=visit.one("theme"), year=asked.year(visit)),
        asked.one(visit, "layer", _LAYER, Layer.ANY.value),
        asked.share(visit, "q"),
        asked.whole(visit, "min", 1, 1),
        asked.some(visit, "kind", _KINDS),
        None if body is None else asked.body(site, body).id,
    )


def narrowed(site: Coordination, graph: nx.Graph | nx.DiGraph, wanted: View) -> nx.Graph | nx.DiGraph:
    """Keep the bodies of the kinds asked for and the ties that are strong and surprising enough.

    What was kept stands in the graph's own attributes, so that a file of it says so.
    """
    made = graph.copy()
    if wanted.kinds:
        made.remove_nodes_from([body for body in graph if site.group(body).key not in wanted.kinds])
        made.graph["kinds"] = " ".join(wanted.kinds)
    if wanted.q is not None:
        made.graph["q_below"] = str(wanted.q)
    if wanted.least > 1:
        made.graph["shared_from"] = str(wanted.least)
    weak = [(one, other) for one, other, own in made.edges(data=True) if not _keeps(own, wanted)]
    made.remove_edges_from(weak)
    return made


def _keeps(own: Mapping[str, Any], wanted: View) -> bool:
    q = own.get("q", own.get("pair_q"))
    return bool(own["shared"] >= wanted.least) and (wanted.q is None or (q is not None and q < wanted.q))


def explorer(site: Site, visit: Visit) -> Page:
    """Show a network: a map for those who can see one, its figures and its ties for everybody."""
    coordination = site.coordination
    wanted = view(coordination, visit)
    graph = coordination.network(wanted.choice, wanted.layer)
    kept = narrowed(coordination, graph, wanted)
    chosen = coordination.chosen(wanted.choice)
    rows = [row for row in edge_rows(kept) if wanted.body in (None, row["source"], row["target"])]
    key = asked.one(visit, "sort", {name: name for name in _ORDERS}, "shared")
    rows = sorted(rows, key=lambda row: _ORDERS[key](_Tie(coordination, row)))
    page = asked.whole(visit, "page", 1, 1)
    shown = rows[(page - 1) * _ROWS : page * _ROWS]
    strong = sorted(((body, graph.degree(body, weight="shared")) for body in kept), key=lambda one: (-one[1], one[0]))
    measured = coordination.measures(wanted.choice, wanted.layer)
    narrow = wanted.q is not None or wanted.least > 1 or bool(wanted.kinds)
    out = left_out(chosen.rows, year=wanted.choice.year)
    return Page(
        "network.html",
        {
            "wanted": wanted,
            "layers": LAYERS,
            "groups": GROUPS,
            "years": coordination.years,
            "plans": coordination.plans,
            "themes": coordination.themes,
            "names": coordination.names,
            "addresses": coordination.addresses,
            "summary": describe(kept) if narrow else coordination.summary(wanted.choice, wanted.layer),
            "narrow": narrow,
            "surprising": sum(_q(own) < SIGNIFICANT for _, _, own in kept.edges(data=True)),
            "tested": any(_q(own) < math.inf for _, _, own in graph.edges(data=True)),
            "method": _method(coordination, chosen.draws),
            "out": out,
            "ties": [_Tie(coordination, row) for row in shown],
            "count": len(rows),
            "page": page,
            "pages": max(1, math.ceil(len(rows) / _ROWS)),
            "sort": key,
            "bodies": [
                (body, strength, kept.nodes[body], coordination.group(body), measured.get(body))
                for body, strength in strong[:_BODIES]
            ],
            "tie_address": lambda tie: tie_address(wanted.choice, wanted.directed, tie.source, tie.target),
            "files": [(FORM_NAMES[form], f"/network.{form}{_query(visit)}") for form in (*_FILES, *_RDF)]
            + [("CSV " + visit.t("（机构）", "(bodies)"), f"/network.csv{_query(visit, list='nodes')}")],
            "words": {key: visit.t(zh, en) for key, (zh, en) in _WORDS.items()},
        },
    )


@dataclass(frozen=True, slots=True)
class _Tie:
    """A row of the table: the cells that ``edge_rows`` gives, and the short names."""

    site: Coordination
    row: Mapping[str, Value]

    @property
    def source(self) -> str:
        return str(self.row["source"])

    @property
    def target(self) -> str:
        return str(self.row["target"])

    @property
    def a(self) -> str:
        return self.site.names[self.source].short

    @property
    def b(self) -> str:
        return self.site.names[self.target].short

    def number(self, key: str) -> float | None:
        """Give expected, p or q of the two bodies, by whatever layer they are tied."""
        value = self.row.get(key, self.row.get(f"pair_{key}"))
        return None if value is None else float(value)

    @property
    def shared(self) -> int:
        return int(str(self.row["shared"]))

    @property
    def pair(self) -> int | None:
        """Tasks shared in any role, where the layer counts others."""
        value = self.row.get("pair_shared")
        return None if value is None else int(str(value))

    @property
    def ratio(self) -> float | None:
        expected = self.number("expected")
        return (self.pair or self.shared) / expected if expected else None


_ORDERS: Mapping[str, Callable[[_Tie], tuple[Any, ...]]] = {
    "shared": lambda tie: (-tie.shared, tie.source, tie.target),
    "q": lambda tie: (
        math.inf if tie.number("q") is None else tie.number("q"),
        -(tie.ratio or 0),
        tie.source,
        tie.target,
    ),
    "ratio": lambda tie: (-(tie.ratio or 0), tie.source, tie.target),
    "expected": lambda tie: (-(tie.number("expected") or 0), tie.source, tie.target),
    "a": lambda tie: (tie.source, tie.target),
    "b": lambda tie: (tie.target, tie.source),
}


def download(site: Site, visit: Visit) -> Page | File:
    """Give a network as a file, or as the data of the map."""
    coordination = site.coordination
    wanted = view(coordination, visit)
    form = asked.form(visit, {one: one for one in (*_FILES, "tsv", "paj", "json")})
    graph = coordination.network(wanted.choice, wanted.layer)
    if form == "json":
        return File(_data(coordination, graph, wanted, visit), "application/json")
    kept = narrowed(coordination, graph, wanted)
    name = f"network-{wanted.layer.value}-{wanted.choice.year or 'all'}.{form}"
    if form in WRITERS:
        return File(WRITERS[form](kept, 0), _MEDIA[form], name)
    listed = node_table(kept, seed=0) if visit.one("list") == "nodes" else edge_table(kept)
    if form == "csv":
        return File(as_csv(listed), "text/csv; charset=utf-8", name)
    if form == "tsv":
        return File(as_tsv(listed), "text/tab-separated-values; charset=utf-8", name)
    return File(as_xlsx(listed), XLSX, name)


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the bodies of a network, then of its ties; those of chosen tasks alone are no resources."""
    coordination = site.coordination
    wanted = view(coordination, visit)
    graph = narrowed(coordination, coordination.network(wanted.choice, wanted.layer), wanted)
    yield from (coordination.addresses[body] for body in sorted(graph))
    if wanted.choice.plan is None and wanted.choice.theme is None:
        for one in edge_rows(graph):
            yield tie_address(wanted.choice, wanted.directed, str(one["source"]), str(one["target"]))


def _data(site: Coordination, graph: nx.Graph | nx.DiGraph, wanted: View, visit: Visit) -> bytes:
    """Give what the map is drawn from: a list a column, bodies by number, so that it stays small."""
    bodies = sorted(graph)
    number = {body: at for at, body in enumerate(bodies)}
    rows = edge_rows(graph)
    places = [site.places[body] for body in bodies]
    group = {one.key: at for at, one in enumerate(GROUPS)}
    strength = dict(graph.degree(weight="shared"))
    ties = [_Tie(site, row) for row in rows]
    content = {
        "layer": wanted.layer.value,
        "directed": wanted.directed,
        "year": wanted.choice.year,
        "plan": wanted.choice.plan,
        "theme": wanted.choice.theme,
        "ties_of_graph": wanted.choice.plan is None and wanted.choice.theme is None,
        "groups": [
            {"key": one.key, "name": visit.t(one.words.zh, one.words.en), "colour": one.colour, "marker": one.marker}
            for one in GROUPS
        ],
        "bodies": {
            "id": bodies,
            "name": [site.names[body].short for body in bodies],
            "group": [group[site.group(body).key] for body in bodies],
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
            **{key: [graph.nodes[body][key] for body in bodies] for key in ("tasks", "led", "supported")},
            "strength": [strength[body] for body in bodies],
        },
        "ties": {
            "source": [number[tie.source] for tie in ties],
            "target": [number[tie.target] for tie in ties],
            "shared": [tie.shared for tie in ties],
            **({"pair": [tie.pair for tie in ties]} if wanted.layer is not Layer.ANY else {}),
            **{key: [tie.number(key) for tie in ties] for key in ("expected", "p", "q")},
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _q(own: Mapping[str, Any]) -> float:
    q = own.get("q", own.get("pair_q"))
    return math.inf if q is None else float(q)


def _method(site: Coordination, draws: int | None) -> tuple[int, int] | None:
    """Give draws and seed of the expected numbers shown, or nothing where there are none."""
    if draws is not None:
        return (DRAWS, SEED) if draws else None
    return None if site.method is None else site.method[:2]


def _query(visit: Visit, **more: str) -> str:
    """Give the parameters that say which network it is, for the address of a file."""
    kept = [(key, value) for key, value in visit.parameters if key in _CHOOSING and value]
    return f"?{urlencode([*kept, *more.items()])}" if kept or more else ""


_CHOOSING: Sequence[str] = ("layer", "year", "plan", "theme", "q", "min", "kind")
