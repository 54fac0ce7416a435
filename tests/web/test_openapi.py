"""The description of the API is OpenAPI, and true of the service: every operation in every form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plan_graph.publish.openapi import openapi
from plan_graph.publish.release import release
from plan_graph.web.pages.registry import ADDRESSES

from .conftest import Served


@pytest.fixture(scope="module")
def described(built: Path) -> dict[str, Any]:
    return openapi(release(built))


def test_it_is_openapi(described: dict[str, Any]) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    broken = {**described, "paths": {"/x/{y}": {"get": {"responses": {}}}}}
    assert list(OpenAPIV31SpecValidator(broken).iter_errors())


def calls(path: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the address and the parameters of each form that an operation has, with its examples."""
    given = {one["name"]: [str(one["example"])] for one in operation["parameters"]}
    for one in operation["parameters"]:
        if one["name"] == "format":
            given["format"] = one["schema"]["enum"]
    for values in itertools.product(*given.values()):
        chosen = dict(zip(given, values, strict=True))
        named = re.findall(r"\{(\w+)\}", path)
        yield path.format(**chosen), {name: value for name, value in chosen.items() if name not in named}


def test_every_operation_answers_as_it_says(served: Served, described: dict[str, Any]) -> None:
    met = set()
    for path, operations in described["paths"].items():
        operation = operations["get"]
        media = operation["responses"]["200"]["content"]
        for address, parameters in calls(path, operation):
            answer = served.client.get(address, params=parameters)
            assert answer.status_code == 200, (address, answer.text[:200])
            assert answer.headers["content-type"].partition(";")[0] in media, address
            met.add(answer.headers["content-type"].partition(";")[0])
    assert len(met) >= 12


def test_what_is_not_there_is_a_problem(served: Served, described: dict[str, Any]) -> None:
    stated = described["paths"]["/task/{document}/{task}.{format}"]["get"]["responses"]["default"]["content"]
    for accept in ("*/*", "application/json", "application/problem+json"):
        answer = served.client.get("/task/nothing/here.json", headers={"accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"].partition(";")[0] in stated
    assert set(described["components"]["schemas"]["Problem"]["properties"]) == set(answer.json())


def test_it_has_every_list_of_the_service(described: dict[str, Any]) -> None:
    lists = {
        re.sub(r"\{form(:\w+)?\}", "{format}", one)
        for one in ADDRESSES.values()
        if re.fullmatch(r"/\w+\.\{form:(table|listed)\}", one)
    }
    assert lists and lists <= set(described["paths"])
