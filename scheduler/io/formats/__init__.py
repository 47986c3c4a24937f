"""Foreign file formats, one package each; parsing, instance and solution apart."""

from ...models.base import did_you_mean
from . import curtois24, inrc1, inrc2, shift_design
from .format import Format, FormatError, from_text, solution_from_text

FORMATS: tuple[Format, ...] = (
    Format(
        id="curtois-24",
        title="Shift scheduling benchmark instances 1 to 24 (Curtois and Qu 2014), text",
        load=from_text(lambda text, source: curtois24.instance_of(curtois24.parse(text, source))),
        read_solution=solution_from_text(curtois24.read_solution),
        write_solution=curtois24.write_solution,
    ),
    Format(
        id="inrc1",
        title="First International Nurse Rostering Competition (2010), XML or text",
        load=from_text(lambda text, source: inrc1.instance_of(inrc1.parse(text, source))),
        read_solution=solution_from_text(inrc1.read_solution),
        write_solution=inrc1.write_solution,
    ),
    Format(
        id="inrc2",
        title="Second International Nurse Rostering Competition (2014), text; several files each",
        load=lambda place: inrc2.instance_of(inrc2.read_period(place)),
        read_solution=inrc2.read_solution,
        write_solution=inrc2.write_solution,
    ),
    Format(
        id="shift-design",
        title="Minimum shift design (Di Gaspero, Musliu and others 2007), MiniZinc data",
        load=from_text(
            lambda text, source: shift_design.problem_of(shift_design.parse(text, source))
        ),
        gives="design problem",
        write_problem=shift_design.write_problem,
    ),
)
"""Every format that is read."""


def format_named(name: str) -> Format:
    """Look a format up.

    Raises
    ------
    FormatError
        If there is none of this name; the message has the nearest, and all that there are.
    """
    known = {found.id: found for found in FORMATS}
    if name not in known:
        nearest, all_of_them = did_you_mean(name, known), ", ".join(known)
        hint = f"{nearest} known formats: {all_of_them}" if "mean" in nearest else nearest
        raise FormatError(f"unknown format '{name}'{hint}")
    return known[name]
