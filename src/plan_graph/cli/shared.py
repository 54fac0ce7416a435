"""What the commands share: the group, errors as sentences and exit codes, options, output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from plan_graph import __version__
from plan_graph.errors import ConformanceError, InputError, OutputError, PlanGraphError

if TYPE_CHECKING:
    from plan_graph.steps import Progress

DEFAULT_OUT = Path("build")


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of ours becomes one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except ConformanceError as error:
            click.echo(error.report, err=True)
            _fail(error, 1)
        except PlanGraphError as error:
            _fail(error, 2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader (head, less) has gone: nothing is left to say
            sys.exit(1)
        except OSError as error:  # standard output on a full disk, for one
            why = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
            _fail(OutputError(f"reading or writing failed ({why})", f"读写失败（{why}）"), 2)
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was changed 已中断，未作改动", err=True)
            sys.exit(130)


def _fail(error: PlanGraphError, code: int) -> NoReturn:
    say(str(error), error.zh)
    sys.exit(code)


def say(en: str, zh: str) -> None:
    """Say a sentence on standard error, in the language asked for."""
    spoken = lang()
    for line in [en] if spoken == "en" or not zh else [zh] if spoken == "zh" else [zh, en]:
        click.echo(f"plan-graph: {line}", err=True)


def lang() -> str:
    """Give the language to speak, zh, en or both: --lang, or PLAN_GRAPH_LANG."""
    ctx = click.get_current_context(silent=True)
    return str((ctx.find_root().params if ctx else {}).get("lang") or "both")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="plan-graph")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    envvar="PLAN_GRAPH_LANG",
    help="Language of what is printed 输出语言.  [default: both]",
)
def main(**_: str) -> None:  # --lang is read from the context, also when a command fails
    """Government plans as a validated graph of responsibilities.

    把政府计划文件变成经过校验的责任关系图：谁牵头，谁配合，谁真正在协作。

    \b
    Example 示例:
      plan-graph build data/raw        read the plans, write the graph into build/
      plan-graph queries               list the questions that can be asked
      plan-graph query tasks-by-body   ask one of them
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show Chinese shows ? instead of failing
            stream.reconfigure(errors="replace")


output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=None,
    help="File to write instead of the screen 写入文件.",
)
graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=DEFAULT_OUT,
    show_default=True,
    help="Build folder or RDF file 图谱位置.",
)


def write(content: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output."""
    if output is None:
        if sys.stdout.isatty() and b"\x00" in content[:4096]:
            raise InputError(
                "this format is binary; name a file with --output, or redirect",
                "该格式是二进制；请用 --output 指定文件",
            )
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        from plan_graph.output import write_file

        write_file(output, content)
        if sys.stderr.isatty():  # somebody waits for it; programs take it from the exit code
            say(f"{output} is written ({len(content):,} bytes)", f"已写入 {output}（{len(content):,} 字节）")


def form_of(chosen: str | None, output: Path | None, forms: tuple[str, ...]) -> str:
    """Give the format meant: the one chosen, else the one the file's ending names, else a table on the screen.

    :raises InputError: if a table is to go into a file, or the ending names another format than the one chosen.
    """
    if output is None:
        return chosen or "table"
    ending = output.suffix.lower().removeprefix(".")
    form = chosen or (ending if ending in forms else "table")
    if form == "table":
        listed = ", ".join(f for f in forms if f != "table")
        raise InputError(
            f"{output} needs a format: add --format, one of {listed}",
            f"{output} 需要指定格式：请加 --format（{listed}）",
        )
    if ending in forms and ending != form:
        raise InputError(
            f"{output} ends in .{ending} but --format is {form}; change one of them",
            f"{output} 的扩展名是 .{ending}，--format 却是 {form}，请改其一",
        )
    return form


@contextmanager
def shown_steps(quiet: bool) -> Iterator[Progress]:
    """Show what is being done on a terminal; stay silent in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from plan_graph.terminal.progress import shown

    with shown() as show:
        yield show
