"""The service beside `oxigraph serve` and rdflib-endpoint: named queries, hostile queries, many clients; one run.

    python benchmarks/service.py [--graph build] [--seconds 10] [--clients 8] [--crowd 200] [--crowd-seconds 60]

1. Requests a second, median and 99th percentile of the named queries that need no parameter, asked one after another
   by so many clients over kept connections, as SPARQL JSON over HTTP, of each server in turn.
2. The hostile queries: how many each server ended within its limit of two seconds and one more, and whether a small
   query was answered meanwhile. Where a server cannot be stopped it is killed.
3. A crowd: named queries from so many clients for so long, with the hostile queries meanwhile; errors, latencies, and
   the memory of the server before and after.

Only addresses of this machine are asked. The client is the same for all and runs beside them on the same processors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from plan_graph.graph.queries import named_queries

ROOT = Path(__file__).parent.parent
LIMIT = 2
_PATIENCE = 30.0  # seconds, after which a client gives up
_COLD = 20.0  # seconds, in which little is kept yet
ASK = "ASK { ?s ?p ?o }"
HOSTILE = {
    "product of four patterns": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "paths over everything": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|^!<x:b>)* ?b . ?b (!<x:a>|^!<x:b>)* ?c }",
    "regular expression on a product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
    "FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(a*)*(b*)*c$')) }",
    "text that doubles": "SELECT (STRLEN(?x8) AS ?n) { VALUES ?x0 { '0123456789abcdef0123456789abcdef' } "
    + " ".join(f"BIND(CONCAT({', '.join([f'?x{at}'] * 16)}) AS ?x{at + 1})" for at in range(8))
    + " }",
    "product in NOT EXISTS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c "
    "FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?i && ?c = 1) } }",
}


@dataclass
class Server:
    """A server that runs: its name, the address of its endpoint, its process."""

    name: str
    address: str
    process: subprocess.Popen[bytes]


@dataclass
class Figures:
    """What was measured of one server."""

    name: str
    requests: int = 0
    errors: int = 0
    a_second: float = 0.0
    median_ms: float = 0.0
    p99_ms: float = 0.0
    hostile_in_time: int = 0
    hostile: dict[str, str] = field(default_factory=dict)
    answered_meanwhile: int = 0


# --- a client ---------------------------------------------------------------------------------------------------------


class Connection:
    """One kept HTTP connection, spoken to as plainly as possible."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port, self.path = str(parts.hostname), int(parts.port or 80), parts.path
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str) -> int:
        """Ask a query; give the status. The body is read to its end."""
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port, limit=1 << 26)
        reader, writer = self.streams
        body = urlencode({"query": query}).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept: application/sparql-results+json\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            writer.write(head.encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            if length := re.search(r"\r\ncontent-length: *(\d+)", answer):
                await reader.readexactly(int(length[1]))
            else:
                while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                    await reader.readexactly(size + 2)
                await reader.readuntil(b"\r\n")
            if "\r\nconnection: close" in answer:
                await self.close()
            return int(answer.split()[1])
        except (OSError, EOFError, ValueError, asyncio.CancelledError):
            await self.close()
            raise

    async def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def crowd(
    address: str, queries: Sequence[str], clients: int, seconds: float
) -> tuple[list[tuple[float, float]], int]:
    """Let so many clients ask these queries in turn; give of each answer when it was asked for and the milliseconds.

    Also how many failed: another status, a connection that broke, or no answer in ``_PATIENCE`` seconds.
    """
    taken: list[tuple[float, float]] = []
    start = time.perf_counter()
    failed = 0
    until = time.perf_counter() + seconds

    async def client(first: int) -> None:
        nonlocal failed
        connection = Connection(address)
        at = first
        while time.perf_counter() < until:
            begun = time.perf_counter()
            try:
                status = await asyncio.wait_for(connection.ask(queries[at % len(queries)]), _PATIENCE)
            except (TimeoutError, OSError, EOFError, ValueError):
                status = 0
            taken.append((begun - start, 1000 * (time.perf_counter() - begun)))
            failed += status != 200
            at += 1
        await connection.close()

    await asyncio.gather(*(client(7 * number) for number in range(clients)))
    return taken, failed


# --- servers ----------------------------------------------------------------------------------------------------------


@contextmanager
def _running(name: str, command: Sequence[str], address: str) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield Server(name, address, process)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def servers(graph: Path, name: str, port: int, folder: Path) -> Iterator[Server]:
    """Start one of the servers over a graph."""
    programs = Path(sys.executable).parent
    if name.startswith("plan-graph"):
        command = [sys.executable, "-m", "plan_graph", "serve", "--graph", str(graph), "--port", str(port)]
        command += ["--timeout", str(LIMIT), "--memory", "1G", *name.split()[1:]]
        address = f"http://127.0.0.1:{port}/sparql"
    elif name == "oxigraph serve":
        store = folder / "store"
        if not store.exists():
            load = [str(programs / "oxigraph"), "load", "--location", str(store), "--file", str(graph)]
            subprocess.run(load, check=True, capture_output=True)
        command = [str(programs / "oxigraph"), "serve-read-only", "--location", str(store)]
        command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph", "--timeout-s", str(LIMIT)]
        address = f"http://127.0.0.1:{port}/query"
    else:
        code = (
            "import sys, uvicorn; from rdflib import Dataset; from rdflib_endpoint import SparqlEndpoint; "
            "graph = Dataset(store='Oxigraph', default_union=True); "
            "graph.parse(sys.argv[1], format='nquads'); "
            "uvicorn.run(SparqlEndpoint(graph=graph, path='/sparql'), port=int(sys.argv[2]), log_level='error')"
        )
        command = [sys.executable, "-c", code, str(graph), str(port)]
        address = f"http://127.0.0.1:{port}/sparql"
    with _running(name, command, address) as server:
        asyncio.run(_ready(address))
        yield server


async def _ready(address: str) -> None:
    for _ in range(600):
        try:
            if await Connection(address).ask(ASK) == 200:
                return
        except (OSError, EOFError, ValueError):
            pass
        await asyncio.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


# --- what is measured -------------------------------------------------------------------------------------------------


async def hostile(address: str) -> tuple[dict[str, str], int, int]:
    """Ask each hostile query, a small one meanwhile; give how each ended, how many in time, small ones answered."""
    ends: dict[str, str] = {}
    in_time = answered = 0
    for name, query in HOSTILE.items():
        begun = time.perf_counter()
        asking = asyncio.create_task(Connection(address).ask(query))
        await asyncio.sleep(0.3)
        with suppress(TimeoutError, OSError, EOFError, ValueError):
            answered += await asyncio.wait_for(Connection(address).ask(ASK), LIMIT + 1) == 200
        try:
            status = str(await asyncio.wait_for(asking, 5 * LIMIT))
        except TimeoutError:
            status = "goes on"
        except (OSError, EOFError, ValueError) as error:
            status = type(error).__name__
        seconds = time.perf_counter() - begun
        in_time += seconds <= LIMIT + 1
        ends[name] = f"{status} after {seconds:.1f} s"
    return ends, in_time, answered


def memory(server: Server) -> float:
    """Give the MiB of memory of a server and the processes below it, shared pages counted once a process."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.split()[2:]
    parents = dict(zip(map(int, listed[::2]), map(int, listed[1::2]), strict=True))
    mine = {server.process.pid}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    total = 0
    for pid in mine:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


async def crowded(server: Server, queries: Sequence[str], clients: int, seconds: float) -> dict[str, object]:
    """Measure a crowd with the hostile queries meanwhile."""
    before = memory(server)
    going = asyncio.create_task(_again(server.address, seconds))
    taken, failed = await crowd(server.address, queries, clients, seconds)
    late, asked = await going
    await asyncio.sleep(LIMIT + 1)
    return {
        "clients": clients,
        "seconds": seconds,
        "requests": len(taken),
        "errors": failed,
        "median_ms": round(statistics.median(ms for _, ms in taken), 1),
        "p99_ms": round(_p99([ms for _, ms in taken]), 1),
        "p99_first_20_s_ms": round(_p99([ms for asked, ms in taken if asked < _COLD]), 1),
        "hostile": asked,
        "hostile_late": late,
        "memory_before_mib": round(before, 1),
        "memory_after_mib": round(memory(server), 1),
    }


def _p99(taken: Sequence[float]) -> float:
    return sorted(taken)[int(0.99 * len(taken))]


async def _again(address: str, seconds: float) -> tuple[int, int]:
    late = asked = 0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for query in HOSTILE.values():
            begun = time.perf_counter()
            with suppress(TimeoutError, OSError, EOFError, ValueError):
                await asyncio.wait_for(Connection(address).ask(query), _PATIENCE)
            late += time.perf_counter() - begun > LIMIT + 1
            asked += 1
    return late, asked


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=ROOT / "build")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--crowd", type=int, default=200)
    parser.add_argument("--crowd-seconds", type=float, default=60)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    graph = told.graph / "graph.nq" if told.graph.is_dir() else told.graph
    if not graph.is_file():
        raise SystemExit(f"no graph at {told.graph}; run make run first, or name one with --graph")
    queries = [q.sparql for q in named_queries().values() if not any(p.required for p in q.parameters)]
    print(f"{len(queries)} named queries, {told.clients} clients, {told.seconds:g} s; {os.cpu_count()} processors")
    every: list[Figures] = []
    crowd_figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        names = ("plan-graph", "plan-graph --cache 0", "oxigraph serve", "rdflib-endpoint")
        for port, name in enumerate(names, start=18_081):
            with servers(graph, name, port, Path(folder)) as server:
                taken, failed = asyncio.run(crowd(server.address, queries, told.clients, told.seconds))
                figures = Figures(name, len(taken), failed, len(taken) / told.seconds)
                figures.median_ms = statistics.median(ms for _, ms in taken)
                figures.p99_ms = _p99([ms for _, ms in taken])
                figures.hostile, figures.hostile_in_time, figures.answered_meanwhile = asyncio.run(
                    hostile(server.address)
                )
                every.append(figures)
                _show(figures)
            if name == "plan-graph":
                with servers(graph, name, port + 100, Path(folder)) as server:
                    crowd_figures = asyncio.run(crowded(server, queries, told.crowd, told.crowd_seconds))
                    print("  a crowd, with hostile queries meanwhile:", json.dumps(crowd_figures))
    for ours in every[:2]:
        for peer in every[2:]:
            print(f"{ours.name} : {peer.name} = {ours.a_second / max(peer.a_second, 1e-9):.2f} requests a second")
    if told.json:
        told.json.write_text(json.dumps({"servers": [asdict(f) for f in every], "crowd": crowd_figures}, indent=1))


def _show(figures: Figures) -> None:
    print(
        f"{figures.name:16} {figures.a_second:8.1f} requests/s  median {figures.median_ms:7.1f} ms  p99 "
        f"{figures.p99_ms:8.1f} ms  {figures.errors} errors; hostile ended in time {figures.hostile_in_time} of "
        f"{len(HOSTILE)}, others answered meanwhile {figures.answered_meanwhile} of {len(HOSTILE)}",
        flush=True,
    )
    for name, end in figures.hostile.items():
        print(f"    {name}: {end}", flush=True)


if __name__ == "__main__":
    main()
