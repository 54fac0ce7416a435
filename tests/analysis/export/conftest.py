"""A small network in every layer, and R where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from plan_graph.analysis.export import with_kinds
from plan_graph.analysis.network import Layer, network
from plan_graph.model.network import Membership, Tie
from plan_graph.model.plan import Role

LEAD, SUPPORT = Role.LEAD, Role.SUPPORT
ROWS = [
    Membership("t1", 2016, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t1", 2016, SUPPORT, "210000/czt", "省财政厅"),
    Membership("t1", 2016, SUPPORT, "有关市人民政府", "有关市人民政府", collective=True),
    Membership("t2", 2017, LEAD, "210000/czt", "省财政厅"),
    Membership("t2", 2017, SUPPORT, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, LEAD, "210000/fgw", "省发展改革委"),
    Membership("t3", 2017, SUPPORT, "210100/haiguan", "沈阳海关"),
    Membership("t4", 2017, LEAD, "210000/daj", "省档案局"),
]
TIES = [Tie("210000/czt", "210000/fgw", None, 2, 0, 2, 2.0, 1.5, 0.25, 0.5)]
KINDS = {
    "210000/fgw": ("department", "province"),
    "210000/czt": ("department", "province"),
    "210100/haiguan": ("central-branch", "state"),
}
"""省档案局 has none: a body the register does not describe."""


@pytest.fixture(params=Layer, ids=lambda layer: layer.value)
def graph(request: pytest.FixtureRequest) -> nx.Graph:
    """The five participants of four tasks in each layer, the collective included."""
    return with_kinds(network(ROWS, request.param, include_collectives=True, ties=TIES), KINDS)


@pytest.fixture
def of() -> Callable[[list[str]], nx.Graph]:
    """Makes a network of bodies with these labels, all on one task."""

    def make(names: list[str]) -> nx.Graph:
        rows = [Membership("t", None, LEAD, f"b{at:03d}", name) for at, name in enumerate(names)]
        return network(rows, Layer.ANY)

    return make


@pytest.fixture(scope="session")
def r() -> Callable[[str, Path], str]:
    """Runs R code in a folder and gives what it prints; skips where R or its packages are not installed."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not installed: no Rscript on the path")
    env = {**os.environ, "LC_ALL": "C.UTF-8"}

    def run(code: str, folder: Path) -> str:
        command = [program, "--vanilla", "-e", code]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    if "TRUE" not in run(
        "cat(requireNamespace('network', quietly=TRUE) && requireNamespace('sna', quietly=TRUE))", Path()
    ):
        pytest.skip("the packages network and sna of R are not installed")
    return run
