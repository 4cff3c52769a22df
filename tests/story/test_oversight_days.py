"""A day of who oversees: cards, orders and sealed files over the API, each with their own token."""

from typing import Any

import pytest

from apps.oversight.services import sweeping
from bancheng.kernel.actor import Role
from bancheng.kernel.clock import frozen
from bancheng.kernel.hall import HallRef, hall
from tests.conduct.scene import WHO, Scene
from tests.oversight.conftest import at
from tests.story.test_role_days import Hall, Person
from tests.support.people import staff_in

pytestmark = pytest.mark.django_db


def test_a_supervisors_day(district: HallRef) -> None:
    """C-43, C-75: a card is appealed by its unit and lifted, a late case is put under supervision
    and the unit answers."""
    with frozen(at("2026-03-02 10:00")):
        place = Hall(district)
        case = place.case("in_progress")
    with frozen(at("2026-03-10 08:45")), hall(district):
        sweeping.sweep()
    with frozen(at("2026-03-10 09:00")):
        supervisor, head = place.new(Role.SUPERVISOR), place.at(place.team.head)
        card = next(one for one in head.get("cards")["results"] if one["stage"] == "resolve")
        appealed = head.post(f"cards/{card['id']}/appeal", {"reason": "系统停机"}, card["version"])
        ruling = {"decision": "lift", "note": "属实"}
        lifted = supervisor.post(f"cards/{card['id']}/decision", ruling, appealed["version"])

        version = supervisor.get(f"cases/{case['id']}")["version"]
        wish = {"reason_code": "overdue", "text": "超期未办", "wanted": "三日内办结"}
        supervisor.post(f"cases/{case['id']}/supervision", wish, version)
        order = next(iter(head.get("orders")["results"]))
        answer = {"text": "已安排专人", "proof": "值班表"}
        answered = head.post(f"orders/{order['id']}/answer", answer, order["version"])
        ended = supervisor.post(
            f"orders/{order['id']}/decision", {"decision": "accept"}, answered["version"]
        )

    assert (card["state"], lifted["state"]) == ("lit", "lifted")
    assert ended["state"] == "closed"


def test_a_discipline_observers_day(district: HallRef) -> None:
    """C-57, C-58, C-59: written down quietly, found out, who complained seen by two, handed over;
    the observer reads all of it and changes nothing."""
    scene = Scene(district)
    clerk, one, two, observer, meant = (
        Person(scene.at(who))
        for who in (scene.clerk, scene.supervisor, scene.second, scene.observer, scene.meant)
    )
    made = clerk.post("conduct", scene.new(accused_posts=[str(scene.meant.post_id)]))
    file = scene.file_of_number(made["number"])
    path = f"conduct/{file.id}"

    def take(step: str, body: Any = None) -> Any:
        return one.post(f"{path}/{step}", body, one.get(path)["version"])

    take("verify", {})
    reveal = one.post(f"{path}/reveals", {"field": "phone", "reason": "legal_request", "note": ""})
    two.post(f"conduct/reveals/{reveal['id']}/decision", {"decision": "approve"})
    shown = one.caller.post(f"conduct/reveals/{reveal['id']}/show", key=None).json()
    take("finding", {"result": "substantiated", "text": "属实。"})
    handed = {
        "body": "区纪委监委",
        "what": "线索",
        "handed_on": "2026-01-05",
        "receipt": "收条一号",
    }
    after = take("hand-over", handed)

    seen = observer.get(path)
    tried = observer.refused(f"{path}/notes", {"kind": "other", "text": "x"}, seen["version"])
    assert shown == {"value": WHO.phone}
    assert seen["version"] == after["version"]
    assert tried == "forbidden"
    for outside in (clerk, meant, Person(scene.at(staff_in(district, Role.SHIFT_LEAD)))):
        assert outside.caller.get(path).status_code in (403, 404)
