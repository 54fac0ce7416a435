"""The named queries: the same rows on two engines, the rows the gold annotation says, and no way to bend one.

``expected/`` holds the answers on the Liaoning plan, one file a case; a long answer is held as its first rows, its
length and its digest. When a change of answers is meant, write them anew and read the difference::

    PLAN_GRAPH_WRITE_EXPECTED=1 pytest tests/graph/test_queries.py -k expected
    git diff tests/graph/expected
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Literal
from rdflib.plugins.sparql import prepareQuery

from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError, NotFoundError
from plan_graph.graph.formats import as_csv
from plan_graph.graph.queries import Parameter, Query, Table, bind, find, named_queries, parse, run
from plan_graph.graph.store import open_store
from plan_graph.iri import DEFAULT_BASE, PREFIXES
from plan_graph.resources import resource

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
PLAN = "ln-2016-revitalisation"
ID = DEFAULT_BASE
QUERIES = named_queries()
pytestmark = pytest.mark.filterwarnings("ignore:Dataset[.]:DeprecationWarning")  # rdflib's own use of them
WHOLE = 150  # rows; a longer answer is held as its first rows, its length and its digest

Values = Mapping[str, str]


class Case(NamedTuple):
    """A query, its parameters, and how its expected rows are called."""

    query: str
    label: str
    values: Values

    def __str__(self) -> str:
        return f"{self.query}.{self.label}" if self.label else self.query


def _case(query: str, label: str = "", **values: str) -> Case:
    return Case(query, label, values)


CASES = (
    *(_case(name) for name, q in QUERIES.items() if not any(p.required for p in q.parameters)),
    _case("bodies-by-place", "dalian", place="大连"),
    _case("bodies-by-theme", "livelihood", theme="着力保障和改善民生"),
    _case("body-dossier", "nongwei", body="省农委"),
    _case("body-dossier", "city", body="沈阳市人民政府"),
    _case("body-dossier", "collective", body="省政府有关部门"),
    _case("body-partners", "nongwei", body="辽宁省农村经济委员会"),
    _case("document", "plan", document=f"{ID}document/{PLAN}"),
    _case("document-mentions", "northeast", document=f"{ID}document/fagaizhenxing-2016-1772"),
    _case(
        "evidence", "shortcut", subject=f"{ID}task/{PLAN}/2016-057", predicate="https://w3id.org/plan-graph/ns#leadBy"
    ),
    _case("evidence", "triple", subject=f"{ID}task/{PLAN}/2016-057", object=f"{ID}place/211221"),
    _case("evidence", "tie", subject=f"{ID}tie/all/210000.czt/210000.nw"),
    _case("keywords", "list", keyword="清单"),
    _case("lead-shares", "2018", year="2018"),
    _case("lead-support-pairs", "2018", year="2018"),
    _case("pairs-by-shared-tasks", "2018", year="2018"),
    _case("participations", "theme", theme="争取国家加大政策支持力度"),
    _case("participations-by-successor", "theme", theme="争取国家加大政策支持力度"),
    _case("shared-tasks", "caizheng-nongwei", a="省财政厅", b="省农委"),
    _case("surprising-pairs", "2016", year="2016"),
    _case("targets", "mu", unit="万亩"),
    _case("tasks", "all-filters", year="2016", theme="着力推进结构调整", body="省农委", place="铁岭县"),
    _case("tasks", "body", body="省住房城乡建设厅"),
    _case("tasks", "place", place="锦州"),
    _case("task-parties", "farmland", task=f"{ID}task/{PLAN}/2016-057"),
    _case("task-passages", "farmland", task=f"{ID}task/{PLAN}/2016-057"),
    _case("task-passages", "documents", task=f"{ID}task/{PLAN}/2016-020"),
    _case("task-themes", "2018", year="2018"),
    _case("tasks-by-body", "2017", year="2017"),
    _case("tasks-by-body-and-year", "2018", year="2018"),
    _case("tasks-by-city", "2018", year="2018"),
    _case("tasks-by-collective", "2017", year="2017"),
    _case("tasks-by-place", "2017", year="2017"),
    _case("tasks-by-theme", "2016", year="2016"),
    _case("tasks-in-place", "tieling", place="铁岭"),
    _case("tasks-with-collective-support-only", "2018", year="2018"),
    _case("tasks-without-named-body", "2016", year="2016"),
    _case("tasks-without-support", "2018", year="2018"),
    _case("text-facts", "plan", document=PLAN),
    _case("text-search", "shanty", word="棚户区"),
)

# Two plans that share a theme and cite the same document, so that one triple stands in several graphs; one states no
# years, and its first task has two clauses with wording between them.
OPEN = """辽宁省人民政府
2016年3月1日

推进粮食安全与口岸开放若干措施

一、着力完善体制机制
1．建设高标准农田30万亩（牵头单位：省农委，有关市人民政府；配合单位：省财政厅）。\
支持法库县、沈阳市开展试点，2017年底前完成（牵头单位：省财政厅；配合单位：省农委、省林业厅）。
2．制定《辽宁省口岸管理办法》。（牵头单位：省商务厅）
3．加强政策宣传。
二、鼓励粮食加工
4．修订《辽宁省粮食条例》，在法库县先行。（牵头单位：有关市人民政府；配合单位：各市人民政府）
5．依托沈阳农业大学开展培训。（牵头单位：省莫须有厅；配合单位：大连海关）
6．落实《推进东北地区等老工业基地振兴三年滚动实施方案（2016-2018年）》。（牵头单位：省农委；配合单位：省财政厅）
"""
DATED = """辽宁省人民政府
2017年5月1日

口岸开放三年行动计划（2017-2018年）

根据《推进东北地区等老工业基地振兴三年滚动实施方案（2016-2018年）》，制定本计划。

一、2017年重点工作（2项）
（一）着力完善体制机制。
1．落实《推进东北地区等老工业基地振兴三年滚动实施方案（2016-2018年）》，在大连试点。\
（牵头单位：省商务厅，大连市人民政府；配合单位：大连海关、省财政厅）
2．年内建成沈大口岸示范区2个。（牵头单位：省商务厅；配合单位：省财政厅）
二、2018年重点工作（1项）
（一）着力完善体制机制。
1．总结《推进东北地区等老工业基地振兴三年滚动实施方案（2016-2018年）》实施情况。\
（牵头单位：省农委；配合单位：省商务厅）
"""
SMALL_VALUES: Mapping[str, Values] = {
    "body-dossier": {"body": "省农委"},
    "body-partners": {"body": "省农委"},
    "document": {"document": f"{ID}document/open"},
    "document-mentions": {"document": f"{ID}document/fagaizhenxing-2016-1772"},
    "evidence": {"subject": f"{ID}task/open/1-001"},
    "shared-tasks": {"a": "省农委", "b": "省财政厅"},
    "task-parties": {"task": f"{ID}task/open/1-001"},
    "task-passages": {"task": f"{ID}task/open/1-001"},
    "tasks-in-place": {"place": "沈阳"},
    "text-facts": {"document": "open"},
    "text-search": {"word": "口岸"},
}


# --- the two engines -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def store(built: Path) -> ox.Store:
    return open_store(built)


@pytest.fixture(scope="session")
def sixth(plan_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sixth task of the plan: rdflib is so slow that all of them would take it minutes."""
    folder = tmp_path_factory.mktemp("sixth")
    task = re.compile(r"\s*(\d+)．")
    lines = plan_file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not (found := task.match(line)) or int(found[1]) % 6 == 3)
    file = folder / plan_file.name
    file.write_text("".join(kept), encoding="utf-8")
    return build_corpus([file], folder / "build", Options(validate=False, draws=100)).out


@pytest.fixture(scope="session")
def sixth_store(sixth: Path) -> ox.Store:
    return open_store(sixth)


@pytest.fixture(scope="session")
def sixth_dataset(sixth: Path) -> Dataset:
    return _dataset((sixth / "graph.nq").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small plans in one graph."""
    folder = tmp_path_factory.mktemp("small")
    for name, text in (("open", OPEN), ("dated", DATED)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    files = [folder / "open.txt", folder / "dated.txt"]
    return build_corpus(files, folder / "build", Options(validate=False, draws=20)).out


@pytest.fixture(scope="session")
def small_store(small: Path) -> ox.Store:
    return open_store(small)


@pytest.fixture(scope="session")
def small_dataset(small: Path) -> Dataset:
    return _dataset((small / "graph.nq").read_text(encoding="utf-8"))


def _dataset(nquads: str) -> Dataset:
    made = Dataset(default_union=True)
    made.parse(data=nquads, format="nquads")
    return made


def on_rdflib(dataset: Dataset, sparql: str) -> Table:
    """Ask rdflib, and give plain values as :func:`plan_graph.graph.queries.run` does."""
    answer = dataset.query(_prepared(sparql))
    assert answer.vars is not None
    columns = tuple(str(v) for v in answer.vars)
    return Table(columns, tuple(tuple(_plain(row[at]) for at in range(len(columns))) for row in answer))  # type: ignore[index]


@cache
def _prepared(sparql: str) -> Any:
    return prepareQuery(sparql)


def _plain(term: object) -> object:
    if term is None or not isinstance(term, Literal):
        return None if term is None else str(term)
    kind = str(term.datatype or "").rpartition("#")[2]
    if kind in ("integer", "nonNegativeInteger", "gYear"):
        return int(str(term))
    if kind in ("decimal", "double"):
        return float(str(term))
    return str(term) == "true" if kind == "boolean" else str(term)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rdflib_and_oxigraph_agree(case: Case, sixth_store: ox.Store, sixth_dataset: Dataset) -> None:
    """On a sixth of the plan; the next test has rows of every query."""
    sparql = bind(QUERIES[case.query], case.values)
    assert on_rdflib(sixth_dataset, sparql) == run(sixth_store, sparql)


@pytest.mark.parametrize("name", QUERIES)
def test_engines_agree_on_plans_that_share_triples_and_state_no_years(
    name: str, small_store: ox.Store, small_dataset: Dataset
) -> None:
    sparql = bind(QUERIES[name], SMALL_VALUES.get(name, {}))
    table = run(small_store, sparql)
    assert on_rdflib(small_dataset, sparql) == table
    assert len(set(table.rows)) == len(table.rows)
    if name not in ("surprising-pairs", "lineage", "unread"):  # nothing significant, taken up or left here
        assert table.rows


# --- filters by plan, issuer, level, year --------------------------------------------------------------------------

CITY = """沈阳市人民政府
2017年6月1日

口岸开放城市行动方案（2017年）

根据《推进东北地区等老工业基地振兴三年滚动实施方案（2016-2018年）》，制定本方案。

一、2017年重点工作（2项）
（一）着力完善体制机制。
1．推进大连、沈阳口岸合作，建成示范区3个，2017年底前完成。\
（牵头单位：沈阳市人民政府，省商务厅；配合单位：沈阳海关、省财政厅、市莫须有厅）
2．修订《沈阳市口岸管理办法》，依托沈阳农业大学，落实《辽宁省粮食条例》。（牵头单位：有关市人民政府；配合单位：各市人民政府）
"""
PLANS: Mapping[str, str] = {"open": OPEN, "dated": DATED, "city": CITY}
FILTERS = ("plan", "issuer", "level", "year")
FILTERED = {name: query for name, query in QUERIES.items() if any(p.name == "plan" for p in query.parameters)}
# Queries that list what tasks state, but of ties, registers or one resource; ties are of the dataset as a whole.
NOT_FILTERED = {
    *("bodies", "bodies-that-only-support", "body-changes", "body-names", "body-partners", "collective-members"),
    *("document", "document-mentions", "documents", "text-facts"),
    *("documents-of-several-plans", "evidence", "keywords", "lead-support-pairs", "names-as-written"),
    *(
        "pairs-by-shared-tasks",
        "place-names",
        "places",
        "search-texts",
        "surprising-pairs",
        "task-parties",
        "task-passages",
        "tie-method",
    ),
}


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three small plans of two issuers, in one graph under "" and each alone under its name."""
    folder = tmp_path_factory.mktemp("several")
    for name, text in PLANS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    options = Options(validate=False, draws=0, keywords=False)
    return {"": build_corpus([folder / f"{n}.txt" for n in PLANS], folder / "build", options).out} | {
        name: build_corpus([folder / f"{name}.txt"], folder / f"build-{name}", options).out for name in PLANS
    }


@pytest.fixture(scope="session")
def several_stores(several: dict[str, Path]) -> dict[str, ox.Store]:
    return {name: open_store(folder) for name, folder in several.items()}


@pytest.fixture(scope="session")
def several_dataset(several: dict[str, Path]) -> Dataset:
    return _dataset((several[""] / "graph.nq").read_text(encoding="utf-8"))


def test_what_can_be_filtered_takes_every_filter() -> None:
    assert FILTERED.keys() == QUERIES.keys() - NOT_FILTERED
    # the first counts years, the others are of documents
    without_year = {"bodies-in-one-year-only", "ledger", "plan-rests-on", "unread"}
    for name, query in FILTERED.items():
        missing = set(FILTERS) - {p.name for p in query.parameters}
        assert missing == ({"year"} if name in without_year else set()), name


@pytest.mark.parametrize("name", FILTERED)
def test_one_plan_of_several_answers_as_if_it_were_alone(name: str, several_stores: dict[str, ox.Store]) -> None:
    values = SMALL_VALUES.get(name, {})
    rows = 0
    for plan in PLANS:
        alone = run(several_stores[plan], bind(QUERIES[name], values))
        assert run(several_stores[""], bind(QUERIES[name], {**values, "plan": plan})) == alone
        rows += len(alone.rows)
    assert rows or name in ("lineage", "unread")  # no task of the small plans takes up another, no word is left unread
    assert run(several_stores[""], bind(QUERIES[name], {**values, "plan": "none"})).rows == ()


@pytest.mark.parametrize("name", FILTERED)
def test_issuer_and_level_choose_plans(name: str, several_stores: dict[str, ox.Store]) -> None:
    store, values = several_stores[""], SMALL_VALUES.get(name, {})
    of_city = run(store, bind(QUERIES[name], {**values, "plan": "city"}))
    for level in ("prefecture", "地市级", "Prefecture"):
        assert run(store, bind(QUERIES[name], {**values, "level": level})) == of_city
    assert run(store, bind(QUERIES[name], {**values, "issuer": "沈阳市人民政府"})) == of_city
    of_province = run(store, bind(QUERIES[name], {**values, "issuer": "辽宁省人民政府"}))
    assert run(store, bind(QUERIES[name], {**values, "level": "province"})) == of_province
    for level in ("county", "state", "vince"):
        assert run(store, bind(QUERIES[name], {**values, "level": level})).rows == ()


@pytest.mark.parametrize("name", FILTERED)
def test_engines_agree_on_filters(name: str, several_stores: dict[str, ox.Store], several_dataset: Dataset) -> None:
    takes = {p.name for p in QUERIES[name].parameters}
    every = {"plan": "dated", "issuer": "辽宁省人民政府", "level": "province", "year": "2017"}
    for chosen in ({"level": "prefecture"}, every):
        values = {**SMALL_VALUES.get(name, {}), **{k: v for k, v in chosen.items() if k in takes}}
        sparql = bind(QUERIES[name], values)
        assert on_rdflib(several_dataset, sparql) == run(several_stores[""], sparql)


def test_a_year_chooses_tasks(several_stores: dict[str, ox.Store]) -> None:
    ask = Asked(several_stores[""])
    assert {r["task"] for r in ask("participations", year="2017")} == {
        *("task/dated/2017-001", "task/dated/2017-002", "task/city/2017-001", "task/city/2017-002")
    }
    assert [r["plan"] for r in ask("plans", year="2018")] == ["plan/dated"]


def test_the_same_body_in_several_plans_is_one_body(several_stores: dict[str, ox.Store]) -> None:
    counts = {
        plan: {r["body"]: r["tasks"] for r in Asked(store)("tasks-by-body")} for plan, store in several_stores.items()
    }
    whole = counts.pop("")
    assert whole == dict(sum((Counter(one) for one in counts.values()), Counter()))
    assert all("body/210000/czt" in one for one in counts.values())
    assert whole["body/210000/czt"] > max(one["body/210000/czt"] for one in counts.values())


def test_every_query_and_every_parameter_has_a_case() -> None:
    tried: dict[str, set[str]] = defaultdict(set)
    for name, query in FILTERED.items():  # tried above
        tried[name] |= {p.name for p in query.parameters} & set(FILTERS)
    for case in CASES:
        tried[case.query] |= set(case.values)
    assert {name: {p.name for p in query.parameters} for name, query in QUERIES.items()} == tried
    assert len({str(case) for case in CASES}) == len(CASES)


# --- expected rows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rows_are_those_expected(case: Case, store: ox.Store) -> None:
    path = EXPECTED / f"{case}.csv"
    made = _held(run(store, bind(QUERIES[case.query], case.values)))
    if os.environ.get("PLAN_GRAPH_WRITE_EXPECTED"):
        path.write_bytes(made)
    assert path.read_bytes().decode() == made.decode()


def test_no_expected_file_is_left_over() -> None:
    assert {p.name for p in EXPECTED.iterdir()} == {f"{case}.csv" for case in CASES}


# --- many plans ------------------------------------------------------------------------------------------------------

MORE = 7  # plans that say the same
# what every plan says of them that it names: how their IRIs begin, and how the properties end
NAMED = tuple(f"<{ID}{kind}" for kind in ("document/", "theme", "period/", "software/"))
SAID = re.compile(r"<[^>]*[/#](?:type|prefLabel|label|inScheme|title|identifier|id_local|startDate|endDate)>")
BY_GRAPH = {"evidence"}  # tells which graph says what, so that its answer has more rows


@pytest.fixture(scope="session")
def among_many(built: Path) -> ox.Store:
    """The plan, and in further graphs what other plans would say of themes, periods and documents too."""
    made = open_store(built)
    said = []
    for line in (built / "graph.nq").read_text(encoding="utf-8").splitlines():
        subject, predicate, _ = line.split(" ", 2)
        if line.endswith(f"/{PLAN}> .") and subject.startswith(NAMED) and SAID.fullmatch(predicate):
            said.append(line[: line.rindex(" <")])
    assert len(said) > 100
    lines = (f"{one} <{ID}graph/other-{number}> .\n" for number in range(MORE) for one in said)
    made.load("".join(lines), format=ox.RdfFormat.N_QUADS)
    return made


@pytest.mark.parametrize("case", CASES, ids=str)
def test_joins_meet_what_several_plans_say_once(case: Case, store: ox.Store, among_many: ox.Store) -> None:
    """Each plan has a graph of its own, and Oxigraph's union gives a triple once for each graph it stands in.

    A query that joins two such triples without care meets the square of the number of plans, three the cube; its
    DISTINCT hides that from all but the clock.
    """
    asked = bind(QUERIES[case.query], case.values)
    if case.query not in BY_GRAPH:
        assert run(among_many, asked).rows == run(store, asked).rows
    met = asked.replace("SELECT DISTINCT", "SELECT", 1)  # rows before those that are alike become one
    before, after = len(run(store, met).rows), len(run(among_many, met).rows)
    assert after <= before * (1 + MORE), f"{before} rows of one plan became {after}"


def _held(table: Table) -> bytes:
    """Give a table as CSV, IRIs of the default base shortened; a long one as 20 rows, its length and its digest."""
    whole = as_csv(table).replace(ID.encode(), b"")
    if len(table.rows) <= WHOLE:
        return whole
    head = as_csv(Table(table.columns, table.rows[:20])).replace(ID.encode(), b"")
    return head + f"… {len(table.rows)} rows, SHA-256 {hashlib.sha256(whole).hexdigest()}\n".encode()


# --- against the gold annotation -------------------------------------------------------------------------------------


class Party(NamedTuple):
    """A participant of a task: IRI below the base, role."""

    who: str
    role: str


class Truth:
    """What the gold annotation says, counted without any code of the package."""

    def __init__(self, gold: list[dict[str, Any]]) -> None:
        self.gold = {task["task"]: task for task in gold}
        collectives = {row["id"] for row in _rows("authority/collectives.csv")}
        ids = {row["name"]: row["participant"] for row in _rows(f"gold/{PLAN}.bodies.csv")}

        def who(name: str) -> str:
            found = ids[name]
            if not found:
                return f"name:{name}"
            return f"{'collective' if found in collectives else 'body'}/{found}"

        self.parties = {
            task: [Party(who(n), role) for role in ("lead", "support") for n in row[role]]
            for task, row in self.gold.items()
        }
        places = _rows("authority/places.csv")
        self.code = {row["name"]: row["code"] for row in places}
        self.parent = {row["code"]: row["parent"] for row in places}
        self.theme = {row["label_zh"]: row["id"] for row in _rows("authority/themes.csv")}

    def tasks(self, year: int | None = None) -> list[str]:
        return [task for task in self.gold if year is None or task.startswith(f"{year}-")]

    def single(self, task: str) -> dict[str, set[str]]:
        """Give the single bodies of a task with their roles."""
        found: dict[str, set[str]] = defaultdict(set)
        for party in self.parties[task]:
            if party.who.startswith("body/"):
                found[party.who].add(party.role)
        return found

    def load(self, tasks: Iterable[str]) -> dict[str, tuple[int, int, int]]:
        """Give body → (led, supported, tasks)."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for task in tasks:
            for body, roles in self.single(task).items():
                counts[body].update([*roles, "any"])
        return {body: (c["lead"], c["support"], c["any"]) for body, c in counts.items()}

    def where(self, task: str) -> set[str]:
        """Give the codes of the places a task names, and of those that hold them."""
        found: set[str] = set()
        for name in self.gold[task]["places"]:
            code = self.code[name]
            while code:
                found.add(code)
                code = self.parent[code]
        return found


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def truth(gold: list[dict[str, Any]]) -> Truth:
    return Truth(gold)


class Asked:
    """Answers as dictionaries, IRIs shortened."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def __call__(self, name: str, **values: str) -> list[dict[str, Any]]:
        table = run(self.store, bind(QUERIES[name], values))
        return [
            {c: v.removeprefix(ID) if isinstance(v, str) else v for c, v in zip(table.columns, row, strict=True)}
            for row in table.rows
        ]

    def ids(self, name: str, **values: str) -> list[str]:
        return [row["id"] for row in self(name, **values)]


@pytest.fixture(scope="module")
def ask(store: ox.Store) -> Asked:
    return Asked(store)


@pytest.fixture(scope="module")
def ask_small(small_store: ox.Store) -> Asked:
    return Asked(small_store)


YEARS = (None, 2016, 2017, 2018)


def _when(year: int | None) -> dict[str, str]:
    return {} if year is None else {"year": str(year)}


@pytest.mark.parametrize("year", YEARS)
def test_tasks_led_and_supported_by_each_body(ask: Asked, truth: Truth, year: int | None) -> None:
    rows = ask("tasks-by-body", **_when(year))
    assert {r["body"]: (r["led"], r["supported"], r["tasks"]) for r in rows} == truth.load(truth.tasks(year))
    assert {r["responsible"] for r in rows} == {0}
    shares = {r["body"]: r["leadShare"] for r in ask("lead-shares", **_when(year))}
    assert shares == {
        body: pytest.approx(led / tasks, abs=0.0005) for body, (led, _, tasks) in truth.load(truth.tasks(year)).items()
    }


def test_tasks_of_each_body_by_year(ask: Asked, truth: Truth) -> None:
    rows = ask("tasks-by-body-and-year")
    assert {(r["body"], r["year"]): (r["led"], r["supported"], r["tasks"]) for r in rows} == {
        (body, year): counts for year in (2016, 2017, 2018) for body, counts in truth.load(truth.tasks(year)).items()
    }
    assert [r for r in rows if r["year"] == 2017] == ask("tasks-by-body-and-year", year="2017")


def test_the_busiest_bodies(ask: Asked) -> None:
    rows = ask("tasks-by-body")
    assert len(rows) == 65
    assert [(r["name"], r["led"], r["supported"], r["tasks"]) for r in rows[:1]] == [
        ("辽宁省发展和改革委员会", 65, 57, 122)
    ]


@pytest.mark.parametrize("year", YEARS)
def test_tasks_of_each_collective(ask: Asked, truth: Truth, year: int | None) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for task in truth.tasks(year):
        for who in {p.who for p in truth.parties[task] if p.who.startswith("collective/")}:
            counts[who].update([*{p.role for p in truth.parties[task] if p.who == who}, "any"])
    rows = ask("tasks-by-collective", **_when(year))
    assert {r["participant"]: (r["led"], r["supported"], r["tasks"]) for r in rows} == {
        who: (c["lead"], c["support"], c["any"]) for who, c in counts.items()
    }
    if year is None:
        assert {r["name"]: r["tasks"] for r in rows}["有关市人民政府"] == 99


def test_members_of_collectives(ask: Asked) -> None:
    members: dict[str, int] = Counter(r["name"] for r in ask("collective-members") if r["member"])
    assert members == {"各市人民政府": 14, "有关市人民政府": 14}
    unknown = {r["name"] for r in ask("collective-members") if not r["member"]}
    assert "省政府有关部门" in unknown
    assert {r["name"]: r["members"] for r in ask("tasks-by-collective") if r["members"]} == members


def test_bodies_by_theme_and_by_place(ask: Asked, truth: Truth) -> None:
    def grouped(key: str, rows: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, int, int]]:
        return {(r[key], r["body"]): (r["led"], r["supported"], r["tasks"]) for r in rows}

    themes: dict[tuple[str, str], tuple[int, int, int]] = {}
    for theme in truth.theme:
        tasks = [task for task, row in truth.gold.items() if row["theme"] == theme]
        themes |= {(theme, body): counts for body, counts in truth.load(tasks).items()}
    assert grouped("theme", ask("bodies-by-theme")) == themes
    places: dict[tuple[str, str], tuple[int, int, int]] = {}
    for place in {name for row in truth.gold.values() for name in row["places"]}:
        tasks = [task for task, row in truth.gold.items() if place in row["places"]]
        places |= {(place, body): counts for body, counts in truth.load(tasks).items()}
    assert grouped("placeName", ask("bodies-by-place")) == places
    inside = {name for name, code in truth.code.items() if "210600" in (code, truth.parent[code])}
    assert grouped("placeName", ask("bodies-by-place", place="丹东")) == {
        key: counts for key, counts in places.items() if key[0] in inside
    }


def test_bodies_in_one_year_only_and_bodies_that_only_support(ask: Asked, truth: Truth) -> None:
    years: dict[str, set[int]] = defaultdict(set)
    for task in truth.gold:
        for body in truth.single(task):
            years[body].add(int(task[:4]))
    load = truth.load(truth.gold)
    assert {r["body"]: (r["year"], r["tasks"]) for r in ask("bodies-in-one-year-only")} == {
        body: (min(found), load[body][2]) for body, found in years.items() if len(found) == 1
    }
    assert {r["body"]: r["tasks"] for r in ask("bodies-that-only-support")} == {
        body: supported for body, (led, supported, _) in load.items() if not led
    }


class Shared(NamedTuple):
    tasks: int
    co_lead: int
    lead_support: int
    newman: float


def _pairs(truth: Truth, year: int | None) -> dict[tuple[str, str], Shared]:
    found: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0, 0, 0.0])
    for task in truth.tasks(year):
        roles = truth.single(task)
        for a, b in combinations(sorted(roles), 2):
            counts = found[a, b]
            counts[0] += 1
            counts[1] += "lead" in roles[a] & roles[b]
            counts[2] += any("lead" in roles[x] and "support" in roles[y] for x, y in ((a, b), (b, a)))
            counts[3] += 1 / (len(roles) - 1)
    return {pair: Shared(int(n), int(c), int(s), w) for pair, (n, c, s, w) in found.items()}


@pytest.mark.parametrize("year", YEARS)
def test_pairs_by_shared_tasks(ask: Asked, truth: Truth, year: int | None) -> None:
    rows = ask("pairs-by-shared-tasks", **_when(year))
    wanted = _pairs(truth, year)
    assert {(r["a"], r["b"]) for r in rows} == set(wanted)
    for r in rows:
        same = wanted[r["a"], r["b"]]
        assert (r["shared"], r["coLead"], r["leadSupport"]) == (same.tasks, same.co_lead, same.lead_support)
        assert r["newman"] == pytest.approx(same.newman, abs=5e-5)
    assert [r["shared"] for r in rows] == sorted((r["shared"] for r in rows), reverse=True)
    if year is None:
        assert (rows[0]["nameA"], rows[0]["nameB"], rows[0]["shared"]) == ("辽宁省财政厅", "辽宁省发展和改革委员会", 30)
        assert rows[0]["p"] > 0.5  # no more than their workloads predict


@pytest.mark.parametrize("year", YEARS)
def test_surprising_pairs_are_the_significant_ones(ask: Asked, year: int | None) -> None:
    every = {(r["a"], r["b"]): r for r in ask("pairs-by-shared-tasks", **_when(year))}
    rows = ask("surprising-pairs", **_when(year))
    assert {(r["a"], r["b"]) for r in rows} == {pair for pair, r in every.items() if r["q"] < 0.05}
    for r in rows:
        same = every[r["a"], r["b"]]
        assert all(r[c] == same[c] for c in ("shared", "expected", "p", "q", "nameA", "nameB"))
        assert r["ratio"] == pytest.approx(r["shared"] / r["expected"], abs=0.0051)
        assert r["ratio"] > 1


@pytest.mark.parametrize("year", YEARS)
def test_who_supports_whom(ask: Asked, truth: Truth, year: int | None) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for task in truth.tasks(year):
        for a, b in permutations(truth.single(task).items(), 2):
            if "lead" in a[1] and "support" in b[1]:
                counts[a[0], b[0]] += 1
    assert {(r["lead"], r["support"]): r["shared"] for r in ask("lead-support-pairs", **_when(year))} == counts


ROLE = {"牵头": "lead", "配合": "support"}


@pytest.mark.parametrize(
    ("a", "b"), [("省财政厅", "省农委"), ("省商务厅", "沈阳海关"), ("大连市人民政府", "沈阳市人民政府")]
)
def test_tasks_two_bodies_share(ask: Asked, truth: Truth, built: Path, a: str, b: str) -> None:
    wanted = [
        (task, ra, rb)
        for task, row in truth.gold.items()
        for ra in ROLE.values()
        for rb in ROLE.values()
        if a in row[ra] and b in row[rb]
    ]
    rows = ask("shared-tasks", a=a, b=b)
    assert [(r["id"], ROLE[r["roleA"]], ROLE[r["roleB"]]) for r in rows] == wanted
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    for r in rows:
        assert text[r["begin"] : r["end"]] == r["clause"]
        assert re.fullmatch("（牵头.+）", r["clause"])
    assert [r["id"] for r in ask("shared-tasks", a=b, b=a)] == [r["id"] for r in rows]


@pytest.mark.parametrize(
    "name", ["省农委", "省发展改革委", "大连市人民政府", "有关市人民政府", "省林业局", "辽宁银监局"]
)
def test_dossier_of_a_body(ask: Asked, truth: Truth, name: str) -> None:
    rows = ask("body-dossier", body=name)
    assert [(r["id"], ROLE[r["role"]]) for r in rows] == [
        (task, role) for task, row in truth.gold.items() for role in ROLE.values() if name in row[role]
    ]
    for r in rows:
        gold = truth.gold[r["id"]]
        assert r["theme"] == gold["theme"]
        assert r["year"] == int(r["id"][:4])
        assert set((r["placeNames"] or "").split("、")) - {""} == set(gold["places"])
        assert len((r["targetTexts"] or "").split("；")) == max(1, len(gold["targets"]))
        assert all(target["of"] in r["targetTexts"] for target in gold["targets"])
        assert (r["deadlineTexts"] or "") == "、".join(d["written"] for d in gold["deadlines"])


def test_a_body_goes_by_its_full_name_and_its_short_ones(ask: Asked) -> None:
    assert ask("body-dossier", body="省农委") == ask("body-dossier", body="辽宁省农村经济委员会")
    assert ask("body-dossier", body="省农委会") == []


def test_partners_of_a_body(ask: Asked, truth: Truth) -> None:
    rows = ask("body-partners", body="省农委")
    pairs = {tuple(sorted(("body/210000/nw", r["partner"]))): r["shared"] for r in rows}
    assert pairs == {pair: found.tasks for pair, found in _pairs(truth, None).items() if "body/210000/nw" in pair}
    directed = {(r["lead"], r["support"]): r["shared"] for r in ask("lead-support-pairs")}
    for r in rows:
        assert r["partnerSupports"] == directed.get(("body/210000/nw", r["partner"]), 0)
        assert r["partnerLeads"] == directed.get((r["partner"], "body/210000/nw"), 0)


def test_gaps(ask: Asked, truth: Truth) -> None:
    alone = [task for task, row in truth.gold.items() if not row["support"]]
    assert len(alone) == 47
    assert ask.ids("tasks-without-support") == alone
    assert ask.ids("tasks-without-support", year="2017") == [t for t in alone if t.startswith("2017")]
    collective = [
        task
        for task in truth.gold
        if (support := [p.who for p in truth.parties[task] if p.role == "support"])
        and all(who.startswith("collective/") for who in support)
    ]
    assert ask.ids("tasks-with-collective-support-only") == collective
    assert len(collective) == 9
    assert ask.ids("tasks-without-named-body") == [task for task in truth.gold if not truth.single(task)] == []


def test_tasks_led_jointly(ask: Asked, truth: Truth) -> None:
    leaders = {task: sum("lead" in roles for roles in truth.single(task).values()) for task in truth.gold}
    rows = ask("tasks-led-jointly")
    assert {r["id"]: r["leaders"] for r in rows} == {task: n for task, n in leaders.items() if n > 1}


def test_participations_are_the_rows_of_the_clauses(ask: Asked, truth: Truth) -> None:
    rows = ask("participations")
    assert len(rows) == 736
    assert Counter((r["task"].rpartition("/")[2], r["role"], r["participant"].split("/")[0]) for r in rows) == Counter(
        (task, p.role, p.who.split("/")[0].split(":")[0]) for task, parties in truth.parties.items() for p in parties
    )
    assert all(r["collective"] == (not r["participant"].startswith("body/")) for r in rows)
    written = {(r["participant"], r["written"]): r["mentions"] for r in ask("names-as-written")}
    assert sum(written.values()) == 736
    names = Counter(name for row in truth.gold.values() for role in ROLE.values() for name in row[role])
    assert Counter({name: n for (_, name), n in written.items()}) == names


def test_participations_of_a_theme(ask: Asked, truth: Truth) -> None:
    rows = ask("participations")
    assert {r["task"].rpartition("/")[2]: r["theme"] for r in rows} == {
        t: row["theme"] for t, row in truth.gold.items()
    }
    for theme in truth.theme:
        assert ask("participations", theme=theme) == [r for r in rows if r["theme"] == theme]
    (year,) = {r["year"] for r in ask("participations", theme="争取国家加大政策支持力度", year="2017")}
    assert year == 2017
    assert ask("participations", theme="2016年重点工作") == []  # a heading, but no theme: it holds no task directly


def _last(changes: Mapping[str, set[str]], body: str) -> set[str]:
    """Walk from a body to those that nothing came after, by hand."""
    later = changes.get(body, set()) - {body}
    return set().union(*(_last(changes, one) for one in later)) if later else {body}


def test_participations_of_the_bodies_of_today(ask: Asked) -> None:
    changes: dict[str, set[str]] = defaultdict(set)
    for r in ask("body-changes"):
        if r["afterBody"]:
            changes[r["beforeBody"]].add(r["afterBody"])
    names = {r["body"]: r["name"] for r in ask("bodies")}
    rows = ask("participations-by-successor")
    assert {
        (r["task"], r["year"], r["theme"], r["role"], r["named"], r["collective"], r["participant"]) for r in rows
    } == {
        (r["task"], r["year"], r["theme"], r["role"], r["participant"], r["collective"], last)
        for r in ask("participations")
        for last in _last(changes, r["participant"])
    }
    assert all(names.get(r["named"], r["namedName"]) == r["namedName"] for r in rows)
    assert all(names.get(r["participant"], r["name"]) == r["name"] for r in rows)
    split = {r["participant"] for r in rows if r["named"] == "body/210000/jrb"}
    assert split == {"body/210000/dfjrgl", "body/210000/jrw"}
    merged = {r["named"] for r in rows if r["participant"] == "body/210000/scjg"}
    assert {"body/210000/gongshang", "body/210000/zhijian"} < merged


def _load(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """Give body → (led, supported, tasks) of rows of participations."""
    sets: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for r in rows:
        if not r["collective"]:
            sets[r["participant"]][r["role"]].add(r["task"])
    return {
        body: (len(own["lead"]), len(own["support"]), len(set().union(*own.values()))) for body, own in sets.items()
    }


@pytest.mark.parametrize("year", YEARS)
def test_tasks_of_the_bodies_of_today(ask: Asked, year: int | None) -> None:
    rows = ask("tasks-by-successor", **_when(year))
    counted = {r["body"]: (r["led"], r["supported"], r["tasks"]) for r in rows}
    assert counted == _load(ask("participations-by-successor", **_when(year)))


def test_bodies_that_lead_to_each_other_are_not_lost(small: Path) -> None:
    """A change with two names for one body on both sides, as changes.csv has them; one with the same on both sides."""
    org = "http://www.w3.org/ns/org#"
    ring = [("nw", "czt"), ("czt", "nw"), ("nw", "nw"), ("lyt", "nw")]  # lyt went on as either
    extra = "".join(
        f"<{ID}body/210000/{one}> <{org}changedBy> <{ID}change/{at}> <urn:g> .\n"
        f"<{ID}change/{at}> <{org}resultingOrganization> <{ID}body/210000/{other}> <urn:g> .\n"
        for at, (one, other) in enumerate(ring)
    )
    text = "\n".join(
        x for x in (small / "graph.nq").read_text(encoding="utf-8").splitlines() if "/ns/org#changedBy" not in x
    )
    store = ox.Store()
    store.bulk_load((text + "\n" + extra).encode(), format=ox.RdfFormat.N_QUADS)
    ask = Asked(store)
    rows = ask("participations-by-successor")
    assert {(r["task"], r["role"], r["named"]) for r in rows} == {
        (r["task"], r["role"], r["participant"]) for r in ask("participations")
    }
    counted: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        counted[r["named"]].add(r["participant"])
    assert counted["body/210000/nw"] == {"body/210000/nw"}
    assert counted["body/210000/czt"] == {"body/210000/czt"}
    assert counted["body/210000/lyt"] == {"body/210000/nw", "body/210000/czt"}
    assert all(bodies == {named} for named, bodies in counted.items() if named != "body/210000/lyt")
    assert {r["body"]: (r["led"], r["supported"], r["tasks"]) for r in ask("tasks-by-successor")} == _load(rows)
    sparql = QUERIES["participations-by-successor"].sparql
    assert on_rdflib(_dataset(text + "\n" + extra), sparql) == run(store, sparql)


def test_tasks_by_place_city_theme_and_year(ask: Asked, truth: Truth) -> None:
    assert {r["name"]: r["tasks"] for r in ask("tasks-by-place")} == Counter(
        place for row in truth.gold.values() for place in row["places"]
    )
    for year in (2016, 2017, 2018):
        assert {r["name"]: r["tasks"] for r in ask("tasks-by-place", year=str(year))} == Counter(
            place for task in truth.tasks(year) for place in truth.gold[task]["places"]
        )
    cities = Counter(
        (code, truth.gold[task]["theme"], int(task[:4]))
        for task in truth.gold
        for code in truth.where(task)
        if truth.parent[code] == "210000"
    )
    assert {(r["code"], r["theme"], r["year"]): r["tasks"] for r in ask("tasks-by-city")} == cities
    assert {(r["theme"], r["year"]): r["tasks"] for r in ask("tasks-by-theme")} == Counter(
        (row["theme"], int(task[:4])) for task, row in truth.gold.items()
    )
    assert [(r["year"], r["stated"], r["tasks"]) for r in ask("tasks-by-year")] == [
        (2016, 106, 106),
        (2017, 57, 57),
        (2018, 30, 30),
    ]


@pytest.mark.parametrize(
    ("place", "code"), [("大连", "210200"), ("铁岭", "211200"), ("法库县", "210124"), ("辽宁省", "210000")]
)
def test_tasks_that_name_a_place_or_a_part_of_it(ask: Asked, truth: Truth, built: Path, place: str, code: str) -> None:
    wanted = [task for task in truth.gold if code in truth.where(task)]
    assert ask.ids("tasks", place=place) == wanted
    rows = ask("tasks-in-place", place=place)
    assert list(dict.fromkeys(r["id"] for r in rows)) == wanted
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    assert all(text[r["begin"] : r["end"]] == r["written"] for r in rows)
    assert all(r["placeName"] in truth.gold[r["id"]]["places"] for r in rows)


def test_filters_of_the_list_of_tasks_combine(ask: Asked, truth: Truth) -> None:
    assert ask.ids("tasks") == list(truth.gold)
    for name in ("省财政厅", "有关市人民政府"):
        for year in (2016, 2018):
            for theme in ("着力完善体制机制", "着力推进结构调整"):
                assert ask.ids("tasks", body=name, year=str(year), theme=theme) == [
                    task
                    for task in truth.tasks(year)
                    if truth.gold[task]["theme"] == theme
                    and name in truth.gold[task]["lead"] + truth.gold[task]["support"]
                ]
    assert ask.ids("tasks", body="省农委会") == ask.ids("tasks", place="北京") == ask.ids("tasks", year="2019") == []
    for row in ask("tasks"):
        gold = truth.gold[row["id"]]
        assert (row["text"][:8], row["text"][-8:], row["theme"]) == (gold["first"], gold["last"], gold["theme"])


def test_search_in_the_text(ask: Asked) -> None:
    for row in ask("text-search", word="棚户区"):
        assert "棚户区" in row["text"]
    everything = {r["id"]: r["text"] + r["clause"] for r in ask("tasks")}
    for word in ("棚户区", "海关", "（2016"):
        assert ask.ids("text-search", word=word) == [task for task, text in everything.items() if word in text]


def test_documents_cited_produced_and_revised(ask: Asked, truth: Truth) -> None:
    def wanted(*keys: str) -> set[tuple[str, str, str]]:
        return {(task, key, title) for task, row in truth.gold.items() for key in keys for title in row[key]}

    cited = ask("documents-cited")
    assert {(r["id"], "cites", r["title"]) for r in cited} == wanted("cites")
    assert len(cited) == 7
    produced = ask("documents-produced")
    assert {(r["id"], r["action"].split()[1], r["title"]) for r in produced} == wanted("produces", "revises")
    leads = {(task, p.who) for task, parties in truth.parties.items() for p in parties if p.role == "lead"}
    assert {(r["id"], r["leader"]) for r in produced} == {
        (task, who) for task, who in leads if truth.gold[task]["produces"] + truth.gold[task]["revises"]
    }


def test_the_plan_and_what_it_rests_on(ask: Asked) -> None:
    (row,) = ask("plans")
    assert (row["issuerName"], row["issued"], row["period"], row["tasks"]) == (
        "辽宁省人民政府",
        "2016-10-30",
        "2016–2018年",
        193,
    )
    assert [(r["relation"].split()[0], r["number"]) for r in ask("plan-rests-on")] == [
        ("修改", None),
        ("引用", "发改振兴〔2016〕1772号"),
        ("贯彻落实", "辽委发〔2016〕17号"),
        ("贯彻落实", "中发〔2016〕7号"),
    ]


def test_targets_and_targets_by_unit(ask: Asked, truth: Truth, built: Path) -> None:
    rows = ask("targets")
    gold = [(task, t) for task, row in truth.gold.items() for t in row["targets"]]
    assert [(r["id"], r["value"], r["unit"], r["baseline"], r["comparator"]) for r in rows] == [
        (task, t["value"], t["unit"], t["baseline"], t["comparator"]) for task, t in gold
    ]
    assert all(t["of"] in r["counted"] for r, (_, t) in zip(rows, gold, strict=True))
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    assert all(text[r["begin"] : r["end"]] == r["quote"] for r in rows)
    units = defaultdict(list)
    for task, t in gold:
        units[t["unit"]].append((task, t["value"]))
    assert {r["unit"]: (r["targets"], r["tasks"], r["smallest"], r["largest"]) for r in ask("targets-by-unit")} == {
        unit: (len(found), len({t for t, _ in found}), min(v for _, v in found), max(v for _, v in found))
        for unit, found in units.items()
    }
    assert [r["id"] for r in ask("targets", unit="万亩")] == [task for task, t in gold if t["unit"] == "万亩"]


def test_deadlines_organisations_and_names_left_open(ask: Asked, truth: Truth, built: Path) -> None:
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    deadlines = ask("deadlines")
    assert [(r["id"], r["written"], r["by"]) for r in deadlines] == [
        (task, d["written"], d["date"]) for task, row in truth.gold.items() for d in row["deadlines"]
    ]
    organisations = ask("organisations-named")
    assert {(r["id"], r["organisation"]) for r in organisations} == {
        (task, name) for task, row in truth.gold.items() for name in row["organisations"]
    }
    (name,) = ask("unresolved-names")
    assert (name["written"], name["id"], name["suspectedName"]) == ("省林业局", "2016-057", "辽宁省林业厅")
    assert name["written"] in name["quote"]
    for row, quote in [(r, r["written"]) for r in deadlines] + [(r, r["organisation"]) for r in organisations]:
        assert text[row["begin"] : row["end"]] == quote
    assert text[name["begin"] : name["end"]] == "省林业局"


def test_deadlines_in_clauses_and_in_columns_are_answered(tmp_path: Path) -> None:
    text = "甲县工作安排\n\n1．修路，年底前通车。（6月底完成，牵头单位：县财政局）\n\n甲县人民政府\n2030年1月10日\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.csv").write_text("任务,牵头单位,完成时限\n种树,县林业局,2030年9月底前\n", encoding="utf-8")
    made = build_corpus([tmp_path / "a.txt", tmp_path / "b.csv"], tmp_path / "out", Options(draws=0, keywords=False))
    store = open_store(made.out)

    def column(query: str, name: str, **values: str) -> list[object]:
        answer = run(store, bind(find(query), values))
        return [row[answer.columns.index(name)] for row in answer.rows]

    assert column("deadlines", "written") == ["6月底完成", "2030年9月底前", "年底前"]
    facts = zip(column("text-facts", "kind", document="b"), column("text-facts", "quote", document="b"), strict=True)
    assert ("deadline", "2030年9月底前") in facts
    task = f"{DEFAULT_BASE}task/b/1-001"
    passages = column("task-passages", "what", task=task)
    assert passages.count("deadline") == 1
    assert column("evidence", "quote", subject=task, predicate=f"{PREFIXES['pg']}deadline") == ["2030年9月底前"]


def test_register_and_ledger(ask: Asked, truth: Truth) -> None:
    bodies = {r["body"] for r in ask("bodies")}
    assert {body for task in truth.gold for body in truth.single(task)} < bodies
    register = {row["id"]: row for row in _rows("authority/bodies.csv")}
    for r in ask("bodies"):
        if r["id"] not in register:
            assert r["source"].startswith("stems.csv ")  # made of a pattern: what a body went on as
            continue
        record = register[r["id"]]
        assert (r["name"], r["nameEn"] or "", r["source"]) == (record["name"], record["name_en"], record["source"])
        days = [day if day[:1].isdigit() else "" for day in (record["valid_from"], record["valid_until"])]
        assert [r["validFrom"] or "", r["validUntil"] or ""] == days  # the name of a reform is no day
    ledger = {r["metric"].rpartition("/")[2]: r["value"] for r in ask("ledger")}
    assert (ledger["tasks"], ledger["leads"], ledger["supports"], ledger["tasks-without-support"]) == (
        193,
        326,
        410,
        47,
    )


def test_keywords_are_words_of_what_they_describe(ask: Asked) -> None:
    texts = {r["id"]: r["text"] for r in ask("tasks")}
    rows = ask("keywords")
    assert {r["id"] for r in rows} > set(texts)
    assert all(r["keyword"] in texts[r["id"]] for r in rows if r["id"] in texts)
    assert ask("keywords", keyword="清单") == [r for r in rows if r["keyword"] == "清单"]


# --- plans of other forms --------------------------------------------------------------------------------------------


def test_tasks_of_no_year_are_counted(ask_small: Asked) -> None:
    rows = ask_small("tasks-by-body-and-year")
    assert {r["year"]: r["tasks"] for r in rows if r["name"] == "辽宁省财政厅"} == {None: 2, 2017: 2}
    assert {r["tasks"] for r in ask_small("tasks-by-body") if r["name"] == "辽宁省财政厅"} == {4}
    assert {r["year"]: r["tasks"] for r in ask_small("tasks-by-theme") if r["theme"] == "着力完善体制机制"} == {
        None: 3,
        2017: 2,
        2018: 1,
    }
    assert [(r["year"], r["stated"], r["tasks"]) for r in ask_small("tasks-by-year")] == [
        (2017, 2, 2),
        (2018, 1, 1),
        (None, None, 6),
    ]
    assert ask_small.ids("tasks", year="2017") == ["2017-001", "2017-002"]
    assert [(r["title"], r["period"], r["tasks"]) for r in ask_small("plans")] == [
        ("口岸开放三年行动计划（2017-2018年）", "2017–2018年", 3),
        ("推进粮食安全与口岸开放若干措施", None, 6),
    ]


def test_a_task_with_two_clauses_is_one_row_with_both(ask_small: Asked) -> None:
    (row,) = [r for r in ask_small("tasks") if r["id"] == "1-001"]
    assert row["clause"] == (
        "（牵头单位：省农委，有关市人民政府；配合单位：省财政厅） （牵头单位：省财政厅；配合单位：省农委、省林业厅）"
    )
    (joint,) = [r for r in ask_small("tasks-led-jointly") if r["id"] == "1-001"]
    assert (joint["leaders"], joint["clause"]) == (2, row["clause"])
    shared = [(r["roleA"], r["roleB"], r["clause"][6:9]) for r in ask_small("shared-tasks", a="省农委", b="省林业厅")]
    assert shared == [("牵头", "配合", "省农委"), ("牵头", "配合", "省财政"), ("配合", "配合", "省财政")]


def test_tasks_without_clause_or_body(ask_small: Asked) -> None:
    assert ask_small.ids("tasks-without-named-body") == ["1-003", "2-004"]
    assert ask_small.ids("tasks-without-support") == ["1-002"]
    assert ask_small.ids("tasks-with-collective-support-only") == ["2-004"]
    assert [r["written"] for r in ask_small("unresolved-names")] == ["省莫须有厅"]


def test_bodies_that_are_responsible_without_leading(small: Path) -> None:
    """The same plans, had they said 责任单位 where they say 牵头单位."""
    quads = (small / "graph.nq").read_text(encoding="utf-8")
    quads = quads.replace("/role/lead>", "/role/responsible>").replace("/ns#leadBy>", "/ns#responsibleBy>")
    changed = ox.Store()
    changed.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    ask = Asked(changed)
    before = {r["body"]: r for r in Asked(open_store(small))("tasks-by-body")}
    for r in ask("tasks-by-body"):
        assert (r["led"], r["responsible"]) == (0, before[r["body"]]["led"])
    assert ask.ids("tasks-without-support") == ["1-002"]
    assert {r["leaderName"] for r in ask("documents-produced")} == {"辽宁省商务厅", "有关市人民政府"}
    assert {r["name"] for r in ask("bodies-that-only-support")} == {"辽宁省林业厅", "中华人民共和国大连海关"}
    assert sum(r["responsible"] for r in ask("bodies-by-theme")) == sum(r["led"] for r in before.values()) > 0


# --- evidence --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evidence(store: ox.Store) -> list[dict[str, Any]]:
    """The evidence of every statement of the graph."""
    table = run(store, QUERIES["evidence"].sparql)
    return [
        {c: v.removeprefix(ID) if isinstance(v, str) else v for c, v in zip(table.columns, row, strict=True)}
        for row in table.rows
    ]


def _is(row: Mapping[str, Any], kind: str) -> bool:
    return str(row["subject"]).startswith(kind + "/")


def test_every_statement_has_its_activity_and_every_quote_its_place(
    evidence: list[dict[str, Any]], store: ox.Store, built: Path
) -> None:
    assert all(row["activity"] for row in evidence)
    text = (built / "text" / f"{PLAN}.txt").read_text(encoding="utf-8")
    for row in evidence:
        if row["passage"]:
            assert text[row["begin"] : row["end"]] == row["quote"]
            assert row["quote"] in (row["context"] or row["quote"])
    stated = {(row["graph"], row["subject"], row["predicate"], str(row["object"])) for row in evidence}
    assert {(q.graph_name.value.removeprefix(ID), q.predicate.value) for q in store} == {
        (graph, predicate) for graph, _, predicate, _ in stated
    }


def test_whatever_the_text_says_has_a_passage(evidence: list[dict[str, Any]]) -> None:
    said = ("task", "participation", "target", "section", "name")
    assert [r for r in evidence if any(_is(r, kind) for kind in said) and not r["passage"]] == []
    shortcuts = [r for r in evidence if r["property"] in ("leadBy", "supportedBy")]
    assert len(shortcuts) == 736
    assert all(r["quote"] in r["context"] and r["graph"] == "graph/shortcuts" for r in shortcuts)
    own = {r["property"] for r in evidence if r["subject"] == f"document/{PLAN}" and not r["passage"]}
    assert own == {"identifier", "language", "spatial", "type", "wasDerivedFrom"}
    assert [r for r in evidence if _is(r, "body") and not r["source"]] == []


def test_evidence_of_each_kind_of_statement(evidence: list[dict[str, Any]]) -> None:
    def quotes(subject: str, prop: str, value: str = "") -> list[str]:
        return [
            r["quote"]
            for r in evidence
            if (r["subject"], r["property"]) == (subject, prop) and value in str(r["object"])
        ]

    task, document = f"task/{PLAN}/2016-057", f"document/{PLAN}"
    clause = "（牵头单位：省农委，有关市人民政府；配合单位：省发展改革委、省财政厅、省国土资源厅、省林业局）"
    assert quotes(task, "hasParticipation", "lead-1") == quotes(task, "leadBy", "body/210000/nw") == ["省农委"]
    assert quotes(task, "supportedBy", "name/") == ["省林业局"]
    assert quotes(f"participation/{PLAN}/2016-057/lead-1", "role") == [clause]
    assert quotes(f"participation/{PLAN}/2016-057/lead-1", "hasParticipant") == ["省农委"]
    assert quotes(task, "clause") == [clause]
    assert quotes(task, "spatial") == ["法库县", "铁岭县"]
    assert quotes(task, "hasTarget") == ["180万亩", "20万亩"]
    assert quotes(task, "year") == quotes(task, "temporal") == ["2016年重点工作"]
    assert quotes(task, "isPartOf") == ["着力推进结构调整"]
    assert quotes(task, "description") == quotes(task, "wasQuotedFrom")
    assert quotes(f"target/{PLAN}/2016-057/1", "numericValue") == ["180万亩"]
    assert (
        quotes(f"task/{PLAN}/2016-025", "deadline") == quotes(f"task/{PLAN}/2016-025", "deadlineAsWritten") == ["年内"]
    )
    assert quotes(f"task/{PLAN}/2016-025", "produces") == ["《“辽满欧”综合交通运输物流通道规划》"]
    assert quotes(f"task/{PLAN}/2016-026", "based_on") == quotes(f"task/{PLAN}/2016-026", "cites")
    assert quotes(f"task/{PLAN}/2016-076", "revises") == ["《辽宁省实施〈中华人民共和国促进科技成果转化法〉规定》"]
    assert quotes(f"section/{PLAN}/2017", "title") == quotes(f"section/{PLAN}/2017/1", "year") == ["2017年重点工作"]
    assert quotes(f"section/{PLAN}/2017/1", "title") == ["着力完善体制机制"]
    assert quotes(f"section/{PLAN}/2017/1", "is_part_of") == ["2017年重点工作"]
    assert quotes(f"plan/{PLAN}", "temporal") == [f"{year}年重点工作" for year in (2016, 2017, 2018)]
    assert quotes(f"plan/{PLAN}", "title") == quotes(document, "title")
    assert quotes(document, "title")[0].startswith("加快推进辽宁老工业基地")
    assert quotes(document, "date_document") == ["2016年10月30日"]
    assert quotes(document, "passed_by") == ["辽宁省人民政府"]
    assert quotes(document, "audience") == ["各市人民政府", "省政府各厅委", "各直属机构"]
    assert quotes(document, "amends")[0].startswith("《加快推进辽宁老工业基地")
    assert quotes("document/zhongfa-2016-7", "id_local") == quotes(document, "based_on", "zhongfa-2016-7")
    assert quotes("theme/institutions", "prefLabel", "着力") == ["着力完善体制机制"] * 3
    assert all("清单" in quote for quote in quotes("theme/institutions", "keywords", "清单"))
    assert quotes("body/210000/fgw", "prefLabel") == [None, None]  # zh and en: from the register, with its source


def test_a_tie_rests_on_as_many_clauses_as_it_counts(evidence: list[dict[str, Any]]) -> None:
    passages: dict[tuple[str, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, str], int] = {}
    for row in evidence:
        if row["graph"] == "graph/ties" and row["property"] in ("sharedTasks", "coLeadTasks", "leadSupportTasks"):
            counts[row["subject"], row["property"]] = row["object"]
            if row["passage"]:
                passages[row["subject"], row["property"]].add(row["passage"])
    assert len(counts) > 3000
    assert {key: len(passages[key]) for key in counts} == counts


def test_a_triple_is_asked_for_by_all_three_parts(ask: Asked) -> None:
    rows = ask(
        "evidence",
        subject=f"{ID}task/{PLAN}/2016-057",
        predicate="https://w3id.org/plan-graph/ns#supportedBy",
        object=f"{ID}body/210000/czt",
    )
    assert [(r["quote"], r["objectName"], r["activity"]) for r in rows] == [
        ("省财政厅", "辽宁省财政厅", "由参与关系推出的直接关系")
    ]


# --- the files -------------------------------------------------------------------------------------------------------


def test_there_are_queries_enough() -> None:
    assert len(QUERIES) >= 20


@pytest.mark.parametrize("name", QUERIES)
def test_a_file_says_what_it_asks(name: str) -> None:
    query = QUERIES[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    for texts in (query.title, query.question):
        assert re.search(r"[\u4e00-\u9fff]", texts["zh"])
        assert re.fullmatch(r"[ -~‘’“”–—\u4e00-\u9fff]+", texts["en"])
        assert texts["en"][0].isupper()
    assert re.search(r"？|。$|）$", query.question["zh"])
    assert "?" in query.question["en"]
    assert not re.search(r"[？?。.]$", query.title["zh"] + query.title["en"])
    assert query.sparql.endswith("}\n") or re.search(r"^ORDER BY .+\n\Z", query.sparql, re.M)
    assert "ORDER BY" in query.sparql
    assert not re.search(r"\b(LIMIT|OFFSET|SERVICE|SAMPLE|RAND|NOW|UUID)\b", query.sparql)


@pytest.mark.parametrize("name", QUERIES)
def test_parameters_are_documented_and_used(name: str) -> None:
    query = QUERIES[name]
    slots = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.sparql))
    assert {p.name for p in query.parameters} == slots
    assert query.sparql.count("# param:") == len(query.parameters)
    for p in query.parameters:
        assert re.search(r"[\u4e00-\u9fff]", p.zh)
        assert p.en[0].isupper()
    values = {p.name: _example(p) for p in query.parameters}
    assert "UNDEF" not in bind(query, values)


@pytest.mark.parametrize("name", [name for name, query in QUERIES.items() if query.parameters])
def test_the_examples_in_a_head_have_an_answer(name: str, store: ox.Store) -> None:
    query = QUERIES[name]
    required = {p.name: _example(p) for p in query.parameters if p.required}
    none = ("tasks-without-named-body", "unread")  # there are none in this plan
    for p in query.parameters:
        if name != "evidence" or p.required:
            assert run(store, bind(query, {**required, p.name: _example(p)})).rows or name in none


def _example(parameter: Parameter) -> str:
    if parameter.kind == "iri" and "http" not in parameter.en:
        return f"{ID}task/{PLAN}/2016-057"
    found = re.search(r"\((.+)\)|such as (\S+)", parameter.en)
    assert found, parameter
    return found[1] or found[2]


@pytest.mark.parametrize("name", QUERIES)
def test_prefixes_are_the_known_ones_and_used(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", QUERIES[name].sparql, re.M))
    assert declared.items() <= PREFIXES.items()
    body = re.sub(r"^(PREFIX|#).*$|\"[^\"]*\"", "", QUERIES[name].sparql, flags=re.M)
    assert set(re.findall(r"(?<![\w?])(\w+):\w", body)) == set(declared)


@pytest.mark.parametrize("name", QUERIES)
def test_a_file_is_a_valid_query_as_it_stands(name: str) -> None:
    table = run(ox.Store(), QUERIES[name].sparql)
    assert table.rows == ()
    assert tuple(str(v) for v in _prepared(QUERIES[name].sparql).algebra["PV"]) == table.columns


@pytest.mark.parametrize("case", CASES, ids=str)
def test_labels_stand_beside_iris(case: Case, store: ox.Store) -> None:
    """No row consists of IRIs and numbers alone."""
    table = run(store, bind(QUERIES[case.query], case.values))
    for row in table.rows:
        assert any(isinstance(v, str) and not v.startswith("http") for v in row)


# --- binding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values", "says"),
    [
        ("tasks-by-body", {"yaer": "2016"}, "takes no parameter 'yaer' (its parameters: year, plan, issuer, level)"),
        ("bodies", {"year": "2016"}, "its parameters: none"),
        ("body-dossier", {}, "needs --param body="),
        ("shared-tasks", {"a": "省财政厅"}, "needs --param b="),
        ("tasks-by-body", {"year": "last"}, "is not of type year"),
        ("tasks-by-body", {"year": "16"}, "is not of type year"),
        ("tasks-by-body", {"year": '2016" }'}, "is not of type year"),
        ("tasks-by-body", {"year": "2016\n"}, ""),  # space around a value is not part of it
        ("tasks-by-body", {"year": "²016"}, "is not of type year"),
        ("evidence", {"subject": "task/1"}, "is not of type iri"),
        ("evidence", {"subject": "http://x/> } ?s ?p ?o . { <http://y"}, "is not of type iri"),
        ("evidence", {"subject": "http://x/\\u003E"}, "is not of type iri"),
        ("evidence", {"subject": "javascript:alert(1)"}, "is not of type iri"),
        ("body-dossier", {"body": ""}, "is not of type text"),
        ("text-search", {"word": "  "}, "is not of type word"),
    ],
)
def test_values_that_cannot_be_bound(name: str, values: Values, says: str) -> None:
    if not says:
        assert bind(QUERIES[name], values) == bind(QUERIES[name], {k: v.strip() for k, v in values.items()})
        return
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        bind(QUERIES[name], values)
    assert caught.value.zh
    assert "\n" not in str(caught.value)


INTEGER = parse("n", "# param: n integer 数 | Number (3)\nSELECT ?n { VALUES ?n { UNDEF } }\n")


@pytest.mark.parametrize(("written", "read"), [("3", 3), ("007", 7), ("１２", 12)])
def test_whole_numbers(written: str, read: int) -> None:
    assert run(ox.Store(), bind(INTEGER, {"n": written})).rows == ((read,),)


@pytest.mark.parametrize("written", ["-1", "1.5", "1e3", "1234567890", "3 } UNION { ?s ?p ?o", ""])
def test_not_whole_numbers(written: str) -> None:
    with pytest.raises(InputError, match="is not of type integer"):
        bind(INTEGER, {"n": written})


def test_a_year_in_full_width_digits_is_a_year() -> None:
    assert bind(QUERIES["tasks-by-body"], {"year": "２０１６"}) == bind(QUERIES["tasks-by-body"], {"year": "2016"})


HOSTILE = (
    'x"@zh } UNION { ?s ?p ?o } #',
    "x' } UNION { ?s ?p ?o } #",
    'x""" } UNION { ?s ?p ?o } #',
    "x\\",
    '\\" } UNION { ?s ?p ?o } #',
    'x\n"@zh } ?s ?p ?o . {',
    "x\r\ny\tz",
    "\\u0022 } UNION { ?s ?p ?o } #",
    "# x",
    "?word } ?s ?p ?o { UNDEF",
    "VALUES ?b { UNDEF }",
    "\\1 \\g<0> {0} %s $1",
    "\x0b\x7f\u2028x",
    "省财政厅）；",
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["text", "word"])
def test_a_value_never_changes_the_query_around_it(value: str, kind: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("o"), ox.NamedNode("urn:g")))
    query = parse("q", f"# param: word {kind} 词 | A word (x)\nSELECT ?word {{ VALUES ?word {{ UNDEF }} }}\n")
    assert run(store, bind(query, {"word": value})).rows == ((value.strip(),),)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_name_finds_nothing(value: str, store: ox.Store) -> None:
    for case in (
        _case("shared-tasks", a=value, b="省农委"),
        _case("tasks", body=value),
        _case("text-search", word=value),
    ):
        assert run(store, bind(QUERIES[case.query], case.values)).rows == ()


def test_a_value_that_reads_as_the_place_of_another_is_left_alone() -> None:
    """Filled in one after the other, the second value would land inside the first, and its quotes would end it."""
    bound = bind(QUERIES["shared-tasks"], {"a": "VALUES ?b { UNDEF }", "b": "@zh } ?x ?y ?z . { #"})
    assert 'VALUES ?a { "VALUES ?b { UNDEF }"@zh }' in bound
    assert 'VALUES ?b { "@zh } ?x ?y ?z . { #"@zh }' in bound


def test_a_parameter_without_its_place_in_the_text_is_an_error() -> None:
    query = parse("q", "# param: word word 词 | A word (x)\nSELECT ?s { ?s ?p ?o }\n")
    with pytest.raises(InputError, match=r"has no VALUES \?word \{ UNDEF \}"):
        bind(query, {"word": "x"})
    assert bind(query, {}) == query.sparql


@pytest.mark.parametrize("line", ["# param: word", "# param: word words 词 | A word", "# param: word word A word"])
def test_a_parameter_line_that_cannot_be_read_is_an_error(line: str) -> None:
    with pytest.raises(InputError, match="query q: the line"):
        parse("q", line + "\nSELECT ?s { ?s ?p ?o }\n")


def test_a_file_of_ones_own(tmp_path: Path, store: ox.Store) -> None:
    path = tmp_path / "my question.rq"
    path.write_text("SELECT (COUNT(?t) AS ?n) { ?t a <https://w3id.org/plan-graph/ns#Task> }", encoding="utf-8")
    query = find(str(path))
    assert query == Query("my question", {}, {}, (), path.read_text(encoding="utf-8"))
    assert run(store, bind(query, {})) == Table(("n",), ((193,),))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("task-by-body", "did you mean tasks-by-body"),
        ("Tasks-By-Body", "tasks-by-body"),
        ("qqqq", "plan-graph queries lists them"),
        ("../queries/bodies", "there is no query named"),
        ("", "there is no query named"),
        ("none.rq", "no query file at none.rq"),
    ],
)
def test_a_name_that_is_not_found(name: str, says: str) -> None:
    with pytest.raises(NotFoundError, match=re.escape(says)) as caught:
        find(name)
    assert caught.value.zh


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gb.rq"
    path.write_bytes("# title@zh: 机构".encode("gb18030"))
    with pytest.raises(InputError, match="is not UTF-8"):
        find(str(path))


# --- running ---------------------------------------------------------------------------------------------------------


def test_ask_gives_one_answer(store: ox.Store) -> None:
    assert run(store, "ASK { ?s a <https://w3id.org/plan-graph/ns#Task> }") == Table(("answer",), ((True,),))
    assert run(store, "ASK { ?s a <urn:nothing> }") == Table(("answer",), ((False,),))


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT * {", "cannot be run: error at 1:11"),
        ("", "cannot be run"),
        ("SELECT ?x WHERE { ?x nope:y 1 }", "Prefix not found"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "cannot be run"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "function"),
        ("SELECT ?x { BIND ('\ud800' AS ?x) }", "surrogates not allowed"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "only SELECT and ASK"),
        ("DESCRIBE <urn:a>", "only SELECT and ASK"),
    ],
)
def test_what_cannot_be_run_is_one_sentence(store: ox.Store, sparql: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        run(store, sparql)
    assert caught.value.zh
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 300


def test_values_become_plain() -> None:
    table = run(
        ox.Store(),
        """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        SELECT ?v { VALUES ?v { 1 "2016"^^xsd:gYear 1.50 "INF"^^xsd:double true "0"^^xsd:boolean "字"@zh <urn:a> UNDEF
          "2016-12-31"^^xsd:date "-3"^^xsd:int "nought"^^xsd:decimal "2016Z"^^xsd:gYear } }""",
    )
    values = [row[0] for row in table.rows]
    assert values == [1, 2016, 1.5, float("inf"), True, False, "字", "urn:a", None, "2016-12-31", -3, "nought", "2016Z"]
    assert [type(v) for v in values[:6]] == [int, int, float, float, bool, bool]


def test_resources_hold_no_other_file_than_queries() -> None:
    assert {p.suffix for p in resource("queries").iterdir()} <= {".rq", ".csv"}
