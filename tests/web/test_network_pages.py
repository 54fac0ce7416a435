"""The pages of networks, ties, overlaps and comparisons: their figures are those of the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from plan_graph.analysis.network import Layer, describe, network
from plan_graph.analysis.rows import memberships
from plan_graph.graph.queries import bind, find, run
from plan_graph.graph.store import open_store

from .conftest import Served

Cli = Callable[..., Any]
HTML = {"accept": "text/html"}
FINANCE, FARMING = "省财政厅", "省农委"
PLAN = "ln-2016-revitalisation"
LAYERS = ("any", "co-lead", "lead-support")
YEARS = (None, 2016, 2017, 2018)


@pytest.fixture(scope="module")
def pairs(built: Path) -> dict[int | None, list[tuple[str, str, int, float, float, float]]]:
    """The ties of the graph by period: addresses of both bodies, shared, expected, p, q."""
    store = open_store(built)
    found = {}
    for year in YEARS:
        rows = run(store, bind(find("pairs-by-shared-tasks"), {} if year is None else {"year": str(year)})).rows
        found[year] = [(word(a), word(b), shared, expected, p, q) for a, _, b, _, shared, expected, p, q, *_ in rows]
    return found  # type: ignore[return-value]


@pytest.fixture(scope="module")
def supports(built: Path) -> dict[int | None, list[tuple[str, str, int]]]:
    """The directed ties of the graph by period: addresses of both bodies, shared."""
    store = open_store(built)
    found = {}
    for year in YEARS:
        rows = run(store, bind(find("lead-support-pairs"), {} if year is None else {"year": str(year)})).rows
        found[year] = [(word(a), word(b), shared) for a, _, b, _, shared in rows]
    return found  # type: ignore[return-value]


def word(iri: object) -> str:
    return str(iri).split("/body/")[1].replace("/", ".")


def get(served: Served, address: str, **parameters: Any) -> httpx.Response:
    answer = served.client.get(address, params=parameters or None, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer


def given(year: int | None) -> list[str]:
    return [] if year is None else ["--year", str(year)]


# --- the network -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "graphml", "gexf", "net", "dl", "r"])
def test_a_file_of_the_network_is_that_of_the_command_line(served: Served, cli: Cli, built: Path, form: str) -> None:
    made = cli("network", "--graph", built, "--layer", "lead-support", "--year", "2016", "--format", form)
    answer = get(served, f"/network.{form}", layer="lead-support", year=2016)
    assert answer.content == made.stdout
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({}, []),
        ({"layer": "co-lead"}, ["--layer", "co-lead"]),
        ({"theme": "着力完善体制机制"}, ["--theme", "着力完善体制机制"]),
        ({"list": "nodes", "year": 2017}, ["--list", "nodes", "--year", "2017"]),
    ],
)
def test_the_lists_are_those_of_the_command_line(
    served: Served, cli: Cli, built: Path, asked: dict[str, Any], options: list[str]
) -> None:
    made = cli("network", "--graph", built, *options, "--format", "csv")
    assert get(served, "/network.csv", **asked).content == made.stdout


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("year", YEARS)
def test_the_page_says_the_figures_of_the_network(served: Served, built: Path, layer: str, year: int | None) -> None:
    made = describe(network(memberships(open_store(built)), Layer(layer), year=year))
    page = get(served, "/network", layer=layer, year=year or "").text
    said = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    assert (said["机构"], said["关系"], said["孤立机构"]) == (str(made.nodes), str(made.ties), str(made.isolates))
    assert (said["密度"], said["传递性"]) == (f"{made.density:.3f}", f"{made.transitivity:.3f}")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("year", YEARS)
def test_the_data_of_the_map(served: Served, built: Path, layer: str, year: int | None) -> None:
    answer = get(served, "/network.json", layer=layer, year=year or "")
    assert len(answer.content) < 100_000
    data = answer.json()
    graph = network(memberships(open_store(built)), Layer(layer), year=year)
    bodies, ties = data["bodies"], data["ties"]
    assert (data["layer"], data["year"], data["directed"]) == (layer, year, layer == "lead-support")
    assert sorted(bodies["id"]) == sorted(graph)
    assert {len(column) for column in bodies.values()} == {len(graph)}
    assert {len(column) for column in ties.values()} == {graph.number_of_edges()}
    for key, kind in {"id": str, "name": str, "group": int, "x": float, "tasks": int, "strength": int}.items():
        assert all(type(value) is kind for value in bodies[key])
    assert set(bodies["group"]) <= set(range(len(data["groups"])))
    assert len(set(zip(bodies["x"], bodies["y"], strict=True))) == len(graph), "no two bodies stand on one place"
    for source, target, shared in zip(ties["source"], ties["target"], ties["shared"], strict=True):
        assert graph.edges[bodies["id"][source], bodies["id"][target]]["shared"] == shared
    for key in ("expected", "p", "q"):
        assert all(value is None or value >= 0 for value in ties[key])


def test_a_body_stands_on_one_place_in_every_network(served: Served) -> None:
    def places(**asked: Any) -> dict[str, tuple[float, float]]:
        bodies = get(served, "/network.json", **asked).json()["bodies"]
        return {one: (x, y) for one, x, y in zip(bodies["id"], bodies["x"], bodies["y"], strict=True)}

    whole, year = places(), places(year=2017, layer="co-lead")
    assert year.items() <= whole.items()


def test_what_is_known_is_not_sent_again(served: Served) -> None:
    first = get(served, "/network.json", year=2016)
    again = served.client.get("/network.json", params={"year": 2016}, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert get(served, "/network.json", year=2017).headers["etag"] != first.headers["etag"]


def test_filters_narrow_the_table_and_the_files(served: Served) -> None:
    kept = {"q": "0.05", "min": 5, "kind": ["department", "central"]}
    every = list(csv.DictReader(io.StringIO(get(served, "/network.csv").text)))
    some = list(csv.DictReader(io.StringIO(get(served, "/network.csv", **kept).text)))
    assert 0 < len(some) < len(every)
    assert all(float(row["q"]) < 0.05 and int(row["shared"]) >= 5 for row in some)
    page = get(served, "/network", **kept).text
    assert re.search(rf"<dt>关系</dt><dd>{len(some)}</dd>", page)
    assert page.count('<tr class="strong">') == len(some)


def test_the_table_is_sorted_and_paged_by_links(served: Served) -> None:
    page = get(served, "/network", sort="q").text
    first = page.index("<tbody>")
    said = re.findall(r'<td class="num">(&lt;0\.001|[\d.]+)</td></tr>', page[first : page.index("</tbody>")])
    values = [0.0 if one == "&lt;0.001" else float(one) for one in said]
    assert len(values) == 50 and values == sorted(values)
    assert "?sort=q&amp;page=2" in page
    assert get(served, "/network", sort="q", page=2).text != page


def test_a_body_lists_its_ties_without_a_script(served: Served) -> None:
    page = get(served, "/network", body=FARMING).text
    assert "省农委 的关系" in page and "/body/210000/nw" in page
    rows = re.findall(r"<tr[^>]*><td>.*?</tr>", page[page.index('id="ties"') : page.index('id="nodes-title"')], re.S)
    assert rows and all("/body/210000/nw" in row for row in rows)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/network?year=then", 400, "不是年份"),
        ("/network?year=1999", 400, "2016"),
        ("/network?layer=none", 400, "co-lead"),
        ("/network?q=2", 400, "0 到 1"),
        ("/network?min=0", 400, "不小于 1"),
        ("/network?kind=nobody", 400, "department"),
        ("/network?body=无此机构", 404, "无此机构"),
        ("/network?theme=无此主题", 400, "主题"),
        ("/network.doc", 404, "graphml"),
        ("/overlap?value=none", 400, "ratio"),
        ("/overlap?plan=none", 400, "ln-2016-revitalisation"),
        ("/tie/all/210000.czt/210000.nobody", 404, "没有标识"),
        ("/tie/1999/210000.czt/210000.nw", 404, "没有关系"),
        ("/tie/all/210000.nw/210000.czt", 404, "没有关系"),
        ("/tie/all/210000.czt/210000.czt", 404, "没有关系"),
        ("/tie/all/210000.czt/210000.nw.json?x=1", 200, ""),
        ("/compare-years?from=2016&to=2016", 400, "两个不同年度"),
        ("/compare-years?from=2016&to=2020", 400, "2018"),
        ("/compare.xlsx?a=省财政厅", 400, "两个机构"),
        ("/compare.html?a=省财政厅&b=省农委", 404, "xlsx"),
        ("/query/tasks.foo", 404, "是不是 tasks？</p>"),  # and no stop behind the question
    ],
)
def test_a_slip_is_said_in_words(served: Served, address: str, status: int, said: str) -> None:
    answer = served.client.get(address, headers={**HTML, "accept-language": "zh"})
    assert answer.status_code == status
    assert said in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/network",
        "/network?layer=lead-support&year=2016&q=0.05",
        "/overlap?order=cluster&value=ratio",
        "/overlap?order=kind&top=0",
        "/compare",
        f"/compare?a={FINANCE}&b={FARMING}",
        f"/compare?a={FINANCE}&b={FARMING}&year=2016&plan=ln-2016-revitalisation",
        "/compare-years",
        "/tie/2016/210000.czt/210000.nw",
        "/directed-tie/all/210000.nw/210000.czt",
    ],
)
def test_pages_keep_to_the_rules_of_all_pages(served: Served, address: str, lang: str) -> None:
    answer = served.client.get(address, headers={**HTML, "accept-language": lang})
    page = answer.text
    assert answer.status_code == 200 and "<title>" in page
    assert not re.search(r'<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="', page)
    assert not re.search(r'(?:src|<link[^>]*href)="https?:', page)
    assert page.count("<h1") == 1
    assert answer.num_bytes_downloaded < 100_000


# --- ties ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_every_tie_has_its_data(served: Served, pairs: Any, year: int | None) -> None:
    for left, right, shared, expected, p, q in pairs[year]:
        data = get(served, f"/tie/{year or 'all'}/{left}/{right}.json").json()
        own = data["in_any_role"]
        assert (data["shared"], own["expected"], own["p"], own["q"]) == (shared, expected, p, q)
        assert len(data["tasks"]) == shared
        assert data["computed"]["draws"] == 1000 and data["year"] == year
        assert all(len(task["roles"][0]) * len(task["roles"][1]) and task["clauses"] for task in data["tasks"])


@pytest.mark.parametrize("year", YEARS)
def test_every_directed_tie_has_its_data(served: Served, supports: Any, year: int | None) -> None:
    for lead, support, shared in supports[year]:
        data = get(served, f"/directed-tie/{year or 'all'}/{lead}/{support}.json").json()
        assert data["shared"] == len(data["tasks"]) == shared
        assert all("lead" in task["roles"][0] and "support" in task["roles"][1] for task in data["tasks"])


def test_the_page_of_every_tie_answers(served: Served, pairs: Any, supports: Any) -> None:
    addresses = [f"/tie/all/{left}/{right}" for left, right, *_ in pairs[None]]
    addresses += [f"/directed-tie/all/{lead}/{support}" for lead, support, _ in supports[None]]
    assert len(addresses) > 500
    for address in addresses:
        assert 'class="mark clause"' in get(served, address).text


def test_the_page_of_a_tie_says_how_it_was_found(served: Served) -> None:
    page = get(served, "/tie/all/210000.czt/210000.nw").text
    for said in ("省财政厅 – 省农委", ">15<", ">7.4<", "2.04", "0.010", "抽样 1,000 次（种子 0）", "/tie/2016/"):
        assert said in page
    assert "牵头单位：省农委，有关市人民政府" in page
    assert page.count('href="/task/ln-2016-revitalisation/') == 15
    assert 'href="/directed-tie/all/210000.nw/210000.czt"' in page


# --- overlaps and comparisons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["shared", "expected", "ratio"])
@pytest.mark.parametrize("year", [None, 2016])
def test_the_matrix_is_that_of_the_command_line(
    served: Served, cli: Cli, built: Path, value: str, year: int | None
) -> None:
    made = cli("overlap", "--graph", built, "--value", value, *given(year), "--format", "csv")
    assert get(served, "/overlap.csv", value=value, year=year or "").content == made.stdout


@pytest.mark.parametrize("order", ["strength", "kind", "cluster"])
def test_the_cells_of_the_page_are_those_of_the_file(served: Served, order: str) -> None:
    page = get(served, "/overlap", order=order, top=12).text
    file = list(csv.DictReader(io.StringIO(get(served, "/overlap.csv", top=12).text)))
    wanted = {row["id"]: row for row in file}
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r'<tr><th scope="row">.*?href="/body/([^"]+)".*?</th>(.*?)</tr>', body, re.S)
    ids = [one for one, _ in rows]
    assert sorted(ids) == sorted(wanted)
    for one, cells in rows:
        said = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>.*?</td>", cells)]
        assert [int(cell or 0) for cell in said] == [int(wanted[one][other]) for other in ids]


def test_the_matrix_frames_what_surprises(served: Served, pairs: Any) -> None:
    strong = sum(q < 0.05 for *_, q in pairs[None])
    assert strong > 10
    pages = [get(served, "/overlap", top=0, page=number) for number in (1, 2)]
    assert "page=3" not in pages[0].text
    assert all(len(page.content) < 100_000 for page in pages)
    both = "".join(page.text for page in pages)
    assert len(re.findall(r'<td class="s\d strong">', both)) == 2 * strong
    rows = re.findall(r'<th scope="row">.*?href="([^"]+)"', both)
    assert len(rows) == len(set(rows)) == both.count('<th scope="col">') // 2


@pytest.mark.parametrize(("year", "plan"), [(None, ""), (2016, ""), (None, PLAN), (2017, PLAN)])
def test_the_comparison_is_that_of_the_command_line(
    served: Served, cli: Cli, built: Path, year: int | None, plan: str
) -> None:
    options = [*given(year), *(["--plan", plan] if plan else [])]
    made = json.loads(cli("overlap", FINANCE, FARMING, "--graph", built, *options, "--format", "json").stdout)
    found = get(served, "/compare.json", a=FINANCE, b=FARMING, year=year or "", plan=plan).json()
    assert found["figures"] == made["figures"]
    for key, rows in made["sections"].items():
        assert found["sections"][key] == rows
    assert found["sections"]["aloneA"] and found["sections"]["common"]


def test_exchanged_bodies_exchange_their_sides(served: Served) -> None:
    one = get(served, "/compare.json", a=FINANCE, b=FARMING).json()["sections"]
    other = get(served, "/compare.json", a=FARMING, b=FINANCE).json()["sections"]
    assert (one["aloneA"], one["aloneB"]) == (other["aloneB"], other["aloneA"])
    assert [row["partner"] for row in one["common"]] == [row["partner"] for row in other["common"]]
    assert [row["withA"] for row in one["common"]] == [row["withB"] for row in other["common"]]


def test_common_partners_are_partners_of_both(served: Served, cli: Cli, built: Path) -> None:
    def partners(body: str) -> dict[str, int]:
        made = cli("overlap", body, "--graph", built, "--format", "json")
        return {row["id"]: row["shared"] for row in json.loads(made.stdout)["sections"]["partners"]}

    ours, theirs = partners(FINANCE), partners(FARMING)
    found = get(served, "/compare.json", a=FINANCE, b=FARMING).json()["sections"]["common"]
    assert {row["id"] for row in found} == ours.keys() & theirs.keys()
    assert all((row["withA"], row["withB"]) == (ours[row["id"]], theirs[row["id"]]) for row in found)


def test_two_years_are_compared_as_by_the_command_line(served: Served, cli: Cli, built: Path) -> None:
    made = cli("network", "--compare", "2016", "2018", "--graph", built, "--format", "json")
    found = get(served, "/compare-years.json", **{"from": 2016, "to": 2018})
    assert found.json() == json.loads(made.stdout)
    page = get(served, "/compare-years", **{"from": 2016, "to": 2018}).text
    for row in json.loads(made.stdout)["sections"]["turnover"]:
        assert str(row["entered"]) in page


def test_a_slip_in_a_name_is_mended_in_the_form(served: Served) -> None:
    answer = served.client.get("/compare", params={"a": "省财政", "b": FARMING}, headers=HTML)
    assert answer.status_code == 404
    assert "省财政厅" in answer.text and 'value="省财政"' in answer.text and 'role="alert"' in answer.text


def test_names_that_come_near_are_a_click_away(served: Served) -> None:
    params = {"a": "农委", "b": "财政厅"}
    answer = served.client.get("/compare", params=params, headers={**HTML, "accept-language": "en"})
    assert answer.status_code == 404 and answer.text.count('role="alert"') == 2
    for name, meant in (("a", "省农委"), ("b", "省财政厅")):
        address = f"/compare?{urlencode({**{k: v for k, v in params.items() if k != name}, name: meant})}"
        assert f'href="{escape(address)}"' in answer.text
        params[name] = meant
        answer = served.client.get(address, headers=HTML)
    assert answer.status_code == 200
