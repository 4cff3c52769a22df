"""Traditional Chinese is written in traditional characters: those that Big5 knows."""

import re

from tests.support.databases import ROOT

_SAID = re.compile(r'^\s*"([^"]+)":\s*"(.*)",?$')
_OWN_NAME = {"language.zh-CN"}
"""What a language calls itself."""


def test_no_simplified_character_in_words_for_taiwan_and_hong_kong() -> None:
    found = [
        f"{path.name} {name}: {letter}"
        for path in sorted((ROOT / "frontend" / "src").rglob("zh-TW*/*.ts"))
        for name, words in _said(path.read_text(encoding="utf-8"))
        for letter in words
        if name not in _OWN_NAME and _is_han(letter) and not _traditional(letter)
    ]

    assert found == []


def _said(text: str) -> list[tuple[str, str]]:
    return [(hit[1], hit[2]) for hit in map(_SAID.match, text.splitlines()) if hit]


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _traditional(letter: str) -> bool:
    return letter.encode("big5", errors="ignore") != b""
