"""What workers remember for each other."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from plan_graph.analysis.choice import Choice
from plan_graph.analysis.network import Layer
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError
from plan_graph.graph.store import open_store
from plan_graph.web import networks, nursery, remembered
from plan_graph.web.coordination import Coordination
from plan_graph.web.remembered import FORGETFUL, Remembered


def test_it_is_made_once_for_all_who_have_the_folder(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> tuple[str, int]:
        made.append(1)
        return "found", len(made)

    assert Remembered(tmp_path).get("a", make) == ("found", 1)
    assert Remembered(tmp_path).get("a", make) == ("found", 1)
    assert Remembered(tmp_path).get("b", make) == ("found", 2)
    assert FORGETFUL.get("a", make) == ("found", 3)


@pytest.mark.parametrize("content", [b"", b"\x80", b"no pickle"])
def test_what_cannot_be_read_is_made_again(tmp_path: Path, content: bytes) -> None:
    Remembered(tmp_path).get("a", lambda: 1)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert Remembered(tmp_path).get("a", lambda: 2) == 2
    assert Remembered(tmp_path).get("a", lambda: 3) == 2


def test_nothing_is_remembered_of_what_fails_or_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        Remembered(tmp_path).get("a", lambda: 1 // 0)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(remembered, "_MOST", 1)
    for key in "abc":
        assert Remembered(tmp_path).get(key, lambda: 1) == 1
    assert len(list(tmp_path.iterdir())) == 1
    assert Remembered(tmp_path / "gone").get("a", lambda: 1) == 1


def test_networks_of_themes_are_made_before_anybody_asks(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(built)
    site = Coordination(store, "https://w3id.org/plan-graph/id/", Remembered(tmp_path))
    choices = [Choice(theme=one) for one in site.themes]
    for _, choice in zip(site.foresee(), choices, strict=False):
        assert site.chosen(choice).rows
    other = Coordination(store, site.base, Remembered(tmp_path))  # as in another worker
    monkeypatch.setattr(networks, "choose", lambda *_: pytest.fail("drawn again"))
    monkeypatch.setattr(networks, "measures", lambda *_: pytest.fail("measured again"))
    for choice in choices:
        assert other.measures(choice, Layer.ANY) == site.measures(choice, Layer.ANY) != {}
        assert other.summary(choice, Layer.ANY) == site.summary(choice, Layer.ANY)
    assert not list(Coordination(store, site.base).foresee())  # where nothing is remembered


def test_a_server_that_went_while_the_graph_was_read_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    site = SimpleNamespace(quads=1, graphs=(), build="")
    monkeypatch.setattr(nursery, "served_file", lambda _: {})
    monkeypatch.setattr(nursery, "prepare", lambda *_: site)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("sys.argv", ["nursery", str(ours.detach()), "{}"])
    assert nursery.main() == 0


def test_what_fails_while_nothing_is_asked_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def steps() -> Iterator[None]:
        yield
        raise ZeroDivisionError("an odd network")

    monkeypatch.setattr(nursery, "_QUIET", 0.0)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        nursery._while_quiet(ours, steps())
    assert "an odd network" in capfd.readouterr().err


def test_a_year_whose_tasks_name_nobody_has_no_network(tmp_path: Path) -> None:
    text = "工作安排\n\n辽宁省人民政府\n2016年1月10日\n\n一、2016年工作\n1．修路。（牵头单位：省财政厅、省农委）\n\n二、2017年工作\n1．种树。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    made = build_corpus([tmp_path / "a.txt"], tmp_path / "out", Options(draws=20, keywords=False))
    site = Coordination(open_store(made.out), "https://w3id.org/plan-graph/id/")
    assert site.whole.years == (2016, 2017)
    assert site.years == (2016,)
    site.preload()  # a service starts with it
    with pytest.raises(InputError, match="the years of those that do: 2016"):
        site.network(Choice(year=2017), Layer.ANY)
