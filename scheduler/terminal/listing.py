"""The rules and floors on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .tabular import print_table

if TYPE_CHECKING:
    from rich.console import Console

    from .catalogue import Entry

HEADINGS = {
    "floor": "Floors: promises to customers, held by the whole team",
    "rule": "Rules: labour rules, carried by one person",
}


def print_entries(found: Sequence[Entry], console: Console) -> None:
    """List kinds with their meaning, and whether they are hard or weighted."""
    for noun, heading in HEADINGS.items():
        rows = [(e.kind, e.meaning, e.strength) for e in found if e.noun == noun]
        console.print(heading, style="bold")
        print_table(("kind", "meaning", ""), rows, console)
    console.print("scheduler rules KIND explains one, with its fields and an example.")


def print_entry(entry: Entry, console: Console) -> None:
    """Explain one kind: meaning, mathematics, source, examples and fields."""
    console.print(f"{entry.kind} ({entry.noun}, {entry.strength})\n", style="bold")
    console.print("\n\n".join(filter(None, (entry.meaning, _paragraphs(entry.details)))))
    _print_section("Mathematics", entry.mathematics, console)
    _print_section("Source", entry.source, console)
    _print_section("Examples", entry.examples, console)
    if entry.fields:
        console.print("\nFields", style="bold")
        rows = [
            (f.name, f"{f.type}{f' ({f.unit})' if f.unit else ''}", f.default, f.meaning)
            for f in entry.fields
        ]
        print_table(("field", "what it takes", "default", "meaning"), rows, console)
        _print_section("In a file", entry.example, console, flow=False)


def _print_section(title: str, text: str, console: Console, *, flow: bool = True) -> None:
    console.print(f"\n{title}", style="bold")
    console.print(textwrap.indent(_paragraphs(text) if flow else text, "  "), soft_wrap=not flow)


def _paragraphs(text: str) -> str:
    """Join the lines of each paragraph, so that the terminal may break them anew."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
