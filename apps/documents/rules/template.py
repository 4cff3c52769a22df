"""How a template reads: plain text, one line after the other, with {placeholders}.

    # the title                          ## a heading
    > a line without indent              - an item of a list
    | label | value | label | value |    a row of a table of fields
    {materials}                          a list or a table, alone on its line
    {missing: name | form | where}       a table with the words of its columns
    ~ signature: | date:                 places to sign
    [seal]                               organ, day and the place of the seal

Everything else is a paragraph. Nothing in it is code, and no value is read again once it is put
in: text stays text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.documents.errors import BadStructure, PartMissing, UnknownPlaceholder
from apps.documents.rules.kinds import Field, Kind, Shape

MOST = 8_000
Value = str | list[str] | list[list[str]]
Block = dict[str, Any]
_placeholder = re.compile(r"\{([^{}]*)\}")
_alone = re.compile(r"\{\s*([a-z_]+)\s*(?:[:：]([^{}]*))?\}")
_SEALS = ("[seal]", "[落款]")
_CELLS = re.compile(r"[|｜]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, its words, for a field that stands alone its name and head."""

    at: int
    kind: str
    cells: tuple[str, ...]
    field: str = ""


def parse(text: str) -> list[Line]:
    """The lines that say something; raises BadStructure."""
    if len(text) > MOST:
        raise BadStructure(line=0, why="too_long", most=MOST)
    lines = [_line(at, raw.strip()) for at, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    titles = [line for line in lines if line.kind == "title"]
    if len(titles) != 1 or lines[0].kind != "title":
        raise BadStructure(line=titles[1].at if len(titles) > 1 else 1, why="one_title_first")
    return lines


def _line(at: int, raw: str) -> Line:
    if raw in _SEALS:
        return Line(at, "seal", ())
    if found := _alone.fullmatch(raw):
        return Line(at, "field", _split(found.group(2) or ""), found.group(1))
    _require_braces(at, raw)
    for mark, kind in (("## ", "heading"), ("# ", "title"), ("> ", "line"), ("- ", "item")):
        if raw.startswith(mark):
            return Line(at, kind, (raw.removeprefix(mark).strip(),))
    if raw[0] in "|｜":
        cells = tuple(cell.strip() for cell in _CELLS.split(_within(raw)))
        if len(cells) not in (2, 4):
            raise BadStructure(line=at, why="two_or_four_cells")
        return Line(at, "fields", cells)
    if raw.startswith("~"):
        return Line(at, "sign", _split(raw.lstrip("~ ")))
    return Line(at, "paragraph", (raw,))


def _within(row: str) -> str:
    """A row without its outer bars; the cell before the last bar may be empty."""
    return row[1:-1] if len(row) > 1 and row[-1] in "|｜" else row[1:]


def _split(raw: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _CELLS.split(raw) if cell.strip())


def _require_braces(at: int, raw: str) -> None:
    rest = _placeholder.sub("", raw)
    if "{" in rest or "}" in rest:
        raise BadStructure(line=at, why="braces")


def check(text: str, kind: Kind) -> list[Line]:
    """The lines of a template that fits its paper.

    Raises BadStructure, UnknownPlaceholder, PartMissing.
    """
    lines = parse(text)
    used = set(_used(lines))
    known = [field.name for field in kind.fields]
    if unknown := sorted(used - set(known)):
        raise UnknownPlaceholder(names=unknown, known=known)
    if missing := [name for name in kind.needs if name not in used]:
        raise PartMissing(names=missing)
    if not any(line.kind == "seal" or line.kind == "sign" for line in lines):
        raise PartMissing(names=["seal"])
    for line in lines:
        _require_place(line, kind)
    return lines


def _used(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.field:
            yield line.field
        for cell in line.cells:
            yield from (name.strip() for name in _placeholder.findall(cell))


def _require_place(line: Line, kind: Kind) -> None:
    """Lists and tables stand alone, and a table's columns have as many words as it has columns."""
    field = kind.field(line.field) if line.field else None
    if field and field.shape is Shape.TABLE and len(line.cells) != field.columns:
        raise BadStructure(line=line.at, why="columns", field=field.name, columns=field.columns)
    if field and field.shape is not Shape.TABLE and line.cells:
        raise BadStructure(line=line.at, why="no_columns", field=field.name)
    if line.field:
        return
    for name in _used([line]):
        inside = kind.field(name)
        if inside and inside.shape is not Shape.TEXT:
            raise BadStructure(line=line.at, why="alone", field=name)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper says: its title and the blocks below it, ready to be set."""

    title: str
    blocks: list[Block]


def fill(lines: Iterable[Line], fields: Mapping[str, Field], values: Mapping[str, Value]) -> Filled:
    """Put the values in. A line that asks for values of which there is none is left out; a row of
    a table of fields stays, to be filled in by hand."""
    title, blocks = "", list[Block]()
    for line in lines:
        if line.kind == "title":
            title = _put(line.cells[0], values)
        elif line.field:
            blocks += _standing_alone(line, fields[line.field], values.get(line.field, ""))
        elif line.kind == "fields":
            _add_row(blocks, [_put(cell, values) for cell in line.cells])
        elif line.kind == "sign":
            blocks.append({"t": "sign", "cells": [_put(cell, values) for cell in line.cells]})
        elif line.kind == "seal":
            blocks.append({"t": "seal"})
        elif _says_something(line.cells[0], values):
            blocks.append(_words(line, _put(line.cells[0], values)))
    return Filled(title, blocks)


def _words(line: Line, text: str) -> Block:
    if line.kind == "item":
        return {"t": "item", "mark": "·", "text": text}
    return {"t": line.kind, "text": text}


def _add_row(blocks: list[Block], row: list[str]) -> None:
    """Rows that follow each other make one table."""
    if blocks and blocks[-1]["t"] == "fields":
        blocks[-1]["rows"].append(row)
    else:
        blocks.append({"t": "fields", "rows": [row]})


def _standing_alone(line: Line, field: Field, value: Value) -> list[Block]:
    if not value:
        return []
    if field.shape is Shape.TABLE:
        return [{"t": "table", "head": list(line.cells), "rows": value}]
    if isinstance(value, str):
        return [{"t": "paragraph", "text": part} for part in value.splitlines() if part.strip()]
    return [{"t": "item", "mark": f"{number}.", "text": one} for number, one in enumerate(value, 1)]


def _says_something(words: str, values: Mapping[str, Value]) -> bool:
    names = [name.strip() for name in _placeholder.findall(words)]
    return not names or any(values.get(name) for name in names)


def _put(words: str, values: Mapping[str, Value]) -> str:
    """One pass: what a value says is never looked at for placeholders."""
    return _placeholder.sub(lambda found: _one_line(values.get(found.group(1).strip(), "")), words)


def _one_line(value: Value) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
