"""The command ``scheduler``: thin commands, each of which calls one public function.

Solver, tables and figures are imported inside the commands that need them, so that the others
answer at once.
"""

from __future__ import annotations

import math
import re
import sys
from decimal import Decimal
from typing import Any

import click

from .cli_bench import bench
from .errors import InputError
from .terminal import exits
from .terminal.outputs import STDOUT, Outputs


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
            ctx.exit(exits.BAD_INPUT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="servicefloor", prog_name="scheduler")
def main() -> None:
    """Plan shifts: interval demand in, checked schedules for named people out.

    Files are JSON; `scheduler new` writes one to start from. `-` stands for standard input.
    """


def _a_number(ctx: click.Context, param: click.Parameter, value: float) -> float:  # noqa: ARG001
    if math.isnan(value):
        raise click.BadParameter("expected a number")
    return value


def _money(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:  # noqa: ARG001
    if value is None:
        return None
    if not re.fullmatch(r"\d{1,7}(\.\d{1,2})?", value) or Decimal(value) > 1_000_000:
        raise click.BadParameter(f"expected an amount such as 12.50, found '{value}'")
    return Decimal(value)


def _for_verifying(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and not ctx.params.get("verify_by_simulation"):
        raise click.BadParameter("is for --verify-by-simulation")
    return None if value is None else _a_number(ctx, param, value)


_TIME_LIMIT = click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    callback=_a_number,
    metavar="SECONDS",
    help="Stop after so long with the best so far.",
)
_GAP = click.option(
    "--gap",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    callback=_a_number,
    metavar="SHARE",
    help="Stop once the cost is proved within this share of the best possible: 0.01 is 1 %.",
)
_SEED = click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Seed of the search.",
)


@main.command(short_help="Find the cheapest schedule, and prove how good it is.")
@click.argument("instance")
@click.option("-o", "--output", metavar="SCHEDULE.json", help="Write the schedule; - to stdout.")
@_TIME_LIMIT
@_GAP
@_SEED
@click.option("--workers", type=click.IntRange(min=1), help="Threads; all cores, if left out.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "exact", "columns"]),
    default="auto",
    show_default=True,
    help="How to solve: one model, whole rosters as columns, or what suits the instance.",
)
@click.option(
    "--start",
    metavar="SCHEDULE.json",
    help="Begin with this schedule: if it keeps every promise, the result costs no more.",
)
@click.option("--deterministic", is_flag=True, help="Give the same file twice.")
@click.option("--report", metavar="FILE.html", help="Write a page to keep.")
@click.option("--csv", metavar="DIR", help="Write shifts.csv and coverage.csv.")
@click.option("--trace", metavar="FILE.csv", help="Write cost and bound over time.")
@click.option(
    "--verify-by-simulation",
    is_flag=True,
    is_eager=True,
    help="Replay the schedule, and solve again until every hard access floor holds.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    callback=_for_verifying,
    metavar="SHARE",
    help="Of the replay, with --verify-by-simulation; 0.95, if left out.",
)
@click.option(
    "--replications",
    type=click.IntRange(min=2),
    callback=_for_verifying,
    help="Of each replay, with --verify-by-simulation; 100, if left out.",
)
@click.option(
    "--no-show",
    type=click.FloatRange(0, 1),
    callback=_for_verifying,
    metavar="SHARE",
    help="Chance of a person not to come on a day, with --verify-by-simulation; 0, if left out.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def solve(
    ctx: click.Context,
    /,
    instance: str,
    output: str | None,
    report: str | None,
    csv: str | None,
    trace: str | None,
    start: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Find a schedule of least cost for INSTANCE, and prove how good it is.

    With --verify-by-simulation each schedule is played with random customers. Where a hard floor on
    access does not hold, staff is added there and the instance is solved again, within the time
    limit; the bound stays that of the instance. What does not hold in the end is not written.

    Ctrl-C stops the search and keeps the best schedule so far; a second one aborts.

    Exit codes: 0 a schedule was found and the checker finds nothing; 2 bad input; 3 proved
    infeasible; 4 no schedule found within the limits, or none whose floors hold in the replay.
    """
    from .terminal.running import run

    if instance == start == STDOUT:
        raise click.UsageError("only one of INSTANCE and --start can be standard input")
    outputs = Outputs(output, report, csv, trace)
    ctx.exit(run(instance, outputs, start=start, quiet=quiet, **options))


@main.command(short_help="Judge a schedule against every rule and floor.")
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
    from .terminal.summary import print_report
    from .terminal.tabular import console_for

    if instance == schedule == STDOUT:
        raise click.UsageError("only one of INSTANCE and SCHEDULE can be standard input")
    report = judge(read(instance), read_schedule(schedule))
    if as_json:
        click.echo(report.model_dump_json(indent=1))
    else:
        print_report(report, console_for(sys.stdout))
    ctx.exit(exits.DONE if report.ok else exits.VIOLATIONS)


@main.command(short_help="Play a schedule with random customers.")
@click.argument("instance")
@click.argument("schedule")
@click.option(
    "--replications",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="How often the horizon is played.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Seed of the customers; two schedules meet the same ones.",
)
@click.option(
    "--routing",
    type=click.Choice(["planned", "skills"]),
    default="planned",
    show_default=True,
    help="Agents serve the service that the schedule names, or any whose skill they have.",
)
@click.option(
    "--no-show",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    callback=_a_number,
    metavar="SHARE",
    help="Chance of a person not to come on a day.",
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    callback=_a_number,
    metavar="SHARE",
    help="Of the confidence intervals, and so of every verdict.",
)
@click.option(
    "--repeat-minutes",
    type=click.FloatRange(0, 1_000_000, min_open=True),
    default=30.0,
    show_default=True,
    callback=_a_number,
    metavar="MINUTES",
    help="Mean time after which who comes back with an unresolved contact does so.",
)
@click.option(
    "--response-share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.95,
    show_default=True,
    callback=_a_number,
    metavar="SHARE",
    help="Done in time, at which a response counts as held: by chance, not everything is.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; all cores, if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--report", metavar="FILE.html", help="Write a page to keep.")
@click.option(
    "--csv", metavar="DIR", help="Write replay_floors, replay_days and replay_intervals.csv."
)
@click.pass_context
def simulate(
    ctx: click.Context,
    /,
    instance: str,
    schedule: str,
    report: str | None,
    csv: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Play SCHEDULE with random customers, and compare with what INSTANCE promises them.

    Customers of every service with arrivals come, wait, are served or give up, interval by
    interval; agents end their contact before a break or the end of a shift. Service level, wait,
    abandonment and occupancy are given with confidence intervals, next to what floors promise and
    the queue formula predicts. A floor is held if the whole interval keeps the promise, not held if
    none of it does; otherwise it cannot be told, and more replications may help.

    Ctrl-C keeps the replications that are done; a second one aborts.

    Exit codes: 0 no hard floor was found not to hold; 2 bad input; 5 a hard floor is not held.
    """
    from .terminal.replaying import TABLES, run_replay

    if instance == schedule == STDOUT:
        raise click.UsageError("only one of INSTANCE and SCHEDULE can be standard input")
    outputs = Outputs(report=report, csv=csv, tables=TABLES)
    ctx.exit(run_replay(instance, schedule, outputs, as_json=as_json, **options))


@main.command(short_help="Choose a few shifts that cover the demand, before naming people.")
@click.argument("file")
@click.option("--from", "source", metavar="FORMAT", help="The file is in this format.")
@click.option("-o", "--output", metavar="DESIGN.json", help="Write the design; - to stdout.")
@_TIME_LIMIT
@_GAP
@_SEED
@click.option("--workers", type=click.IntRange(min=1), help="Processes; all cores, if left out.")
@click.option(
    "--service",
    "services",
    metavar="SERVICE",
    multiple=True,
    help="Of an instance: cover this service.",
)
@click.option(
    "--weight-shift",
    callback=_money,
    metavar="MONEY",
    help="For each distinct shift; instances: 10.",
)
@click.option(
    "--weight-under",
    callback=_money,
    metavar="MONEY",
    help="For a person missing in an interval; instances: nobody may be missing.",
)
@click.option(
    "--weight-over",
    callback=_money,
    metavar="MONEY",
    help="For a person too many in an interval; instances: 1.",
)
@click.option("--max-shifts", type=click.IntRange(min=1), help="Distinct shifts, at most.")
@click.option("--problem", metavar="FILE.json", help="Write the problem that is solved.")
@click.option("--csv", metavar="DIR", help="Write design_shifts.csv and design_cover.csv.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def design(
    ctx: click.Context,
    /,
    file: str,
    source: str | None,
    output: str | None,
    csv: str | None,
    problem: str | None,
    quiet: bool,
    time_limit: float,
    gap: float,
    seed: int,
    workers: int | None,
    **wishes: Any,
) -> None:
    """Choose a few shifts that cover the demand of FILE, and prove how good they are.

    FILE is a design problem, or an instance: then its demand is covered by shifts out of its
    templates, whoever works them, and every template of the result can go into the instance. The
    weights take the place of those in the file.

    Ctrl-C stops the search and keeps the best design so far; a second one aborts.

    Exit codes: 0 a design was found; 2 bad input; 3 proved infeasible; 4 no design found within the
    limits.
    """
    from .io.formats.format import FormatError
    from .terminal.designing import TABLES, Wishes, run_design

    others = () if problem is None else (problem,)
    outputs = Outputs(schedule=output, csv=csv, tables=TABLES, others=others)
    options = {"time_limit": time_limit, "gap": gap, "seed": seed, "workers": workers}
    try:
        code = run_design(file, source, Wishes(**wishes), outputs, problem, quiet=quiet, **options)
    except FormatError as error:
        raise click.UsageError(str(error)) from None
    ctx.exit(code)


@main.command(short_help="Read and write the files of other formats.")
@click.argument("file")
@click.option("--from", "source", metavar="FORMAT", help="The file is in this format.")
@click.option("--to", "target", metavar="FORMAT", help="Write the schedule in this format.")
@click.option("--instance", metavar="INSTANCE.json", help="Instance that is solved by the file.")
@click.option("-o", "--output", metavar="PATH", default="-", help="Where to write; - for stdout.")
def convert(
    file: str, source: str | None, target: str | None, instance: str | None, output: str
) -> None:
    """Turn FILE of another format into an instance, or solutions from and to other formats.

    \b
    scheduler convert FILE --from FORMAT -o INSTANCE.json
    scheduler convert SOLUTION --from FORMAT --instance INSTANCE.json -o SCHEDULE.json
    scheduler convert SCHEDULE.json --to FORMAT --instance INSTANCE.json -o SOLUTION
    scheduler convert PROBLEM.json --to shift-design -o FILE.dzn

    Formats: curtois-24, inrc1, inrc2, and shift-design, whose files hold design problems. Some of
    them have several files for one problem or solution: FILE or PATH is a folder then, or the name
    of a problem in it.

    Exit codes: 0 done; 2 bad input.
    """
    from .io.formats.format import FormatError
    from .terminal.converting import from_foreign, to_foreign, written

    if (source is None) == (target is None):
        raise click.UsageError("give one of --from and --to")
    try:
        if source is not None:
            said = written(from_foreign(file, source, instance), output)
        else:
            said = to_foreign(file, target or "", instance, output)
    except FormatError as error:
        raise click.UsageError(str(error)) from None
    click.echo(said, nl=False)


@main.command(short_help="Print the JSON Schema of a file format.")
@click.argument(
    "file",
    type=click.Choice(["instance", "schedule", "standards", "design-problem", "design"]),
    default="instance",
)
def schema(file: str) -> None:
    """Print the JSON Schema of a kind of file; of instance files, if left out."""
    import json

    from .terminal.schema import SCHEMAS

    click.echo(json.dumps(SCHEMAS[file](), indent=1, ensure_ascii=False))


@main.command(short_help="List or explain rules and floors.")
@click.argument("kind", required=False)
def rules(kind: str | None) -> None:
    """List all rules and floors, or explain the one named KIND with its fields and an example."""
    from .terminal.catalogue import entries, entry
    from .terminal.listing import print_entries, print_entry
    from .terminal.tabular import console_for

    if kind is None:
        print_entries(entries(), console_for(sys.stdout))
        return
    try:
        found = entry(kind)
    except KeyError as error:
        raise click.BadParameter(error.args[0], param_hint="KIND") from None
    print_entry(found, console_for(sys.stdout))


@main.command(short_help="Write a commented instance to start from.")
@click.argument("path")
@click.option("--force", is_flag=True, help="Overwrite the file if there is one.")
def new(path: str, force: bool) -> None:
    """Write a commented instance to PATH, ready to solve and to be changed into your own.

    Keys that begin with // are remarks; every command skips them.
    """
    from .terminal.starter import write_starter

    click.echo(write_starter(path, force=force), nl=False)


main.add_command(bench)
