from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from plan_graph.errors import InputError
from plan_graph.publish.record import (
    RECORD,
    SUMS,
    check_version,
    citation,
    datacite,
    preceding,
    read_record,
    settled,
    write_citation,
    write_record,
    write_sums,
)
from plan_graph.publish.release import Release
from plan_graph.publish.tables import write_tables

OTHERS = ["https://creativecommons.org/publicdomain/zero/1.0/", "https://example.org/licence", ""]


def with_licence(release: Release, licence: str) -> Release:
    return replace(release, licence=licence)


def test_datacite_fields_are_as_the_schema_has_them(small: Release) -> None:
    from datacite import schema45

    for release in (
        small,
        *(with_licence(small, one) for one in OTHERS),
        replace(small, previous="https://example.org/2025/"),
    ):
        assert list(schema45.validator.iter_errors(datacite(release))) == []
    broken = datacite(small) | {"publicationYear": "soon"}
    assert list(schema45.validator.iter_errors(broken))


@pytest.mark.parametrize(
    ("licence", "fields"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", {"license": "CC-BY-4.0"}),
        (OTHERS[0], {"license": "CC0-1.0"}),
        (OTHERS[1], {"license-url": OTHERS[1]}),
        (OTHERS[2], {}),
    ],
)
def test_the_citation_names_the_licence(small: Release, licence: str, fields: dict[str, str]) -> None:
    made = citation(with_licence(small, licence))
    assert {name: value for name, value in made.items() if name.startswith("license")} == fields
    assert {"cff-version", "message", "title", "authors"} <= made.keys(), "what CFF 1.2.0 requires"


def test_the_citation_is_yaml(small: Release, tmp_path: Path) -> None:
    import yaml

    write_citation(small, tmp_path)
    read = yaml.safe_load((tmp_path / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(read.pop("date-released")) == "2026-01-02"
    assert read == {name: value for name, value in citation(small).items() if name != "date-released"}


def test_checksums_are_those_of_the_files(small: Release, tmp_path: Path) -> None:
    write_tables(small, tmp_path)
    write_record(small, tmp_path)
    write_sums(small, tmp_path)
    lines = (tmp_path / SUMS).read_text(encoding="utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == sorted(
        p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file() and p.name != SUMS
    )
    for line in lines:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path, check=True)


def test_a_release_is_not_changed(small: Release, tmp_path: Path) -> None:
    check_version(small, tmp_path)  # nothing stands there
    write_record(small, tmp_path)
    check_version(small, tmp_path)  # the same again
    check_version(replace(small, version="2026-01-03", title=small.description), tmp_path)
    for other in (replace(small, title=small.description), replace(small, endpoint="https://example.org/sparql")):
        with pytest.raises(InputError, match="a release is not changed"):
            check_version(other, tmp_path)
    (tmp_path / "graph.nq").write_bytes(b"")
    (tmp_path / "report.json").write_text(json.dumps(small.report), encoding="utf-8")
    with pytest.raises(InputError, match="made of other data"):
        check_version(replace(small, build=tmp_path), tmp_path)


def test_a_version_that_is_a_date_gets_a_number(small: Release, tmp_path: Path) -> None:
    versions = []
    for title in (small.title, small.description, small.description, small.publisher.name):
        made = settled(replace(small, title=title), tmp_path, named=False)
        write_record(made, tmp_path)
        versions.append(made.version)
    assert versions == ["2026-01-02", "2026-01-02.2", "2026-01-02.2", "2026-01-02.3"]
    with pytest.raises(InputError, match="a release is not changed"):
        settled(replace(small, version="2026-01-02.3"), tmp_path, named=True)


def test_the_release_before_is_known_by_its_folder(small: Release, tmp_path: Path) -> None:
    for name, version in (("a", "1"), ("b", "2")):
        (tmp_path / name).mkdir()
        write_record(replace(small, version=version, site=f"https://example.org/{name}/"), tmp_path / name)
    places = (tmp_path / "a", tmp_path / "b", small.build)
    assert preceding(places, "") == ("https://example.org/b/", "2")
    assert preceding(places, "https://example.org/a/") == ("https://example.org/a/", "1")
    assert preceding(places, "https://example.org/c/") == ("https://example.org/c/", "")
    assert preceding((), "") == ("", "")


def test_what_is_no_record_is_none(tmp_path: Path) -> None:
    assert read_record(tmp_path) == {}
    (tmp_path / RECORD).write_text("{", encoding="utf-8")
    assert read_record(tmp_path) == {}
