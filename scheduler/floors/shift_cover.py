"""People per shift and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from ..models.base import Id, Location, at_most, cents, did_you_mean
from ..models.finding import Finding, Violation
from ..models.floor import Floor
from ..models.instance import Instance
from ..models.team import Team
from .cover_entry import CoverEntry, Need
from .services import unknown_skill

if TYPE_CHECKING:
    from ..formulation.coverage_block import CoverageBlock
    from ..formulation.expressions import Expr

LISTED = 4
"""Templates that the title of the floor names."""


@dataclass(frozen=True, slots=True)
class Post:
    """A place to be filled: a template on a day, for a skill if one is asked for."""

    day: int
    template: Id
    skill: Id | None

    def __str__(self) -> str:
        return self.template if self.skill is None else f"{self.template} as {self.skill}"


class ShiftCover(Floor):
    """On every day, each template is worked by as many people as the cover asks for.

    An entry of `cover` counts the people who work a template on the days it names: one `day`,
    certain `days` of the week, or every day the template has. Its `minimum` and `maximum` hold;
    each person off the `preferred` number costs `weight_under` or `weight_over`. These three are
    one number, or a list with one for each day of the horizon. The entry of a date goes before the
    others for the same template and skill. Shifts that start before the horizon do not count.

    With a `skill`, only people who work the shift in that skill count. Where a skill is asked for
    on a shift, everybody on it works in exactly one of their own skills, and the schedule's shift
    says in which (`skill`). A shift that does not say so counts for the person's only skill; of
    somebody with several, for none.

    Notes
    -----
    n[d, o] = Σ_e x[e, d, o]; by skill, Σ_s n[p, d, o, s] = n[p, d, o] over the skills s of each
    profile p. minimum ≤ n ≤ maximum, cost weight_under · (preferred − n)⁺ + weight_over · (n −
    preferred)⁺. With the floor's `weight`, a person outside the limits costs so much.

    Source: cover requirements of the nurse-rostering benchmarks (Curtois and Qu 2014) and of both
    international nurse rostering competitions (Haspeslagh et al. 2014, Ceschia et al. 2015).

    Examples
    --------
    Holds with a minimum of 2 for early: Ana and Ben work early, Chi works late.

    Broken, by one person: Ana works early, Ben and Chi work late.
    """

    promise: ClassVar[str] = "access"
    unit: ClassVar[str] = "person"
    example: ClassVar[dict[str, object]] = {
        "kind": "shift_cover",
        "cover": [
            {"template": "early", "minimum": 2, "preferred": 3, "weight_under": 100},
            {"template": "early", "day": "2026-12-24", "minimum": 1, "maximum": 1},
        ],
    }

    kind: Literal["shift_cover"] = "shift_cover"
    cover: Annotated[tuple[CoverEntry, ...], at_most(100_000), Field(min_length=1)]

    @property
    def subject(self) -> str:
        """The templates."""
        names = list(dict.fromkeys(entry.template for entry in self.cover))
        return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")

    @property
    def occasion(self) -> str:
        """Shifts."""
        return "shift"

    def faults(self, instance: Instance) -> Iterator[tuple[Location, str]]:
        """Look everything up that entries name, and refuse what is said twice."""
        if self.hours is not None:
            yield ("hours",), "hours do not apply; entries of cover name a day, or days"
        templates = {template.id: template for template in instance.templates}
        given: dict[tuple[Post, bool], int] = {}
        for i, entry in enumerate(self.cover):
            for field, message in unknown_skill(instance, entry.skill):
                yield ("cover", i, *field), message
            template = templates.get(entry.template)
            if template is None:
                hint = did_you_mean(entry.template, templates)
                yield ("cover", i, "template"), f"unknown shift template '{entry.template}'{hint}"
                continue
            faults = list(entry.faults(instance.horizon, template))
            yield from ((("cover", i, *field), message) for field, message in faults)
            if faults:
                continue
            for day in entry.days_of(instance.horizon, template):
                post = Post(day, entry.template, entry.skill)
                first = given.setdefault((post, entry.day is not None), i)
                if first < i:
                    date = instance.horizon.date_of(day)
                    yield ("cover", i), f"the cover of {post} on {date} is given by cover[{first}]"
                    break

    def _needs(self, instance: Instance) -> Mapping[Post, Need]:
        """Give what is asked for, shift by shift."""
        return instance.remembered((self, "needs"), lambda: self._find_needs(instance))

    def _find_needs(self, instance: Instance) -> Mapping[Post, Need]:
        needs: dict[Post, Need] = {}
        for entry in sorted(self.cover, key=lambda entry: entry.day is not None):
            for day in entry.days_of(instance.horizon, instance.template(entry.template)):
                needs[Post(day, entry.template, entry.skill)] = entry.need_on(day)
        return needs

    def post(self, block: CoverageBlock) -> None:
        """Count the people of every shift, keep them within limits and charge the rest."""
        horizon, most = block.instance.horizon, len(block.members)
        for post, need in self._needs(block.instance).items():
            there = block.on_shift(post.day, post.template, post.skill)
            clock = block.instance.template(post.template).start.earliest
            near = horizon.minute_at(post.day, clock) // horizon.interval_minutes
            if need.minimum:
                block.require(self, near, there, need.minimum, need.minimum, unit=100)
            if need.maximum is not None and need.maximum < most:
                block.require(self, near, need.maximum - there, 0, most - need.maximum, unit=100)
            self._post_preferred(block, there, need, most)

    def _post_preferred(self, block: CoverageBlock, there: Expr, need: Need, most: int) -> None:
        under: Expr = 0
        over: Expr = 0
        if need.weight_under and need.preferred:
            under = block.model.new_int_var(0, need.preferred, "")
            block.ledger.charge(self.kind, cents(need.weight_under), under)
        if need.weight_over and need.preferred < most:
            over = block.model.new_int_var(0, most - need.preferred, "")
            block.ledger.charge(self.kind, cents(need.weight_over), over)
        if need.weight_under and need.weight_over:
            block.model.add(there + under - over == need.preferred)
        elif need.weight_under:
            block.model.add(there + under >= need.preferred)
        elif need.weight_over:
            block.model.add(there - over <= need.preferred)

    def check(self, team: Team) -> Iterator[Finding]:
        """Count the people of every shift."""
        there: Counter[Post] = Counter()
        for roster in team.rosters:
            skills = tuple(roster.employee.skills)
            for duty in roster.planned:
                there[Post(duty.day, duty.template, None)] += 1
                skill = duty.skill or (skills[0] if len(skills) == 1 else None)
                if skill is not None:
                    there[Post(duty.day, duty.template, skill)] += 1
        for post, need in self._needs(team.instance).items():
            yield from self._judged(team, post, need, there[post])

    def _judged(self, team: Team, post: Post, need: Need, people: int) -> Iterator[Violation]:
        if people < need.minimum:
            message = f"{people} of {need.minimum} people"
            yield self._found(team, post, need.minimum - people, message)
        if need.maximum is not None and people > need.maximum:
            message = f"{people} people, at most {need.maximum} allowed"
            yield self._found(team, post, people - need.maximum, message)
        off = people - need.preferred
        price = need.weight_over if off > 0 else need.weight_under
        if off and price:
            message = f"{people} people, {need.preferred} preferred"
            yield self._found(team, post, abs(off), message, price)

    def _found(
        self, team: Team, post: Post, amount: int, message: str, price: Decimal | None = None
    ) -> Violation:
        weight = self.weight if price is None else price
        return Violation(
            kind=self.kind,
            who=str(post),
            when=team.instance.horizon.date_of(post.day).isoformat(),
            amount=amount,
            unit=self.unit if price is None else "person off the preferred number",
            message=message,
            cost=None if weight is None else Decimal(weight) * amount,
        )
