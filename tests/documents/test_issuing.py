"""Every paper from the real services: what it says, under which number, for whom."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.cases.models import CaseEvent
from apps.documents import queries
from apps.documents.errors import AlreadyVoid, NothingToPrint
from apps.documents.models import Paper
from apps.documents.rules import Paper as Code
from apps.documents.rules import Subject
from apps.documents.services import editing, printing
from apps.documents.services.editing import Words
from apps.documents.shipped import template
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.errors import Forbidden, NotFound, Stale
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit.models import AuditEntry
from tests.documents.scene import Scene
from tests.support.people import department_in, staff_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)  # 09:00 in the hall


@pytest.fixture
def scene(district: HallRef) -> Scene:
    return Scene(district)


def audited(scene: Scene, action: str) -> int:
    with hall(scene.ref):
        return AuditEntry.objects.filter(body__action=action).count()


def test_the_slip_says_who_came_and_what_was_promised(scene: Scene) -> None:
    """C-15: a receipt with the promised date: 5 working days from Monday 16 November."""
    with clock.frozen(MONDAY):
        case = scene.case
        read = scene.words(scene.issue(Code.REGISTRATION, case.id, scene.team.clerk))

    for said in (case.number, "林晓雨", "19900001234", "结婚证姓名不一致", "自然人", "本人"):
        assert said in read
    assert "受理〔2026〕1号" in read
    assert "2026年11月16日" in read
    assert f"首问责任人{scene.team.clerk.name}自登记起负责到底" in read
    assert "第一联(窗口留存)" in read
    assert "第二联(反映人留存)" in read


def test_who_is_named_in_a_title_stands_on_the_paper_alone(scene: Scene) -> None:
    """domain.md §4.1: a hall's own words may name the person; lists and kept answers do not."""
    shipped = template(Code.REGISTRATION)
    own = "\n".join(["# {applicant}反映事项受理单", *shipped.text.splitlines()[1:]])
    words = Words(own, shipped.code_word)
    with hall(scene.ref):
        editing.save(kind=Code.REGISTRATION, version=0, words=words, by=scene.manager)

    paper = scene.issue(Code.REGISTRATION, scene.case.id, scene.team.clerk)

    assert paper.title == "＊＊反映事项受理单"
    assert "林晓雨反映事项受理单" in scene.words(paper)


def test_the_dispatch_slip_tells_the_unit_its_limits(scene: Scene) -> None:
    with clock.frozen(MONDAY):
        read = scene.words(scene.issue(Code.DISPATCH, scene.case.id))

    assert "民政科" in read
    assert "签收时限2026年11月16日" in read
    assert "19900001234" in read


def test_a_confidential_person_is_not_named_to_the_unit(scene: Scene) -> None:
    """domain.md §4.1: the unit handles a confidential matter without knowing who asked."""
    case = scene.team.dispatched(confidential=True)

    paper = scene.issue(Code.DISPATCH, case.id)

    read = scene.words(paper, by=scene.team.handler)
    assert not paper.personal
    assert "(保密办理)" in read
    assert "林晓雨" not in read
    assert "19900001234" not in read


def test_the_letter_that_urges_repeats_what_was_said(scene: Scene) -> None:
    read = scene.words(scene.issue(Code.URGE, scene.urged()))

    assert "民政科:" in read
    assert "请立即联系申请人。" in read
    assert "催办〔" in read
    assert "林晓雨" not in read


def test_the_supervision_letter_names_reason_wish_and_day(scene: Scene) -> None:
    """§2.5: the letter to put something right within five working days."""
    with clock.frozen(MONDAY):
        read = scene.words(scene.issue(Code.SUPERVISION, scene.ordered(), scene.manager))

    assert "整改通知书" in read
    assert "超过办理时限未办结" in read
    assert "五日内办结并书面反馈" in read
    assert scene.case.number in read
    assert "林晓雨" not in read


def test_the_one_time_notice_lists_all_that_is_missing(scene: Scene) -> None:
    read = scene.words(scene.issue(Code.ONE_TIME_NOTICE, scene.noticed()))

    assert "登记档案复印件加盖档案馆印章区档案馆一楼" in read
    assert "调档不收费。" in read
    assert "再次告知" not in read


@pytest.mark.parametrize("kind", [Code.DEFERRED_PROMISE, Code.DEFERRED_NOTICE])
def test_the_papers_of_a_promise_come_in_two_copies(scene: Scene, kind: Code) -> None:
    """C-12, §2.9 (F116b): which material, by when, what follows; two copies each."""
    with clock.frozen(MONDAY):
        read = scene.words(scene.issue(kind, scene.promised()))

    assert "林晓雨" in read
    assert "视为撤回申请。" in read
    assert read.count("第一联(受理单位留存)") == 1
    assert read.count("第二联(申请人留存)") == 1


def test_the_explanation_prints_remedies_with_their_last_days(scene: Scene) -> None:
    """C-11, §3.9: given on Monday 16 November 2026; 60 days on is Friday 15 January 2027, six
    months on Sunday 16 May 2027, which rests: Monday 17 May."""
    with clock.frozen(MONDAY):
        case = scene.team.refused()
        read = scene.words(scene.issue(Code.EXPLANATION, case.id))

    assert "行政许可法第三十八条" in read
    assert "截至2027年1月15日)向区人民政府申请行政复议" in read
    assert "截至2027年5月17日)依法向区人民法院提起行政诉讼" in read
    assert "注册资本不足,可增资后再申请。" in read


def test_an_explanation_waits_for_the_approval(scene: Scene) -> None:
    """C-26: nobody says no alone, on paper neither."""
    case = scene.team.refusal_proposed()

    with pytest.raises(NothingToPrint) as refusal:
        scene.issue(Code.EXPLANATION, case.id)

    assert refusal.value.params == {"missing": "refusal_approval"}
    with hall(scene.ref):
        assert Paper.objects.count() == 0


def test_the_refusal_report_has_the_fields_of_the_form(scene: Scene) -> None:
    """§2.6: before it is approved the opinion stands open."""
    case = scene.team.refusal_proposed()

    read = scene.words(scene.issue(Code.REFUSAL_REPORT, case.id))

    for said in (
        "申请人林晓雨",
        "联系电话19900001234",
        "审批意见待审批",
        "应补全的材料",
        "材料退还",
    ):
        assert said in read
    assert f"审批人{scene.team.lead.name}" in read


def test_minutes_wait_for_every_countersignature(scene: Scene) -> None:
    """C-14, 党政机关公文处理工作条例 22: no number for a paper that somebody may still refuse."""
    meeting = scene.met(issued=False)

    with pytest.raises(NothingToPrint) as refused:
        scene.issue(Code.MINUTES, meeting, scene.team.lead)

    assert refused.value.params == {"missing": "countersignatures"}
    with hall(scene.ref):
        assert Paper.objects.count() == 0
        assert queries.of_subject(Subject.MEETING, meeting, scene.team.lead)["offers"] == []


def test_minutes_show_who_signed_and_how(scene: Scene) -> None:
    """C-14: minutes with resolutions and countersignatures."""
    read = scene.words(scene.issue(Code.MINUTES, scene.met(), scene.team.lead), scene.team.lead)

    assert "会议议定三日内出证。" in read
    assert f"{scene.case.number}三日内出具证明不动产科3个工作日内" in read
    assert f"民政科同意(有保留意见):以档案为准{scene.team.handler.name}" in read
    assert "不动产科同意" in read


def test_the_guidance_slip_says_what_where_and_whom(scene: Scene) -> None:
    """C-62."""
    read = scene.words(scene.issue(Code.GUIDANCE, scene.slip(), scene.team.clerk))

    for said in ("先调取档案", "区档案馆一楼", "何静", "0531-00000000", "1.身份证"):
        assert said in read


def test_numbers_have_no_gaps_within_a_kind_and_a_year(scene: Scene) -> None:
    with clock.frozen(MONDAY):
        first = scene.issue(Code.REGISTRATION, scene.case.id)
        with pytest.raises(NothingToPrint):
            scene.issue(Code.URGE, scene.case.id)
        again = scene.issue(Code.REGISTRATION, scene.case.id)
        other = scene.issue(Code.DISPATCH, scene.case.id)

    assert [(one.year, one.number) for one in (first, again, other)] == [
        (2026, 1),
        (2026, 2),
        (2026, 1),
    ]


def test_a_reprint_says_what_was_said_then(scene: Scene) -> None:
    paper = scene.issue(Code.REGISTRATION, scene.case.id)
    before = scene.words(paper)
    scene.team.give_back(scene.now())

    assert scene.words(paper) == before
    with hall(scene.ref):
        assert Paper.objects.get(id=paper.id).prints == 2


def test_issuing_and_printing_go_on_the_record(scene: Scene) -> None:
    """security.md §4.2: who opened a person's name is seen afterwards."""
    paper = scene.issue(Code.REGISTRATION, scene.case.id)
    scene.words(paper)

    assert audited(scene, "documents.issued") == 1
    assert audited(scene, "documents.printed") == 1
    with hall(scene.ref):
        line = CaseEvent.objects.get(case=scene.case, kind="paper.issued")
    assert line.data["paper"] == str(paper.id)
    assert line.before == line.after


def test_what_a_paper_says_lies_sealed(scene: Scene) -> None:
    paper = scene.issue(Code.REGISTRATION, scene.case.id)

    with hall(scene.ref):
        kept: Any = Paper.objects.filter(id=paper.id).values().get()
    assert "林晓雨" not in str(kept)
    assert "林晓雨".encode() not in bytes(kept["content_sealed"])


def test_a_void_paper_keeps_its_number_and_prints_as_void(scene: Scene) -> None:
    paper = scene.issue(Code.REGISTRATION, scene.case.id)
    with hall(scene.ref):
        printing.void(paper_id=paper.id, version=1, reason="姓名有误", by=scene.team.lead)
        with pytest.raises(AlreadyVoid):
            printing.void(paper_id=paper.id, version=2, reason="x", by=scene.team.lead)

    assert "作废" in scene.words(paper)
    assert scene.issue(Code.REGISTRATION, scene.case.id).number == 2


def test_a_stale_version_takes_nothing_back(scene: Scene) -> None:
    paper = scene.issue(Code.REGISTRATION, scene.case.id)

    with hall(scene.ref), pytest.raises(Stale):
        printing.void(paper_id=paper.id, version=7, reason="x", by=scene.team.lead)

    with hall(scene.ref):
        assert Paper.objects.get(id=paper.id).void is None


def other_unit(scene: Scene) -> Actor:
    unit = department_in(scene.ref, "不动产科")
    return staff_in(scene.ref, Role.DEPT_HANDLER, department=unit)


def test_a_unit_that_is_not_concerned_finds_no_paper(scene: Scene) -> None:
    paper, stranger = scene.issue(Code.REGISTRATION, scene.case.id), other_unit(scene)

    with pytest.raises(NotFound):
        scene.words(paper, by=stranger)
    with pytest.raises(NotFound):
        scene.issue(Code.ONE_TIME_NOTICE, scene.case.id, by=stranger)

    assert audited(scene, "documents.printed") == 0


def test_who_may_not_open_a_name_prints_no_paper_with_one(scene: Scene) -> None:
    """An observer sees the case with masks, and the list of its papers."""
    paper = scene.issue(Code.REGISTRATION, scene.case.id)
    observer = staff_in(scene.ref, Role.DISCIPLINE_OBSERVER)

    with pytest.raises(Forbidden):
        scene.words(paper, by=observer)

    assert audited(scene, "documents.printed") == 0


def test_a_paper_is_issued_by_who_takes_the_step(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        scene.issue(Code.DISPATCH, scene.case.id, by=scene.team.handler)
    with pytest.raises(Forbidden):
        scene.issue(Code.SUPERVISION, scene.ordered(), by=scene.team.desk)

    with hall(scene.ref):
        assert Paper.objects.count() == 0


def test_a_slip_is_given_for_a_closed_case_too(scene: Scene) -> None:
    case = scene.team.closed()

    assert scene.issue(Code.REGISTRATION, case.id).number == 1
