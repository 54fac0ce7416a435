"""A paper: its tables are the measures, its sentences claim what intervals and q allow, any graph gives one.

The Liaoning plan is analysed once, with few draws; what the sentences may say is tested on made-up results.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from plan_graph.analysis.measures.backbone import sdsm
from plan_graph.analysis.measures.brokerage import BrokerRole, brokerage
from plan_graph.analysis.measures.centralisation import centralisation
from plan_graph.analysis.measures.rarefaction import Rarefied
from plan_graph.analysis.network import Layer, describe, left_out
from plan_graph.cli import main
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.reports.paper import brokers, networks, pairs, years
from plan_graph.reports.paper.grid import Cell, Table, column
from plan_graph.reports.paper.markup import csv as as_csv
from plan_graph.reports.paper.markup import markdown
from plan_graph.reports.paper.randomised import Against, against
from plan_graph.reports.paper.settings import Settings
from plan_graph.reports.paper.study import Study, study
from plan_graph.reports.paper.whole import PAGE, Paper, paper
from plan_graph.reports.words import Words

FEW = Settings(resamples=6, runs=3)
KEYS = ["T1", "T2", "T3", "T4", "T5a", "T5b", "T5c", "T6a", "T6b", "T6c", "T7"]
CAUSAL = ("因为", "导致", "由于", "造成", "使得", "because", "due to", "causes", "therefore", "thanks to", "effect of")

ONE = """沈阳市人民政府
2017年6月1日

口岸开放方案

1．推进口岸合作。（责任单位：市财政局）
"""
NO_LEADS = """沈阳市人民政府
2017年6月1日

口岸开放方案

1．推进口岸合作。（责任单位：市财政局、市商务局）
2．修订管理办法。（责任单位：市财政局、市教育局）
"""
COLLECTIVES = """沈阳市人民政府
2017年6月1日

口岸开放方案

1．推进口岸合作。（责任单位：各区、县（市）人民政府）
"""


@pytest.fixture(scope="module")
def liaoning(built: Path) -> Study:
    return study(open_store(built), {}, FEW)


@pytest.fixture(scope="module")
def whole(built: Path) -> Paper:
    return paper(open_store(built), {}, FEW, forms=("svg",))


def graph(folder: Path, text: str) -> Path:
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    options = Options(validate=False, keywords=False, draws=0)
    return build_corpus([folder / "plan.txt"], folder / "build", options).out


def table(made: Paper, key: str) -> Table:
    return next(one for one in made.tables if one.key == key)


def row(made: Paper, key: str, name: str) -> tuple[Cell, ...]:
    return next(one for one in table(made, key).rows if isinstance(one[0], Words) and one[0].en.strip() == name)


# --- the Liaoning plan -------------------------------------------------------------------------------------------------


def test_every_table_and_figure_is_there_and_says_what_it_counts(whole: Paper) -> None:
    page = whole.files[PAGE].decode()
    assert [one.key for one in whole.tables] == KEYS
    assert [one.key for one in whole.figures] == ["F1", "F2", "F3", "F4", "F5"]
    assert set(whole.files) == {PAGE} | {f"tables/{key}.csv" for key in KEYS} | {
        f"figures/{one.key}-{one.plate.name}.{form}" for one in whole.figures for form in ("svg",)
    }
    captions = {one.key: one.caption for one in whole.tables} | {one.key: one.caption for one in whole.figures}
    for key, caption in captions.items():
        said = "".join(words.en for words in caption)
        assert "193 tasks, 65 bodies" in said, key
        assert re.search(r"[Ww]eight", said), key
        assert re.search(r"[Ss]eed|drawn", said), key
    for key in KEYS:
        assert f"**Table {key}. " in page
    for name in re.findall(r"\]\((figures/[^)]+)\)", page):
        assert name in whole.files
    assert page.startswith("<!-- 由此命令生成 made by: plan-graph paper --seed 0 --resamples 6 -->\n")


def test_no_sentence_speaks_of_causes(whole: Paper) -> None:
    page = whole.files[PAGE].decode()
    assert [word for word in CAUSAL if word in page] == []
    assert "A tie means that one clause names both bodies" in page


def test_the_corpus_is_counted(whole: Paper, liaoning: Study) -> None:
    assert row(whole, "T1", "tasks")[1:] == (106, 57, 30, 193)
    assert row(whole, "T1", "bodies")[-1] == 65
    single, lead, support = (
        row(whole, "T1", name)[-1] for name in ("participations of single bodies", "lead", "support")
    )
    assert (single, lead, support) == (592, 209, 383)
    out = left_out(liaoning.rows)
    left = [one for one in table(whole, "T1").rows if isinstance(one[0], Words) and "their" in one[0].en]
    assert sum(int(str(one[-1])) for one in left) == out.participations == 144


def test_the_networks_are_those_of_the_measures(whole: Paper, liaoning: Study) -> None:
    for at, layer in enumerate(Layer, start=1):
        found = describe(liaoning.networks[layer])
        assert row(whole, "T2", "ties")[at] == found.ties
        assert row(whole, "T2", "mean path length")[at] == found.path_length
        assert row(whole, "T2", "degree centralisation")[at] == centralisation(liaoning.networks[layer]).degree


def test_figures_beside_the_null_model_are_the_same_figures(liaoning: Study) -> None:
    found = against(liaoning.rows, 3, 0)
    real = describe(liaoning.networks[Layer.ANY])
    assert found["ties"].observed == real.ties
    assert found["path"].observed == pytest.approx(real.path_length)
    assert found["transitivity"].observed == pytest.approx(real.transitivity)
    degree = centralisation(liaoning.networks[Layer.ANY]).degree
    assert found["centralisation"].observed == pytest.approx(degree)
    assert all(one.q >= one.p >= 2 / 4 for one in found.values())  # three draws never find anything


def test_pairs_are_as_published_with_sdsm_beside(liaoning: Study) -> None:
    made = pairs.make_pairs(liaoning)
    tied = {tuple(sorted((liaoning.name(t.left), liaoning.name(t.right)))): t for t in liaoning.content.ties}
    closed = {
        tuple(sorted((liaoning.name(one.left), liaoning.name(one.right)))): one for one in sdsm(liaoning.rows).pairs()
    }
    rows = made.tables[0].rows
    assert len(rows) == 20
    for one in rows:
        pair = tuple(sorted((str(one[2]), str(one[3]))))
        tie, other = tied[pair], closed[pair]
        assert one[4:] == (tie.shared, tie.expected, tie.p, tie.q, other.expected, other.p, other.q)
    assert [one[4] for one in rows[:10]] == sorted((t.shared for t in liaoning.content.ties), reverse=True)[:10]
    said = "".join(words.en for words in (*made.claims, *made.undecided))
    assert "By both null models 39 pairs share more tasks than expected" in said
    assert "省财政厅–省发展改革委 share 30 tasks where FDSM expects 32.0 (q = 0.906)" in said


def test_what_the_most_frequent_pairs_do_not_show_is_not_claimed(liaoning: Study) -> None:
    found = pairs.compare_pairs(liaoning)
    nobody = replace(found.agreement, both=0, first_only=0, second_only=0)
    plain = replace(
        found,
        ties=[replace(tie, q=0.05) for tie in found.ties],
        closed={pair: replace(one, q=0.05) for pair, one in found.closed.items()},
        agreement=nobody,
    )
    claims, undecided = pairs._claims(liaoning, plain, plain.ties[:3])
    assert claims == ()
    assert undecided[0].en == "No pair shares more tasks than expected by both null models (q below 0.05)."
    assert "Of the 3 most frequent pairs 3 cannot be told" in undecided[1].en


def test_brokerage_of_all_bodies_is_that_of_the_measure(liaoning: Study) -> None:
    graph_ = liaoning.networks[Layer.LEAD_SUPPORT]
    found = brokers.counts(graph_, liaoning.groups, 5, 0)
    real = brokerage(graph_, liaoning.groups).network
    everyone = {one.role: one for one in found if one.group.en == "all bodies"}
    assert {role: one.count for role, one in everyone.items()} == {role: real[role].count for role in BrokerRole}
    for role, one in everyone.items():
        assert one.expected == pytest.approx(real[role].expected)
    assert all(2 / 6 <= one.p <= one.q <= 1 for one in found)


def test_a_csv_holds_all_rows_and_the_page_the_first(whole: Paper) -> None:
    lines = list(csv.reader(io.StringIO(whole.files["tables/T4.csv"].decode())))
    assert len(lines) == 66
    assert {len(line) for line in lines} == {21 - 2 * ("BCa" not in lines[0][9])}
    assert "First 20 of 65 rows; all are in `tables/T4.csv`." in whole.files[PAGE].decode()


# --- what may be said ------------------------------------------------------------------------------------------------


def rare(year: int, low: float, high: float, tasks: int = 50) -> Rarefied:
    return Rarefied(year, "bodies", tasks, 30, high, (low + high) / 2, low, high, None, 100)


@pytest.mark.parametrize(
    ("one", "other", "claimed"),
    [
        (rare(2016, 10, 20), rare(2017, 21, 30), "At 30 tasks bodies are fewer in 2016 than in 2017: 15.00"),
        (rare(2016, 22, 30), rare(2017, 20, 21), "At 30 tasks bodies are more in 2016 than in 2017: 26.00"),
        (rare(2016, 10, 20), rare(2017, 20, 30), ""),  # they touch
        (rare(2016, 10, 20), rare(2017, 15, 15, 30), ""),
        (rare(2016, 10, 20), rare(2017, 25, 25, 30), "At 30 tasks bodies are fewer in 2016 than in 2017"),
    ],
)
def test_years_differ_only_where_intervals_do_not_overlap(one: Rarefied, other: Rarefied, claimed: str) -> None:
    claims, undecided = years._rarefied_claims([one, other])
    if claimed:
        assert claims[0].en.startswith(claimed)
        assert undecided == ()
    else:
        assert claims == ()
        assert undecided[0].en == "At 30 tasks 2016 and 2017 cannot be told apart by bodies."


@pytest.mark.parametrize(("q", "claimed"), [(0.049, 1), (0.05, 0), (1.0, 0)])
def test_figures_differ_from_the_null_model_only_below_the_level(liaoning: Study, q: float, claimed: int) -> None:
    tested: Mapping[str, Against] = {"transitivity": Against(0.4, 0.5, 0.45, 0.55, q, q, 100)}
    claims, undecided = networks._against(replace(liaoning, settings=Settings()), tested)
    assert (len(claims), len(undecided)) == (claimed, 1 - claimed)
    said = (claims or undecided)[0].en
    assert ("is below" in said) is bool(claimed)


def test_too_few_draws_are_said() -> None:
    found = brokers._said(
        [brokers.Count(Words("甲", "one"), 3, BrokerRole.TOTAL, 5, 1.0, 4.0, 2 / 7, 2 / 7)], {Words("甲", "one")}, 6
    )
    assert found[1] == ()
    assert found[2][-1].en == "6 random digraphs are too few for any count to have q below 0.05."


def test_a_group_that_cannot_broker_is_no_finding() -> None:
    count = brokers.Count(Words("甲", "one"), 3, BrokerRole.TOTAL, 0, 9.0, -4.0, 0.001, 0.001)
    text, claims, undecided = brokers._said([count], set(), 2000)
    assert (claims, undecided) == ((), ())
    assert text[-1].en.endswith("their counts of 0 are no finding: one.")


def test_cells_are_written_for_people_and_for_programs() -> None:
    made = Table(
        "T0",
        Words("表", "table"),
        (
            column("名", "name"),
            column("p", "p", chance=True),
            column("区间", "interval", 1, interval=True),
            column("数", "n", 1),
        ),
        (("a|b*c", 0.0004, (1.0, 2.25), 1234567), ("<d>", None, None, 0.123456789)),
        (),
    )
    assert "| a\\|b\\*c | &lt;0.001 | [1.0, 2.2] | 1,234,567 |\n| &lt;d> | – | – | 0.1 |" in markdown(made, "en")
    assert as_csv(made, "en").decode() == (
        "name,p,interval low,interval high,n\na|b*c,0.0004,1.0,2.25,1234567\n<d>,,,,0.123457\n"
    )


# --- any graph -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            ONE,
            ["No two bodies share a task", "There are no bodies to compare.", "Without ties there are no communities"],
        ),
        (NO_LEADS, ["The network “co-lead” has no ties.", "has no ties: nobody brokers.", "no years to compare"]),
    ],
    ids=["one-body", "no-leads"],
)
def test_tiny_graphs(tmp_path: Path, text: str, said: list[str]) -> None:
    made = paper(open_store(graph(tmp_path, text)), {}, FEW, "en", ("svg",))
    page = made.files[PAGE].decode()
    assert [words for words in said if words not in page] == []
    assert "What the data support\n\n- Nothing." in page  # two tasks show nothing
    assert {"T1", "T2", "T4", "T5b", "T6a", "T7"} <= {one.key for one in made.tables}


def test_several_plans(several: Path) -> None:
    page = paper(open_store(several), {"level": "prefecture"}, FEW, "en", ("svg",)).files[PAGE].decode()
    assert "# Who coordinates with whom on paper: 2 plans" in page
    assert "Population: 2 plans, level prefecture, 4 tasks" in page
    assert "FDSM keeps the tasks of each body in each plan" in page
    assert "made by: plan-graph paper --level prefecture --seed 0 --resamples 6" in page


def test_without_a_single_body_there_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names a single body"):
        paper(open_store(graph(tmp_path, COLLECTIVES)), {}, FEW)


def test_the_command_writes_the_same_folder_in_any_process(tmp_path: Path) -> None:
    place = graph(tmp_path, ONE)
    args = ["paper", "--graph", str(place), "--resamples", "6", "--out"]
    run = CliRunner().invoke(main, [*args, str(tmp_path / "one")])
    assert run.exit_code == 0, run.output
    assert "paper.md" in run.output
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "plan_graph", *args, str(tmp_path / "two")]
    subprocess.run(command, check=True, env=env, capture_output=True)
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("one", "two")
    )
    assert one == two
    (tmp_path / "one" / "mine.txt").write_text("mine", encoding="utf-8")
    again = CliRunner().invoke(main, [*args, str(tmp_path / "one")])
    assert again.exit_code == 2
    assert "mine.txt" in again.output
    assert CliRunner().invoke(main, [*args, str(tmp_path / "three"), "--plan", "none"]).exit_code == 2
    assert not (tmp_path / "three").exists()
