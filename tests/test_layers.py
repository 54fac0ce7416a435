"""Imports point down, floor by floor, and the left and the right wing meet only in build."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "plan_graph"
FLOORS = {
    "model": 1,
    "errors": 1,
    "hashing": 2,
    "script": 2,
    "resources": 2,
    "iri": 2,
    "scratch": 2,
    "output": 2,
    "steps": 2,
    "reading": 3,
    "authority": 3,
    "evaluate": 3,
    "extraction": 4,
    "graph": 4,
    "build": 5,
    "analysis": 5,
    "report": 6,
    "reports": 6,
    "unresolved": 6,
    "corpus": 7,
    "terminal": 8,
    "web": 8,
    "publish": 9,
    "cli": 10,
    "__main__": 11,
}
LEFT = {"reading", "extraction"}
RIGHT = {"graph", "analysis", "reports"}
PRINTING = {"cli", "terminal", "__main__"}


def unit(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Give each module of ours that is imported, and whether only for types."""
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("plan_graph."):
            yield node.module.split(".")[1], id(node) in typing_only


MODULES = [p for p in sorted(SOURCE.rglob("*.py")) if p != SOURCE / "__init__.py"]


def test_every_module_has_a_floor() -> None:
    assert {unit(p) for p in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_point_down(path: Path) -> None:
    own = unit(path)
    for other, _ in imports(ast.parse(path.read_text(encoding="utf-8"))):
        assert other == own or FLOORS[other] < FLOORS[own], f"{own} imports {other}"
        if own in LEFT:
            assert other not in RIGHT, f"{own} (text) imports {other} (graph)"
        if own in RIGHT:
            assert other not in LEFT, f"{own} (graph) imports {other} (text)"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_house_rules(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print" or unit(path) in PRINTING, "print belongs to the command line"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in ("", "Exception", "BaseException"), "an error that hides its cause"
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
            assert node.exc.id != "NotImplementedError"
    made_triples = "Triple(" in text or "Quad(" in text
    assert not made_triples or path.parent.name == "statements", "triples are made in graph/statements alone"
    assert path.stem not in {"utils", "helpers", "common", "core", "manager"}


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~; ]", one)[0].lower() for one in project["dependencies"]}
    provided = packages_distributions()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for top in {name.partition(".")[0] for name in names} - {"plan_graph"} - sys.stdlib_module_names:
                assert declared & {one.lower() for one in provided[top]}, f"{path.name} imports {top}"


def test_the_public_door() -> None:
    import plan_graph

    for name in plan_graph.__all__:
        assert getattr(plan_graph, name) is not None
    assert sorted(plan_graph.__all__) == plan_graph.__all__
    with pytest.raises(AttributeError):
        _ = plan_graph.nothing_of_the_kind


@pytest.mark.parametrize(
    ("module", "needed"),
    [
        ("plan_graph.cli", {"click"}),
        ("plan_graph.web.server", {"starlette", "pyoxigraph"}),
        ("plan_graph.publish.making", {"jinja2", "pyoxigraph"}),
    ],
)
def test_importing_the_package_the_server_or_what_makes_pages_loads_nothing_heavy(
    module: str, needed: set[str]
) -> None:
    import subprocess

    code = f"import sys, {module}; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert needed <= loaded
    assert not (loaded - needed) & {
        "pypinyin",
        "scipy",
        "httpx",
        "rdflib",
        "pyshacl",
        "networkx",
        "numpy",
        "jieba",
        "pyarrow",
        "rich",
        "pyoxigraph",
        "xlsxwriter",
        "matplotlib",
        "lxml",
    }
