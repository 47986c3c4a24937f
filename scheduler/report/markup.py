"""Building HTML so that every text is escaped unless it is markup already."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


class Markup(str):
    """Text that is HTML already; only this module and constants make it."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str) -> Markup:
    """Make an element; children that are no `Markup` are escaped.

    A trailing underscore of an attribute is dropped, other underscores become dashes: ``class_``,
    ``aria_label``.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{given}>{join(children)}</{name}>")


def join(children: Iterable[str]) -> Markup:
    """Put pieces in a row, escaping those that are plain text."""
    return Markup("".join(c if isinstance(c, Markup) else html.escape(c) for c in children))


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Sequence[int] = (),
    foot: Sequence[str] = (),
) -> Markup:
    """Make a table with a caption for those who cannot see it; `numbers` are set to the right."""

    def cells(name: str, row: Sequence[str]) -> Markup:
        made = []
        for position, cell in enumerate(row):
            kind = {"class_": "number"} if position in numbers else {}
            if name == "th":
                kind["scope"] = "col"
            made.append(tag(name, cell, **kind))
        return tag("tr", *made)

    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("thead", cells("th", heads)),
            tag("tbody", *(cells("td", row) for row in rows)),
            *([tag("tfoot", cells("td", foot))] if foot else []),
        ),
        class_="scroll",
    )
