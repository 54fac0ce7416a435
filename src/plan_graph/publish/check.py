"""Whether every link of a site leads somewhere: to a file of it, and to a place on a page where it names one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_LINKS = ("href", "src", "action")
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere: the file it stands in, the link, and whether only the place on the page is missing."""

    file: str
    link: str
    place: bool


class _Page(HTMLParser):
    """Reads links and places of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of the links and the place of an element."""
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            elif name in _LINKS and value is not None and tag != "base":
                self.links.add(value)
            elif name == f"data-{_LINKS[0]}":
                self.links.add("/")  # what lost its address


def broken(root: Path, address: str = "") -> Iterator[Broken]:
    """Give the links of a site, which is published at ``address``, that lead nowhere. O(bytes of its pages).

    Links to other sites are not followed; one that begins with the address of the site is one to it.
    """
    pages = {file.relative_to(root).as_posix(): _read(file) for file in sorted(root.rglob("*.html"))}
    places = {name: page.places for name, page in pages.items()}
    for name, page in pages.items():
        yield from _broken(root, name, page.links, places, address)
    for file in sorted(root.rglob("*.css")):
        name = file.relative_to(root).as_posix()
        yield from _broken(root, name, set(_STYLE.findall(file.read_text(encoding="utf-8"))), places, address)


def _read(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    return page


def _broken(root: Path, name: str, links: set[str], places: Mapping[str, set[str]], address: str) -> Iterator[Broken]:
    for link in sorted(links):
        local, own = link, name
        for whole in (address, urlsplit(address).path):  # one with the whole address, or path, begins at the root
            if whole and link.startswith(whole):
                local, own = link.removeprefix(whole), ""
                break
        parts = urlsplit(local)
        if parts.scheme or parts.netloc:
            continue
        to = name if not parts.path and own else _resolved(own, unquote(parts.path))
        if to is None or not (root / to).is_file():
            yield Broken(name, link, False)
        elif parts.fragment and to in places and unquote(parts.fragment) not in places[to]:
            yield Broken(name, link, True)


def _resolved(own: str, path: str) -> str | None:
    """Give the file that a path leads to from a file, or nothing if that is outside of the site."""
    if path.startswith("/"):
        return None
    made: list[str] = list(PurePosixPath(own).parent.parts) if own else []
    for part in path.split("/"):
        if part == "..":
            if not made:
                return None
            made.pop()
        elif part not in ("", "."):
            made.append(part)
    if path.endswith("/") or not path:
        made.append("index.html")
    return "/".join(made)
