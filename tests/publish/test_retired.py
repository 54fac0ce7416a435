from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from plan_graph.errors import InputError
from plan_graph.graph.store import open_store, read_quads
from plan_graph.iri import DCTERMS, OWL
from plan_graph.publish import problems
from plan_graph.publish.dumps import write_dumps
from plan_graph.publish.making import site_of
from plan_graph.publish.release import Release
from plan_graph.publish.retired import retired, write_retired

from .conftest import released


@pytest.fixture
def earlier(small: Release, tmp_path: Path) -> Path:
    """The small release as it was published."""
    write_dumps(small, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def revised(revised_build: Path, earlier: Path) -> Release:
    return replace(released(revised_build), earlier=(earlier,))


def test_what_is_gone_says_what_took_its_place(revised: Release, small: Release) -> None:
    found = {one.iri.removeprefix(revised.base): one.replaced_by for one in retired(revised)}
    assert found["task/plan-a/2016-002"] == (f"{revised.base}task/plan-a/2016-001",)
    assert found["participation/plan-a/2016-002/responsible-1"] == (f"{revised.base}task/plan-a/2016-001",)
    assert found["task/plan-b/2016-001"] == () == found["plan/plan-b"]
    assert "task/plan-a/2016-001" not in found, "it is there, though it is another task now"
    known = {str(quad.subject)[1:-1] for quad in read_quads(revised.build)}
    before = {str(quad.subject)[1:-1] for quad in read_quads(small.build)}
    assert {f"{revised.base}{one}" for one in found} == {one for one in before - known if one.startswith(revised.base)}


def test_it_is_written_as_rdf_with_all_that_changed(revised: Release, tmp_path: Path) -> None:
    made = write_retired(revised, tmp_path / "out")
    stated = {quad.triple for quad in parse(path=str(tmp_path / "out/retired.ttl"), format=RdfFormat.TURTLE)}
    old, new = (NamedNode(f"{revised.base}task/plan-a/{one}") for one in ("2016-002", "2016-001"))
    assert Triple(old, DCTERMS.isReplacedBy, new) in stated
    assert {one.subject.value for one in stated if one.predicate == OWL.deprecated} == {
        one.iri for one in retired(revised)
    }
    (changes,) = [one for one in made if one.parts[0] == "changes"]
    content = (tmp_path / "out" / changes).read_text(encoding="utf-8")
    assert "as:Move" in content and "as:Delete" in content


def test_without_an_earlier_release_nothing_is_gone(small: Release, tmp_path: Path) -> None:
    assert retired(small) == ()
    assert write_retired(small, tmp_path) == []
    assert retired(replace(small, earlier=(small.build,))) == ()


def test_a_published_release_is_read_as_its_build(small: Release, earlier: Path) -> None:
    assert set(read_quads(earlier)) == set(read_quads(small.build))
    assert len(open_store(earlier)) == len(small.store)


def test_a_packed_file_that_is_cut_is_said_to_be_no_rdf(small: Release, tmp_path: Path) -> None:
    content = gzip.compress(small.graph.read_bytes())
    (tmp_path / "cut.nq.gz").write_bytes(content[: len(content) // 2])
    for reader in (open_store, lambda path: list(read_quads(path))):
        with pytest.raises(InputError, match="not valid"):
            reader(tmp_path / "cut.nq.gz")


def test_the_page_of_what_is_gone_leads_to_what_took_its_place(revised: Release) -> None:
    lost = retired(revised)
    pages = {name: content.decode() for name, content in problems.files(revised, site_of(revised, lost), lost)}
    gone = html.fromstring(pages["task/plan-a/2016-002.html"])
    assert "2016-001" in "".join(gone.xpath("//main//a/@href"))
    assert "接替它的是" in gone.text_content()
    english = pages[next(name for name in pages if name.endswith("task/plan-a/2016-002.html") and name[0] != "t")]
    assert "Its place was taken by" in english
    assert "接替它的是" not in pages["task/plan-b/2016-001.html"], "nobody knows"


def test_what_was_gone_stays_gone_though_only_the_release_before_is_named(
    revised: Release, small: Release, revised_build: Path, tmp_path: Path
) -> None:
    """Unless it is there again; and what took a place that is itself gone is followed."""
    second = tmp_path / "second"
    for part in (write_dumps, write_retired):
        part(revised, second)
    before = {one.iri: one.replaced_by for one in retired(revised)}
    third = {one.iri: one.replaced_by for one in retired(replace(released(revised_build), earlier=(second,)))}
    assert third == before != {}
    back = {one.iri for one in retired(replace(small, earlier=(second,)))}
    assert not back & before.keys(), "it is all there again"
    task, other = (f"{revised.base}task/plan-a/{one}" for one in ("2016-002", "2016-009"))
    said = f"<{other}> <{DCTERMS.isReplacedBy.value}> <{task}> ; <{OWL.deprecated.value}> true ."
    with (second / "retired.ttl").open("a", encoding="utf-8") as file:
        file.write(said)
    third = {one.iri: one.replaced_by for one in retired(replace(released(revised_build), earlier=(second,)))}
    assert third[other] == (f"{revised.base}task/plan-a/2016-001",)
