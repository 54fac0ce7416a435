"""What a public endpoint must survive, each against the running service: see docs/how-to/serve.md."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from plan_graph.web.sparql.request import FORM

from .conftest import Served, alive, children, serving

LIMIT = 1.0
PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG_ANSWERS = {
    "cross product": PRODUCT,
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "property path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:a>|^!<x:b>)* ?c }",
    "pattern of patterns": 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(a*)*(b*)*c{1,50}$")) }',
    "nested optionals": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i FILTER(?i != ?c) } } }",
    "product in EXISTS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?i && ?c = 1) } }",
}


@pytest.fixture(scope="module")
def hurt(built: Path) -> Iterator[Served]:
    """A service that is asked what nobody should ask."""
    with serving(built, "--timeout", str(LIMIT), "--memory", "256M", "--workers", "2", "--max-rows", "1000") as one:
        yield one


def ended(served: Served) -> dict[str, int]:
    lines = served.client.get("/metrics").text.splitlines()
    return {line.split('"')[1]: int(line.split()[-1]) for line in lines if line.startswith("plan_graph_queries_total")}


def gauge(served: Served, name: str) -> int:
    lines = served.client.get("/metrics").text.splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"plan_graph_{name} "))


def until(holds: Callable[[], bool]) -> bool:
    """Wait up to 20 s until something holds."""
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("query", LONG_ANSWERS.values(), ids=LONG_ANSWERS.keys())
def test_a_query_without_end_is_ended_and_others_go_on(hurt: Served, query: str) -> None:
    before = ended(hurt)
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: answers.append(hurt.query(query)))
    asking.start()
    while asking.is_alive():  # as long as it runs, a second client is answered
        assert hurt.query("ASK { ?s ?p ?o }").json()["boolean"] is True
        time.sleep(0.1)
    (answer,) = answers
    reason = answer.headers["plan-graph-reason"]
    assert (answer.status_code, reason) in ((504, "timeout"), (503, "memory"))
    assert "上限" in answer.text or "时限" in answer.text
    assert "dump" in answer.headers["link"]
    assert ended(hurt)[reason] == before[reason] + 1


def test_many_of_them_at_once_stop_nobody(hurt: Served) -> None:
    answers: list[int] = []
    with httpx.Client(base_url=hurt.url, timeout=60) as client:

        def one() -> None:
            answers.append(client.post("/sparql", data={"query": PRODUCT}).status_code)

        asking = [threading.Thread(target=one) for _ in range(12)]
        for thread in asking:
            thread.start()
        while any(thread.is_alive() for thread in asking):
            assert hurt.query("ASK { ?s ?p ?o }").status_code in (200, 429)
            time.sleep(0.1)
    assert len(answers) == 12
    assert set(answers) <= {503, 504, 429}
    assert hurt.query("ASK { ?s ?p ?o }").status_code == 200


BOMBS = {
    "CONCAT": "SELECT (STRLEN(?x9) AS ?n) { VALUES ?x0 { '0123456789abcdef0123456789abcdef' } "
    + " ".join(f"BIND(CONCAT({', '.join([f'?x{at}'] * 16)}) AS ?x{at + 1})" for at in range(9))
    + " }",
    "GROUP_CONCAT": "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?c), STR(?f)); separator=', ')) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "DISTINCT": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } }",
}


def memory(number: int) -> int:
    """Give the KiB of memory that a process has in use."""
    status = Path(f"/proc/{number}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS.keys())
def test_memory_is_bounded(hurt: Served, query: str) -> None:
    before = memory(hurt.process.pid)
    answer = hurt.query(query)
    assert answer.status_code in (503, 504), answer.text
    assert answer.headers["plan-graph-reason"] in ("memory", "timeout")
    assert memory(hurt.process.pid) < before + 20_000
    assert hurt.query("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_no_process_is_left_behind(hurt: Served) -> None:
    for _ in range(3):
        assert hurt.query(PRODUCT).status_code == 504
    for _ in range(100):
        workers = children(hurt.process.pid)
        if len(workers) == 3:  # the nursery and two workers
            break
        time.sleep(0.1)
    assert len(workers) == 3


def test_a_client_that_goes_frees_its_worker(built: Path) -> None:
    with serving(built, "--timeout", "300", "--workers", "1") as one:
        for _ in range(5):
            with httpx.Client(base_url=one.url, timeout=1.5) as impatient, pytest.raises(httpx.TimeoutException):
                impatient.post("/sparql", data={"query": PRODUCT})
        for _ in range(200):
            if ended(one)["cancelled"] == 5 and len(children(one.process.pid)) == 2:
                break
            time.sleep(0.1)
        assert ended(one)["cancelled"] == 5
        assert len(children(one.process.pid)) == 2
        assert one.query("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_who_asks_what_is_being_answered_joins_and_may_go_again(built: Path) -> None:
    with serving(built, "--timeout", "300", "--workers", "1") as one:
        body = urlencode({"query": PRODUCT})
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
        address = urlsplit(one.url)
        asking = [socket.create_connection((str(address.hostname), int(address.port or 0))) for _ in range(3)]
        for number, connection in enumerate(asking):
            connection.sendall((head + body).encode())
            assert until(lambda number=number: ended(one)["joined"] == number)  # type: ignore[misc]
        assert until(lambda: gauge(one, "busy") == 1)
        for connection in asking[:2]:  # the first of them is who began it
            connection.close()
        assert one.query("ASK { ?s ?p ?o }").json()["boolean"] is True
        assert (gauge(one, "busy"), ended(one)["cancelled"]) == (1, 0)
        asking[2].close()
        assert until(lambda: gauge(one, "busy") == 0 and ended(one)["cancelled"] == 1)


def test_workers_go_when_the_service_is_killed(built: Path) -> None:
    with pytest.raises(AssertionError, match="gone"), serving(built) as one:
        below = children(one.process.pid)
        assert len(below) >= 2
        one.process.kill()
        one.process.wait()
        for _ in range(100):
            if not any(map(alive, below)):
                break
            time.sleep(0.1)
        assert not any(map(alive, below))
        raise AssertionError("gone")


# --- nothing calls out, nothing reads files -----------------------------------------------------------------------------


@pytest.fixture
def canary() -> Iterator[tuple[int, list[Any]]]:
    """A socket that counts who connects."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        hits: list[Any] = []
        going = True

        def listen() -> None:
            while going:
                try:
                    hits.append(listening.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], hits
        going = False
        thread.join()


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { FILTER NOT EXISTS { { { SERVICE <URL> { ?s ?p ?o } } } } }",
    "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?g) SERVICE SILENT ?g { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { service<URL>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    'SELECT * { ?s ?p ?o FILTER(?s<?o#>"""\n && EXISTS { SERVICE <URL> { ?s ?p ?o } } #"""\n) }',
    "SELECT * { #\n SERVICE #\n <URL> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "BASE <URL> SELECT * FROM <x> { ?s ?p ?o }",
    "PREFIX x: <URL> ASK FROM x:a { ?s ?p ?o }",
    "DESCRIBE ?s FROM <URL> { ?s ?p ?o }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <x:g>",
]


@pytest.mark.parametrize("query", CALLS)
def test_nothing_calls_out(served: Served, query: str, canary: tuple[int, list[Any]]) -> None:
    port, hits = canary
    answer = served.query(query.replace("URL", f"http://127.0.0.1:{port}/x"))
    assert answer.status_code == 400, answer.text
    assert answer.headers["plan-graph-reason"] in ("refused", "bad-request")
    assert not hits


@pytest.mark.parametrize("query", [call for call in CALLS if "SERVICE" not in call.upper() and "SERV" not in call])
def test_nothing_reads_files(served: Served, query: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.nt"
    canary.write_text("<x:s> <x:p> 'secret-canary' .\n")
    os.utime(canary, (1, 1))
    answer = served.query(query.replace("URL", canary.as_uri()))
    assert answer.status_code == 400, answer.text
    assert "secret-canary" not in answer.text
    assert canary.stat().st_atime == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ('SERVICE' AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(?o = 'FROM <http://x/>') } LIMIT 1",
        "PREFIX service: <x:> SELECT * { ?s service:from ?service } LIMIT 1",
        "# SERVICE <http://x/>\nASK {}",
        "SELECT ?from { ?from ?p <http://example.org/SERVICE> }",
        'SELECT * { ?s ?p """a " SERVICE <x> \\"""" } LIMIT 1',
        "SELECT * { ?s ?p 'LOAD'@service } LIMIT 1",
    ],
)
def test_words_that_only_look_like_clauses_are_let_through(served: Served, query: str) -> None:
    assert served.query(query).status_code == 200


def test_from_a_graph_that_is_served_is_answered(served: Served) -> None:
    graph = served.value("SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g LIMIT 1")
    assert int(served.value(f"SELECT (COUNT(*) AS ?n) FROM <{graph}> {{ ?s ?p ?o }}")) > 0
    root, _, last = graph.rpartition("/")
    assert int(served.value(f"PREFIX g: <{root}/> SELECT (COUNT(*) AS ?n) FROM g:{last} {{ ?s ?p ?o }}")) > 0
    assert int(served.value(f"BASE <{root}/> SELECT (COUNT(*) AS ?n) FROM <{last}> {{ ?s ?p ?o }}")) > 0


# --- read only on every door --------------------------------------------------------------------------------------------

INSERT = "INSERT DATA { <x:s> <x:p> <x:o> }"


def test_updates_are_refused_at_every_door(served: Served) -> None:
    before = served.value("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    doors = [
        served.client.get("/sparql", params={"update": INSERT}),
        served.client.get("/sparql", params={"query": INSERT}),
        served.client.post("/sparql", data={"update": INSERT}),
        served.client.post("/sparql", data={"query": INSERT}),
        served.client.post("/sparql", content=INSERT, headers={"content-type": "application/sparql-update"}),
        served.client.post("/sparql", content=INSERT, headers={"content-type": "application/sparql-query"}),
        served.client.post("/sparql?update=" + INSERT, data={"query": "ASK {}"}),
        *(served.query(update) for update in ("CLEAR ALL", "DROP DEFAULT", "DELETE WHERE { ?s ?p ?o }")),
        *(served.client.request(method, "/sparql", content=INSERT) for method in ("PUT", "PATCH", "DELETE")),
    ]
    for answer in doors:
        assert 400 <= answer.status_code < 500, answer.request.url
    assert served.value("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


# --- limits are told ----------------------------------------------------------------------------------------------------

ALL = "SELECT * { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("accept", "count"),
    [
        ("application/sparql-results+json", lambda answer: len(answer.json()["results"]["bindings"])),
        ("application/sparql-results+xml", lambda answer: answer.text.count("<result>")),
        ("text/tab-separated-values", lambda answer: answer.text.count("\n") - 1),
    ],
)
def test_a_cut_answer_says_so_and_is_whole(hurt: Served, accept: str, count: Any) -> None:
    answer = hurt.query(ALL, accept)
    assert answer.status_code == 200
    assert answer.headers["plan-graph-truncated"] == "rows"
    assert answer.headers["plan-graph-limit"] == "1000 rows"
    assert answer.headers["plan-graph-rows"] == "1000" == str(count(answer))
    assert "/dump" in answer.headers["link"]


def test_an_answer_as_long_as_the_limit_is_not_cut(hurt: Served) -> None:
    answer = hurt.query(ALL + " LIMIT 1000")
    assert "plan-graph-truncated" not in answer.headers
    assert answer.headers["plan-graph-rows"] == "1000"


def test_cut_triples_say_so(hurt: Served) -> None:
    answer = hurt.query("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert answer.headers["plan-graph-truncated"] == "rows"
    assert answer.text.count("\n") == 1000


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (413, lambda c: c.post("/sparql", data={"query": "ASK {} #" + "x" * 300_000})),
        (413, lambda c: c.post("/sparql", content="x" * 900_000, headers={"content-type": "application/sparql-query"})),
        (400, lambda c: c.post("/sparql", data={"query": "ASK " + "{" * 20_000 + "}" * 20_000})),
        (
            400,
            lambda c: c.post("/sparql", data={"query": "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}"}),
        ),
        (400, lambda c: c.get("/sparql?query=ASK%20%7B%7D%FF")),
        (400, lambda c: c.get("/sparql?query=ASK{}&format=word")),
        (400, lambda c: c.get("/sparql?query=ASK{}&default-graph-uri=%20no%20iri")),
        (406, lambda c: c.get("/sparql?query=ASK{}", headers={"accept": "image/png"})),
        (406, lambda c: c.get("/sparql?query=DESCRIBE+<x:a>", headers={"accept": "text/csv"})),
        (406, lambda c: c.get("/sparql?query=SELECT*{}", headers={"accept": "text/turtle"})),
        (415, lambda c: c.post("/sparql", content="ASK {}", headers={"content-type": "text/plain"})),
        (415, lambda c: c.post("/sparql", files={"query": b"ASK {}"})),
        (400, lambda c: c.post("/sparql", content="query=ASK{}" + "&a" * 2000, headers={"content-type": FORM})),
        (414, lambda c: c.get("/tasks?" + "year=2016&" * 2000)),
        (404, lambda c: c.get("/nothing-here")),
        (404, lambda c: c.get("/static/../app.py")),
        (404, lambda c: c.get("/static/%2e%2e/app.py")),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(served: Served, status: int, ask: Any) -> None:
    answer = ask(served.client)
    assert answer.status_code == status, answer.text[:500]
    assert "Traceback" not in answer.text
    assert "/src/" not in answer.text and "site-packages" not in answer.text
    assert len(answer.text) < 1_000
    assert "/metrics" not in answer.text


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/x.ttl", "/%2Fevil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_host(served: Served, path: str) -> None:
    location = served.client.get(f"/id{path}").headers["location"]
    assert location[0] == "/" and location[1] not in "/\\"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET /tasks?q=项目 HTTP/1.1\r\nHost: x", 200),
        ("GET /query/body-partners.csv?body=省农委 HTTP/1.1\r\nHost: x", 200),
        ("GET /没有 HTTP/1.1\r\nHost: x", 404),
        ("GET /health HTTP/1.0", 200),
        ("GET /health HTTP/1.1", 400),  # which host is meant is not said
        ("GET /health HTTP/1.1\r\nHost: x\r\nHost : y", 400),
    ],
)
def test_requests_as_they_are_sent(served: Served, request_: str, status: int) -> None:
    at = urlsplit(served.url)
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=60) as connection:
        connection.sendall(f"{request_}\r\nConnection: close\r\n\r\n".encode())
        assert int(connection.makefile("rb").readline().split()[1]) == status


@pytest.mark.parametrize(
    ("path", "allowed"), [("/tasks", "GET, HEAD, OPTIONS"), ("/sparql", "GET, HEAD, POST, OPTIONS")]
)
def test_what_may_be_asked_is_told(served: Served, path: str, allowed: str) -> None:
    assert served.client.options(path).headers["allow"] == allowed


def test_an_error_gives_the_place_in_the_query(served: Served) -> None:
    answer = served.query("SELECT ?s {\n  ?s ?p }\n}")
    assert answer.status_code == 400
    assert "line 3, column 1," in answer.text
    assert "第 3 行" in answer.text
    assert served.query("SELECT * {\n SERVICE <x:y> {} }").text.startswith("SERVICE at 2:2 ")


def test_decoded_once(served: Served) -> None:
    query = "SELECT ('%41+%2B' AS ?x) {}"
    assert served.value(query) == "%41+%2B"
    answer = served.client.get("/sparql", params={"query": query})
    assert answer.json()["results"]["bindings"][0]["x"]["value"] == "%41+%2B"


def test_every_origin_may_read_but_without_credentials(served: Served) -> None:
    answer = served.client.get("/sparql?query=ASK{}", headers={"origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = served.client.options(
        "/sparql",
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert asked.status_code in (200, 204)
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "content-type" in asked.headers["access-control-allow-headers"].lower()


def test_browsers_are_told_to_load_nothing_from_elsewhere(served: Served) -> None:
    for path in ("/", "/sparql?query=ASK{}", "/nothing-here", "/health", "/static/site.css"):
        answer = served.client.get(path, headers={"accept": "text/html"})
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self'")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
