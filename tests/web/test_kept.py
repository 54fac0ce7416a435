"""Answers that are kept: the same, bounded, and never of what changes."""

from __future__ import annotations

import re

import pytest

from plan_graph.web.job import Job, Reply
from plan_graph.web.kept import LONGEST, Kept, key_of

from .conftest import Served


def job(query: str) -> Job:
    return Job("sparql", {"query": query})


def key(query: str) -> bytes:
    made = key_of(job(query))
    assert made is not None
    return made


def test_what_is_kept_is_given_and_the_oldest_goes_first() -> None:
    kept = Kept(1000)
    one, two, three = (key(f"ASK {{}} # {name}") for name in "abc")
    kept.put(one, Reply(), b"1" * 300)
    kept.put(two, Reply(), b"2" * 300)
    assert kept.get(one) == (Reply(), b"1" * 300)
    kept.put(three, Reply(), b"3" * 300)
    assert kept.get(two) is None  # asked for longest ago
    assert kept.get(one) is not None and kept.get(three) is not None
    assert len(kept) == 2
    assert kept.length <= 1000


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?n) {}", "SELECT (rand() AS ?n) {}", "SELECT (STRUUID() AS ?n) {}"]
)
def test_what_changes_is_not_kept(query: str) -> None:
    assert key_of(job(query)) is None


def test_errors_and_long_answers_are_not_kept() -> None:
    kept = Kept(10 * LONGEST)
    kept.put(key("a"), Reply(400), b"no")
    kept.put(key("b"), Reply(), b"x" * (LONGEST + 1))
    assert len(kept) == 0
    nothing = Kept(0)
    nothing.put(key("a"), Reply(), b"x")
    assert len(nothing) == 0


def test_an_answer_asked_for_again_is_the_same_and_costs_no_worker(served: Served) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p LIMIT 7 # kept"
    first, again = served.query(query), served.query(query)
    assert again.content == first.content
    assert {k: v for k, v in again.headers.items() if k != "date"} == {
        k: v for k, v in first.headers.items() if k != "date"
    }
    assert int(re.findall(r'outcome="kept"} (\d+)', served.client.get("/metrics").text)[0]) >= 1
    assert served.query(query, "text/csv").headers["content-type"].startswith("text/csv")
    changing = "SELECT (STRUUID() AS ?n) {}"
    assert len({served.value(changing) for _ in range(6)}) == 6  # of all workers
