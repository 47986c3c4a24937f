"""The base of every noun, and the scalar types that instance files are made of."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

Location = tuple[int | str, ...]
"""Where in the instance something stands: ``("employees", 3, "contract")``."""

LARGEST_EXACT = 1e12
"""Numbers below are exact to the hundredth."""

MOST_FAULTS = 60
"""Faults of one model that are kept; a file of garbage would have millions."""


@dataclass
class Patience:
    """Context of a validation that gives up on the rest of a file once so much of it is wrong."""

    left: int = 1000

    def spend(self, faults: int) -> None:
        """Note faults; those of a part are noted again by the whole."""
        self.left -= faults


class Model(BaseModel):
    """A frozen value: unknown fields are refused, with the nearest known name."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy it with some fields changed; what was computed from the old ones is forgotten."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @model_validator(mode="wrap")
    @classmethod
    def _explain_faults(
        cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        patience = info.context if isinstance(info.context, Patience) else Patience()
        if patience.left < 0:
            raise PydanticCustomError("skipped", "not looked at, after so many faults")
        if isinstance(data, dict):
            _refuse_more_than(1000, data, "fields")
        try:
            return handler(data)
        except ValidationError as error:
            patience.spend(error.error_count())
            raise _with_suggestions(error, cls) from None


def _with_suggestions(error: ValidationError, model: type[BaseModel]) -> ValidationError:
    """Rewrite this model's own "extra field" errors; those of its parts have been rewritten."""

    def details(entry: Mapping[str, Any]) -> InitErrorDetails:
        kind, message = entry["type"], entry["msg"]
        if kind == "extra_forbidden" and len(entry["loc"]) == 1:
            kind = "unknown_field"
            message = f"unknown field{did_you_mean(str(entry['loc'][0]), model.model_fields)}"
        # Every error becomes a custom one: its text is final, whatever pydantic calls it.
        escaped = PydanticCustomError(kind, "{message}", {"message": message})
        return InitErrorDetails(type=escaped, loc=entry["loc"], input=entry["input"])

    entries = error.errors(include_url=False)[:MOST_FAULTS]
    return ValidationError.from_exception_data(error.title, [details(e) for e in entries])


def at_most(count: int) -> BeforeValidator:
    """Refuse longer lists, before their entries are looked at."""

    def look(value: object) -> object:
        if isinstance(value, list | tuple | dict):
            _refuse_more_than(count, value, "entries")
        return value

    return BeforeValidator(look)


def _refuse_more_than(count: int, value: Sized, noun: str) -> None:
    if len(value) > count:
        message = f"expected at most {count:,} {noun}, found {len(value):,}"
        raise PydanticCustomError("too_many", "{message}", {"message": message})


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """``"; did you mean 'phones'?"``, or ``"; expected one of …"`` where nothing is near."""
    names = sorted(known)
    near = difflib.get_close_matches(found, names, n=1) if len(found) <= 100 else []
    near = near or [name for name in names if len(found) > 2 and name.startswith(f"{found}_")]
    if near:
        return f"; did you mean '{near[0]}'?"
    if not names:
        return "; none is defined"
    listed = ", ".join(f"'{name}'" for name in names[:8])
    return f"; expected one of {listed}" + (" …" if len(names) > 8 else "")


class Faults:
    """Collects every fault of a model before refusing it, each with its location."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._details: list[InitErrorDetails] = []

    def add(self, location: Location, message: str, found: object = None) -> None:
        """Note one fault at `location`; `found` is the offending value."""
        error = PydanticCustomError("inconsistent", "{message}", {"message": message})
        self._details.append(InitErrorDetails(type=error, loc=location, input=found))

    def raise_if_any(self) -> None:
        """Refuse the model if a fault was noted.

        Raises
        ------
        ValidationError
            With one entry for each fault.
        """
        if self._details:
            raise ValidationError.from_exception_data(self._title, self._details)


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)

MINUTES_PER_DAY = 24 * 60


def parse_clock(value: object) -> object:
    """Turn ``"08:30"`` into 510 minutes after midnight; ``"24:00"`` is the day's end."""
    if isinstance(value, str):
        match = re.fullmatch(r"(\d{1,2}):(\d{2})", value)
        if match and int(match[2]) < 60 and int(match[1]) * 60 + int(match[2]) <= MINUTES_PER_DAY:
            return int(match[1]) * 60 + int(match[2])
    elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MINUTES_PER_DAY:
        return value
    raise PydanticCustomError("clock", "expected a time of day from '00:00' to '24:00'")


def format_clock(minutes: int) -> str:
    """``510`` → ``"08:30"``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def is_supported_year(year: int) -> bool:
    """Tell whether the calendar can compute with a year, whatever the time zone."""
    return 1900 <= year <= 2200


def _supported(value: date) -> date:
    if not is_supported_year(value.year):
        raise PydanticCustomError("year", "expected a year from 1900 to 2200")
    return value


def _parse_date(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date", "expected a date such as '2026-03-02'")


def _parse_local_time(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) <= 40 and "T" in value:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("local_time", "expected a local time such as '2026-03-02T08:30'")


def format_local_time(moment: datetime) -> str:
    """ISO 8601, with seconds only where there are some."""
    return moment.isoformat(timespec="minutes" if not moment.second else "seconds")


def _two_decimals(value: Decimal) -> Decimal:
    if not value.is_finite() or value != round(value, 2):
        raise PydanticCustomError("money", "expected an amount with at most two decimals")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise PydanticCustomError("number", "expected a number")
    return value


def _hundredths(value: float) -> float:
    if not abs(value) < LARGEST_EXACT:  # the limits of the field refuse it
        return value
    if abs(value * 100 - round(value * 100)) > 1e-9:
        raise PydanticCustomError("hundredths", "expected a number with at most two decimals")
    return round(value, 2)


Id = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
"""A name that is unique in its list."""

ClockTime = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(format_clock, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$", "examples": ["08:30"]}),
]
"""A time of day: ``"08:30"`` in files, minutes after midnight inside."""

Date = Annotated[date, BeforeValidator(_parse_date), AfterValidator(_supported)]

LocalTime = Annotated[
    datetime,
    BeforeValidator(_parse_local_time),
    AfterValidator(_supported),
    PlainSerializer(format_local_time, when_used="json"),
]
"""A local date and time; the UTC offset is given only where the clock shows a time twice."""

Money = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=0, le=1_000_000),
    AfterValidator(_two_decimals),
    PlainSerializer(float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1_000_000, "multipleOf": 0.01}),
]
"""Money: a decimal number in files; integer cents in the model (`cents`)."""

WholeMoney = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
"""Whole money, so that a hundredth of a person still costs whole cents."""

Minutes = Annotated[int, Field(strict=True, ge=0, le=100 * MINUTES_PER_DAY)]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000)]
Number = Annotated[float, BeforeValidator(_number), Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, BeforeValidator(_number), Field(gt=0, allow_inf_nan=False)]
Hundredths = Annotated[float, BeforeValidator(_number), AfterValidator(_hundredths)]
"""A number with at most two decimals, exact as an integer of hundredths (`hundredths`)."""


def cents(money: Decimal | int) -> int:
    """Give an amount of money in integer cents."""
    return int(money * 100)


def hundredths(value: float) -> int:
    """``0.85`` → ``85``."""
    return round(value * 100)


def rounded_div(numerator: int, denominator: int) -> int:
    """Divide non-negative integers, half up: how fractions of a cent are rounded."""
    return (2 * numerator + denominator) // (2 * denominator)
