"""The coordination network to take away: each layer in the forms of the programs that draw and measure networks."""

from __future__ import annotations

from pathlib import Path

from plan_graph.analysis.choice import Choice, choose
from plan_graph.analysis.rows import kinds, memberships
from plan_graph.graph.formats import as_csv
from plan_graph.publish.release import Release

FOLDER = "networks"
SEED = 0  # of Louvain's communities, as plan-graph network has it


def write_networks(release: Release, folder: Path) -> list[Path]:
    """Write ``networks/LAYER.{gexf,graphml,net,dl}`` and ``networks/LAYER-{bodies,ties}.csv`` of all years together.

    Of a graph in which nobody takes part in anything there is none.
    """
    # networkx takes long to load: in the process that writes parts, while others make pages
    from plan_graph.analysis.export import edge_table, node_table, to_gexf, to_graphml, to_pajek, to_ucinet, with_kinds
    from plan_graph.analysis.network import Layer, measures, network

    if not memberships(release.store):
        return []
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    chosen = choose(release.store, Choice())
    of_kind = kinds(release.store)
    files: dict[str, bytes] = {}
    for layer in Layer:
        graph = with_kinds(network(chosen.rows, layer, ties=chosen.ties), of_kind)
        graph.graph.update(chosen.about)
        measured = measures(graph, SEED)  # once for the three files that tell them
        files[f"{layer.value}.gexf"] = to_gexf(graph, seed=SEED, measured=measured)
        files[f"{layer.value}.graphml"] = to_graphml(graph, seed=SEED, measured=measured)
        files[f"{layer.value}.net"] = to_pajek(graph)
        files[f"{layer.value}.dl"] = to_ucinet(graph)
        files[f"{layer.value}-bodies.csv"] = as_csv(node_table(graph, seed=SEED, measured=measured))
        files[f"{layer.value}-ties.csv"] = as_csv(edge_table(graph))
    for name, content in files.items():
        (place / name).write_bytes(content)
    return [Path(FOLDER, name) for name in files]
