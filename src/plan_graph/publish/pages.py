"""The pages of a site: one for each resource, and lists, made by the views and templates of the service."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from plan_graph.graph.queries import bind_each, find, run
from plan_graph.graph.statements.written import Written
from plan_graph.graph.store import graph_file
from plan_graph.publish import search
from plan_graph.publish.beside import Beside
from plan_graph.publish.folder import Staged
from plan_graph.publish.layout import LANGUAGES, SEARCH, home, page_file, relink, stem
from plan_graph.publish.release import Release
from plan_graph.publish.schemaorg import head
from plan_graph.web.addresses import ONTOLOGY
from plan_graph.web.pages.registry import ADDRESSES, pattern
from plan_graph.web.pages.static_views import STATIC_VIEWS
from plan_graph.web.pages.templates import written
from plan_graph.web.pages.visit import File, Visit
from plan_graph.web.site import Site

# the pages that are of no resource; of those of several pages all are made
LISTS = ("/", "/plans", "/tasks", "/bodies", "/places", "/documents", "/themes", "/ledger", SEARCH)
_ROUTES: Mapping[str, re.Pattern[str]] = {
    name: pattern(address) for name, address in ADDRESSES.items() if not name.endswith(("-file", "-data"))
}
# files of the parts to which the first page leads: address, Chinese, English
FILES = (
    ("/dumps/graph.nq.gz", "全部数据（N-Quads）", "All data (N-Quads)"),
    ("/catalog.ttl", "数据目录（DCAT）", "The catalogue (DCAT)"),
    ("/.well-known/void", "数据集说明（VoID）", "About the dataset (VoID)"),
    ("/SHA256SUMS", "校验和", "Checksums"),
)
# what pages ask of their resource: their address, the parameter, named queries
_TOGETHER = (("/task/", "task", ("task-passages", "task-parties")), ("/document/", "document", ("document-mentions",)))
_WHOLE = (("part", "all"),)  # of a long text the service shows a part, a site all of it


class PagesSite(Site):
    """A graph whose pages are made all together, in both languages: what several of them ask is asked once."""

    def ask(self, name: str, **values: str) -> list[dict[str, Any]]:
        """Give the answer of a named query as rows by column; one that is at hand is not asked again."""
        key = (name, *sorted(values.items()))
        if key not in self.answers:
            self.answers[key] = super().ask(name, **values)
        return self.answers[key]

    def ask_of(self, plan: str, name: str) -> list[dict[str, Any]]:
        """Give the answer of a named query about one plan, likewise."""
        key = (name, ("plan", plan))
        if key not in self.answers:
            self.answers[key] = super().ask_of(plan, name)
        return self.answers[key]

    @cached_property
    def answers(self) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        """Answers that are at hand, by query and its parameters."""
        return {}

    @cached_property
    def beside(self) -> Beside:
        """The data that stands beside pages."""
        assert self.folder is not None, "a release is of a build"
        return Beside(self, Written(graph_file(self.folder)))

    def prepare(self, jobs: Sequence[Job]) -> None:
        """Ask what the pages of some jobs need at once for all of them, and forget what others needed."""
        self.answers.clear()
        for start, parameter, names in _TOGETHER:
            iris = [job.iri for job in jobs if job.address.startswith(start)]
            for name in names if iris else ():
                self.answers |= {(name, (parameter, iri)): [] for iri in iris}
                for row in run(self.store, bind_each(find(name), parameter, iris)).by_column():
                    self.answers[name, (parameter, row.pop(parameter))].append(row)


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be made: its address in the service, the IRI of the resource it is of, or "", and those told on it."""

    address: str
    iri: str = ""
    parts: tuple[str, ...] = ()


def jobs(site: Site) -> Iterator[Job]:
    """Give all pages: the lists, then one for each resource that the graph says something of.

    What is named by a fragment is part of the page before it.
    """
    yield from (Job(address) for address in LISTS)
    yield Job("/ns", ONTOLOGY)
    whole: list[tuple[str, str]] = []
    parts: dict[str, list[str]] = defaultdict(list)
    for iri in sorted({quad.subject.value for quad in site.store}):
        address = site.local(iri)
        if address is None or "#" in address:
            continue
        page, place = home(address)
        if place:
            parts[page].append(iri)
        else:
            whole.append((address, iri))
    yield from (Job(address, iri, tuple(parts.pop(address, ()))) for address, iri in whole)
    assert not parts, f"there is no page of {next(iter(parts))}"


def view_of(address: str) -> tuple[str, dict[str, str]]:
    """Give the view that makes the page at an address, and what it is told of it.

    >>> view_of("/task/ln-2016/2016-057")
    ('task', {'document': 'ln-2016', 'task': '2016-057', 'sent': '/task/ln-2016/2016-057'})
    """
    for name, route in _ROUTES.items():
        if found := route.match(address):
            return name, {**found.groupdict(), "sent": address}
    raise AssertionError(f"no page is at {address}")  # the last pattern fits every address


def make(release: Release, site: PagesSite, job: Job, staged: Staged) -> None:
    """Write the pages of a job in both languages and, for a resource, its data beside them."""
    for lang in LANGUAGES:
        number = pages = 1
        while number <= pages:
            content, pages = page(release, site, job, lang, number)
            staged.put(page_file(job.address, lang, number), content.encode())
            number += 1
    if job.address == SEARCH:
        staged.put(search.FILE, search.index(site))
    if job.iri:
        for suffix, form in site.beside.forms(job.iri, job.parts):
            staged.put(f"{stem(job.address)}.{suffix}", form)


def page(release: Release, site: Site, job: Job, lang: str, number: int = 1) -> tuple[str, int]:
    """Give a page as it stands in its file, and how many pages its list has."""
    name, arguments = view_of(job.address)
    parameters = _WHOLE if number == 1 else (*_WHOLE, ("page", str(number)))
    visit = Visit(job.address, arguments, parameters, lang)
    made = STATIC_VIEWS[name](site, visit)
    assert not isinstance(made, File)
    linked = head(release, site, made, job.address, job.iri, lang, number)
    markup = written(site, visit, made, live=False, files=FILES, linked=linked)
    return relink(markup, lang, page_file(job.address, lang, number)), made.values.get("pages", 1)


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the published texts of a build, each at the path of its IRI."""
    for file in sorted((folder / "text").glob("*.txt")):
        yield f"text/{file.name}", file.read_bytes()
