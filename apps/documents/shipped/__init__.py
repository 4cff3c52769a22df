"""The templates that come with the system, and the words of codes on paper."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.documents.rules import Paper

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Shipped:
    """A template with its version; `copies` are the sheets' names, one for a single sheet."""

    kind: Paper
    version: int
    look: str
    code_word: str
    copies: tuple[str, ...]
    text: str


@cache
def template(kind: Paper) -> Shipped:
    """What is shipped for a paper."""
    head, _, text = (_HERE / f"{kind}.txt").read_text(encoding="utf-8").partition("---\n")
    said = dict(line.split(": ", 1) for line in head.splitlines() if line)
    return Shipped(
        kind=kind,
        version=int(said["version"]),
        look=said["look"],
        code_word=said["code"],
        copies=tuple(said.get("copies", "").split("|")),
        text=text,
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        (_HERE / "words.toml").read_text(encoding="utf-8")
    )
    return found


def word(group: str, code: str) -> str:
    """The word of a code on paper; a code without one stands as it is."""
    return _words()[group].get(code, code)
