"""Policy documents: all that are read or named, and one of them: its mentions, its text with all that was read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from plan_graph.errors import NotFoundError
from plan_graph.iri import Base
from plan_graph.reports.sections import Column, Section
from plan_graph.reports.words import Words
from plan_graph.web.language import LANGUAGES
from plan_graph.web.pages.divided import Heading, Part, divided
from plan_graph.web.pages.list_files import files
from plan_graph.web.pages.marking import Mark, highlighted
from plan_graph.web.pages.tasks import file
from plan_graph.web.pages.visit import File, Page, Visit
from plan_graph.web.site import Site

Row = Mapping[str, Any]
A_PAGE = 50
_TEXTS = 16  # texts that a worker keeps
_AT_ONCE = 100_000  # characters of texts that are made when the service starts
# how a document stands to plans and their tasks, in the order of the page: key → Chinese, English
RELATIONS: Mapping[str, tuple[str, str]] = {
    "read": ("已读全文", "read"),
    "based_on": ("贯彻落实", "carried out"),
    "cites": ("引用", "cited"),
    "amends": ("修改", "amended"),
    "produces": ("制定", "to be produced"),
    "revises": ("修订", "to be revised"),
}
# kinds of facts in a text, in the order of the legend: key → Chinese, English
KINDS: Mapping[str, tuple[str, str]] = {
    "heading": ("标题", "Headings"),
    "task": ("任务", "Tasks"),
    "clause": ("责任分工", "Clauses"),
    "rule": ("分工规则", "Rules of roles"),
    "lead": ("牵头", "Lead"),
    "support": ("配合", "Support"),
    "responsible": ("负责", "Responsible"),
    "guide": ("指导", "Guide"),
    "place": ("地区", "Places"),
    "target": ("量化目标", "Targets"),
    "deadline": ("时限", "Deadlines"),
    "citation": ("文件", "Documents"),
    "organisation": ("其他组织", "Other organisations"),
    "party": ("发文、主送机关", "Issuers and addressees"),
    "document": ("标题、文号、日期", "Title, number, date"),
    "unread": ("未读懂", "Not read"),
}


@dataclass(slots=True)
class Listed:
    """A document in the list: how it stands to which plans, and in how many tasks."""

    document: str
    title: str
    number: str | None
    relations: Counter[str] = field(default_factory=Counter)
    plans: set[str] = field(default_factory=set)


def documents(site: Site, visit: Visit) -> Page:
    """List the documents, the most named first; by relation and by plan."""
    found = _fitting(site, visit)
    pages = max(1, -(-len(found) // A_PAGE))
    page = visit.page(pages)
    return Page(
        "documents.html",
        {
            "found": found[(page - 1) * A_PAGE : page * A_PAGE],
            "total": len(found),
            "page": page,
            "pages": pages,
            "relations": RELATIONS,
            "relation": visit.one("relation"),
            "plan": visit.one("plan"),
            "titles": {row["id"]: row["title"] for row in site.ask("plans")},
            "files": files(visit, "/documents"),
        },
    )


def _fitting(site: Site, visit: Visit) -> list[Listed]:
    relation, plan = visit.one("relation"), visit.one("plan")
    rows = (row for row in site.ask("documents") if plan is None or row["planId"] == plan)
    return [one for one in listed(rows) if relation is None or relation in one.relations]


def download(site: Site, visit: Visit) -> File:
    """Give the same documents as a table: in how many tasks each relation, and which plans."""
    columns = (
        Column("title", Words("标题", "title")),
        Column("number", Words("文号", "number")),
        *(Column(key, Words(zh, en)) for key, (zh, en) in RELATIONS.items() if key != "read"),
        Column("read", Words("已读全文", "read")),
        Column("plans", Words("计划", "plans"), many=True),
        Column("document", Words("文件（IRI）", "document (IRI)")),
    )
    cells = tuple(
        (
            one.title,
            one.number,
            *(one.relations.get(key) for key in RELATIONS if key != "read"),
            "read" in one.relations,
            "、".join(sorted(one.plans)),
            one.document,
        )
        for one in _fitting(site, visit)
    )
    return file(Section("documents", Words("文件", "Documents"), columns, cells), visit, "documents")


def resources(site: Site, visit: Visit) -> Iterator[str]:
    """Give the addresses of the same documents."""
    return (site.local(one.document) or "" for one in _fitting(site, visit))


def listed(rows: Iterable[Row]) -> list[Listed]:
    """Bring rows of the query ``documents`` together, a value a document: read first, then by plans, tasks and title.

    Who carries a document out also cites it; both are counted, and only the first is shown.
    """
    made: dict[str, Listed] = {}
    for row in rows:
        one = made.setdefault(row["document"], Listed(row["document"], row["title"], row["number"]))
        one.relations[row["relation"]] += row["tasks"]
        one.plans.add(row["planId"])
    for one in made.values():
        if "based_on" in one.relations and one.relations["based_on"] == one.relations["cites"]:
            del one.relations["cites"]
    return sorted(
        made.values(),
        key=lambda one: ("read" not in one.relations, -len(one.plans), -one.relations.total(), one.title, one.document),
    )


def document(site: Site, visit: Visit) -> Page:
    """Show a document: what is known of it, where it is named, and its text if it was read."""
    try:
        iri = Base(site.base).iri("document", id=visit.arguments["id"]).value
        rows = site.ask("document", document=iri)
    except ValueError:
        rows = []
    if not rows:
        raise NotFoundError("no document of this name is in the graph", "图中没有这份文件")
    about = rows[0]
    plan = about["planId"]
    text = None
    if plan == about["id"]:
        whole = _text(site, visit.lang, plan, about["textSha256"], about["length"])
        text = whole.shown(visit.one("part"), visit.one("at"))
    return Page(
        "document.html",
        {
            "iri": iri,
            "about": about,
            "issuers": _distinct(rows, "issuer", "issuerName"),
            "places": _distinct(rows, "place", "placeName"),
            "related": [
                (relation, address, title)
                for (address, title), relation in {
                    (row["related"], row["relatedTitle"]): row["relation"] for row in rows if row["related"]
                }.items()
            ],
            "mentions": mentions(site.ask("document-mentions", document=iri)),
            "relations": RELATIONS,
            "kinds": KINDS,
            "text": text,
        },
    )


def _distinct(rows: Iterable[Row], key: str, name: str) -> list[tuple[str, str]]:
    return list({row[key]: (row[key], row[name]) for row in rows if row[key]}.values())


@dataclass(slots=True)
class Mention:
    """One place where a document is named: by which plan or task, how, and in which words."""

    row: Row
    relations: list[str]


def mentions(rows: Iterable[Row]) -> list[Mention]:
    """Bring rows of the query ``document-mentions`` together, a value a passage of a task or a plan."""
    made: dict[tuple[object, ...], Mention] = {}
    for row in rows:
        key = (row["planId"], row["task"], row["passage"])
        made.setdefault(key, Mention(row, [])).relations.append(row["relation"])
    for one in made.values():
        if "based_on" in one.relations:
            one.relations = [relation for relation in one.relations if relation != "cites"]
    return list(made.values())


@dataclass(frozen=True, slots=True)
class Text:
    """A text with all that was read in it: how many facts of which kind, where it is divided, if it is whole."""

    words: str
    marks: Sequence[Mark]
    counts: Mapping[str, int]
    headings: Sequence[tuple[int, str]]
    parts: Sequence[Part]
    whole: bool
    written: dict[int | None, str] = field(default_factory=dict)  # what was asked for before

    def shown(self, part: str | None, at: str | None) -> Shown:
        """Give the part of a number from 1, or that in which a character stands; ``all`` is the text in one piece.

        What is neither is the first part.
        """
        if part == "all" or len(self.parts) == 1:
            return Shown(self, None, self._markup(None))
        number = 0
        if at is not None and at.isdecimal() and len(at) < 10:
            number = max(index for index, one in enumerate(self.parts) if one.begin <= max(int(at), 0))
        elif part is not None and part.isdecimal() and 0 < int(part[:9]) <= len(self.parts):
            number = int(part) - 1
        return Shown(self, number, self._markup(number))

    def _markup(self, number: int | None) -> str:
        if number not in self.written:
            one = Part(0, len(self.words) + 1, "") if number is None else self.parts[number]
            self.written[number] = highlighted(self.words, self.marks, one.begin, one.end)
        return self.written[number]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a text: the part of this number from 0, or all of it."""

    text: Text
    number: int | None
    markup: str

    def here(self, begin: int) -> bool:
        """Tell whether a character is on the page."""
        if self.number is None:
            return True
        return self.text.parts[self.number].begin <= begin < self.text.parts[self.number].end


def preload(site: Site) -> None:
    """Make the texts of the first documents that were read, up to so many characters, before anybody asks."""
    left = _AT_ONCE
    for row in site.plans[: _TEXTS // len(LANGUAGES)]:
        found = site.ask("document", document=f"{site.base}document/{row['id']}")
        if not found or found[0]["planId"] != found[0]["id"] or (left := left - found[0]["length"]) < 0:
            return
        for lang in LANGUAGES:
            _text(site, lang, row["id"], found[0]["textSha256"], found[0]["length"])
    _rows.cache_clear()


@lru_cache(maxsize=1)
def _rows(site: Site, plan: str) -> list[dict[str, Any]]:
    return site.ask("text-facts", document=plan)


@lru_cache(_TEXTS)  # a text is the same until the graph changes, and by far the most work of any page
def _text(site: Site, lang: str, plan: str, sha256: str, length: int) -> Text:
    rows = _rows(site, plan)
    text = site.text(plan, sha256)
    marks = facts(site, Visit("", {}, (), lang), plan, rows)
    words = text if text is not None else pieced(rows, length)
    headings = {
        row["begin"]: Heading(row["begin"], row["object"].count("/"), row["quote"].strip())
        for row in rows
        if row["kind"] == "heading"
    }
    return Text(
        words,
        marks,
        Counter(mark.kind for mark in marks),
        [(one.begin, one.title) for one in headings.values()],
        divided(words, list(headings.values())),
        text is not None,
    )


def facts(site: Site, visit: Visit, plan: str, rows: Iterable[Row]) -> list[Mark]:
    """Make rows of the query ``text-facts`` highlights: one for each fact.

    A fact is a span, a kind and what the span stands for; one name in a clause that several tasks share is one fact.
    """
    made: dict[tuple[object, ...], Mark] = {}
    order = list(KINDS)
    for row in sorted(rows, key=lambda one: order.index(one["kind"])):  # of those that coincide the last is innermost
        kind, begin, end, name = row["kind"], row["begin"], row["end"], row["objectName"]
        label = visit.t(*KINDS[kind])
        words = f"{label}{visit.t('：', ': ')}{name}" if name else label
        address = site.address(row["object"] or row["task"] or "")
        sign = ""
        if kind == "task":
            sign = name
        elif kind in ("clause", "rule"):
            address = None  # its task is linked where it begins
        elif kind in ("target", "deadline", "organisation"):
            address = site.address(row["task"])
        elif kind == "unread":
            address, sign = f"/ledger?plan={plan}#unread", visit.t("未读懂", "not read")
        elif kind == "document" and row["object"] == f"{site.base}document/{plan}":
            address = f"/plan/{plan}"
        made.setdefault((begin, end, kind, row["object"]), Mark(begin, end, kind, address, words, sign))
    return list(made.values())


def pieced(rows: Iterable[Row], length: int) -> str:
    """Put a text together from its passages alone; a stretch that none of them holds becomes an ellipsis.

    Offsets stay: the rest of such a stretch is zero-width spaces. A longer one begins a line, for most are the line end
    and number before a task.
    """
    made = [""] * length
    for row in rows:
        made[row["begin"] : row["end"]] = row["quote"]
    gaps: dict[int, int] = defaultdict(int)
    begin = -1
    for at, character in enumerate([*made, "."]):
        if character == "" and begin < 0:
            begin = at
        elif character and begin >= 0:
            gaps[begin], begin = at - begin, -1
    for begin, size in gaps.items():
        filler = "\n…" if size > 2 else "…"
        made[begin : begin + size] = filler + "\u200b" * (size - len(filler))
    return "".join(made)
