"""Other SPARQL engines, started for a test: `oxigraph serve` and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def oxigraph(graph: Path, folder: Path) -> Iterator[str]:
    """Serve a graph with Oxigraph; give the address of its endpoint."""
    program = Path(sys.executable).with_name("oxigraph")
    subprocess.run([program, "load", "--location", folder, "--file", graph], check=True, capture_output=True)
    port = free_port()
    command = [str(program), "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield _ready(f"http://127.0.0.1:{port}/query")
        finally:
            process.kill()


VIRTUOSO = shutil.which("virtuoso-t")
_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
[SPARQL]
ResultSetMaxRows = 200000
"""


@contextmanager
def virtuoso(graph: Path, folder: Path) -> Iterator[str]:
    """Serve a graph of N-Quads with Virtuoso; give the address of its endpoint."""
    assert VIRTUOSO is not None
    sql, http = free_port(), free_port()
    shutil.copy(graph, folder / "graph.nq")
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, sql=sql, http=http))
    command = [VIRTUOSO, "-f", "-c", "virtuoso.ini"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = _ready(f"http://127.0.0.1:{http}/sparql")
            n_quads = 512  # a flag of the Turtle loader: N-Quads are read as well
            load = f"DB.DBA.TTLP(file_to_string_output('{folder}/graph.nq'), '', 'x:none', {n_quads}); checkpoint;"
            subprocess.run(
                ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, capture_output=True
            )
            yield address
        finally:
            process.kill()


def _ready(address: str) -> str:
    for _ in range(600):
        try:
            if httpx.post(address, data={"query": "ASK {}"}).status_code == httpx.codes.OK:
                return address
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")
