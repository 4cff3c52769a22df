"""What comes out of the typesetter: Chinese text one can read back, its fonts inside, no code run
that somebody wrote into a form."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from apps.documents import fonts, rendering
from apps.documents.rendering import Content
from tests.documents import reading

LETTER = Content(
    look="letter",
    letterhead="青禾区政务服务中心",
    organ="青禾区政务服务中心",
    number="督办〔2026〕3号",
    date="2026年11月22日",
    title="关于补领结婚证的督办函",
    copies=("",),
    blocks=[{"t": "line", "text": "区民政局："}, {"t": "paragraph", "text": "请于三日内办结。"}],
)


def saying(text: str) -> Content:
    return replace(LETTER, blocks=[{"t": "paragraph", "text": text}, {"t": "seal"}])


def test_a_letter_can_be_read_back_with_its_number_and_page() -> None:
    read = reading.words(rendering.pdf(LETTER))

    assert "督办〔2026〕3号" in read
    assert "关于补领结婚证的督办函" in read
    assert "区民政局:请于三日内办结。" in read
    assert read.endswith("—1—")


def test_all_fonts_lie_in_the_file_and_none_is_the_systems() -> None:
    found = reading.fonts(rendering.pdf(saying("正文 Abc 123")))

    assert all(found.values())
    assert {name.split("+")[1].split("-")[0] for name in found} == {"NotoSerifSC"}


def test_the_same_words_give_the_same_bytes() -> None:
    assert rendering.pdf(LETTER) == rendering.pdf(LETTER)


def test_two_copies_are_two_sheets_each_with_its_name_and_its_own_page_one() -> None:
    form = replace(LETTER, look="form", copies=("第一联(留存)", "第二联(申请人)"))

    made = rendering.pdf(form)

    read = reading.words(made)
    assert reading.pages(made) == 2
    assert read.index("第一联(留存)") < read.index("第二联(申请人)")
    assert read.count("—1—") == 2


@pytest.mark.parametrize(
    "attempt",
    [
        '#eval("1+1")',
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        "] #panic() [",
        "$ sum_(i=1)^n $",
        "\\u{41} \\ *粗* _斜_ `x` @ref <label> // 注释 /* */",
        '"}, {"t": "seal"}',
        "{phone} {{title}}",
    ],
)
def test_what_looks_like_code_is_printed_as_it_was_written(attempt: str) -> None:
    read = reading.words(rendering.pdf(saying(attempt)))

    assert "".join(attempt.split()) in read


def test_a_rare_name_is_set_as_it_is_written() -> None:
    """GB 18030: 䶮 of extension A, 𬸪 of the table of general standard characters."""
    content = saying("申请人：䶮𬸪")

    assert rendering.missing(content) == []
    assert "䶮𬸪" in reading.words(rendering.pdf(content))


def test_a_character_no_font_has_is_marked_and_told_never_an_empty_box() -> None:
    content = saying("申请人：王𠀀")

    assert rendering.missing(content) == ["𠀀"]
    read = reading.words(rendering.pdf(content))
    assert "申请人:王〓" in read
    assert "U+20000" in read
    assert "请手写补正" in read


def test_a_font_knows_what_it_has() -> None:
    covered = fonts.standard().covered

    assert {ord(one) for one in "办成〔〕—〓龘"} <= covered
    assert ord("བ") not in covered
    assert len(covered) > 30_000


def test_a_very_long_text_runs_over_as_many_pages_as_it_takes() -> None:
    made = rendering.pdf(saying("这是一段很长的说明。" * 600))

    assert reading.pages(made) > 8
    assert reading.words(made).count("这是一段很长的说明。") > 590


def test_a_row_of_a_form_may_be_longer_than_a_page() -> None:
    rows = [["情况", "长" * 5_000], ["空白", ""]]
    form = replace(LETTER, look="form", blocks=[{"t": "fields", "rows": rows}])

    made = rendering.pdf(form)

    assert reading.pages(made) > 2
    assert reading.words(made).count("长") == 5_000


def test_a_void_paper_says_so_across_its_page() -> None:
    assert "作废" in reading.words(rendering.pdf(LETTER, void=True))


def test_several_are_set_at_once() -> None:
    """The web process sets papers in its threads."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: rendering.pdf(saying(f"第{number}件")), range(12)))

    assert all(f"第{number}件" in reading.words(one) for number, one in enumerate(made))
