"""A paper's frozen content becomes a PDF, or pictures of its pages.

The words go to the typesetter as data; its program is ours and never made of them. It reads no
file but its own, uses no package and asks no network. The same content with the same fonts gives
the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

import typst

from apps.documents import fonts
from apps.documents.errors import CannotRender
from apps.documents.shipped import word

_LAYOUT = Path(__file__).parent / "layout"
_GETA = "〓"
_SCREEN_PPI = 72.0


@dataclass(frozen=True, slots=True)
class Content:
    """All that a paper says; `copies` are the names of its sheets."""

    look: str
    letterhead: str
    organ: str
    number: str
    date: str
    title: str
    copies: tuple[str, ...]
    blocks: list[dict[str, Any]]

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_text(cls, kept: str) -> "Content":
        said = json.loads(kept)
        return cls(**said | {"copies": tuple(said["copies"])})


def missing(content: Content) -> list[str]:
    """The characters of a paper that no font here has."""
    return fonts.missing(content.as_text())


def pdf(content: Content, *, void: bool = False) -> bytes:
    """The PDF; raises CannotRender."""
    return cast(bytes, _set(content, "pdf", void=void))


def pictures(content: Content) -> list[bytes]:
    """Each page as PNG, for a look at a template; raises CannotRender."""
    made = _set(replace(content, copies=content.copies[:1]), "png")
    return [made] if isinstance(made, bytes) else made


def _set(
    content: Content, shape: Literal["pdf", "png"], *, void: bool = False
) -> bytes | list[bytes]:
    kind = fonts.standard()
    chosen = {"body": kind.body, "heading": kind.heading, "title": kind.title}
    try:
        compiler = typst.Compiler(
            input=str(_LAYOUT / "paper.typ"),
            root=str(_LAYOUT),
            font_paths=kind.loaded,
            ignore_system_fonts=True,
            package_path=str(_LAYOUT / "none"),
            package_cache_path=str(_LAYOUT / "none"),
        )
        inputs = {"paper": json.dumps(_shown(content, void)), "fonts": json.dumps(chosen)}
        made = compiler.compile(format=shape, sys_inputs=inputs, timestamp=0, ppi=_SCREEN_PPI)
    except typst.TypstError as error:
        raise CannotRender from error
    return cast("bytes | list[bytes]", made)


def _shown(content: Content, void: bool) -> Mapping[str, Any]:
    """A character without a glyph is never an empty box: it stands as 〓 with a note below."""
    text = content.as_text()
    lacking = fonts.missing(text)
    note = ""
    if lacking:
        text = text.translate({ord(one): _GETA for one in lacking})
        codes = "、".join(f"U+{ord(one):04X}" for one in lacking)
        note = word("paper", "missing").format(codes=codes)
    said: dict[str, Any] = json.loads(text)
    return said | {"missing": note, "void": word("paper", "void") if void else ""}
