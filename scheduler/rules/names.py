"""Shared by the rules that name templates, skills or employees: looking them up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..models.base import Location, did_you_mean
from ..models.instance import Instance


def unknown_template(
    instance: Instance, name: str, *here: int | str
) -> Iterator[tuple[Location, str]]:
    """Complain about a template that does not exist, at a place of the rule."""
    known = [template.id for template in instance.templates]
    if name not in known:
        yield here, f"unknown shift template '{name}'{did_you_mean(name, known)}"


def unknown_templates(
    instance: Instance, names: Iterable[str], *here: int | str
) -> Iterator[tuple[Location, str]]:
    """Complain about templates of a list that do not exist."""
    for i, name in enumerate(names):
        yield from unknown_template(instance, name, *(here or ("templates",)), i)
