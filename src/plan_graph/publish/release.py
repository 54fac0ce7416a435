"""A release: a build as it is published, with what no build knows: where, by whom, under which licence, as what.

All parts of a published site take what they say from here, so that a page, a dump and the catalogue say the same.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from plan_graph.errors import InputError
from plan_graph.graph.statements.published import PUBLISHER_KINDS
from plan_graph.graph.statements.service import SERVICE_PREFIXES, Statistics
from plan_graph.graph.statements.written import Written
from plan_graph.graph.store import graph_file, open_store
from plan_graph.iri import Base
from plan_graph.output import MARK
from plan_graph.reports.words import Words
from plan_graph.web import counted, jsonld, terms

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_VERSION = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", re.ASCII)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[!#$&-;=?-Z_a-z~%@\[\]]+", re.ASCII)


AUTHORS = Words("plan-graph 作者", "The plan-graph authors")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: a name, their page, and how to reach them (an address or ``mailto:``).

    ``kind`` is one of the vocabulary of publisher types that DCAT-AP asks for
    (``graph.statements.published.PUBLISHER_KINDS``).
    """

    name: Words = AUTHORS
    kind: str = "PrivateIndividual(s)"
    address: str = ""
    contact: str = ""


TITLE = Words("政府计划责任图谱", "Plan graph: responsibilities in government plans")
DESCRIPTION = Words(
    "从政府计划中逐项读出的任务、牵头与配合单位、目标、时限、地区和所引文件，每一项都指明所据的原文位置；"
    "以 RDF 图谱、表格和网页发布。",
    "The tasks of government plans with the bodies that lead and support them, targets, deadlines, places and "
    "documents named, each with the passage it was read from; published as an RDF graph, tables and pages.",
)


@dataclass(frozen=True)
class Release:
    """A build that is published.

    ``build`` is its folder, ``base`` the IRI below which its resources are, ``site`` the address of the published
    folder (ends in ``/``; where none is given, ``base``, from which redirects lead there). ``version`` is a word, by
    default the date ``issued``. ``previous`` is the address of the release before, ``endpoint`` that of a SPARQL
    endpoint over the same data; both may be empty. ``earlier`` are builds before: what they had and this one has not
    is gone.
    """

    build: Path
    base: str
    site: str
    version: str
    issued: date
    title: Words = TITLE
    description: Words = DESCRIPTION
    publisher: Publisher = Publisher()
    licence: str = LICENCE
    previous: str = ""
    previous_version: str = ""
    endpoint: str = ""
    earlier: tuple[Path, ...] = ()

    @cached_property
    def report(self) -> dict[str, Any]:
        """What the build says of itself: ``report.json``."""
        return dict(json.loads((self.build / MARK).read_text(encoding="utf-8")))

    @cached_property
    def store(self) -> Store:
        """The graph in memory."""
        return open_store(self.build)

    @cached_property
    def ontology(self) -> Store:
        """The terms of the project's own vocabulary."""
        return terms.ontology()

    @cached_property
    def names(self) -> jsonld.Terms:
        """The names that JSON-LD is written with, those of the service."""
        return jsonld.terms(self.ontology, SERVICE_PREFIXES)

    @cached_property
    def written(self) -> Written:
        """How the graph writes what the store keeps in another form."""
        return Written(self.graph)

    @cached_property
    def statistics(self) -> Statistics:
        """What is counted of the graph, its literals as it writes them."""
        made = counted.count(self.store)
        return replace(
            made,
            whole=replace(made.whole, objects=made.whole.objects + self.written.more),
            properties={
                iri: replace(use, objects=use.objects + self.written.more_of[iri])
                for iri, use in made.properties.items()
            },
        )

    @property
    def graph(self) -> Path:
        """The graph as canonical N-Quads."""
        return graph_file(self.build)

    def address(self, path: str) -> str:
        """Give the address of a file of the published folder.

        >>> one = Release(Path("build"), "https://example.org/id/", "https://example.org/", "1", date(2026, 1, 2))
        >>> one.address("dumps/graph.nq.gz")
        'https://example.org/dumps/graph.nq.gz'
        """
        return self.site + path


def release(
    build: Path,
    *,
    base: str = "",
    site: str = "",
    version: str = "",
    issued: date | None = None,
    **more: Any,
) -> Release:
    """Make a release of a build folder; ``more`` are the other fields of :class:`Release`.

    The base IRI is the build's own. The date is, where none is given, that of ``SOURCE_DATE_EPOCH``
    (https://reproducible-builds.org/specs/source-date-epoch/), else the day (UTC) on which the graph was written: a
    build records no date, so that it is the same bytes whenever it is made, and its files keep theirs.

    :raises InputError: for a folder that is no build, a base that is not the build's, an address that is none, a name
        that is empty.
    """
    report = build / MARK
    if not report.is_file():
        raise InputError(
            f"{build} is not a build folder: it has no {MARK}; run plan-graph build first",
            f"{build} 不是生成的文件夹（没有 {MARK}），请先运行 plan-graph build",
        )
    own = str(json.loads(report.read_text(encoding="utf-8"))["base"])
    if base and base != own:
        raise InputError(
            f"the build has the base IRI {own}, not {base}; build it with --base {base}",
            f"该图谱的 IRI 前缀是 {own}，不是 {base}；请用 --base {base} 重新生成",
        )
    try:
        place = Base(site or own).base
    except ValueError as error:
        raise InputError(
            f"{site!r} is not the address of a site: http:// or https://, and / at the end",
            f"“{site}” 不是网站地址：应以 http:// 或 https:// 开头，以 / 结尾",
        ) from error
    day = issued or _dated(build)
    word = version or day.isoformat()
    if not _VERSION.fullmatch(word):
        raise InputError(
            f"the version {word!r} may have small letters, digits, and single . or - between them, such as 2026-11-29",
            f"版本 “{word}” 只能由小写字母、数字和中间的 . 或 - 组成，例如 2026-11-29",
        )
    made = Release(build, own, place, word, day, **more)
    if made.previous and not made.previous.endswith("/"):
        raise InputError(
            f"{made.previous!r} is not the address of a release: it ends in /",
            f"“{made.previous}” 不是已发布版本的地址：应以 / 结尾",
        )
    if not all(one.strip() for words in (made.title, made.description, made.publisher.name) for one in words):
        raise InputError(
            "what the data and the publisher are called is needed in Chinese and in English",
            "数据集和发布者的名称须有中文和英文",
        )
    if made.publisher.kind not in PUBLISHER_KINDS:
        kinds = ", ".join(PUBLISHER_KINDS)
        raise InputError(
            f"{made.publisher.kind!r} is no kind of publisher; the kinds are {kinds}",
            f"“{made.publisher.kind}” 不是发布者类型；类型有 {kinds}",
        )
    for given in (made.licence, made.previous, made.endpoint, made.publisher.address, made.publisher.contact):
        if given and not _ADDRESS.fullmatch(given):
            raise InputError(
                f"{given!r} is not an address: it begins with http://, https:// or mailto: and holds ASCII alone",
                f"“{given}” 不是地址：应以 http://、https:// 或 mailto: 开头，只含 ASCII 字符",
            )
    return made


def _dated(build: Path) -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() else graph_file(build).stat().st_mtime
    return datetime.fromtimestamp(seconds, UTC).date()
