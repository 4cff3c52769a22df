"""C-13: work under a case that became a sealed file does not exist for anybody outside of it."""

import pytest

from apps.cases.models import Case
from apps.notices.models import Notice
from apps.work.models import WorkItem
from apps.work.services import sweeping
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.cases import Team
from tests.support.clients import caller_for
from tests.support.people import department_in, staff_in
from tests.support.work import begin, bodies

pytestmark = pytest.mark.django_db


def test_neither_list_nor_item_nor_notice_tells_of_it(district: HallRef) -> None:
    """D13: the same 404, the same empty lists, whoever was asked before."""
    team = Team(district)
    unit = department_in(district, "不动产科")
    theirs = staff_in(district, Role.DEPT_HANDLER, department=unit)
    helper = staff_in(district, Role.ASSISTANT)
    assert helper.post_id is not None
    case = team.dispatched()
    opinion = begin(district, case, "opinion", bodies(unit, unit)["opinion"], team.desk)[0]
    plan = begin(district, case, "assist", bodies(unit, helper.post_id)["assist"], team.desk)[0]
    begin(district, case, "filing", bodies(unit, unit)["filing"], team.desk)
    with hall(district):
        Case.every.filter(id=case.id).update(sealed=True)

    for person in (team.desk, team.lead, theirs, helper):
        caller = caller_for(district, person)
        for item in (opinion, plan):
            assert caller.get(f"work/{item.id}").status_code == 404
        assert caller.get("work/inbox").json()["results"] == []
        assert caller.get(f"cases/{case.id}/work").status_code == 404
        assert caller.get("notices").json()["results"] == []
    assert caller_for(district, team.lead).get("work/filings").json()["results"] == []
    answer = {"position": "agree", "text": "同意"}
    refused = caller_for(district, theirs).post(f"work/{opinion.id}/answer", answer, version=1)

    with hall(district):
        assert sweeping.sweep() == 0
        assert WorkItem.objects.get(id=opinion.id).state == "asked"
        assert Notice.objects.exists()
    assert refused.status_code == 404
