"""plan-graph resolve and plan-graph unresolved: answers, exit codes, and what cannot be used."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest


def test_a_name_that_resolves_ends_with_0(cli: Any) -> None:
    run = cli("resolve", "市发改委", "--issuer", "广安市人民政府办公室", "--date", "2021-06-01", "--format", "json")
    assert run.returncode == 0, run.stderr.decode()
    answer = json.loads(run.stdout)
    assert answer["issuing_place"] == {"code": "511600", "name": "广安市", "level": "prefecture"}
    (one,) = answer["names"]
    assert (one["rule"], one["body"]["id"], one["body"]["place"]["name"]) == ("pattern", "511600/fgw", "广安市")


def test_a_name_that_does_not_ends_with_1_and_says_why(cli: Any) -> None:
    run = cli("resolve", "财政部", "县财政局", "--issuer", "511600", "--format", "csv")
    assert run.returncode == 1
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode())))
    assert [(row["name"], row["id"], row["reason"]) for row in rows] == [
        ("财政部", "000000/caizheng", ""),
        ("县财政局", "", "which-place"),
    ]


def test_what_became_of_a_body_is_shown(cli: Any) -> None:
    run = cli("--lang", "zh", "resolve", "省工商局", "--issuer", "210000", "--date", "2016-10-30")
    said = run.stdout.decode()
    assert "辽宁省工商行政管理局  (210000/gongshang" in said
    assert "后为: 辽宁省市场监督管理局" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("resolve", "财政部", "--date", "soon"), "--date soon is no date"),
        (("resolve", "财政部", "--issuer", "某某公司"), "the place of the issuer 某某公司 is not known"),
        (("resolve", "财政部", "--authority", "nowhere"), "is missing"),
        (("resolve", " "), "no name was given"),
        (("unresolved", "--graph", "nowhere"), "holds no report.json"),
        (("unresolved", "--rows", "--format", "json"), "--rows is CSV"),
    ],
)
def test_what_cannot_be_used_ends_with_2(cli: Any, arguments: tuple[str, ...], says: str) -> None:
    run = cli(*arguments)
    assert run.returncode == 2
    assert says in run.stderr.decode()
    assert run.stdout == b""


def test_unresolved_names_by_frequency_and_as_rows(cli: Any, built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("unresolved", "--graph", built, "--format", "csv").stdout.decode())))
    assert [(r["name"], r["issuingPlace"], r["mentions"], r["reason"]) for r in rows] == [
        ("省林业局", "210000", "1", "suspected-variant")
    ]
    (row,) = csv.DictReader(io.StringIO(cli("unresolved", "--graph", built, "--rows").stdout.decode()))
    assert (row["id"], row["short"], row["seat"]) == ("210000/", "省林业局", "210000")


def test_a_report_of_another_version_is_refused(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    run = cli("unresolved", "--graph", tmp_path)
    assert run.returncode == 2
    assert "is not a report of this version" in run.stderr.decode()
