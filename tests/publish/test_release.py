from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plan_graph.errors import InputError
from plan_graph.publish.release import Publisher, Release, release
from plan_graph.reports.words import Words

BASE = "https://example.org/id/"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / "report.json").write_text(json.dumps({"base": BASE}), encoding="utf-8")
    (tmp_path / "graph.nq").write_bytes(b"")
    os.utime(tmp_path / "graph.nq", (1_700_000_000, 1_700_000_000))
    return tmp_path


def test_what_is_not_said_comes_from_the_build(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = release(build)
    assert (made.base, made.site) == (BASE, BASE)
    assert (made.version, made.issued) == ("2023-11-14", date(2023, 11, 14))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert release(build).version == "1970-01-02"
    assert release(build, issued=date(2026, 1, 2)).version == "2026-01-02"
    assert (
        release(build, version="1.2", site="https://a.example/x/").address("void.ttl") == "https://a.example/x/void.ttl"
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"base": "https://other.example/"}, "base IRI"),
        ({"site": "example.org"}, "address of a site"),
        ({"site": "https://example.org/no-slash"}, "address of a site"),
        ({"version": "1 2"}, "version"),
        ({"version": "../1"}, "version"),
        ({"endpoint": "ftp://example.org/"}, "not an address"),
        ({"previous": "https://example.org/a b/"}, "not an address"),
        ({"previous": "https://example.org/a"}, "address of a release"),
        ({"publisher": Publisher(kind="Cooperative")}, "kind of publisher"),
        ({"publisher": Publisher(contact="a@b.example")}, "not an address"),
    ],
)
def test_what_cannot_be_published_is_refused(build: Path, given: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        release(build, **given)


def test_a_folder_that_is_no_build_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a build folder"):
        release(tmp_path)


@pytest.mark.parametrize("empty", [Words("", "Plans"), Words("计划", " ")])
def test_a_release_and_its_publisher_have_names_in_both_languages(small: Release, empty: Words) -> None:
    for stated in ({"title": empty}, {"publisher": Publisher(empty)}):
        with pytest.raises(InputError, match="in Chinese and in English"):
            release(small.build, **stated)
