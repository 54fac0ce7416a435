"""A release as a whole: pages and all parts in one folder, the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from plan_graph.cli import main
from plan_graph.publish.check import broken
from plan_graph.publish.parts import PARTS
from plan_graph.publish.release import Release
from plan_graph.publish.whole import publish

from .made import FIRST, made, released

WANTED = {
    *("catalog.ttl", "void.ttl", ".well-known/void", "context.jsonld", "openapi.json", "CITATION.cff", "datacite.json"),
    *("SHA256SUMS", "release.json", "dumps/graph.nq.gz", "tables/tasks.csv", "tables/csv-metadata.json"),
    *("networks/any.gexf", "frames/task.jsonld", "ontology/shapes.ttl", "ns/0.1.0.ttl", "index.html", "ns/index.html"),
}


def contents(out: Path) -> dict[str, str]:
    return dict(json.loads((out / "contents.json").read_text(encoding="utf-8"))["files"])


def test_all_parts_stand_beside_the_pages(small: Release, tmp_path: Path) -> None:
    publish(small, tmp_path / "a")
    publish(replace(small), tmp_path / "b")
    found = contents(tmp_path / "a")
    assert found.keys() >= WANTED
    assert found == contents(tmp_path / "b")
    assert list(broken(tmp_path / "a", small.site)) == []
    assert len({name for name, _ in PARTS}) == len(PARTS)


def test_links_to_a_statement_that_decides_roles_find_it(tmp_path: Path) -> None:
    """It stands within a clause, where no other fact begins."""
    ruled = FIRST.replace(
        "（牵头单位：省商务厅；配合单位：省财政厅、大连海关）", "（省商务厅、省财政厅负责。列第一位者为牵头单位，下同）"
    )
    assert ruled != FIRST
    site = released(made(tmp_path, ruled))
    publish(site, tmp_path / "site")
    begin = ruled.index("列第一位者")
    assert f'<span class="mark rule" id="char-{begin}"' in (tmp_path / "site/document/alpha.html").read_text("utf-8")
    assert list(broken(tmp_path / "site", site.site)) == []


@pytest.mark.parametrize(("given", "said"), [((), "2026-"), (("--version", "1.0"), "1.0")])
def test_the_command_says_who_publishes_and_keeps_a_release(
    small_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr("plan_graph.publish.pages.jobs", lambda _: [])  # no pages: they have tests of their own
    command = [
        "publish",
        "--graph",
        str(small_build),
        "--out",
        str(tmp_path / "site"),
        "--date",
        "2026-01-02",
        "--jobs",
        "1",
        *given,
    ]
    who = [
        "--publisher",
        "沈阳市",
        "Shenyang",
        "--publisher-kind",
        "LocalAuthority",
        "--contact",
        "mailto:a@example.org",
    ]
    first = CliRunner().invoke(main, [*command, *who])
    assert first.exit_code == 0, first.output
    catalogue = (tmp_path / "site/catalog.ttl").read_text(encoding="utf-8")
    assert '"沈阳市"@zh' in catalogue and "LocalAuthority" in catalogue and "mailto:a@example.org" in catalogue
    record = json.loads((tmp_path / "site/release.json").read_text(encoding="utf-8"))
    assert record["version"].startswith(said)
    other = CliRunner().invoke(main, [*command, "--title", "甲", "A"])
    if given:
        assert other.exit_code == 2 and "a release is not changed" in other.output
    else:
        again = json.loads((tmp_path / "site/release.json").read_text(encoding="utf-8"))
        assert other.exit_code == 0 and again["version"] == "2026-01-02.2"
