"""How the file of a piece of work is typed, asked for and kept.

A file is a frozen dataclass. Its fields say by their type how they are asked for and how long they
may be; from the same declaration come the request's body, the description of the form and the
JSON that is stored.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

from apps.cases.details import Detail

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class As:
    """How a field is asked for: its input and its bounds."""

    input: str
    most: int = 0
    least: int = 0


Short = Annotated[str, As("line", 80)]
Line = Annotated[str, As("line", 200)]
Text = Annotated[str, As("text", 5000)]
Unit = Annotated[UUID, As("unit")]
MaybeUnit = Annotated[UUID | None, As("unit")]
Units = Annotated[tuple[UUID, ...], As("units", 20)]
Post = Annotated[UUID, As("post")]
MaybePost = Annotated[UUID | None, As("post")]
Days = Annotated[int | None, As("days", 60, 1)]
Number = Annotated[int, As("number", 99, 1)]
MaybeNumber = Annotated[int | None, As("number", 99, 1)]
Name = Annotated[str, As("sealed_name", 40)]
Phone = Annotated[str, As("sealed_phone", 20)]
Past = Annotated[date, As("past")]
SEALED = ("sealed_name", "sealed_phone")


@dataclass(frozen=True, slots=True)
class Reason(Detail):
    """Why something ends before its time."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Nothing(Detail):
    """The step says everything."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One field as a form asks for it. `parts` are the fields of a row or of a group."""

    name: str
    input: str
    required: bool
    most: int = 0
    least: int = 0
    options: tuple[str, ...] = ()
    parts: tuple["Spec", ...] = ()
    many: bool = False
    shape: type[Any] | None = None


_known: dict[type[Any], tuple[Spec, ...]] = {}


def specs(shape: type[Any]) -> tuple[Spec, ...]:
    """The fields of a dataclass in their order."""
    known = _known.get(shape)
    if known is None:
        known = _known[shape] = _read_off(shape)
    return known


def _read_off(shape: type[Any]) -> tuple[Spec, ...]:
    hints = get_type_hints(shape, include_extras=True)
    return tuple(_spec(one, hints[one.name]) for one in fields(shape))


def _spec(one: Field[Any], hint: Any) -> Spec:
    required = one.default is MISSING and one.default_factory is MISSING
    how, plain, many = _taken_apart(hint)
    if is_dataclass(plain):
        shape = cast(type[Any], plain)
        return Spec(one.name, "group", required, parts=specs(shape), many=many, shape=shape)
    if get_origin(plain) is Literal:
        return Spec(one.name, "choice", required, options=get_args(plain), many=many)
    found = how or As(_PLAIN[plain])
    return Spec(one.name, found.input, required, found.most, found.least, many=many)


_PLAIN = {bool: "switch", date: "day", datetime: "moment", str: "line", int: "number"}


def _taken_apart(hint: Any) -> tuple[As | None, Any, bool]:
    """How it is asked for, the plain type, and whether there may be several."""
    how: As | None = None
    if get_origin(hint) is Annotated:
        how = cast(As, hint.__metadata__[0])
        hint = hint.__origin__
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
        return (how, *_taken_apart(hint)[1:]) if how else _taken_apart(hint)
    if get_origin(hint) is tuple:
        inner, plain, _ = _taken_apart(get_args(hint)[0])
        return how or inner, plain, True
    return how, hint, False


def read(shape: type[T], kept: Mapping[str, Any]) -> T:
    """The dataclass of stored or checked values; what is not there takes its default."""
    known = specs(shape)
    given = {one.name: _value(one, kept[one.name]) for one in known if one.name in kept}
    return shape(**given)


def _value(spec: Spec, kept: Any) -> Any:
    if kept is None:
        return None
    if spec.many:
        return tuple(_single(spec, one) for one in kept)
    return _single(spec, kept)


def _single(spec: Spec, kept: Any) -> Any:
    if spec.shape is not None:
        return read(spec.shape, kept)
    return _READERS[spec.input](kept) if isinstance(kept, str) else kept


def _same(text: str) -> str:
    return text


_READERS: Mapping[str, Any] = {
    "line": _same,
    "text": _same,
    "choice": _same,
    "sealed_name": _same,
    "sealed_phone": _same,
    "unit": UUID,
    "units": UUID,
    "post": UUID,
    "case": UUID,
    "cases": UUID,
    "day": date.fromisoformat,
    "past": date.fromisoformat,
    "moment": datetime.fromisoformat,
}
