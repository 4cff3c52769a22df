"""Turns the text of a content file into frozen dataclasses, or says exactly what does not fit.

Every scalar is read as text and converted by the declared type, so that an unquoted `yes`, a
date or a code such as `000116` can never turn into something else on the way.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import (
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

import yaml

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
T = TypeVar("T")

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NOTHING = ("null", "~", "")
TRUTH = {"true": True, "false": False}


class BadContent(Exception):
    """A content file says something its type does not allow; the message names the place."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


def parse(path: Path) -> Raw:
    """The file as nested lists and mappings of plain text."""
    text = path.read_text(encoding="utf-8")
    return cast(Raw, yaml.load(text, Loader=LOADER))  # noqa: S506 (makes text and nothing else)


def entries(raw: Raw, where: str) -> list[Raw]:
    """The list that must be here."""
    if not isinstance(raw, list):
        raise BadContent(where, "a list is needed")
    return raw


def mapping(raw: Raw, where: str) -> dict[str, Raw]:
    """The mapping that must be here."""
    if not isinstance(raw, dict):
        raise BadContent(where, "a mapping is needed")
    return raw


def build(cls: type[T], raw: Raw, where: str, **ready: object) -> T:
    """An instance of the dataclass; unknown and missing names are errors.

    `ready` are fields the caller has already read in another way.
    """
    given = mapping(raw, where)
    declared = {f.name: f for f in fields(cast(Any, cls)) if f.name not in ready}
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise BadContent(where, f"{cls.__name__} knows no {', '.join(unknown)}")
    missing = [
        name
        for name, f in declared.items()
        if name not in given and f.default is MISSING and f.default_factory is MISSING
    ]
    if missing:
        raise BadContent(where, f"{cls.__name__} needs {', '.join(missing)}")
    hints = get_type_hints(cls)
    return cls(**ready, **{n: value(hints[n], given[n], f"{where}.{n}") for n in given})


def value(kind: Any, raw: Raw, where: str) -> Any:
    """The raw value as the declared kind."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind, raw, where)
    if origin is tuple:
        (item, _) = get_args(kind)
        return tuple(value(item, one, f"{where}[{i}]") for i, one in enumerate(entries(raw, where)))
    if origin in (dict, Mapping):
        _, item = get_args(kind)
        return {k: value(item, v, f"{where}.{k}") for k, v in mapping(raw, where).items()}
    if is_dataclass(kind):
        return build(cast(type, kind), raw, where)
    return _scalar(kind, raw, where)


def _optional(kind: Any, raw: Raw, where: str) -> Any:
    if isinstance(raw, str) and raw in NOTHING:
        return None
    (inner,) = [k for k in get_args(kind) if k is not type(None)]
    return value(inner, raw, where)


def _scalar(kind: Any, raw: Raw, where: str) -> Any:
    if not isinstance(raw, str):
        raise BadContent(where, "a single value is needed")
    if get_origin(kind) is Literal:
        if raw not in get_args(kind):
            raise BadContent(where, f"{raw!r} is not one of {', '.join(get_args(kind))}")
        return raw
    if kind is bool:
        if raw not in TRUTH:
            raise BadContent(where, f"{raw!r} is neither true nor false")
        return TRUTH[raw]
    if kind in (str, int, float) or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        try:
            return kind(raw)
        except ValueError:
            raise BadContent(where, f"{raw!r} is no {kind.__name__}") from None
    raise TypeError(f"{where}: no reading for {kind!r}")
