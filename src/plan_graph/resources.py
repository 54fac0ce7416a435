"""Where the files that travel with the package are: the checkout's own folders, or those in the wheel."""

from __future__ import annotations

from pathlib import Path

from plan_graph.errors import NotFoundError

_PACKAGE = Path(__file__).parent
_ROOTS = (_PACKAGE / "resources", _PACKAGE.parent.parent)


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``resource("ontology", "shapes.ttl")``.

    :raises NotFoundError: if neither the wheel nor a checkout holds it.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise NotFoundError(
        f"{'/'.join(parts)} is missing from this installation of plan-graph; install it again",
        f"plan-graph 的安装缺少 {'/'.join(parts)}，请重新安装",
    )
