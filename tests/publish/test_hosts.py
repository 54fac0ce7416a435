"""The configuration that a site brings, on the servers it is for: nginx, Apache, and the redirects of w3id on Apache."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from plan_graph.publish import hosting

from .made import BASE, SITE

GONE, GONE_TASK = "body/210000/mzt", "task/a/2"
FILES = (
    *(f"{lang}{name}.html" for lang in ("", "en/") for name in ("index", "task/a/1", "tie/all/a.b/c.d", "theme/index")),
    *(f"{lang}{name}.html" for lang in ("", "en/") for name in ("404", "410", "ns/index", GONE, GONE_TASK)),
    *(f"{name}.{form}" for name in ("task/a/1", "tie/all/a.b/c.d", "theme/index") for form in ("ttl", "jsonld", "nt")),
    *("text/a.txt", "text/a.txt.html", "text/a.txt.ttl", ".well-known/void", "static/site.css"),
    *("ns/0.1.0.ttl", "ontology/shapes.ttl", "changes/0a1b-2c3d.ttl", "CITATION.cff"),
    *(f"networks/any.{form}" for form in ("gexf", "graphml", "net", "dl")),
)
MODULES = ("mpm_event", "authz_core", "mime", "dir", "rewrite", "headers", "alias")


@pytest.fixture(scope="module")
def www() -> Iterator[Path]:
    """A folder of hosts with a site that holds a file of each kind, which says its name; any user may read it."""
    root = Path(tempfile.mkdtemp(prefix="plan-graph-www-"))
    root.chmod(0o755)
    for name, content in {
        **{name: name.encode() for name in FILES},
        **dict(hosting.files(SITE, BASE, [GONE, GONE_TASK])),
    }.items():
        file = root / "plans" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (root / "plan-graph").mkdir()
    shutil.copy(root / "plans/hosting/w3id/.htaccess", root / "plan-graph/.htaccess")
    yield root
    shutil.rmtree(root)


def _program(*names: str) -> str:
    """Give a server that is installed; where there is none its tests are skipped, in CI they fail."""
    for name in names:
        if found := shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
            return found
    missing = f"{names[0]} is not here; install the package {names[-1]}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert server.poll() is None, server.stdout.read() if server.stdout else ""
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def nginx(www: Path, own: Path) -> Iterator[str]:
    """Run nginx over the folder."""
    program, port = _program("nginx", "nginx-light"), _port()
    temporary = "".join(f"{one}_temp_path {own}/{one};" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (own / "nginx.conf").write_text(
        f"daemon off; pid {own}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary} include {www}/plans/hosting/nginx-http.conf;\n"
        f"server {{ listen 127.0.0.1:{port}; root {www}; include {www}/plans/hosting/nginx-server.conf; }} }}\n"
    )
    with _running([program, "-p", str(own), "-e", "stderr", "-c", str(own / "nginx.conf")], port) as url:
        yield url


@contextmanager
def apache(www: Path, own: Path) -> Iterator[str]:
    """Run Apache over the folder."""
    program, port = _program("apache2", "apache2-bin"), _port()
    folder = os.environ.get("APACHE_MODULES", "/usr/lib/apache2/modules")
    loaded = "".join(f"LoadModule {one}_module {folder}/mod_{one}.so\n" for one in MODULES)
    (own / "types").write_text("text/html html\ntext/css css\ntext/plain txt\n")
    (own / "apache.conf").write_text(
        f"{loaded}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {own}/pid\nErrorLog /dev/stderr\n"
        + ("User nobody\nGroup nogroup\n" if os.getuid() == 0 else "")
        + f"TypesConfig {own}/types\nDocumentRoot {www}\n"
        f"<Directory {www}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    with _running([program, "-d", str(own), "-f", str(own / "apache.conf"), "-D", "FOREGROUND"], port) as url:
        yield url


Host = Callable[[Path, Path], AbstractContextManager[str]]
TASK, TURTLE, ENGLISH = "task/a/1", {"Accept": "text/turtle"}, {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.8"}
# path, headers → status, the file that is sent, how its type begins
ASKED: list[tuple[str, dict[str, str], int, str, str]] = [
    ("", {}, 200, "index.html", "text/html"),
    ("", ENGLISH, 200, "en/index.html", "text/html"),
    (TASK, {}, 200, f"{TASK}.html", "text/html; charset=utf-8"),
    (TASK, {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, 200, f"{TASK}.html", "text/html"),
    (TASK, ENGLISH, 200, f"en/{TASK}.html", "text/html"),
    (TASK, TURTLE, 200, f"{TASK}.ttl", "text/turtle; charset=utf-8"),
    (TASK, {**TURTLE, **ENGLISH}, 200, f"{TASK}.ttl", "text/turtle"),
    (TASK, {"Accept": "application/ld+json, text/html;q=0.5"}, 200, f"{TASK}.jsonld", "application/ld+json"),
    (TASK, {"Accept": "text/html;q=0.5, application/n-triples"}, 200, f"{TASK}.nt", "application/n-triples"),
    (f"{TASK}.ttl", {"Accept": "text/html"}, 200, f"{TASK}.ttl", "text/turtle"),
    ("participation/a/1/lead-1", {}, 200, f"{TASK}.html", "text/html"),
    ("participation/a/1/lead-1", TURTLE, 200, f"{TASK}.ttl", "text/turtle"),
    ("participation/a/1/lead-1.nt", {}, 200, f"{TASK}.nt", "application/n-triples"),
    ("tie/2016/a.b/c.d", {}, 200, "tie/all/a.b/c.d.html", "text/html"),
    ("tie/2016/a.b/c.d", TURTLE, 200, "tie/all/a.b/c.d.ttl", "text/turtle"),
    ("theme/", {}, 200, "theme/index.html", "text/html"),
    ("theme/", TURTLE, 200, "theme/index.ttl", "text/turtle"),
    ("ns", {}, 200, "ns/index.html", "text/html"),
    ("text/a.txt", {}, 200, "text/a.txt", "text/plain; charset=utf-8"),
    (".well-known/void", {}, 200, ".well-known/void", "text/turtle"),
    ("static/site.css", {}, 200, "static/site.css", "text/css"),
    *(("networks/any." + form, {}, 200, f"networks/any.{form}", "application/xml") for form in ("gexf", "graphml")),
    *(("networks/any." + form, {}, 200, f"networks/any.{form}", "text/plain") for form in ("net", "dl")),
    ("CITATION.cff", {}, 200, "CITATION.cff", "application/yaml"),
    ("ns/0.1.0", {}, 200, "ns/0.1.0.ttl", "text/turtle"),
    ("shapes", {}, 200, "ontology/shapes.ttl", "text/turtle"),
    ("revision/0a1b-2c3d", {}, 200, "changes/0a1b-2c3d.ttl", "text/turtle"),
    ("nothing/here", {}, 404, "404.html", "text/html"),
    ("nothing/here", ENGLISH, 404, "en/404.html", "text/html"),
    ("en/nothing/here.html", {}, 404, "en/404.html", "text/html"),
    ("task/a/1/more", TURTLE, 404, "404.html", "text/html"),
    ("task/a", {}, 404, "404.html", "text/html"),
]


@pytest.mark.parametrize("host", [nginx, apache])
def test_a_host_sends_what_is_asked_for(www: Path, tmp_path: Path, host: Host) -> None:
    with host(www, tmp_path) as url, httpx.Client(base_url=url) as client:
        for path, headers, status, file, media in ASKED:
            answer = client.get(f"/plans/{path}", headers={"Accept": "*/*", **headers})
            said = (answer.status_code, answer.text, answer.headers["content-type"].lower().startswith(media))
            assert said == (status, file, True), (path, headers, answer.headers)
        found = client.get(f"/plans/{TASK}", headers=TURTLE)
        assert found.headers["access-control-allow-origin"] == "*"
        assert {"accept", "accept-language"} <= {one.strip().lower() for one in found.headers["vary"].split(",")}


@pytest.mark.parametrize("host", [nginx, apache])
def test_what_is_gone_says_so_at_each_of_its_addresses(www: Path, tmp_path: Path, host: Host) -> None:
    """The one with its ending too: that is where the sitemap, search engines and w3id lead to."""
    with host(www, tmp_path) as url, httpx.Client(base_url=url) as client:
        for path, headers, page in (
            *((f"{GONE}{suffix}", dict[str, str](), GONE) for suffix in ("", ".html", ".ttl", ".jsonld", ".nt")),
            (GONE, TURTLE, GONE),
            *((f"{GONE}{suffix}", ENGLISH, f"en/{GONE}") for suffix in ("", ".html")),
            (f"en/{GONE}.html", {}, f"en/{GONE}"),
            ("participation/a/2/lead-1", {}, GONE_TASK),
        ):
            answer = client.get(f"/plans/{path}", headers={"Accept": "*/*", **headers})
            said = (answer.status_code, answer.text, answer.headers["content-type"])
            assert said == (410, f"{page}.html", "text/html; charset=utf-8"), (path, headers)


@pytest.mark.parametrize(
    ("path", "headers", "to"),
    [
        ("id/task/a/1", {}, "task/a/1.html"),
        ("id/task/a/1", ENGLISH, "en/task/a/1.html"),
        ("ns/0.1.0", {}, "ns/0.1.0.ttl"),
        ("shapes", {}, "ontology/shapes.ttl"),
        ("id/revision/0a1b-2c3d", {}, "changes/0a1b-2c3d.ttl"),
        ("id/task/a/1", TURTLE, "task/a/1.ttl"),
        ("id/task/a/1", {"Accept": "text/html", **ENGLISH}, "en/task/a/1.html"),
        ("id/participation/a/1/lead-1", TURTLE, "task/a/1.ttl"),
        ("id/directed-tie/2016/a.b/c.d", {}, "directed-tie/all/a.b/c.d.html"),
        ("id/theme/", {}, "theme/index.html"),
        ("id/text/a.txt", {}, "text/a.txt"),
        ("id/text/a.txt", TURTLE, "text/a.txt.ttl"),
        ("role/lead", TURTLE, "role/lead.ttl"),
        ("role/", {}, "role/index.html"),
        ("ns", {"Accept": "application/ld+json"}, "ns/index.jsonld"),
        ("", {}, ""),
    ],
)
def test_w3id_leads_to_the_site(redirects: httpx.Client, path: str, headers: dict[str, str], to: str) -> None:
    answer = redirects.get(f"/plan-graph/{path}", headers={"Accept": "*/*", **headers})
    assert (answer.status_code, answer.headers["location"]) == (303, SITE + to)


@pytest.fixture(scope="module")
def redirects(www: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with apache(www, tmp_path_factory.mktemp("w3id")) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.mark.parametrize("host", [nginx, apache])
def test_the_address_of_a_site_may_have_letters_of_any_language(tmp_path: Path, host: Host) -> None:
    """In the form that addresses have: servers see the letters, and w3id leads to the form."""
    root = Path(tempfile.mkdtemp(prefix="plan-graph-www-"))
    root.chmod(0o755)
    own, site = tmp_path, "https://example.org/%E8%AE%A1%E5%88%92/"
    for name, content in {
        **{name: name.encode() for name in ("index.html", "task/a/1.html", "task/a/1.ttl", "404.html", f"{GONE}.html")},
        **dict(hosting.files(site, BASE, [GONE])),
    }.items():
        file = root / "计划" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (root / "plans").symlink_to(root / "计划")  # where the settings are taken from
    (root / "plan-graph").mkdir()
    shutil.copy(root / "plans/hosting/w3id/.htaccess", root / "plan-graph/.htaccess")
    with host(root, own) as url, httpx.Client(base_url=url) as client:
        for path, headers, status, text in (
            ("", {}, 200, "index.html"),
            ("task/a/1", {}, 200, "task/a/1.html"),
            ("task/a/1", TURTLE, 200, "task/a/1.ttl"),
            ("nothing", {}, 404, "404.html"),
            (GONE, {}, 410, f"{GONE}.html"),
        ):
            answer = client.get(f"{urlsplit(site).path}{path}", headers={"Accept": "*/*", **headers})
            assert (answer.status_code, answer.text) == (status, text), path
        if host is apache:
            answer = client.get("/plan-graph/id/task/a/1", headers=TURTLE)
            assert answer.headers["location"] == f"{site}task/a/1.ttl"
    shutil.rmtree(root)
