"""C-38: every one of the 67 columns is read from what really happened."""

from dataclasses import replace
from typing import Any

import pytest

from apps.cases.rules import Urgency
from apps.ledger import cells, columns, entries
from apps.ledger.cells import Code, text
from apps.ledger.services import marking
from apps.ledger.sheets import words
from apps.oversight.rules import OrderReason
from apps.oversight.services import orders
from apps.oversight.services.orders import Wish
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from tests.ledger.conftest import at
from tests.support.cases import APPLICANT, Team
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db
SAID = words.of("zh-CN")


def read(team: Team, case_id: Any, by: Actor, *, plain: bool = False) -> dict[str, str]:
    """The words of every cell of one case, by the column's key."""
    with hall(team.ref):
        needs = columns.needs(columns.COLUMNS)
        found = entries.batch([case_id], by, needs=needs, about=entries.around(needs), plain=plain)
        entry = next(iter(found))
        return {one.key: text(one.read(entry), SAID) for one in columns.COLUMNS}


def test_the_columns_are_the_published_67_in_their_order() -> None:
    """C-38, domain.md §2.6: the column set is the export's order."""
    assert [one.number for one in columns.COLUMNS] == list(range(1, 68))
    assert len({one.key for one in columns.COLUMNS}) == 67
    assert {one.key: one.missing for one in columns.COLUMNS if one.missing} == {
        "accountability": "sealed",
        "common_problem": "not_in_product",
        "improvement": "not_in_product",
    }
    assert set(SAID["column"]) == {one.key for one in columns.COLUMNS}


def test_a_case_from_the_desk_to_the_archive_fills_its_line(team: Team) -> None:
    """C-38: registered on Monday 2 March 2026, closed the same day, archived on Wednesday."""
    with frozen(at("2026-03-02 10:00")):
        case = team.closed(urgency=Urgency.NORMAL, visit_count=3, pushed_from="社保窗口")
    with frozen(at("2026-03-04 09:30")), hall(team.ref):
        case = marking.archive(case_id=case.id, version=case.version, shelf="2026-3", by=team.desk)
        case = marking.remark(case_id=case.id, version=case.version, text="卷宗齐全", by=team.desk)

    line = read(team, case.id, team.desk)

    assert line["case_no"] == case.number
    assert line["registered_at"] == "2026-03-02 10:00"
    assert line["first_responder"] == team.clerk.name
    assert (line["applicant"], line["contact"]) == ("林** · 1****************X", "199****1234")
    assert (line["kind"], line["agent"], line["source"]) == (
        "个人",
        "本人",
        "窗口 · 群众到窗口反映",
    )
    assert line["summary"] == "结婚证姓名不一致 · 婚姻登记时笔误。"
    assert (line["visit_count"], line["pushed_from"]) == ("3", "社保窗口")
    assert (line["cause"], line["should_do"], line["difficulty"]) == ("很难办", "是", "复杂")
    assert line["blocking_reason"] == "B2 · 证照信息不一致"
    assert (line["acceptance"], line["business"], line["confidential"]) == ("受理", "否", "否")
    assert (line["lead_unit"], line["handler"]) == ("民政科", team.handler.name)
    assert line["dispatched_at"] == line["signed_at"] == line["closed_at"] == "2026-03-02 10:00"
    assert (line["outcome"], line["solved"], line["in_time"]) == ("办成", "是", "是")
    assert (line["working_days"], line["returns"]) == ("0", "0 · 0")
    assert line["signer"] == team.desk.name
    assert line["delivery"] == "短信 · 2026-03-02 10:00"
    assert line["callback"] == f"2026-03-02 10:00 · {team.lead.name}"
    assert (line["confirmed"], line["satisfaction"], line["complaint"]) == ("是", "5", "")
    assert (line["tools"], line["knowledge"]) == ("数据核验", "不入库")
    assert (line["archived_at"], line["remark"]) == ("2026-03-04 09:30", "卷宗齐全")
    assert (line["accountability"], line["common_problem"], line["improvement"]) == ("", "", "")


def test_what_came_back_and_what_was_supervised_is_told(team: Team) -> None:
    """C-38: columns 38 and 58 from the history and the order."""
    with frozen(at("2026-03-02 10:00")):
        case = team.dispatch(team.give_back(team.dispatched()))
        supervisor = staff_in(team.ref, Role.SUPERVISOR)
        wish = Wish(OrderReason.OVERDUE, "超期未办", "三日内办结")
        with hall(team.ref):
            orders.supervise(case_id=case.id, version=case.version, wish=wish, by=supervisor)

    line = read(team, case.id, team.desk)

    assert line["returns"] == "1 · 1"
    assert line["supervision"] == "2026-03-02 · 超期未办 · 待答复"
    assert (line["in_time"], line["outcome"], line["working_days"]) in {
        ("", "", ""),
        ("否", "", ""),
    }


def test_a_confidential_person_stays_unknown_to_the_department(team: Team) -> None:
    """domain.md §4.1: the unit sees the matter, not who asked, in plain no more than in masks."""
    case = team.dispatched(confidential=True)

    for plain in (False, True):
        line = read(team, case.id, team.handler, plain=plain)
        assert (line["applicant"], line["contact"], line["agent"]) == ("", "", "本人")
    assert read(team, case.id, team.desk)["applicant"] == "林** · 1****************X"


def test_in_plain_the_person_is_named(team: Team) -> None:
    case = team.registered()

    line = read(team, case.id, team.desk, plain=True)

    assert line["applicant"] == f"{APPLICANT.name} · {APPLICANT.id_number}"
    assert line["contact"] == APPLICANT.phone


def test_numbers_in_what_somebody_wrote_are_masked_too(team: Team) -> None:
    """domain.md §4.3: a phone or ID number in free text is no way around the masks."""
    case = team.registered(want="请打 13800005678，证件 11010119900307283X，件数 12。")

    masked = read(team, case.id, team.desk)["want"]

    assert masked == "请打 138****5678，证件 1****************X，件数 12。"
    assert "13800005678" in read(team, case.id, team.desk, plain=True)["want"]


def test_begun_again_a_case_leaves_the_archive(team: Team) -> None:
    """C-38: column 66 is about the end that stands."""
    case = team.closed()
    with hall(team.ref):
        case = marking.archive(case_id=case.id, version=case.version, shelf="", by=team.desk)
        from apps.cases.services import closing

        case = closing.reopen(case_id=case.id, version=case.version, reason="未解决", by=team.desk)

    assert read(team, case.id, team.desk)["archived_at"] == ""
    assert read(team, case.id, team.desk)["reopenings"] == "1"


def test_a_stranger_hall_reads_no_line(team: Team, other_street: HallRef) -> None:
    case = team.registered()
    other = replace(team.desk, hall_id=other_street.id)
    with hall(other_street):
        needs = columns.needs(columns.COLUMNS)
        found = list(entries.batch([case.id], other, needs=needs, about=entries.around(needs)))

    assert found == []


def test_a_blocking_reason_is_said_in_the_readers_language() -> None:
    """C-38, C-79: the file in English words what the hall worded in English, else in Chinese."""
    own = Code("blocking", "C21", "网络慢", {"zh-CN": "网络慢", "en": "Slow network"})

    assert [text(own, words.of(one)) for one in ("zh-CN", "zh-TW", "en")] == [
        "网络慢",
        "网络慢",
        "Slow network",
    ]
    assert cells.plain(own)["others"]["en"] == "Slow network"
