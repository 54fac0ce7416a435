"""The documentation is held to the code: pages, commands, links, figures, examples.

How blocks in README*, CONTRIBUTING and docs/ are tested:

- ``console``: each line after ``$`` is run in a folder of its own that looks like a fresh checkout with a finished
  build, and the lines below it must be what it prints. Runs of spaces count as one; ``…`` alone on a line stands for
  any lines, at the end of a line for the rest of it.
- ``python``: sessions with ``>>>``, run as doctests in the same folder, the blocks of a page one after the other.
- ``sparql``: must parse. ``sh`` and ``text`` are not run; but every ``plan-graph`` command anywhere must exist.
- ``<!-- file: NAME -->`` before a block writes it to that file first, ``<!-- append: NAME -->`` adds it there.
"""

from __future__ import annotations

import ast
import contextlib
import doctest
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from plan_graph import __version__
from plan_graph.cli import main
from plan_graph.corpus import Outcome
from plan_graph.extraction.clause_rules import RULES
from plan_graph.graph.queries import bind, find

ROOT = Path(__file__).parents[1]
REFERENCE = sorted((ROOT / "docs" / "reference").glob("*.md"))
WRITTEN = sorted(
    p
    for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    if p not in REFERENCE
)
PAGES = [*WRITTEN, *REFERENCE]
PLAIN = [ROOT / "CITATION.cff", ROOT / "LICENSE-DATA"]
SUMMARY = {"make run", "plan-graph build data/raw"}  # printed once by the build that the tests share
OF_OURS = r"plan-graph (?!serve)[^|&;<>$`*?~]*"  # without anything that the shell would read
PLAIN_TERMINAL = {"PLAN_GRAPH_LANG": None, "COLUMNS": None}
CHECKOUT = ("src", "data", "ontology", "queries")
_FENCE = re.compile(
    r"(?:<!-- (?P<put>file|append): (?P<name>\S+) -->\n\n?)?^```(?P<lang>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
_MACHINE = re.compile(r"(?<![\w.])/(?:mnt|root|tmp|home|opt|Users)/")
_HOST = re.compile(r"https?://([A-Za-z0-9.-]+)")
HOSTS = {  # vocabularies, licences and references: no page sends a reader elsewhere
    *("creativecommons.org", "data.europa.eu", "github.com", "keepachangelog.com", "persistence.uni-leipzig.org"),
    *("purl.org", "qudt.org", "schema.org", "semver.org", "w3id.org", "www.w3.org", "xmlns.com"),
    "www.geonames.org",  # where the register of places has seats from
    "www.iana.org",
    "127.0.0.1",  # where the service of the examples is
}


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    lang: str
    text: str
    line: int
    put: str = ""
    name: str = ""


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(m["lang"], m["text"], text.count("\n", 0, m.start("text")) + 1, m["put"] or "", m["name"] or "")
        for m in _FENCE.finditer(text)
    ]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


# --- pages made from their sources -----------------------------------------------------------------------------


def test_reference_pages_are_current() -> None:
    reference = module(ROOT / "scripts" / "reference.py")
    assert reference.outdated() == [], "run: make docs"


def test_reference_pages_are_all_generated() -> None:
    assert {p.name for p in REFERENCE} == set(module(ROOT / "scripts" / "reference.py").PAGES)


# --- examples run ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def summary(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What ``plan-graph build data/raw`` prints in a checkout."""
    from plan_graph.terminal.build import show_build

    folder = tmp_path_factory.mktemp("summary")
    shutil.copytree(outcome.out, folder / "build")
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        show_build(replace(outcome, out=Path("build")), "both")
    return printed.getvalue()


@pytest.fixture
def checkout(built: Path, tmp_path: Path) -> Path:
    """A folder like a checkout after ``make run``, with ``plan-graph`` in bin/."""
    for name in CHECKOUT:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(built, tmp_path / "build")
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "plan-graph"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plan_graph "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return tmp_path


def answer(command: str, folder: Path) -> str:
    """Run one command of ours in this process: starting Python takes longer than most answers."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, shlex.split(command)[1:], prog_name="plan-graph", env=PLAIN_TERMINAL)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def run(command: str, folder: Path) -> str:
    env = {k: v for k, v in os.environ.items() if k != "PLAN_GRAPH_LANG"}
    env |= {"PATH": f"{folder / 'bin'}:{env['PATH']}", "PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=env | {"LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return done.stdout.decode()


def lines(text: str) -> list[str]:
    """Give the lines that are not empty, runs of spaces and of rules as one."""
    flat = (re.sub(r"─+", "─", re.sub(r"\s+", " ", line)).strip() for line in text.splitlines())
    return [line for line in flat if line]


def same(wanted: str, line: str) -> bool:
    return line.startswith(wanted[:-1].rstrip()) if wanted.endswith("…") else line == wanted


def compare(expected: str, printed: str) -> str:
    """Say where printed lines are not the expected ones, or nothing."""
    actual = lines(printed)
    at, skipping = 0, False
    for wanted in lines(expected):
        if wanted == "…":
            skipping = True
            continue
        found = next((i for i in range(at, len(actual)) if same(wanted, actual[i])), None)
        if found is None or (found != at and not skipping):
            return f"expected the line\n  {wanted}\nbut the output goes on with\n  " + "\n  ".join(actual[at : at + 30])
        at, skipping = found + 1, False
    return "" if skipping or at == len(actual) else "not expected:\n  " + "\n  ".join(actual[at : at + 30])


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Give each command of a console block with the output shown below it."""
    for piece in re.split(r"^\$ ", text, flags=re.M)[1:]:
        joined = piece.replace("\\\n", " ")
        command, _, output = joined.partition("\n")
        yield re.sub(r"\s+", " ", command).strip() if "'" not in command else command.strip(), output


TWINS = {"README.zh.md": "README.md", "tutorial.zh.md": "tutorial.md"}  # the same blocks, so run once
RUNNING = [
    p for p in WRITTEN if p.name not in TWINS and any(b.lang in ("console", "python", "sparql") for b in blocks(p))
]


@pytest.mark.parametrize("page", RUNNING, ids=name_of)
def test_examples_run(page: Path, checkout: Path, summary: str) -> None:
    names: dict[str, Any] = {}
    wrong: list[str] = []
    own = {block.name.split("/")[0] for block in blocks(page) if block.put}
    as_shipped = own.isdisjoint(CHECKOUT)  # else the folder's questions or registers are not those of this process
    for block in blocks(page):
        where = f"{name_of(page)}, line {block.line}: "
        if block.put:
            file = checkout / block.name
            file.parent.mkdir(parents=True, exist_ok=True)
            before = file.read_text(encoding="utf-8") if block.put == "append" else ""
            file.write_text(before + block.text, encoding="utf-8")
        if block.lang == "console":
            for command, expected in commands(block.text):
                if command in SUMMARY:
                    printed = summary
                elif as_shipped and re.fullmatch(OF_OURS, command):
                    printed = answer(command, checkout)
                else:
                    printed = run(command, checkout)
                difference = compare(expected, printed)
                if difference:
                    wrong.append(f"{where}{command}\n{difference}")
        elif block.lang == "python" and not block.put:
            with contextlib.chdir(checkout):
                wrong += (where + failure for failure in python_failures(block, names, name_of(page)))
        elif block.lang == "sparql":
            ox.Store().query(block.text)
    assert not wrong, "\n\n".join(wrong)


def python_failures(block: Block, names: dict[str, Any], page: str) -> list[str]:
    test = doctest.DocTestParser().get_doctest(block.text, names, page, page, block.line)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    with warnings.catch_warnings():  # what a library warns of in its own code is no failure of a page
        warnings.simplefilter("ignore", DeprecationWarning)
        runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    return said


# --- every command exists ------------------------------------------------------------------------------------------


def stated_commands(page: Path) -> Iterator[tuple[int, str]]:
    for block in blocks(page):
        if block.lang in ("python", "sparql", "csv", "turtle"):
            continue
        for at, line in enumerate(re.sub(r"\\\n\s*", "", block.text).splitlines()):
            found = re.match(r"\s*(?:\$ )?(?:\S*/)?(plan-graph .*)", line)
            if found:  # a help text has a description after some spaces
                yield block.line + at, re.split(r" [|>]{1,2} ?| && |\s+# |\s{3,}", found[1])[0]


def parsed(words: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, Any]]:
    """Parse a command by click itself, without running it: its name and parameters."""
    seen: list[tuple[str, dict[str, Any]]] = []
    for name, command in main.commands.items():

        def record(_name: str = name, **parameters: Any) -> None:
            seen.append((_name, parameters))

        monkeypatch.setattr(command, "callback", record)
    with contextlib.suppress(click.exceptions.Exit), contextlib.redirect_stdout(io.StringIO()):
        main.main(args=words, prog_name="plan-graph", standalone_mode=False)
    return seen[0] if seen else ("", {})


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[str] = []
    own = {Path(b.name).stem if b.name.startswith("queries/") else b.name for b in blocks(page) if b.put}
    for line, text in stated_commands(page):
        words = shlex.split(text)[1:]
        try:
            name, parameters = parsed(words, monkeypatch)
            if name == "query" and parameters["name"] not in own:
                given = dict(one.split("=", 1) for one in parameters["param"])
                bind(find(parameters["name"]), given)
        except (click.ClickException, ValueError) as error:
            message = error.format_message() if isinstance(error, click.ClickException) else str(error)
            wrong.append(f"{name_of(page)}, line {line}: {text}\n  {message}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_commands_in_running_text_exist(page: Path) -> None:
    prose = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for text in re.findall(r"`plan-graph ([^`]+)`", prose):
        words = text.split()
        if words[0].startswith("-"):
            continue
        assert words[0] in main.commands, f"{name_of(page)}: plan-graph {text}"
        options = {o for p in main.commands[words[0]].params for o in p.opts} | {"--help", "-h"}
        assert {w.split("=")[0] for w in words if w.startswith("-") and w != "-"} <= options, (
            f"{name_of(page)}: plan-graph {text}"
        )
        if words[0] == "query" and len(words) > 1 and re.fullmatch(r"[a-z0-9-]+", words[1]):
            find(words[1])


# --- links, figures, words -----------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings as a forge makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} (.+)$", text, re.M):
        words = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        found.add(words)
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_resolve(page: Path) -> None:
    text = re.sub(r"`[^`\n]+`", "`", _FENCE.sub("", page.read_text(encoding="utf-8")))  # a pattern may look like a link
    broken: list[str] = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", [*PAGES, *PLAIN], ids=name_of)
def test_no_machine_and_no_other_host_is_named(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert _MACHINE.findall(text) == []
    assert {host for host in _HOST.findall(text.replace(r"\.", ".")) if not host.endswith("example.org")} <= HOSTS


@pytest.mark.parametrize("page", [p for p in WRITTEN if p.name in TWINS], ids=name_of)
def test_both_languages_have_the_same_examples(page: Path) -> None:
    shown, other = (
        [b.text for b in blocks(p) if b.lang in ("console", "python", "sparql")]
        for p in (page, page.with_name(TWINS[page.name]))
    )
    assert shown
    assert shown == other


def test_the_readme_shows_what_make_run_prints() -> None:
    assert [b for b in blocks(ROOT / "README.md") if b.lang == "console" and b.text.startswith("$ make run\n")]


def test_the_table_of_clause_rules_names_every_rule() -> None:
    text = (ROOT / "docs" / "reference" / "clauses.md").read_text(encoding="utf-8")
    assert [rule.name for rule in RULES if f"| `{rule.name}` |" not in text] == []


# --- design.md says what is there ----------------------------------------------------------------------------------


def design_tree() -> set[str]:
    text = next(b.text for b in blocks(ROOT / "docs" / "design.md") if "src/plan_graph/\n" in b.text)
    above: list[str] = []
    found: set[str] = set()
    for line in text.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        above[depth:] = [name.rstrip("/")]
        found.add("/".join(above[: depth + 1]))
    return found


def test_the_tree_in_design_is_the_real_one() -> None:
    stated = design_tree()
    assert [p for p in sorted(stated) if not (ROOT / p).exists()] == []
    real = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "src" / "plan_graph").rglob("*.py")
        if p.name not in ("__init__.py", "__main__.py")
    }
    assert sorted(real - stated) == [], "modules that docs/design.md does not name"


def test_the_floors_in_design_are_those_of_the_test() -> None:
    tree = ast.parse((ROOT / "tests" / "test_layers.py").read_text(encoding="utf-8"))
    floors = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FLOORS"
    )
    text = next(b.text for b in blocks(ROOT / "docs" / "design.md") if re.match(r"\d+ ", b.text))
    stated = {unit: int(words[0]) for words in map(str.split, text.splitlines()) for unit in words[1:]}
    assert stated == floors


def test_every_dependency_has_its_reason_and_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        re.split(r"[<>=!~ ]", one)[0]
        for one in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    }
    rows = re.findall(
        r"^\| ([\w.-]+) \| [^|]+ \| ([^|]+) \|$", (ROOT / "docs" / "design.md").read_text(encoding="utf-8"), re.M
    )
    assert {name for name, licence in rows if re.search(r"MIT|BSD|Apache|MPL|PSF|GPL|W3C", licence)} == wanted


def test_the_version_is_the_same_everywhere() -> None:
    assert re.search(rf"^version: {re.escape(__version__)}$", PLAIN[0].read_text(encoding="utf-8"), re.M)
    assert f"[{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# --- the comparison itself -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "printed", "agrees"),
    [
        ("a  b\n", "a b\n", True),
        ("a\nc\n", "a\nb\nc\n", False),
        ("a\n…\nc\n", "a\nb\nc\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\n", True),
        ("ab…\n", "abc\n", True),
        ("b\n", "a\nb\n", False),
        ("30  32.0\n", "30  31.9\n", False),
        ("───\n", "────────\n", True),
        ("", "", True),
    ],
)
def test_comparing_output(expected: str, printed: str, agrees: bool) -> None:
    assert (compare(expected, printed) == "") is agrees
