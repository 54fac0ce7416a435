"""Pages first asked: what each kind of page costs a worker that has answered nothing yet, and how long it is.

    python benchmarks/pages.py [--graph build] [--runs 3] [--over 100] [--only WORD] [--json FILE]

The service is prepared as `plan-graph serve` prepares it when it starts and in its first quiet seconds after that (what
the latter takes is shown). Then each address, in Chinese and in English,
is asked of a worker that is forked for it alone, as a browser asks it (compressed), by way of the application that the
server runs. Shown are the least of the runs: milliseconds of the worker from question to answer, in processor time,
which other work on the machine changes little, and by the clock; and the bytes of the page before compression. The
calibration is the time of a loop of a million multiplications, which says how fast the processor was in this run. Ends
with 1 where a page takes more than --over ms of processor time, or has more than 100 KB and is not the explorer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from plan_graph.web.app import application
from plan_graph.web.job import LENGTH, Job, Reply, receive
from plan_graph.web.limits import Limits
from plan_graph.web.pool import Answer
from plan_graph.web.site import Site
from plan_graph.web.worker import prepare, serve

ROOT = Path(__file__).parent.parent
LONGEST = 100 * 1024  # bytes of a page without the explorer
HEADERS = {"accept": "text/html", "accept-encoding": "gzip"}
LANGUAGES = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Figures:
    """What one address took: milliseconds of processor time and of wall clock, and bytes of the answer."""

    address: str
    lang: str
    status: int
    cpu_ms: float
    wall_ms: float
    length: int


class Fresh:
    """In the place of the pool: every question goes to a worker of its own, which ends after it."""

    def __init__(self, site: Site, known: dict[str, Any], remembered: Path) -> None:
        self.site, self.known, self.limits = site, known, site.limits
        self.cpu = self.wall = 0.0
        self.remembered, self.first = remembered, set(remembered.iterdir())

    async def ask(self, job: Job) -> Answer:
        """Fork a worker, have a small job done, as it does when it is ready, then this one, and count what that took.

        What workers write for each other is taken away again.
        """
        ours, theirs = socket.socketpair()
        worker = os.fork()
        if worker == 0:
            ours.close()
            try:
                serve(self.site, theirs)
            finally:
                os._exit(0)
        theirs.close()
        with ours:
            _done(ours, Job("context"))
            cpu, begun = _processor_ms(worker), time.perf_counter()
            answer = _done(ours, job)
            self.wall = 1000 * (time.perf_counter() - begun)
            self.cpu = _processor_ms(worker) - cpu
        os.waitpid(worker, 0)
        for file in set(self.remembered.iterdir()) - self.first:
            file.unlink()
        return answer


def _done(channel: socket.socket, job: Job) -> Answer:
    with tempfile.TemporaryFile(buffering=0) as file:
        content = job.pack()
        socket.send_fds(channel, [LENGTH.pack(len(content))], [file.fileno()])
        channel.sendall(content)
        reply = Reply.unpack(receive(channel, LENGTH.unpack(receive(channel, LENGTH.size))[0]))
        return Answer(reply, os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0))


def _processor_ms(process: int) -> float:
    """Give the processor time that a process and its threads have used."""
    tasks = Path(f"/proc/{process}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e6


def addresses(site: Site) -> Iterator[str]:
    """Give addresses of every kind: the busiest of what there are many of, and one in the middle."""
    facts = site.facts
    tasks = sorted(facts.tasks, key=lambda task: len(task.parties) + len(task.targets))
    busy = Counter(party.body for task in tasks for party in task.parties).most_common()
    agents = [facts.agents[one] for one, _ in busy]
    single = [one for one in agents if one.single]
    year = site.coordination.years[-1]
    first, second = single[0], single[1]
    pair = urlencode({"a": first.short, "b": second.short})
    (left, right) = sorted((first.id.replace("/", "."), second.id.replace("/", ".")))
    plan = next(iter(facts.plans.values()))
    theme = max(facts.themes.values(), key=lambda one: sum(one.key in of for of in facts.themes_of.values()))
    yield from ("/", "/plans", "/tasks", "/bodies", "/places", "/themes", "/documents", "/ledger", "/queries", "/ns")
    for task in (tasks[-1], tasks[len(tasks) // 2]):
        yield f"/task/{task.plan}/{task.id}"
    for one in (single[0], single[len(single) // 2], *(next((a for a in agents if not a.single), None),)):
        if one is not None:
            yield one.address
    yield next((one.address for one in agents if one.kind == "unresolved"), "/bodies?kind=unresolved")
    for place, _ in Counter(place.code for task in tasks for place in task.places).most_common(2):
        yield f"/place/{place}"
    yield from (theme.address, plan.address, f"/document/{plan.id}", f"/document/{plan.id}?part=all", "/theme/")
    yield from (f"/document/{plan.id}?part=2", "/resource-that-is-not-there", "/body/210000/nobody")
    filters: list[dict[str, str | int]] = [
        {"year": year},
        {"q": "项目"},
        {"body": first.short},
        {"body": first.short, "role": "lead"},
        {"theme": theme.name},
        {"year": year, "body": first.short, "has": "target"},
        {"has": "nosupport"},
        {"place": "大连市"},
    ]
    yield from (f"/tasks?{urlencode(one)}" for one in filters)
    yield from (
        "/bodies?sort=name",
        f"/bodies?{urlencode({'q': '厅'})}",
        f"/bodies?year={year}",
        "/tasks?q=没有这样的词",
    )
    yield from (
        f"/network{query}" for query in ("", f"?year={year}", "?layer=lead-support", "?q=0.05", f"?plan={plan.id}")
    )
    yield from (f"/network.json{query}" for query in ("", f"?year={year}", f"?plan={plan.id}"))
    yield f"/network?{urlencode({'body': first.short})}"
    yield from (f"/{kind}/{period}/{left}/{right}" for kind in ("tie", "directed-tie") for period in ("all", year))
    yield from (f"/network?{urlencode({'theme': theme.name, **more})}" for more in ({}, {"year": year}))
    for query in (
        "",
        "?top=0",
        "?top=0&page=2",
        "?top=0&value=ratio",
        f"?year={year}",
        "?value=ratio",
        "?order=cluster",
        "?order=kind",
        f"?plan={plan.id}",
    ):
        yield f"/overlap{query}"
    years = f"from={site.coordination.years[0]}&to={year}"
    yield from ("/compare", f"/compare?{pair}", f"/compare?{pair}&year={year}", f"/compare?{pair}&plan={plan.id}")
    yield from ("/compare-years", f"/compare-years?{years}", f"/compare-years?{years}&layer=lead-support")
    for word in ("", "?q=" + quote("项目"), "?q=" + quote("省财政厅"), "?q=" + quote("没有这样的词"), "?q=2016-057"):
        yield f"/search{word}"
    yield from (f"/suggest?q={quote(word)}" for word in ("省", "财政", "dalian", "x"))
    yield from (
        "/sparql",
        "/sparql/vocabulary.json",
        "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 50"}),
    )
    yield from (
        f"/query/{name}"
        for name in ("plans", "tasks", "bodies", "lineage", "names-as-written", "text-facts?document=" + plan.id)
    )
    yield from (
        f"{first.address}.ttl",
        f"{first.address}.jsonld",
        "/void.ttl",
        f"/task/{tasks[-1].plan}/{tasks[-1].id}.ttl",
    )
    for file in ("tasks.csv", "tasks.xlsx", "bodies.csv", "overlap.csv", f"compare.xlsx?{pair}"):
        yield f"/{file}"


async def measure(fresh: Fresh, address: str, lang: str, runs: int) -> Figures:
    """Ask an address so often; give the least of each figure."""
    app = application(fresh)  # type: ignore[arg-type]
    taken: list[tuple[float, float]] = []
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for _ in range(runs):
            fresh.cpu = fresh.wall = 0.0
            answer = await client.get(address, headers={**HEADERS, "accept-language": LANGUAGES[lang]})
            taken.append((fresh.cpu, fresh.wall))
    cpu, wall = (round(min(one), 1) for one in zip(*taken, strict=True))
    return Figures(address, lang, answer.status_code, cpu, wall, len(answer.content))


def calibration() -> float:
    """Give the milliseconds of processor time of work that is always the same."""
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        sum(one * one % 7 for one in range(1_000_000))
        best = min(best, time.process_time() - begun)
    return 1000 * best


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=ROOT / "build")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--over", type=float, default=100.0, help="milliseconds of processor time (default 100)")
    parser.add_argument("--only", default="", help="addresses that contain this")
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    limits = Limits()
    settings: dict[str, Any] = {
        "graph": str(told.graph.absolute()),
        "read_from": None,
        "base": "https://w3id.org/plan-graph/id/",
        "licence": "",
        "earlier": [],
        "limits": asdict(limits),
    }
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        site = prepare(settings, Path(folder))
        print(f"ready after {time.process_time() - begun:.1f} s of processor time", flush=True)
        begun = time.process_time()
        steps = sum(1 for _ in site.coordination.foresee())
        print(
            f"{steps} networks made in quiet times, {time.process_time() - begun:.1f} s of processor time", flush=True
        )
        worker = os.fork()  # what the choice of addresses reads stays out of the workers
        if worker == 0:
            os._exit(_list(site, Path(folder)))
        os.waitpid(worker, 0)
        listed = json.loads((Path(folder) / "addresses").read_text(encoding="utf-8"))
        fresh = Fresh(
            site, {**settings, "build": site.build, "quads": site.quads, "graphs": sorted(site.graphs)}, Path(folder)
        )
        print(f"calibration {calibration():.0f} ms", flush=True)
        found = [
            asyncio.run(measure(fresh, address, lang, told.runs))
            for address in listed
            if told.only in address
            for lang in LANGUAGES
        ]
    slow = [one for one in found if one.cpu_ms > told.over]
    long = [
        one for one in found if one.length > LONGEST and not one.address.startswith(("/network", "/tasks.", "/bodies."))
    ]
    print("  cpu ms  wall ms    bytes  status")
    for one in sorted(found, key=lambda one: -one.cpu_ms):
        print(f"{one.cpu_ms:8.1f} {one.wall_ms:8.1f} {one.length:8,}  {one.status} {one.lang} {one.address}")
    print(f"{len(found)} pages: {len(slow)} over {told.over:g} ms, {len(long)} over 100 KB")
    for one in long:
        print(f"  {one.length:,} {one.lang} {one.address}")
    if told.json:
        told.json.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
    return int(bool(slow or long))


def _list(site: Site, folder: Path) -> int:
    (folder / "addresses").write_text(json.dumps(list(addresses(site)), ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
