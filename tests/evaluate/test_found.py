"""A build folder as it is compared: the same values a gold file gives, or one sentence on why it is no build."""

from __future__ import annotations

import hashlib
import shutil
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from plan_graph.errors import InputError
from plan_graph.evaluate.annotation import Goal, Party
from plan_graph.evaluate.found import ledgers, load_build

from .conftest import TEXT, Small


def test_a_build_in_the_values_of_a_gold(small: Small) -> None:
    (one,) = load_build(small.build)
    assert (one.id, one.number, one.title, one.text) == ("roads", "", "农村公路行动方案", TEXT)
    assert one.hashes == {hashlib.sha256(TEXT.encode()).hexdigest()}
    first, second = one.items
    assert [item.number for item in one.items] == ["1．", "2．"]
    assert TEXT[first.begin : first.end].startswith("在大连市修路")
    assert first.parties == (
        Party("省交通厅", "lead", "牵头单位"),
        Party("省财政厅", "support", "配合单位"),
        Party("有关市人民政府", "support", "配合单位"),
    )
    assert second.parties == (Party("省审计厅", "responsible", "责任单位"),)
    assert (first.deadlines, first.citations, first.places) == (("2017年底前",), ("公路养护规划",), ("大连市",))
    assert first.targets == (Goal(Decimal(50), "公里", "公路"),)
    # 大连 in the name of a university is no place of the task
    # an empty tuple says that there is none; None would say that nobody looked
    assert (second.deadlines, second.citations, second.places, second.targets) == ((), (), (), ())


def test_a_web_page_has_the_hash_of_its_file_and_of_its_text(tmp_path: Path) -> None:
    from plan_graph.corpus import Options, build_corpus

    page = tmp_path / "roads.html"
    page.write_text("<p>农村公路行动方案</p><p>一、修路。（责任单位：省审计厅）</p>", encoding="utf-8")
    build_corpus([page], tmp_path / "b", Options(draws=0, keywords=False))
    (one,) = load_build(tmp_path / "b")
    assert one.text is not None
    assert one.hashes == {hashlib.sha256(octets).hexdigest() for octets in (page.read_bytes(), one.text.encode())}
    assert len(one.hashes) == 2


def test_ledgers(small: Small) -> None:
    (one,) = ledgers(small.build)
    assert (one["id"], one["counts"]["tasks"]) == ("roads", 2)


@pytest.fixture
def copy(small: Small, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small.build, tmp_path / "copy"))


def test_no_build_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no build: it has no tables/documents\.parquet"):
        load_build(tmp_path)


def test_a_table_of_another_version(copy: Path) -> None:
    file = copy / "tables" / "tasks.parquet"
    pq.write_table(pq.read_table(file).drop(["end"]), file)
    with pytest.raises(InputError, match="has no column end, so another version wrote it") as caught:
        load_build(copy)
    assert "没有 end 列" in caught.value.zh


@pytest.mark.parametrize("name", ["documents", "tasks", "participations", "targets"])
def test_a_damaged_table(copy: Path, name: str) -> None:
    (copy / "tables" / f"{name}.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(InputError, match=f"{name}.parquet cannot be read as a Parquet table") as caught:
        load_build(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, "{", "{}", "[]", '{"documents": 3}'])
def test_a_report_that_is_none(copy: Path, content: str | None) -> None:
    if content is None:
        (copy / "report.json").unlink()
    else:
        (copy / "report.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as a build's report"):
        ledgers(copy)


def test_a_build_without_its_texts_still_has_its_facts(copy: Path) -> None:
    shutil.rmtree(copy / "text")
    (one,) = load_build(copy)
    assert one.text is None
    assert len(one.items) == 2
