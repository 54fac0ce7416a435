"""A published site: nothing is missing, all links lead somewhere, only what changed is written, nothing is half done."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from plan_graph.cli import main
from plan_graph.corpus import Options, build_corpus
from plan_graph.errors import InputError, OutputError
from plan_graph.graph.store import open_store, read_quads
from plan_graph.publish import hosting, making, pages, parts
from plan_graph.publish.beside import Beside
from plan_graph.publish.check import broken
from plan_graph.publish.hosting import patterns
from plan_graph.publish.inputs import fingerprint
from plan_graph.publish.layout import PARTS, home, page_file, relink, stem
from plan_graph.publish.release import Release
from plan_graph.publish.sitemap import files as sitemap
from plan_graph.publish.whole import publish
from plan_graph.steps import Step
from plan_graph.web import addresses
from plan_graph.web.negotiation import best
from plan_graph.web.representation import RDF

from .made import BASE, EARLIER, SITE, made, released

FORMS = ("ttl", "jsonld", "nt")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with a task and a body more."""
    return made(tmp_path_factory.mktemp("earlier"), second=EARLIER)


@pytest.fixture(scope="module")
def site(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "site"
    publish(released(build), out)
    return out


@pytest.fixture(scope="module", autouse=True)
def pages_alone() -> Iterator[None]:
    """The parts of a release have tests of their own."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(parts, "PARTS", ())
        monkeypatch.setattr(pages, "FILES", ())  # links to files of the parts
        yield


def resources(build: Path) -> Iterator[str]:
    """Give the addresses of all resources that have a page of their own."""
    for iri in {quad.subject.value for quad in open_store(build)}:
        address = addresses.local(BASE, iri)
        if address and "#" not in address and not home(address)[1]:
            yield address


def contents(out: Path) -> dict[str, str]:
    return dict(json.loads((out / "contents.json").read_text(encoding="utf-8"))["files"])


# --- what is there ---------------------------------------------------------------------------------------------------


def test_every_resource_has_pages_and_data(build: Path, site: Path) -> None:
    found = list(resources(build))
    assert {address.split("/")[1] for address in found} >= {
        "task",
        "body",
        "collective",
        "tie",
        "place",
        "name",
        "role",
    }
    for address in found:
        for file in (page_file(address, "zh"), page_file(address, "en"), *(f"{stem(address)}.{one}" for one in FORMS)):
            assert (site / file).is_file(), file


def test_the_forms_of_a_resource_say_the_same_and_together_all_that_the_graph_says(build: Path, site: Path) -> None:
    told = set()
    for file in site.rglob("*.nt"):
        triples, *others = (
            {quad.triple for quad in parse(path=str(file.with_suffix(suffix)), format=form)}
            for suffix, form in (
                (".nt", RdfFormat.N_TRIPLES),
                (".ttl", RdfFormat.TURTLE),
                (".jsonld", RdfFormat.JSON_LD),
            )
        )
        assert others == [triples, triples], file
        told |= triples
    assert {quad.triple for quad in read_quads(build)} <= told


def test_the_statements_of_a_part_are_with_what_it_is_part_of(site: Path) -> None:
    for part, whole_ in (
        ("participation/alpha/2016-001/lead-1", "task/alpha/2016-001"),
        ("tie/2016/210000.czt/210000.swt", "tie/all/210000.czt/210000.swt"),
        ("directed-tie/2016/210000.swt/210000.czt", "directed-tie/all/210000.swt/210000.czt"),
    ):
        assert f"<{BASE}{part}> <http" in (site / f"{whole_}.nt").read_text(encoding="utf-8")
        page, place = home(f"/{part}")
        assert page == f"/{whole_}"
        assert f'id="{place}"' in (site / f"{whole_}.html").read_text(encoding="utf-8")


def test_no_link_is_broken(site: Path) -> None:
    assert list(broken(site, SITE)) == []


def test_no_link_is_broken_where_there_are_no_ties(tmp_path: Path) -> None:
    """Of a build without draws, whose shared tasks the search shows."""
    (tmp_path / "beta.txt").write_text(EARLIER, encoding="utf-8")
    build = build_corpus([tmp_path / "beta.txt"], tmp_path / "build", Options(draws=0, validate=False)).out
    publish(released(build), tmp_path / "site")
    assert list(broken(tmp_path / "site", SITE)) == []


def test_a_term_of_a_list_stands_once(tmp_path: Path) -> None:
    """With all that is said of it behind it, as HTML wants it."""
    text = "沈阳市开放方案\n\n1．6月底前建成平台，年底前依据《甲办法》《乙办法》制定《丙办法》《丁办法》。（市财政局负责）\n"
    (tmp_path / "alpha.txt").write_text(text, encoding="utf-8")
    build = build_corpus([tmp_path / "alpha.txt"], tmp_path / "build", Options(draws=0, validate=False)).out
    release = released(build)
    markup, _ = pages.page(
        release, making.site_of(release), pages.Job("/task/alpha/001", f"{BASE}task/alpha/001"), "en"
    )
    terms = re.findall(r"<dt>(.*?)</dt>", markup)
    assert markup.count("<dd") > len(terms) == len(set(terms)) > 1


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("nothing.html", False),
        ("../above.html", False),
        ("#nothing", True),
        ("tasks.html#nothing", True),
        ("/tasks.html", False),
        (f"{SITE}nothing.html", False),
        ("/plans/nothing/", False),
    ],
)
def test_broken_links_are_found(tmp_path: Path, link: str, place: bool) -> None:
    good = '<a href="tasks.html#a">1</a><a href="/plans/tasks.html">2</a><a href="#main">3</a><a href="https://e.org/">4</a>'
    (tmp_path / "tasks.html").write_text('<p id="a">', encoding="utf-8")
    (tmp_path / "index.html").write_text(f'<main id="main">{good}<a href="{link}">5</a></main>', encoding="utf-8")
    assert [(one.file, one.link, one.place) for one in broken(tmp_path, SITE)] == [("index.html", link, place)]


def test_links_that_a_site_cannot_have_are_not_written(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert "data-href" not in file.read_text(encoding="utf-8"), file
    assert relink('<a href="/sparql?query=ASK">', "zh", "a/b.html") == '<a data-href="">'


def test_the_sitemap_has_every_page(site: Path) -> None:
    found = ElementTree.parse(site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    listed = {str(one.text).removeprefix(SITE) for one in found}
    there = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert listed == {one for one in there if not re.fullmatch(r"(en/)?(404|410|.*-\d+)\.html", one) or one in listed}
    assert all((site / one).is_file() for one in listed)
    assert f"Sitemap: {SITE}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_long_sitemap_is_several(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan_graph.publish.sitemap.MOST", 2)
    found = dict(sitemap(released(build), ["/a", "/b", "/c"]))
    assert sorted(found) == ["robots.txt", "sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert found["sitemap.xml"].count(b"<loc>") == 2
    assert found["sitemap-2.xml"].count(b"<loc>") == 2


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("index.html", "Dataset"),
        ("task/alpha/2016-001.html", "Action"),
        ("en/body/210000/czt.html", "GovernmentOrganization"),
        ("place/210200.html", "AdministrativeArea"),
        ("document/alpha.html", "Legislation"),
        ("en/plan/beta.html", "Legislation"),
    ],
)
def test_search_engines_read_what_a_page_is_of(site: Path, file: str, kind: str) -> None:
    page = (site / file).read_text(encoding="utf-8")
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    said = json.loads(found)
    assert (said["@type"], said["url"], said["@context"]) == (kind, SITE + file, "https://schema.org/")
    assert said["name"]
    assert f'<link rel="canonical" href="{SITE}{file}">' in page


def test_a_firm_is_no_part_of_government(liaoning: Release) -> None:
    site = making.site_of(liaoning)
    for body, kind in (("210000/guokai", "Organization"), ("210000/fgw", "GovernmentOrganization")):
        markup, _ = pages.page(liaoning, site, pages.Job(f"/body/{body}", f"{BASE}body/{body}"), "en")
        assert f'"@type":"{kind}"' in markup


def test_a_wording_cannot_end_the_script_it_stands_in(site: Path) -> None:
    page = (site / "task/beta/002.html").read_text(encoding="utf-8")
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "“</script>”类<b>" in json.loads(found)["description"]


# --- how it is written -----------------------------------------------------------------------------------------------


def test_the_same_bytes_however_many_processes(build: Path, site: Path, tmp_path: Path) -> None:
    publish(released(build), tmp_path / "site", processes=2)
    assert contents(tmp_path / "site") == contents(site)


def test_only_what_changed_is_written_and_what_is_no_more_goes(build: Path, earlier: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(released(earlier, version="1"), out)
    again = publish(released(earlier, version="1"), out)
    assert (again.written, again.removed) == (0, 0)
    before = contents(out)
    kept = {name: (out / name).stat().st_ino for name in before}
    done = publish(released(build, version="2"), out)
    after = contents(out)
    assert 0 < done.written < len(after)
    assert done.removed == len(before.keys() - after.keys()) > 0
    assert "task/beta/003.html" in before
    assert not (out / "task/beta/003.html").exists()
    same = [name for name in after if before.get(name) == after[name]]
    assert len(same) > 100
    assert all((out / name).stat().st_ino == kept[name] for name in same)
    assert {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()} == {*after, "contents.json"}


def test_of_the_same_nothing_is_made_again(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "build"
    shutil.copytree(build, own)
    out = tmp_path / "site"
    first = publish(released(own), out)
    monkeypatch.setattr(pages, "page", lambda *_: pytest.fail("a page is made again"))
    again = publish(released(own), out)
    assert (again.written, again.removed) == (0, 0)
    assert (again.files, again.bytes, again.resources) == (first.files, first.bytes, first.resources)


@pytest.mark.parametrize("change", ["version", "build", "earlier"])
def test_of_something_else_it_is_made_again(build: Path, earlier: Path, tmp_path: Path, change: str) -> None:
    own = tmp_path / "build"
    shutil.copytree(build, own)
    was = fingerprint(released(own))
    assert fingerprint(released(build)) == was  # where a build stands plays no part
    if change == "build":
        (own / "report.json").write_text((own / "report.json").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = (earlier,) if change == "earlier" else ()
    assert fingerprint(released(own, *before, version="2" if change == "version" else "2026-01-02")) != was


def _foreign(out: Path) -> None:
    (out / "own.html").write_text("mine", encoding="utf-8")


def _edited(out: Path) -> None:
    file = out / "index.html"
    content = file.read_text(encoding="utf-8")
    file.unlink()
    file.write_text(content + " ", encoding="utf-8")


def test_a_site_that_is_up_to_date_needs_no_graph(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call = ["--lang", "en", "publish", "--graph", str(build), "--out", str(tmp_path / "site"), "--jobs", "1"]
    assert CliRunner().invoke(main, call).exit_code == 0

    def read(_: Path) -> None:
        raise AssertionError("the graph is read")

    monkeypatch.setattr("plan_graph.publish.release.open_store", read)
    again = CliRunner().invoke(main, call)
    assert (again.exit_code, ", 0 removed" in again.output) == (0, True), again.output
    assert re.search(r"; 0 written", again.output)


@pytest.mark.parametrize("change", [_foreign, _edited])
def test_a_folder_that_is_not_a_site_of_ours_is_left_alone(
    build: Path, site: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    out = tmp_path / "site"
    shutil.copytree(site, out)
    change(out)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    with pytest.raises(InputError):
        publish(released(build), out)
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before


def test_a_full_disk_leaves_the_earlier_site(
    build: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    shutil.copytree(site, out)
    before = contents(out)

    def full(*_: object) -> Iterator[tuple[str, bytes]]:
        raise OSError(28, "No space left on device", "a.ttl")

    monkeypatch.setattr(Beside, "forms", full)
    with pytest.raises(OutputError, match="No space left"):
        publish(released(build, version="2"), out)
    assert contents(out) == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_process_that_is_killed_leaves_nothing(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Beside, "forms", lambda *_: os._exit(9))
    with pytest.raises(OutputError, match="ended from outside"):
        publish(released(build), tmp_path / "site", processes=2)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_stopped_leaves_nothing(build: Path, tmp_path: Path) -> None:
    def stop(step: Step) -> None:
        if step.doing == "pages":
            signal.raise_signal(signal.SIGTERM)

    with pytest.raises(SystemExit):
        publish(released(build), tmp_path / "site", 2, stop)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_build_had_is_gone(build: Path, earlier: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(released(build, earlier), out)
    gone = "body/210000/mzt"
    assert not (out / f"{gone}.ttl").exists()
    for lang in ("", "en/"):
        assert 'class="status" aria-hidden="true">410' in (out / f"{lang}{gone}.html").read_text(encoding="utf-8")
    assert rf"RewriteRule ^(?:en/)?({gone})(?:\.(?:html|ttl|jsonld|nt))?$ -" in (out / ".htaccess").read_text("utf-8")
    assert f" {gone}.html;" in (out / "hosting/nginx-http.conf").read_text(encoding="utf-8")
    assert list(broken(out, SITE)) == []


def test_the_command_says_what_it_wrote_and_follows_links(
    build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    call = [
        "--lang",
        "en",
        "publish",
        "--graph",
        str(build),
        "--out",
        str(out),
        "--site",
        SITE,
        "--jobs",
        "1",
        "--check",
    ]
    monkeypatch.setattr("plan_graph.publish.assets._NEEDED", ("site.css",))
    ran = CliRunner().invoke(main, call)
    assert ran.exit_code == 1
    assert re.search(r"site: [\d,]+ resources, [\d,]+ files, [\d.]+ MB; [\d,]+ written, 0 removed", ran.output)
    assert "static/lists.css" in ran.output and "lead nowhere" in ran.output


# --- hosts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("application/ld+json;profile=compacted", "jsonld"),
        ("text/turtle;q=0.9, text/html;q=0.5", "ttl"),
        ("text/html;q=0.5, text/turtle", "ttl"),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "ttl"),
        ("text/turtle;q=0, text/html", "html"),
        ("text/turtle;q=0.0", "html"),
    ],
)
def test_hosts_choose_the_form_that_the_service_would(accept: str, form: str) -> None:
    found = next((suffix for suffix, one in patterns() if re.search(one, accept, re.IGNORECASE)), "html")
    assert found == form
    offered = ("text/html", *(RDF[one] for one in FORMS))
    assert (best(accept, offered) or "text/html") == {"html": "text/html", **RDF}[form]


def test_the_address_of_the_site_stands_in_the_configuration(site: Path) -> None:
    root = urlsplit(SITE).path
    for name in (".htaccess", "_redirects", "_headers", "hosting/nginx-server.conf"):
        text = (site / name).read_text(encoding="utf-8")
        assert root in text, name
    w3id = (site / "hosting/w3id/.htaccess").read_text(encoding="utf-8")
    assert f"{SITE}$1.ttl [R=303" in w3id
    assert "not registered" in (site / "hosting/w3id/README.md").read_text(encoding="utf-8")


def test_rules_for_w3id_are_those_of_a_base_that_is_there() -> None:
    named = [name for name, _ in hosting.files(SITE, "https://example.org/id/")]
    assert not [name for name in named if "w3id" in name]
    assert {"hosting/w3id/.htaccess", "hosting/w3id/README.md"} <= {name for name, _ in hosting.files(SITE, BASE)}


def test_a_folder_below_a_host_says_where_void_is_looked_for() -> None:
    for name in ("hosting/nginx-server.conf", ".htaccess"):
        below, root = (dict(hosting.files(one, BASE))[name].decode() for one in (SITE, "https://example.org/"))
        (told,) = [one for one in below.splitlines() if " 302 " in one]
        assert " /.well-known/void" in told and "/plans/.well-known/void" in told
        assert " 302 " not in root


def test_the_first_page_says_where_the_data_is_to_be_had(site: Path) -> None:
    (found,) = re.findall(
        r"<script type=.application/ld.json.>(.*?)</script>", (site / "index.html").read_text("utf-8")
    )
    (one,) = json.loads(found)["distribution"]
    assert one["contentUrl"] == f"{SITE}dumps/graph.nq.gz"


def test_parts_are_where_hosts_lead(site: Path) -> None:
    """The rules of hosts are those of the layout, written another way."""
    rules = re.findall(r"RewriteRule \^(\S+)\$ (\S+) \[L\]", (site / ".htaccess").read_text(encoding="utf-8"))
    led = [(pattern, page) for pattern, page in rules if "all/" in page or page.startswith("task/")]
    assert len(led) == len(PARTS)
    for address in ("participation/alpha/2016-001/lead-1", "tie/2016/a.b/c.d", "directed-tie/2017/a.b/c.d"):
        to = {re.sub(rf"^{p}$", r.replace("$", "\\"), address) for p, r in led if re.match(rf"^{p}$", address)}
        assert to == {home(f"/{address}")[0][1:]}
