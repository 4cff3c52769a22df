"""Every parameter with its kind, bounds, default and source: the code names no other limit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bancheng.city.parameters.errors import BadParameter

Kind = Literal["number", "switch", "choice", "codes", "text", "table"]
Value = int | bool | str | list[str] | dict[str, object]


@dataclass(frozen=True, slots=True)
class Parameter:
    """`low` and `high` bound a number, `options` a choice or a list of codes; `fits` says what
    else must hold for a value of the right kind."""

    key: str
    kind: Kind
    default: Value
    source: str
    low: int = 0
    high: int = 10_000
    options: tuple[str, ...] = ()
    fits: Callable[[Value], bool] | None = None


_known: dict[str, Parameter] = {}


def declare(parameters: Iterable[Parameter]) -> None:
    """Add an area's parameters; a key is declared once. Its default must be valid."""
    for parameter in parameters:
        if _known.get(parameter.key, parameter) != parameter:
            raise ValueError(f"{parameter.key} is declared twice")
        check(parameter, parameter.default)
        _known[parameter.key] = parameter


def known() -> dict[str, Parameter]:
    """All declared parameters by key."""
    return dict(_known)


def of(key: str) -> Parameter:
    """One parameter; raises KeyError for a key nobody declared."""
    return _known[key]


def check(parameter: Parameter, value: object) -> None:
    """Raise BadParameter unless the value is of the parameter's kind and within its bounds."""
    if not _fits(parameter, value) or (parameter.fits and not parameter.fits(value)):  # type: ignore[arg-type]
        raise BadParameter(key=parameter.key)


def _fits(parameter: Parameter, value: object) -> bool:
    match parameter.kind:
        case "number":
            number = isinstance(value, int) and not isinstance(value, bool)
            return number and parameter.low <= int(str(value)) <= parameter.high
        case "switch":
            return isinstance(value, bool)
        case "choice":
            return value in parameter.options
        case "codes":
            return isinstance(value, list) and set(value) <= set(parameter.options)
        case "text":
            return isinstance(value, str) and len(value) <= 2_000
        case "table":
            return isinstance(value, dict)
