from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from plan_graph.iri import PREFIXES
from plan_graph.publish.dumps import write_dumps
from plan_graph.publish.frames import FRAMES, Key, frame, write_frames
from plan_graph.publish.release import Release


@pytest.fixture(scope="module")
def framed(small: Release, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[dict[str, Any]]]:
    """What each frame makes of the dump, in another program's reading of the standard."""
    from pyld import jsonld

    folder = tmp_path_factory.mktemp("frames")
    write_dumps(small, folder)
    dump = json.loads(gzip.decompress((folder / "dumps/graph.jsonld.gz").read_bytes()))
    made = {}
    for file in write_frames(small, folder):
        document = jsonld.frame(dump, json.loads((folder / file).read_text(encoding="utf-8")))
        document.pop("@context")
        found = document.get("@graph", [document])
        made[file.stem] = [one for one in found if one]
    return made


@pytest.mark.parametrize("kind", [kind for kind in FRAMES if kind != "lineage"])
def test_a_frame_gives_every_resource_of_its_class_as_plain_json(
    small: Release, framed: Mapping[str, list[dict[str, Any]]], kind: str
) -> None:
    wanted, keys = FRAMES[kind]
    classes = " ".join(f"<{PREFIXES[one.partition(':')[0]]}{one.partition(':')[2]}>" for one in wanted)
    query = f"SELECT ?s {{ ?s a ?class VALUES ?class {{ {classes} }} }}"
    answer: Any = small.store.query(query, use_default_graph_as_union=True)
    assert {one["id"] for one in framed[kind]} == {row[0].value for row in answer} != set()
    for one in framed[kind]:
        assert set(names_of(one)) <= {"id", "type", "zh", "en", *names_in(keys)}


def names_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from names_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_of(inner)


def names_in(keys: Mapping[str, Key]) -> Iterator[str]:
    for name, key in keys.items():
        yield name
        yield from names_in(key.inside)


def test_a_task_is_what_a_web_developer_expects(small: Release, framed: Mapping[str, list[dict[str, Any]]]) -> None:
    (task,) = [one for one in framed["task"] if one["id"].endswith("plan-a/2016-001")]
    parties = [(one["role"], one["participant"]["name"]["zh"], one["nameAsWritten"]) for one in task["participations"]]
    assert sorted(parties) == [
        ("pgrole:lead", "沈阳市财政局", "市财政局"),
        ("pgrole:support", "沈阳市各县（市、区）人民政府", "各县人民政府"),
        ("pgrole:support", "沈阳市水利局", "市水利局"),
    ]
    assert (task["identifier"], task["year"], task["number"]) == ("2016-001", "2016", 1)
    assert task["text"] == "推进政务服务“一网通办”，新建平台2个。"
    assert task["plan"] == f"{small.base}plan/plan-a"
    assert isinstance(task["passages"], list)


def test_a_frame_has_the_classes_and_properties_of_the_graph(small: Release) -> None:
    """A name misspelt in a frame would give nothing, and nobody would see it."""
    used = {quad.predicate.value for quad in small.store}
    never = {"eli:id_local", "eli:date_document", "eli:passed_by", "skos:closeMatch", "pg:validFrom", "pg:validUntil"}
    never |= {f"pg:{one}" for one in ("lineageKind", "score", "earlier", "later", "sharedWording")}  # not in this plan

    def terms(keys: Mapping[str, Key]) -> Iterator[str]:
        for key in keys.values():
            yield key.term
            yield from terms(key.inside)

    for _, keys in FRAMES.values():
        for term in terms(keys):
            prefix, _, name = term.partition(":")
            assert term in never or PREFIXES[prefix] + name in used, term


def test_a_firm_is_a_body_too() -> None:
    from pyld import jsonld

    firm = {"@id": "https://example.org/a", "@type": f"{PREFIXES['org']}FormalOrganization"}
    assert jsonld.frame(firm, frame("body"))["id"] == "https://example.org/a"
