"""Text as it is compared and the pieces it is found by: what holds a word is never missed."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.cases.listing import words

CHARACTERS = st.one_of(
    st.sampled_from("办不成事结婚证身份林晓雨张王李一二三〇"),
    st.sampled_from("𠮷𡈽𠀀㐂龘䶮"),  # GB 18030 beyond the basic plane, and rare ones within it
    st.sampled_from("abcXYZäß0123456789"),
    st.sampled_from("ＡＢＣｘｙｚ０１２３"),  # full width
    st.sampled_from("，。、；：？！（）《》“”—…,.;:?!()%_\\'\"-/"),
    st.sampled_from(" \t\n　"),
)
TEXTS = st.text(CHARACTERS, max_size=60)


@given(TEXTS, st.data())
@settings(max_examples=400, deadline=None)
def test_every_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    """C-38: a search misses nothing: whatever part of a text is asked for, its pieces are there."""
    first = data.draw(st.integers(0, len(text)))
    part = text[first : data.draw(st.integers(first, len(text)))]

    held, plain = set(words.pieces([words.folded(text)])), words.folded(text)

    for word in words.words(part):
        assert word in plain
        assert set(words.pieces_of_word(word)) <= held


@given(TEXTS)
@settings(deadline=None)
def test_width_and_case_make_no_difference(text: str) -> None:
    """C-38: ＡＢＣ, abc and ABC are one word."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)

    assert words.folded(wide) == words.folded(text) == words.folded(words.folded(text))
    assert words.folded(text.upper().replace("SS", "ß")) == words.folded(text.replace("SS", "ß"))


def test_words_stand_between_blanks_of_any_kind() -> None:
    """C-38: all words of a search are asked for, in any order, each once."""
    assert words.words(" 结婚证　ＡＢ\tab 姓名 结婚证 ") == ["结婚证", "ab", "姓名"]
    assert words.words(" 　\n") == []


def test_a_word_asks_for_its_pairs_and_a_single_character_for_itself() -> None:
    """C-38: two neighbours make a piece; nothing pairs across a blank or across two texts."""
    assert words.pieces_of_word("结婚证") == sorted(map(words.number, ["结婚", "婚证"]))
    assert words.pieces_of_word("证") == [words.number("证")]
    assert words.pieces(["结婚 证", "件"]) == sorted(
        map(words.number, ["结", "婚", "证", "件", "结婚"])
    )


def test_what_nobody_can_store_is_a_blank() -> None:
    """C-38: a NUL in an address finds nothing and breaks nothing."""
    assert words.words("证\0件") == ["证", "件"]


def test_rare_characters_are_one_piece_each() -> None:
    """C-38: a name's character beyond the basic plane (GB 18030) is one character, not two."""
    assert len("𠮷") == 1
    assert words.pieces_of_word("𠮷") == [words.number("𠮷")]
    assert unicodedata.normalize("NFKC", "𠮷") == "𠮷"
