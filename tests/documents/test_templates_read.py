"""How a template reads, and what is refused about one (ADR 17)."""

import pytest

from apps.documents.errors import BadStructure, PartMissing, UnknownPlaceholder
from apps.documents.rules import KINDS, Paper
from apps.documents.rules.merging import difference, merge
from apps.documents.rules.template import check, fill, parse
from apps.documents.shipped import template

URGE = KINDS[Paper.URGE]
FIELDS = {field.name: field for field in KINDS[Paper.REGISTRATION].fields}
WHOLE = "# 催办\n> {urged_unit}：\n{case_number}\n{urge_text}\n[落款]"


@pytest.mark.parametrize("paper", Paper)
def test_what_is_shipped_fits_its_own_paper(paper: Paper) -> None:
    """Each shipped template has every part its paper must have."""
    assert len(check(template(paper).text, KINDS[paper])) > 4


def test_a_placeholder_nobody_knows_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownPlaceholder) as refusal:
        check(WHOLE + "\n{id_number}", URGE)

    assert refusal.value.params["names"] == ["id_number"]
    assert "urge_text" in refusal.value.params["known"]


@pytest.mark.parametrize("left_out", ["review_body", "suit_until", "basis_text"])
def test_an_explanation_without_its_remedies_is_refused(left_out: str) -> None:
    """C-11: remedy, court and basis belong on the letter by law (行政复议法 20, 行政诉讼法 46)."""
    text = template(Paper.EXPLANATION).text.replace(f"{{{left_out}}}", "……")

    with pytest.raises(PartMissing) as refusal:
        check(text, KINDS[Paper.EXPLANATION])

    assert refusal.value.params == {"names": [left_out]}


def test_a_paper_that_nobody_signs_is_refused() -> None:
    with pytest.raises(PartMissing) as refusal:
        check(WHOLE.removesuffix("[落款]"), URGE)

    assert refusal.value.params == {"names": ["seal"]}


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("没有标题", 1, "one_title_first"),
        ("# 一\n# 二", 2, "one_title_first"),
        ("# 一\n写了一半的{title", 2, "braces"),
        ("# 一\n| 只有一格 |", 2, "two_or_four_cells"),
        ("# 一\n" + "字" * 8_000, 0, "too_long"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(BadStructure) as refusal:
        parse(text)

    assert (refusal.value.params["line"], refusal.value.params["why"]) == (line, why)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{missing}", "columns"),
        ("{missing: 一 | 二}", "columns"),
        ("请补交{missing}。", "alone"),
        ("{told: 甲}", "no_columns"),
    ],
)
def test_tables_stand_alone_under_the_words_of_their_columns(line: str, why: str) -> None:
    text = template(Paper.ONE_TIME_NOTICE).text

    with pytest.raises(BadStructure) as refusal:
        check(f"{text}\n{line}", KINDS[Paper.ONE_TIME_NOTICE])

    assert refusal.value.params["why"] == why


def test_what_has_no_value_is_left_out_but_a_row_is_there_to_be_filled_in() -> None:
    lines = parse("# {title}\n代办人：{agent}\n| 代办人 | {agent} |\n{materials}")

    filled = fill(lines, FIELDS, {"title": "补证", "agent": "", "materials": []})

    assert filled.title == "补证"
    assert filled.blocks == [{"t": "fields", "rows": [["代办人", ""]]}]


def test_a_value_is_never_read_for_placeholders_again() -> None:
    lines = parse("# 一\n{want}")

    filled = fill(lines, FIELDS, {"want": "我的电话是{phone}", "phone": "19900001234"})

    assert filled.blocks == [{"t": "paragraph", "text": "我的电话是{phone}"}]


def test_both_changes_come_together_when_they_touch_different_lines() -> None:
    base, own, newer = "甲\n乙\n丙\n", "甲\n本厅的乙\n丙\n", "甲\n乙\n丙\n丁\n"

    merged = merge(base, own, newer)

    assert (merged.text, merged.conflicts) == ("甲\n本厅的乙\n丙\n丁\n", 0)


def test_where_both_changed_the_same_line_the_halls_words_stay() -> None:
    merged = merge("甲\n乙\n", "甲\n本厅\n", "甲\n新版\n")

    assert (merged.text, merged.conflicts) == ("甲\n本厅\n", 1)


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    merged = merge("甲\n乙\n", "甲\n丙\n", "甲\n丙\n")

    assert (merged.text, merged.conflicts) == ("甲\n丙\n", 0)


def test_a_difference_says_of_each_line_what_became_of_it() -> None:
    assert difference("甲\n乙", "甲\n丙") == [("same", "甲"), ("removed", "乙"), ("added", "丙")]
