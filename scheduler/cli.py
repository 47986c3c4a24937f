"""The command ``scheduler``: thin commands, each of which calls one public function.

Solver, tables and figures are imported inside the commands that need them, so that the others
answer at once.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .cli_options import solve_options
from .errors import InputError
from .outputs import STDOUT, Outputs

if TYPE_CHECKING:
    from .models.result import Result

DONE, BAD_INPUT, INFEASIBLE, NO_SCHEDULE, VIOLATIONS = 0, 2, 3, 4, 5
"""Exit codes."""


class Commands(click.Group):
    """The commands in reading order; bad input gives one line for each fault, and no traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the names in the order in which they are defined."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and turn bad input into exit code 2."""
        from .report.words import printable

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal that lacks a sign is no reason to fail
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except InputError as error:
            source = "standard input" if error.source == STDOUT else error.source
            for fault in error.faults:
                click.echo(f"error: {printable(f'{source}: {fault}')}", err=True)
            ctx.exit(BAD_INPUT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="servicefloor", prog_name="scheduler")
def main() -> None:
    """Plan shifts: interval demand in, checked schedules for named people out.

    Files are JSON; `scheduler new` writes one to start from. `-` stands for standard input.
    """


@main.command()
@click.argument("instance")
@solve_options
@click.pass_context
def solve(
    ctx: click.Context,
    /,
    instance: str,
    output: str | None,
    report: str | None,
    csv: str | None,
    trace: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Find a schedule of least cost for INSTANCE, and prove how good it is.

    Ctrl-C stops the search and keeps the best schedule so far; a second one aborts.

    Exit codes: 0 a schedule was found and the checker finds nothing; 2 bad input; 3 proved
    infeasible; 4 no schedule found within the limits.
    """
    outputs = Outputs(output, report, csv, trace)
    outputs.prepare(instance)
    result, written = _solve_and_write(instance, outputs, quiet, options)
    if not quiet or result.stop_reason == "rejected_by_checker":
        _summarise(result, written, aside=output == STDOUT or result.schedule is None)
    ctx.exit(_exit_code(result))


def _solve_and_write(
    instance: str, outputs: Outputs, quiet: bool, options: dict[str, Any]
) -> tuple[Result, list[Any]]:
    """Solve, and write while signals still only stop the search, so that nothing gets lost."""
    from . import Interrupt, read
    from . import solve as run
    from .io.files import schedule_json
    from .progress import ProgressLine
    from .signals import stopping_on_signals

    plan = read(instance)
    interrupt = Interrupt()
    with stopping_on_signals(interrupt):
        with ProgressLine(quiet=quiet) as progress:
            result = run(plan, on_progress=progress.update, interrupt=interrupt, **options)
        if result.stop_reason == "rejected_by_checker":
            return result, []
        if outputs.schedule == STDOUT and result.status != "unknown":
            click.echo(schedule_json(result), nl=False)
        return result, outputs.write(result)


def _summarise(result: Result, written: list[Any], *, aside: bool) -> None:
    """Print the summary, on standard error where standard output is taken or there is none."""
    from .summary import print_summary
    from .tabular import console_for

    print_summary(result, written, console_for(sys.stderr if aside else sys.stdout))


def _exit_code(result: Result) -> int:
    if result.schedule is not None:
        return DONE
    return INFEASIBLE if result.status == "infeasible" else NO_SCHEDULE


@main.command()
@click.argument("instance")
@click.argument("schedule")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def check(ctx: click.Context, /, instance: str, schedule: str, as_json: bool) -> None:
    """Judge SCHEDULE against every rule and floor of INSTANCE, and compute its cost.

    Exit codes: 0 nothing is violated; 2 bad input; 5 violations.
    """
    from . import check as judge
    from . import read, read_schedule
    from .summary import print_report
    from .tabular import console_for

    if instance == schedule == STDOUT:
        raise click.UsageError("only one of INSTANCE and SCHEDULE can be standard input")
    report = judge(read(instance), read_schedule(schedule))
    if as_json:
        click.echo(report.model_dump_json(indent=1))
    else:
        print_report(report, console_for(sys.stdout))
    ctx.exit(DONE if report.ok else VIOLATIONS)


@main.command()
@click.argument("file", type=click.Choice(["instance", "schedule"]), default="instance")
def schema(file: str) -> None:
    """Print the JSON Schema of instance files, or of schedule files."""
    import json

    from .schema import instance_schema, schedule_schema

    found = instance_schema() if file == "instance" else schedule_schema()
    click.echo(json.dumps(found, indent=1, ensure_ascii=False))


@main.command()
@click.argument("kind", required=False)
def rules(kind: str | None) -> None:
    """List all rules and floors, or explain the one named KIND with its fields and an example."""
    from .catalogue import entries, entry
    from .listing import print_entries, print_entry
    from .tabular import console_for

    if kind is None:
        print_entries(entries(), console_for(sys.stdout))
        return
    try:
        found = entry(kind)
    except KeyError as error:
        raise click.BadParameter(error.args[0], param_hint="KIND") from None
    print_entry(found, console_for(sys.stdout))


@main.command()
@click.argument("path")
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def new(path: str, force: bool) -> None:
    """Write a commented instance to PATH, ready to solve and to be changed into your own.

    Keys that begin with // are remarks; every command skips them.
    """
    from importlib.resources import files

    from .io.text import write_text

    outputs = Outputs(schedule=path)
    outputs.prepare(STDOUT)
    if Path(path).exists() and not force:
        raise click.UsageError(f"'{path}' exists; give --force to overwrite it")
    text = files(__package__).joinpath("io", "starter.json").read_text(encoding="utf-8")
    if path == STDOUT:
        click.echo(text, nl=False)
        return
    write_text(path, text)
    click.echo(f"wrote {path}; now try\n\n  scheduler solve {shlex.quote(path)} -o schedule.json")
