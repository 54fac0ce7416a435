"""Style sheets and scripts that pages of a site need, from those of the service."""

from __future__ import annotations

from collections.abc import Iterator

from plan_graph.web.assets import FOLDER

_NEEDED = ("site.css", "lists.css", "linked.css", "icon.svg", "text.js", "site-search.js")


def files() -> Iterator[tuple[str, bytes]]:
    """Give each file with its path in the site."""
    for name in _NEEDED:
        yield f"static/{name}", (FOLDER / name).read_bytes()
