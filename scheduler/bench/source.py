"""Where an instance of a suite comes from, and how it is had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..io.files import read
from ..io.foreign import convert
from ..io.formats import format_named
from ..models.design import DesignProblem
from ..models.instance import Instance
from .team import TeamPlan


@dataclass(frozen=True, slots=True)
class Source:
    """A file, a name in a format's folder, or a team to be made."""

    name: str
    path: str | None = None
    format: str | None = None
    """Foreign format of the file."""
    generated: TeamPlan | None = None

    def load(self) -> Instance:
        """Read the instance, or make it.

        Raises
        ------
        InputError
            If its file is broken.
        """
        if self.generated is not None:
            return self.generated.instance()
        return read(str(self.path), self.format)

    @property
    def is_design(self) -> bool:
        """Whether it is a problem of designing shifts, not one of naming people."""
        return self.format is not None and format_named(self.format).gives == "design problem"

    def load_problem(self) -> DesignProblem:
        """Read a design problem.

        Raises
        ------
        InputError
            If its file is broken.
        """
        return DesignProblem.model_validate(convert(str(self.path), str(self.format)))

    def load_any(self) -> Instance | DesignProblem:
        """Read or make what is to be solved, of whichever kind.

        Raises
        ------
        InputError
            If its file is broken.
        """
        return self.load_problem() if self.is_design else self.load()

    def to_json(self) -> dict[str, Any]:
        """Give what another process needs to have the same instance."""
        generated = None if self.generated is None else self.generated.model_dump(mode="json")
        return {
            "name": self.name,
            "path": self.path,
            "format": self.format,
            "generated": generated,
        }

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> Source:
        """Take what `to_json` gave."""
        given = data["generated"]
        plan = None if given is None else TeamPlan.model_validate(given)
        return cls(data["name"], data["path"], data["format"], plan)
