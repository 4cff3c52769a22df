"""Pieces of work begun and moved as people would do it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.cases.models import Case
from apps.work.api.forms import body_of
from apps.work.files import read
from apps.work.models import WorkItem
from apps.work.services import opening, stepping
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor
from bancheng.kernel.hall import HallRef, hall


def bodies(unit: UUID, post: UUID) -> dict[str, dict[str, Any]]:
    """A valid beginning of each kind."""
    return _asked_of_others(unit) | _helping(post) | _together(unit, post) | _promised()


def _asked_of_others(unit: UUID) -> dict[str, dict[str, Any]]:
    """What is asked of another unit or of somebody outside."""
    return {
        "opinion": {"units": [unit], "question": "能否按旧名补领？"},
        "evidence": {"what": "1998年结婚登记档案", "purpose": "核对姓名", "unit": unit},
        "evidence_check": {
            "compared": "委托书签字",
            "compared_with": "系统内房主字迹",
            "source": "不动产登记档案",
            "conclusion": "match",
        },
        "external": {
            "organisation": "医保结算软件公司",
            "role": "vendor",
            "wanted": "查明退单原因",
            "contact": "郑工程师",
            "phone": "19900007777",
        },
        "contact_note": {
            "with_whom": "enterprise",
            "how": "phone",
            "outcome": "开发商同意补盖章",
        },
    }


def _helping(post: UUID) -> dict[str, dict[str, Any]]:
    """What a member of staff does for somebody, on the way or at home."""
    today = clock.today()
    return {
        "assist": {
            "post": post,
            "mode": "guide",
            "voluntary": True,
            "plan": [
                {"place": "区档案局", "purpose": "调取结婚登记档案"},
                {"place": "民政窗口", "purpose": "补领结婚证"},
            ],
        },
        "home_visit": {
            "area": "滨河社区",
            "on": today + timedelta(days=1),
            "purpose": "上门刷脸认证",
            "post": post,
            "device": "portable_terminal",
        },
        "video": {
            "at": clock.now() + timedelta(hours=3),
            "purpose": "房主不在本地，确认同意过户",
            "participants": ["房主", "申请人"],
            "post": post,
        },
        "consent": {
            "person": "周远山",
            "relation": "房主",
            "scope": "同意使用产权证复印件",
            "how": "video",
            "given_on": today,
            "identity_checked": True,
        },
    }


def _together(unit: UUID, post: UUID) -> dict[str, dict[str, Any]]:
    """What several units or those above take up."""
    today = clock.today()
    return {
        "task_force": {
            "name": "婚姻登记历史差错专班",
            "goal": "三周内清理同类件",
            "post": post,
            "members": [unit],
        },
        "grey_study": {
            "unit": unit,
            "question": "外籍配偶旧证号怎么办",
            "gap": "blank",
            "why": "无明文规定",
        },
        "filing": {"content": "同类件按补领办理", "filed_on": today},
        "gov_escalation": {
            "government": "青禾区人民政府",
            "facts": "涉及三个部门",
            "tried": "联席会议未达成一致",
            "decide": "由谁出具证明",
        },
    }


def _promised() -> dict[str, dict[str, Any]]:
    """What is accepted on a promise."""
    return {
        "deferred": {
            "materials": [
                {"name": "申请表", "primary": True, "present": True},
                {"name": "单位证明", "primary": False, "present": False},
            ],
            "days": 10,
            "promised_by": "self",
            "told_consequence": True,
        },
        "notice_commitment": {
            "proof": "无房证明",
            "conditions": "名下无其他住房",
            "told_consequence": True,
            "signed": True,
            "area": "none",
        },
    }


def begin(ref: HallRef, case: Case, kind: str, body: dict[str, Any], by: Actor) -> list[WorkItem]:
    """Through the service, with the body checked as a request's."""
    with hall(ref):
        begun = opening.begin(case_id=case.id, kind=kind, given=_given(body), by=by)
    return begun.items


def take(
    ref: HallRef, item: WorkItem, code: str, body: dict[str, Any] | None = None, *, by: Actor
) -> WorkItem:
    """One step at the item's present version."""
    with hall(ref):
        version = WorkItem.objects.get(id=item.id).version
        done = stepping.step(
            item_id=item.id, version=version, code=code, given=_given(body or {}), by=by
        )
    return done.items[0]


def _given(body: dict[str, Any]) -> Any:
    def parse(wanted: type[Any]) -> Any:
        found = body_of(wanted)(data=body)
        found.is_valid(raise_exception=True)
        return read(wanted, found.validated_data)

    return parse
