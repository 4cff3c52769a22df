"""Text as it is compared, and the pieces it is found by.

Chinese has no blanks between words and PostgreSQL's trigrams need three characters, so a text is
kept with its single characters and its pairs of neighbours, as numbers under one GIN index. A
search asks for the pieces of each of its words and then compares the words themselves: the pieces
can never miss a text that holds the word, and a number that two pieces share is sorted out by the
comparison.
"""

import unicodedata
import zlib
from collections.abc import Iterable

_HALF = 2**31
_BLANK = ord(" ")


class _Folding(dict[int, str | int]):
    """Full width becomes half, capitals small, compatibility forms their plain ones.

    Character by character, so that a part of a text stays a part of it: no mark joins the letter
    before it. Only characters that change are remembered.
    """

    def __missing__(self, point: int) -> str | int:
        folded = unicodedata.normalize("NFKC", chr(point)).casefold()
        if folded == chr(point):
            return point
        self[point] = folded
        return folded


_FOLDING = _Folding({0: _BLANK})


def folded(text: str) -> str:
    """The text as it is compared."""
    return text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The words of a search, folded, each once: what stands between blanks."""
    return list(dict.fromkeys(folded(text).split()))


def pieces(texts: Iterable[str]) -> list[int]:
    """What folded texts are found by: every character and every pair, as 32-bit numbers."""
    found: set[str] = set()
    for text in texts:
        for run in text.split():
            found.update(run)
            found.update(map(str.__add__, run, run[1:]))
    return sorted(map(number, found))


def pieces_of_word(word: str) -> list[int]:
    """What a text that holds this folded word is found by: its pairs, or its one character."""
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return sorted(map(number, pairs or {word}))


def number(piece: str) -> int:
    """A piece as a signed 32-bit number."""
    return zlib.crc32(piece.encode("utf-8", "surrogatepass")) - _HALF


def number_of_key(key: bytes) -> int:
    """The same of a keyed hash."""
    return int.from_bytes(key[:4]) - _HALF
