"""The commands ``scheduler bench …``: thin, like all the others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from .cli_studies import STUDIES

DATA = click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of the public sets; SERVICEFLOOR_BENCHMARKS or ./benchmarks, if left out.",
)
LIMITS = click.option(
    "--time-limit",
    "time_limits",
    type=click.FloatRange(min=0, min_open=True, max=10**7),
    multiple=True,
    metavar="SECONDS",
    help="Of each run, may be given several times; the suite's own, if left out.",
)
SEEDS = click.option("--seeds", metavar="LIST", help="Such as 0,1,2; the suite's own, if left out.")
ONLY = click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="Only instances of such names, as 'team-3*', may be given several times.",
)
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Threads of each run; all cores, if left out."
)
OUTPUT = click.option(
    "-o", "--output", required=True, metavar="RUN.csv", help="Write a row for each run."
)
AT = click.option(
    "--at", metavar="LIST", help="Also what runs had after so many seconds, such as 60,300,600."
)
MARKDOWN = click.option("--markdown", is_flag=True, help="Print tables in Markdown.")


@click.group(short_help="Run suites of instances, and compare.")
def bench() -> None:
    """Run suites of instances, and compare with what is known, other runs and other tools.

    A suite is a TOML file: its instances, limits, seeds and engines, and a table of best known
    results. SUITE is the name of a shipped one, or a file that ends in .toml.
    """


@bench.command(name="list")
@click.argument("suite", required=False)
@DATA
def listing(suite: str | None, data: Path | None) -> None:
    """List the suites, or the instances of SUITE with their best known results.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.benching import list_instances, list_suites
    from .terminal.tabular import console_for

    console = console_for(sys.stdout)
    if suite is None:
        list_suites(console, data)
    else:
        list_instances(suite, console, data)


@bench.command()
@click.argument("names", nargs=-1, required=True, metavar="SUITE|FILE...")
@click.option("--from", "source", metavar="FORMAT", help="The files are in this format.")
@OUTPUT
@LIMITS
@SEEDS
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="Engine or peer, may be given several times; the suite's own, if left out.",
)
@ONLY
@WORKERS
@click.option(
    "--parallel",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Runs at once.",
)
@click.option("--oversubscribe", is_flag=True, help="Allow more threads than cores.")
@click.option(
    "--grace",
    "grace_seconds",
    type=click.FloatRange(min=0, max=10**7),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Beyond the limit, before a run is killed: a timeout.",
)
@click.option("--retry", is_flag=True, help="Run again what ended without a result.")
@click.option("--schedules", metavar="DIR", type=click.Path(path_type=Path), help="Keep schedules.")
@DATA
@click.pass_context
def run(ctx: click.Context, /, names: tuple[str, ...], output: str, **options: Any) -> None:
    """Solve the instances of SUITE, or instance FILES, and write a row for each run.

    Each run has a process of its own. Rows are written as runs end, and the course of cost and
    bound goes to RUN.trace.csv; a run that is in the file already is not repeated, and a file whose
    rows are of other instances is refused. Costs are the checker's. A crash, a timeout or a broken
    file is a row, not the end. Ctrl-C keeps what is done; a second one aborts.

    Exit codes: 0 done; 2 bad input; 130 interrupted.
    """
    from .terminal.benching import run_suite

    ctx.exit(run_suite(names, Path(output), **options))


@bench.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN.csv [RUN2.csv]")
@click.option("--best-known", metavar="FILE.csv", help="Use this table of best known results.")
@click.option("--update", metavar="FILE.csv", help="Write what is better to this table.")
@AT
@MARKDOWN
@DATA
def compare(runs: tuple[str, ...], **options: Any) -> None:
    """Compare a run with the best known results, or two runs with each other.

    Gaps are shares of the cost. Solved, proved, proved infeasible, none found, broken schedules,
    timeouts and failures are counted apart, and an average says how many runs it leaves out.
    The primal integral sums the gap to the best known cost over the time of a run, in seconds: 1
    until there is a schedule.

    With `--at` the courses of long runs also give tables of shorter limits: cost, bound and gap at
    each moment, medians over seeds. Only the last cost of a run is the checker's; those before it
    are as the engine told them, and count only where the checker accepts the run's last schedule.

    Exit codes: 0 done; 2 bad input, such as a best known cost below a bound that was proved.
    """
    from .terminal.bench_tables import print_comparison
    from .terminal.tabular import console_for

    if len(runs) > 2:
        raise click.UsageError(f"expected one run or two, found {len(runs)}")
    print_comparison([Path(path) for path in runs], console_for(sys.stdout), **options)


@bench.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN.csv...")
@click.option("-o", "--output", required=True, metavar="PAGE.html", help="Write the page.")
@click.option("--best-known", metavar="FILE.csv", help="Use this table of best known results.")
@AT
@DATA
def report(runs: tuple[str, ...], output: str, **options: Any) -> None:
    """Write a page with tables, performance profiles, and gaps over time.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_tables import write_page

    click.echo(write_page([Path(path) for path in runs], Path(output), **options), nl=False)


@bench.command()
@click.argument("runs", nargs=-1, required=True, metavar="RUN.csv...")
@click.option(
    "--gap",
    type=click.FloatRange(min=0, max=1),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    help="Gap that is to be proved.",
)
@ONLY
@click.option("-o", "--output", metavar="PLOT.svg", help="Draw it.")
@MARKDOWN
def growth(runs: tuple[str, ...], **options: Any) -> None:
    """Tell how the time to a proved gap grows with people, days and intervals per hour.

    Instances that differ in one size only are a curve, such as those of the suite `growth`. Its
    exponent is fitted where at least three sizes prove the gap; what does not is listed, and never
    fitted. Peak memory stands beside it.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.bench_growth import print_growth
    from .terminal.tabular import console_for

    print_growth([Path(path) for path in runs], console_for(sys.stdout), **options)


@bench.command()
@click.argument("suite", default="peers")
@OUTPUT
@LIMITS
@SEEDS
@ONLY
@WORKERS
@MARKDOWN
@DATA
@click.pass_context
def peers(ctx: click.Context, /, suite: str, output: str, markdown: bool, **options: Any) -> None:
    """Let other ways to plan do the same work, and judge what they hand back by our checker.

    Needs the extra `peers`. The plain model of the well-known example has one boolean for each
    person, day and shift, with heads frozen in every interval; `pyworkforce` counts shifts for one
    skill and rosters them. Both get their breaks and services afterwards.

    Exit codes: 0 done; 2 bad input; 130 interrupted.
    """
    from .terminal.bench_tables import print_peers
    from .terminal.benching import run_suite
    from .terminal.tabular import console_for

    code = run_suite([suite], Path(output), peers=True, **options)
    print_peers(Path(output), console_for(sys.stdout), markdown=markdown)
    ctx.exit(code)


@bench.command()
@click.argument("names", nargs=-1)
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for the instances.")
@click.option("--people", type=click.IntRange(6, 5000), help="One team of this size instead.")
@click.option(
    "--days",
    type=click.IntRange(1, 364),
    default=7,
    show_default=True,
    help="One, or whole weeks.",
)
@click.option(
    "--variant",
    type=click.Choice(["slack", "tight", "rules"]),
    default="slack",
    show_default=True,
    help="How much of the hours is needed, or minimum hours and weekends.",
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of the team."
)
@click.option(
    "--interval",
    "interval_minutes",
    type=click.Choice(["5", "10", "15", "30"]),
    default="15",
    show_default=True,
    help="Minutes.",
)
@click.option("--planted", is_flag=True, help="Write the schedules that they were made from, too.")
def generate(names: tuple[str, ...], output: str, **options: Any) -> None:
    """Make the instances of our own suite, or those called NAMES, or one of any size.

    A team is given a schedule within its rules, and demand is made that this schedule just meets:
    each instance is feasible, and the same arguments always make the same file.

    Exit codes: 0 done; 2 bad input.
    """
    from .terminal.benching import write_teams

    click.echo(write_teams(names, Path(output), **options), nl=False)


for study in STUDIES:
    bench.add_command(study)
