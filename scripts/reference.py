"""Write docs/reference from its sources: commands, ontology, concept schemes, queries, shapes, clause rules.

The same sources give the same bytes. Run it with ``make docs``; with ``--check`` nothing is written, and the exit
code is 1 if a page is out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from plan_graph import cli, iri
from plan_graph.authority.reasons import REASONS
from plan_graph.extraction.clause_rules import NAMES_ONLY, RULES
from plan_graph.extraction.markers import KINDS as KINDS_OF_SEGMENTS
from plan_graph.extraction.markers import LABELS, VERBS
from plan_graph.extraction.roles import INHERITED
from plan_graph.graph.queries import Parameter, Query, named_queries
from plan_graph.graph.statements.document import UNREAD
from plan_graph.iri import DEFAULT_BASE, PREFIXES
from plan_graph.model.plan import Clause, Role

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import grammar  # noqa: E402

OUT = ROOT / "docs" / "reference"
NOTE = "<!-- Written by scripts/reference.py from the sources named below; do not edit, run: make docs -->"
WIDTH = 100  # columns of the help texts

QUDT = Namespace("http://qudt.org/schema/qudt/")
KINDS = {
    OWL.Class: ("类", "class"),
    OWL.ObjectProperty: ("对象属性", "object property"),
    OWL.DatatypeProperty: ("数据属性", "datatype property"),
    OWL.NamedIndividual: ("个体", "individual"),
}
_PREFIXES = {
    **PREFIXES,
    "pgsh": "https://w3id.org/plan-graph/shapes#",
    "owl": str(OWL),
    "quantitykind": "http://qudt.org/vocab/quantitykind/",
    "ldqd": "http://www.w3.org/2016/05/ldqd#",
}
_HEADING = re.compile(r"^# --- (.+?) -{2,}$", re.M)
_TASK = f"{DEFAULT_BASE}task/ln-2016-revitalisation/2016-057"  # stands for an IRI in an example


def cli_page() -> str:
    """Give the help of every command, as the command line prints it."""
    root = click.Context(cli.main, info_name="plan-graph", terminal_width=WIDTH, **cli.main.context_settings)
    stated = (cli.__doc__ or "").split("Exit codes:", 1)[1].strip()
    lines = [
        *_head("命令行 · Command line", "src/plan_graph/cli/"),
        "运行 `plan-graph COMMAND --help` 可看到同样的文字。`--lang`（或环境变量 `PLAN_GRAPH_LANG`）决定输出的语言。",
        "",
        "`plan-graph COMMAND --help` prints the same. `--lang`, or the environment variable `PLAN_GRAPH_LANG`, sets "
        "the language of what is printed.",
        "",
        f"退出码 · Exit codes: {stated}",
        "",
        "## plan-graph",
        "",
        *_fenced(cli.main.get_help(root)),
    ]
    for name, command in sorted(cli.main.commands.items()):
        own = click.Context(command, info_name=name, parent=root)
        lines += [f"## plan-graph {name}", "", *_fenced(command.get_help(own))]
    return _page(lines)


def vocabulary_page() -> str:
    """Give every term of the ontology and the concept schemes, and the standard terms and IRIs beside them."""
    raw = (ROOT / "ontology" / "plan-graph.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=raw, format="turtle")
    whole = URIRef("https://w3id.org/plan-graph/ns")
    lines = [
        *_head("词汇 · Vocabulary", "ontology/plan-graph.ttl, ontology/schemes.ttl, src/plan_graph/iri.py"),
        _said(graph, whole, RDFS.comment, "zh"),
        "",
        _said(graph, whole, RDFS.comment, "en"),
        "",
        "## 前缀 · Prefixes",
        "",
        *_table(("前缀 prefix", "IRI"), ((f"`{prefix}:`", f"`{name}`") for prefix, name in PREFIXES.items())),
        "## 本体中的术语 · Terms of the ontology",
        "",
    ]
    for title, part in _parts(raw):
        lines += [f"### {title}", ""]
        terms = re.findall(r"^(pg:[\w-]+) a ", part, re.M)
        lines += _table(
            ("术语 term", "类型 kind", "中文", "English"), (_term(graph, URIRef(_expand(term))) for term in terms)
        )
    lines += ["## 概念表 · Concept schemes", ""]
    lines += _schemes()
    lines += [
        "## 所用的标准术语 · Standard terms in use",
        "",
        "代码只能使用这里列出的术语；写错一个字母，立即报错。",
        "",
        "The code can use no other terms than these; a misspelt one is an error at once.",
        "",
        *_table(("命名空间 namespace", "术语 terms"), _standard()),
        "## 资源的 IRI · IRIs of resources",
        "",
        f"下列各式接在数据的 IRI 前缀之后（默认 `{DEFAULT_BASE}`，可用 `plan-graph build --base` 另定）。",
        "",
        f"Below the base IRI of a dataset (by default `{DEFAULT_BASE}`; another one with `plan-graph build --base`).",
        "",
        *_table(("种类 kind", "式样 pattern"), ((kind, f"`{form}`") for kind, (form, _) in iri._SHAPES.items())),
    ]
    return _page(lines)


def queries_page() -> str:
    """Give every named query: its question, parameters, columns and an example."""
    found = named_queries()
    lines = [
        *_head("内置查询 · Named queries", "queries/*.rq"),
        f"共 {len(found)} 个。方括号中的参数可以省略。",
        "",
        f"{len(found)} queries. Parameters in brackets may be left out.",
        "",
        *_table(
            ("名称 name", "中文", "English", "参数 parameters"),
            (
                (f"[{q.name}](#{q.name})", q.title["zh"], q.title["en"], " ".join(map(_slot, q.parameters)))
                for q in found.values()
            ),
        ),
    ]
    for query in found.values():
        lines += _query(query)
    return _page(lines)


def shapes_page() -> str:
    """Give every shape: what it looks at, what it asks, and the message it gives."""
    raw = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=raw, format="turtle")
    whole = URIRef("https://w3id.org/plan-graph/shapes")
    shapes = [s for part in _parts(raw) for s in re.findall(r"^(pgsh:[\w-]+) a sh:", part[1], re.M)]
    lines = [
        *_head("SHACL 约束 · SHACL shapes", "ontology/shapes.ttl"),
        _said(graph, whole, RDFS.comment, "zh"),
        "",
        _said(graph, whole, RDFS.comment, "en"),
        "",
        f"共 {len(shapes)} 个形状。没有对象一栏的形状由其他形状引用。",
        "",
        f"{len(shapes)} shapes. Those that look at nothing by themselves are used by others.",
        "",
    ]
    for title, part in _parts(raw):
        lines += [f"## {title}", ""]
        names = re.findall(r"^(pgsh:[\w-]+) a sh:", part, re.M)
        lines += _table(
            ("形状 shape", "检查对象 looks at", "属性 property", "要求 asks", "提示 message"),
            (_shape(graph, URIRef(_expand(name))) for name in names),
        )
    return _page(lines)


def clauses_page() -> str:
    """Give the rules of the clause grammar, each with its example read, and what becomes of other forms."""
    roles = _role_names()
    lines = [
        *_head(
            "责任分工的写法 · Responsibility clauses",
            "src/plan_graph/extraction/clause_rules.py, src/plan_graph/extraction/markers.py, ontology/schemes.ttl",
        ),
        "一个条款切成若干段，每段是一个标签和它后面的名称、一个动词和它前面的名称，或一个时间。"
        "各段的类别连成一个短串，如 `L；S`；"
        "下表中第一条模式相符的规则给出角色。看起来像责任分工、但没有规则能读的文字，在读取台账中报告，任务仍然保留。",
        "",
        "A clause is cut into segments: a label and the names after it, a verb and the names before it, or a time. The "
        "kinds of its segments make a short string such as `L；S`; the first rule below whose pattern matches gives "
        "the roles. What looks like responsibility but matches no rule is reported in the ledger; its task is kept.",
        "",
        "## 规则 · Rules",
        "",
        *_table(
            ("规则 rule", "例 example", "模式 pattern", "读法 reads", "读出 result"),
            (
                (
                    f"`{rule.name}`",
                    f"{rule.context}<br>{rule.example}" if rule.context else rule.example.replace("\n", "<br>"),
                    f"`{rule.pattern}`" + (f" + `{rule.words}`" if rule.words else ""),
                    rule.reads,
                    outcome(grammar.read_example(rule), roles),
                )
                for rule in RULES
            ),
        ),
        "## 段的类别 · Kinds of segments",
        "",
        *_table(("类别 kind", "含义 meaning"), ((f"`{kind}`", words) for kind, words in KINDS_OF_SEGMENTS.items())),
        "标签与动词的写法（正则表达式，按先后匹配）：",
        "",
        "The words, as regular expressions, in the order in which they are tried:",
        "",
        *_fenced("\n".join(f"{kind}  {words}" for kind, words in (*LABELS, *VERBS))),
        "## 一次写明、管全文的说明 · Statements made once for the whole document",
        "",
        "说明写有“下同”，或独立成句，即管其后各条；以“注：”开头的管全文，写在所有责任分工之后的也管全文；"
        "否则只管所在的一条，其后有没有牵头单位的，在台账中提示。“不再列出”所加的单位，"
        f"归入其后每一项有责任分工的任务（规则 `{INHERITED}`）。"
        "各项末尾几乎都有只列单位的括号、全文没有别的责任分工的，"
        f"所列单位都作为责任单位（规则 `{NAMES_ONLY.name}`），并在台账中提示。",
        "",
        "A statement that says 下同, or stands as a sentence of its own, holds for everything below it; a note (注：) "
        "holds for the whole document, and so does a sentence behind all clauses; another holds for its own clause "
        "only, and the ledger says so where nobody leads in those below it. A party added by 不再列出 is added to "
        f"every later task that has a clause (rule `{INHERITED}`). Where nearly every item ends with names alone in "
        "brackets and the document has no clause of another form, all are responsible "
        f"(rule `{NAMES_ONLY.name}`), with a note in the ledger.",
        "",
        *_table(("说明 statement", "例 example", "读出 result"), grammar.statements_read(roles, outcome)),
        "## 角色 · Roles",
        "",
        *_table(("角色 role", "含义", "meaning"), _roles()),
        "## 各种写法的结果 · What becomes of each form",
        "",
        *_table(
            ("写法", "form", "例 example", "结果 outcome"),
            ((zh, en, example, grammar.outcome_of(example, roles, outcome)) for zh, en, example in grammar.FORMS),
        ),
        "## 名单的拆分 · How a list of names is split",
        "",
        "`、` 与 `，` 都结束一个名称；共用的前缀、后缀补全；括号不拆；“等”字不属于名称，名单记为未列尽。",
        "",
        "`、` and `，` both end a name; shared beginnings and endings are written out; brackets are not split; 等 is "
        "part of no name and marks the list as open.",
        "",
        *_table(("名单 list", "名称 names"), ((text, grammar.names_of(text)) for text in grammar.LISTS)),
        "## 名称未能确认的原因 · Why a name was not resolved",
        "",
        *_table(("代号 code", "中文", "English"), ((f"`{code}`", zh, en) for code, (zh, en) in REASONS.items())),
        "## 文字未读的原因 · Why a passage was not read",
        "",
        *_table(("中文", "English"), ((zh, en) for en, zh in UNREAD.items())),
    ]
    return _page(lines)


def outcome(clauses: Iterable[Clause], roles: dict[Role, str]) -> str:
    """Give the parties of clauses by role, or nothing."""
    mentions = [m for clause in clauses for m in clause.mentions]
    by_role = {role: [m.name for m in mentions if m.role is role] for role in Role}
    return "<br>".join(f"{roles[role]}: {'、'.join(names)}" for role, names in by_role.items() if names)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "vocabulary.md": vocabulary_page,
    "queries.md": queries_page,
    "shapes.md": shapes_page,
    "clauses.md": clauses_page,
}


def pages() -> dict[str, str]:
    """Give every page by file name."""
    return {name: make() for name, make in PAGES.items()}


def outdated(folder: Path = OUT) -> list[str]:
    """Give the names of the pages in ``folder`` that are missing or differ from their sources."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def _head(title: str, sources: str) -> list[str]:
    listed = ", ".join(f"`{source}`" for source in sources.split(", "))
    return [NOTE, "", f"# {title}", "", f"来源 · Sources: {listed}", ""]


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _fenced(text: str) -> list[str]:
    return ["```text", *(line.rstrip() for line in text.strip("\n").splitlines()), "```", ""]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += (f"| {' | '.join(map(_cell, row))} |" for row in rows)
    return [*lines, ""]


def _cell(text: str) -> str:
    """Escape what would break a table cell; inside code only the bar needs it."""
    pieces = re.split(r"(`[^`]*`|<br>)", text)
    plain = [p if p[:1] == "`" or p == "<br>" else p.replace("<", "&lt;").replace("*", r"\*") for p in pieces]
    return "".join(plain).replace("|", r"\|").replace("\n", " ")


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local


def _short(node: Node) -> str:
    text = str(node)
    for prefix, namespace in sorted({**_PREFIXES, "sh": str(SH)}.items(), key=lambda p: -len(p[1])):
        if text.startswith(namespace):
            return f"{prefix}:{text[len(namespace) :]}"
    return text


def _said(graph: Graph, subject: Node, predicate: Node, lang: str) -> str:
    found = [o for o in graph.objects(subject, predicate) if isinstance(o, Literal) and o.language == lang]
    return str(found[0]) if found else ""


def _parts(raw: str) -> Iterator[tuple[str, str]]:
    """Give each part of a Turtle file under its heading comment."""
    found = list(_HEADING.finditer(raw))
    for at, heading in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(raw)
        yield heading[1], raw[heading.end() : end]


def _term(graph: Graph, term: URIRef) -> tuple[str, ...]:
    kind = next(k for k in KINDS if (term, RDF.type, k) in graph)
    facts = [f"{KINDS[kind][0]} {KINDS[kind][1]}"]
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        facts += [f"⊑ `{_short(o)}`" for o in sorted(graph.objects(term, predicate), key=_short)]
    ends = {RDFS.domain: "定义域 domain", RDFS.range: "值域 range", QUDT.conversionMultiplier: "换算 multiplier"}
    for predicate, name in ends.items():
        facts += [f"{name} `{_short(o)}`" for o in sorted(graph.objects(term, predicate), key=_short)]
    words = [f"{_said(graph, term, RDFS.label, n)}<br>{_said(graph, term, RDFS.comment, n)}" for n in ("zh", "en")]
    return (f"`{_short(term)}`", "<br>".join(facts), *words)


def _scheme_graph() -> Graph:
    return Graph().parse(ROOT / "ontology" / "schemes.ttl", format="turtle")


def _schemes() -> list[str]:
    raw = (ROOT / "ontology" / "schemes.ttl").read_text(encoding="utf-8")
    graph = _scheme_graph()
    lines: list[str] = []
    for title, part in _parts(raw):
        names = re.findall(r"^(pg\w+:[\w-]*) a skos:", part, re.M)
        scheme = URIRef(_expand(names[0]))
        lines += [f"### {title}", ""]
        lines += [_said(graph, scheme, SKOS.definition, "zh"), "", _said(graph, scheme, SKOS.definition, "en"), ""]
        lines += _table(
            ("概念 concept", "中文", "English"),
            (
                (
                    f"`{name}`",
                    *(
                        f"{_said(graph, URIRef(_expand(name)), SKOS.prefLabel, lang)}<br>"
                        f"{_said(graph, URIRef(_expand(name)), SKOS.definition, lang)}"
                        for lang in ("zh", "en")
                    ),
                )
                for name in names[1:]
            ),
        )
    return lines


def _standard() -> Iterator[tuple[str, str]]:
    prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    for terms in vars(iri).values():
        if isinstance(terms, iri.Terms) and terms.namespace in prefixes and "/plan-graph/" not in terms.namespace:
            prefix = prefixes[terms.namespace]
            yield f"`{prefix}:`", ", ".join(f"`{prefix}:{name}`" for name in sorted(terms))


def _slot(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


def _query(query: Query) -> list[str]:
    lines = [
        f"## {query.name}",
        "",
        f"**{query.title['zh']}** · **{query.title['en']}** ([源文件 source](../../queries/{query.name}.rq))",
        "",
        query.question["zh"],
        "",
        query.question["en"],
        "",
    ]
    if query.parameters:
        lines += _table(
            ("参数 parameter", "类型 type", "必填 required", "中文", "English"),
            ((f"`{p.name}`", p.kind, "✓" if p.required else "", p.zh, p.en) for p in query.parameters),
        )
    answer = ox.Store().query(query.sparql)
    assert isinstance(answer, ox.QuerySolutions)
    lines += ["列 · Columns: " + ", ".join(f"`{v.value}`" for v in answer.variables), ""]
    given = " ".join(f"--param {p.name}={_example(p)}" for p in query.parameters if p.required)
    return [*lines, *_fenced(f"plan-graph query {query.name} {given}".strip())]


def _example(parameter: Parameter) -> str:
    """Give the example that the English meaning of a parameter ends with."""
    if parameter.kind == "iri":
        return _TASK
    found = re.search(r"\(([^()]+)\)$|such as (\S+)$", parameter.en)
    assert found, f"parameter {parameter.name} gives no example"
    return found[1] or found[2]


_LOOKS_AT = {
    SH.targetClass: ("实例", "each"),
    SH.targetSubjectsOf: ("凡有", "whatever has"),
    SH.targetObjectsOf: ("凡被指向", "whatever is pointed to by"),
}
_BESIDE = {RDF.type, RDFS.label, SH.path, SH.name, SH.message, *_LOOKS_AT}


def _shape(graph: Graph, shape: URIRef) -> tuple[str, ...]:
    looks = [
        f"{zh} {en} {', '.join(f'`{_short(o)}`' for o in sorted(graph.objects(shape, target), key=_short))}"
        for target, (zh, en) in _LOOKS_AT.items()
        if (shape, target, None) in graph
    ]
    path = graph.value(shape, SH.path)
    asks = sorted(
        f"{_short(p).removeprefix('sh:')} {_node(graph, o)}"
        for p, o in graph.predicate_objects(shape)
        if p not in _BESIDE
    )
    label = SH.name if (shape, SH.name, None) in graph else RDFS.label
    return (
        f"`{_short(shape)}`<br>{_said(graph, shape, label, 'zh')}<br>{_said(graph, shape, label, 'en')}",
        "<br>".join(looks),
        "" if path is None else _node(graph, path),
        "<br>".join(asks),
        f"{_said(graph, shape, SH.message, 'zh')}<br>{_said(graph, shape, SH.message, 'en')}",
    )


def _node(graph: Graph, node: Node) -> str:
    """Write a value of a shape: a term, a list, or what hangs from a blank node."""
    if not isinstance(node, BNode):
        return f"`{_short(node)}`" if isinstance(node, URIRef) else f"`{node}`"
    if (node, RDF.first, None) in graph:
        return "( " + " ".join(_node(graph, o) for o in Collection(graph, node)) + " )"
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return "^" + _node(graph, inverse)
    inner = sorted(f"{_short(p).removeprefix('sh:')} {_node(graph, o)}" for p, o in graph.predicate_objects(node))
    return "[ " + "; ".join(inner) + " ]"


def _role_names() -> dict[Role, str]:
    graph = _scheme_graph()
    found: dict[Role, str] = {}
    for role in Role:
        concept = URIRef(iri.ROLE[role.value].value)
        found[role] = f"{_said(graph, concept, SKOS.prefLabel, 'zh')} {role.value}"
    return found


def _roles() -> Iterator[tuple[str, ...]]:
    graph = _scheme_graph()
    for role, name in _role_names().items():
        concept = URIRef(iri.ROLE[role.value].value)
        yield name, *(_said(graph, concept, SKOS.definition, lang) for lang in ("zh", "en"))


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a page is out of date.")
def main(check: bool) -> None:
    """Write docs/reference from its sources."""
    if check:
        stale = outdated()
        for name in stale:
            click.echo(f"docs/reference/{name} is out of date; run: make docs", err=True)
        sys.exit(1 if stale else 0)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (OUT / name).write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
