"""A name stands for one body or is refused with names that come near."""

from __future__ import annotations

from pathlib import Path

import pytest

from plan_graph.analysis.names import Named, bearers, names, one_of
from plan_graph.analysis.rows import written_names
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import NotFoundError
from plan_graph.graph.store import open_store

KNOWN = {
    one.id: one
    for one in (
        Named("210000/czt", "辽宁省财政厅", "省财政厅", ("省财政厅", "辽宁省财政厅")),
        Named("220000/czt", "吉林省财政厅", "省财政厅", ("吉林省财政厅", "省财政厅")),
        Named("210000/nw", "辽宁省农村经济委员会", "省农委", ("省农委", "辽宁省农村经济委员会")),
        Named("210000/x", "有关部门", "有关部门", ("有关部门",), collective=True),
        Named("210200/jyj", "大连市教育局", "市教育局", ("大连市教育局", "市教育局")),
        Named("a/char-9", "市教育局", "市教育局", ("市教育局",), collective=True),  # nobody resolved it in one plan
    )
}


@pytest.mark.parametrize(
    ("asked", "present", "found"),
    [
        ("210000/nw", (), "210000/nw"),
        (" 省农委 ", (), "210000/nw"),
        ("辽宁省农村经济委员会", (), "210000/nw"),
        ("省财政厅", ("220000/czt", "210000/nw"), "220000/czt"),
        ("有关部门", (), "210000/x"),
        ("市教育局", ("210200/jyj",), "210200/jyj"),
        ("市教育局", ("a/char-9",), "a/char-9"),
    ],
)
def test_a_body_by_id_full_name_or_another(asked: str, present: tuple[str, ...], found: str) -> None:
    assert one_of(KNOWN, asked, present).id == found


@pytest.mark.parametrize(
    ("asked", "present", "says"),
    [
        ("省财政厅", (), "several bodies: 辽宁省财政厅 (210000/czt), 吉林省财政厅 (220000/czt)"),
        ("省财政厅", ("210000/czt", "220000/czt"), "several bodies"),
        ("市教育局", ("210200/jyj", "a/char-9"), "several bodies: 大连市教育局 (210200/jyj), 市教育局 (a/char-9)"),
        ("财政", (), "did you mean 省财政厅"),
        ("省农村委", (), "did you mean 省农委"),
        ("银河", (), "plan-graph query body-names"),
        ("", (), "plan-graph query body-names"),
    ],
)
def test_a_name_that_is_not_one_body(asked: str, present: tuple[str, ...], says: str) -> None:
    with pytest.raises(NotFoundError, match=r".") as error:
        one_of(KNOWN, asked, present)
    assert says in str(error.value)
    assert error.value.zh


def test_who_bears_a_name() -> None:
    assert [one.id for one in bearers(KNOWN, "市教育局")] == ["210200/jyj", "a/char-9"]
    assert [one.id for one in bearers(KNOWN, "大连市教育局")] == ["210200/jyj"]
    assert bearers(KNOWN, "教育") == []


def test_every_name_of_a_graph(built: Path) -> None:
    known = names(open_store(built))
    nw = known["210000/nw"]
    assert (nw.name, nw.short, nw.collective) == ("辽宁省农村经济委员会", "省农委", False)
    assert {"省农委", "辽宁省农村经济委员会"} <= set(nw.others)
    assert known["210000/nynct"].short == "辽宁省农业农村厅"  # no document names it: it came after
    assert known["210000/youguan-shi-zf"].collective
    assert [one.name for one in known.values() if "/char-" in one.id] == ["省林业局"]
    assert all(one_of(known, name, known).name for one in known.values() for name in (one.id, one.name))


def test_bodies_of_two_places_that_are_written_alike_go_by_their_full_names(tmp_path: Path) -> None:
    for file, city in (("a", "沈阳市"), ("b", "大连市")):
        text = f"{city}工作安排\n\n{city}人民政府\n2017年1月10日\n\n1．修路。（牵头单位：市财政局、{city}公安局）\n"
        (tmp_path / f"{file}.txt").write_text(text, encoding="utf-8")
    made = build_corpus([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", Options(draws=0, keywords=False))
    written = written_names(open_store(made.out))
    assert (written["210100/czj"], written["210200/czj"]) == ("沈阳市财政局", "大连市财政局")
    assert sorted(written.values()) == ["大连市公安局", "大连市财政局", "沈阳市公安局", "沈阳市财政局"]
