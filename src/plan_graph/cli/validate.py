"""``plan-graph validate``: a graph against the shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from plan_graph.cli.shared import lang, main, output_option, write
from plan_graph.errors import NotFoundError


@main.command(name="validate")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl", "html"]),
    default="text",
    show_default=True,
    help="Form of the report 报告格式.",
)
@click.option("--shapes", type=click.Path(path_type=Path), default=None, help="Other shapes (Turtle) 其他形状文件.")
@output_option
def validate_command(graph: Path, form: str, shapes: Path | None, output: Path | None) -> None:
    """Check a graph against the SHACL shapes; exit 1 if it breaks one.

    用 SHACL 形状校验图谱；不符合时退出码为 1。GRAPH is a build folder or an RDF file (.nq .nt .ttl .trig .jsonld .rdf).

    \b
    Example 示例:
      plan-graph validate build --format html -o report.html
    """
    from plan_graph.graph.store import read_quads
    from plan_graph.graph.validate import as_html, as_json, as_text, as_turtle, to_rdflib, validate

    if shapes is not None and not shapes.is_file():
        raise NotFoundError(f"no shapes file at {shapes}; check the path", f"没有形状文件 {shapes}，请检查路径")
    report = validate(to_rdflib(read_quads(graph)), shapes)
    forms = {"text": lambda found: as_text(found, lang()), "json": as_json, "html": as_html, "ttl": as_turtle}
    write(forms[form](report).encode(), output)
    if not report.conforms:
        sys.exit(1)
