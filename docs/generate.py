"""Write the pages that are read off the code: commands, rules and floors, JSON Schemas.

Run it after a change::

    python docs/generate.py

A test fails where a page is stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from scheduler.cli import main as scheduler
from scheduler.io.text import write_text
from scheduler.terminal.catalogue import Entry, entries
from scheduler.terminal.schema import SCHEMAS

DOCS = Path(__file__).parent
EXIT_CODES = (
    (0, "done: a schedule was found and the checker finds nothing, or nothing is violated"),
    (2, "bad usage or bad input: one line for each fault, with its path in the file"),
    (3, "proved infeasible"),
    (4, "no schedule found within the limits"),
    (5, "`check` found violations, or `simulate` a hard floor that is not held"),
)


def pages() -> dict[str, str]:
    """Every generated page by its path below docs/."""
    return {
        "cli.md": "\n".join(_commands()) + "\n",
        "rules.md": "\n".join(_rules()) + "\n",
        **{f"schema/{name}.schema.json": _json(schema()) for name, schema in SCHEMAS.items()},
    }


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", _text(scheduler.help), "")
    yield from ("| exit code | meaning |", "|---|---|")
    yield from (f"| {code} | {meaning} |" for code, meaning in EXIT_CODES)
    for name, command in scheduler.commands.items():
        yield from _command(name, command, "##")


def _command(name: str, command: click.Command, heading: str) -> Iterator[str]:
    """Tell of a command, and of those below it."""
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    below = command.commands if isinstance(command, click.Group) else {}
    words = ["scheduler", name, *(["[OPTIONS]"] if options else []), *map(_argument, arguments)]
    words += ["|".join(below)] if below else []
    yield from ("", f"{heading} {name}", "", "```", " ".join(words), "```", "", _text(command.help))
    if options:
        yield from ("", "| option | | default |", "|---|---|---|", *map(_option, options))
    for part, child in below.items():
        yield from _command(f"{name} {part}", child, f"{heading}#")


def _text(text: str | None) -> str:
    """Join the lines of each paragraph, but leave those marked by a backspace as they are."""
    return "\n\n".join(map(_paragraph, (text or "").strip().split("\n\n")))


def _paragraph(text: str) -> str:
    text = text.strip()
    if text.startswith("\b"):
        return "\n".join(["```", *(line.strip() for line in text[1:].strip().splitlines()), "```"])
    return " ".join(text.split())


def _argument(argument: click.Argument) -> str:
    if argument.metavar:
        return argument.metavar
    name = (argument.name or "").upper()
    if isinstance(argument.type, click.Choice):
        name = "|".join(map(str, argument.type.choices))
    return name if argument.required else f"[{name}]"


def _option(option: click.Option) -> str:
    value = "" if option.is_flag else f" {_value(option)}"
    names = ", ".join(f"`{name}`" for name in option.opts[:-1])
    name = f"{names}, `{option.opts[-1]}{value}`" if names else f"`{option.opts[-1]}{value}`"
    default = f"`{option.default}`" if option.show_default else ""
    return f"| {name} | {option.help} | {default} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "\\|".join(map(str, option.type.choices))
    return option.metavar or "N"


def _rules() -> Iterator[str]:
    yield from ("# Floors and rules", "")
    yield "Floors are promises to customers, held by the whole team; rules are labour rules,"
    yield "carried by one person. Each is hard, or has a `weight`: money for a unit of violation."
    found = entries()
    for noun, heading in (("floor", "Floors"), ("rule", "Rules")):
        yield from ("", f"## {heading}", "", "| kind | meaning |", "|---|---|")
        group = [entry for entry in found if entry.noun == noun]
        yield from (f"| [`{e.kind}`](#{e.kind}) | {e.meaning} |" for e in group)
        for entry in group:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield from ("", f"### {entry.kind}", "", entry.meaning, "", f"*{entry.strength}*")
    if entry.details:
        yield from ("", entry.details)
    yield from ("", f"**Mathematics.** {entry.mathematics}", "", f"**Source.** {entry.source}")
    yield from ("", entry.examples)
    if entry.fields:
        yield from ("", "| field | takes | unit | default | meaning |", "|---|---|---|---|---|")
        for f in entry.fields:
            yield f"| `{f.name}` | {f.type} | {f.unit} | {f.default} | {f.meaning} |"
        yield from ("", "```json", entry.example, "```")


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        write_text(DOCS / path, text)


if __name__ == "__main__":
    main()
