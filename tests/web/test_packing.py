"""Answers compressed for those who take it: the same content, another ETag, and caches told what it depends on."""

from __future__ import annotations

import gzip
import hashlib
import re

import httpx
import pytest

from plan_graph.web.assets import FOLDER
from plan_graph.web.negotiation import takes_gzip

from .conftest import Served

QUERY = "/sparql?query=SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"
LARGE = {
    "/plans": "text/html",
    QUERY: "application/sparql-results+json",
    QUERY + " # as a page": "text/html",
    "/query/tasks.csv": "text/csv",
    "/query/tasks": "text/html",
    "/tasks.json": "application/json",
    "/task/ln-2016-revitalisation/2016-057.ttl": "text/turtle",
    "/search.json?q=财政": "application/json",
    "/suggest?q=辽宁省": "application/x-suggestions+json",
    "/void.nt": "application/n-triples",
    "/sparql/vocabulary.json": "application/json",
    "/reconcile": "application/json",
    "/static/site.css": "text/css",
    "/static/vendor/codemirror.js": "text/javascript",
}


def sent(served: Served, address: str, accept: str, how: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """Ask, and give the answer with its bytes as they came."""
    every = {"accept": accept, "accept-encoding": how, **headers}
    with served.client.stream("GET", address, headers=every) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize(("address", "accept"), LARGE.items())
def test_the_same_in_fewer_bytes(served: Served, address: str, accept: str) -> None:
    (plain, whole), (packed, few) = (sent(served, address, accept, how) for how in ("identity", "gzip"))
    assert plain.status_code == packed.status_code == 200
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["content-type"].startswith(accept)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(few) < len(whole)
    assert gzip.decompress(few) == whole
    assert "Accept-Encoding" in plain.headers["vary"] and "Accept-Encoding" in packed.headers["vary"]
    if "etag" in plain.headers:
        marks = {"identity": plain.headers["etag"], "gzip": packed.headers["etag"]}
        assert len(set(marks.values())) == 2
        for how, mark in marks.items():
            for known in marks.values():
                again, rest = sent(served, address, accept, how, **{"if-none-match": known})
                assert (again.status_code, not rest) == ((304, True) if known == mark else (200, False))
                assert again.headers["etag"] == mark


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        ("/query/tasks.xlsx", "*/*"),  # a ZIP
        ("/sparql?query=ASK{}", "application/sparql-results+json"),  # short
        ("/nothing-here", "text/html"),  # an error
        ("/dump.nq", "*/*"),  # a file of which ranges are sent
    ],
)
def test_what_is_sent_as_it_is(served: Served, address: str, accept: str) -> None:
    (plain, whole), (asked, same) = (sent(served, address, accept, how) for how in ("identity", "gzip"))
    assert "content-encoding" not in asked.headers
    assert asked.headers.get("etag") == plain.headers.get("etag") or "xlsx" in address
    assert same == whole or "xlsx" in address


def test_a_script_for_old_clients_is_readable(served: Served) -> None:
    answer, script = sent(served, "/reconcile?callback=f", "*/*", "gzip")
    assert script.startswith(b"/**/f({") and "content-encoding" not in answer.headers


def test_a_file_named_by_its_hash_is_kept_for_good_and_others_are_asked_for_again(served: Served) -> None:
    mark = hashlib.blake2b((FOLDER / "site.css").read_bytes(), digest_size=8).hexdigest()
    for query, kept in (
        (f"?v={mark}", "public, max-age=31536000, immutable"),
        ("", "no-cache"),
        ("?v=old", "no-cache"),
    ):
        assert served.client.get(f"/static/site.css{query}").headers["cache-control"] == kept
    pages = [served.client.get(address, headers={"accept": "text/html"}).text for address in ("/network", "/gone")]
    for address in {one for page in pages for one in re.findall(r'"(/static/[^"]+)"', page)}:
        assert served.client.get(address).headers["cache-control"].endswith("immutable"), address
    assert served.client.head("/static/site.css").headers["content-type"] == "text/css; charset=utf-8"
    assert served.client.get("/static/").status_code == 404


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP;Q=1", True),
        ("x-gzip", True),
        ("br;q=1.0, *;q=0.1", True),
        ("deflate, gzip;q=0.001", True),
        ("gzip; q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("notgzip", False),
        ("", False),
    ],
)
def test_who_takes_gzip(header: str, taken: bool) -> None:
    assert takes_gzip(header) is taken
