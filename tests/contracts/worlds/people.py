"""What the administration adds to the world: somebody to be changed, a department of one's own."""

from typing import Any
from uuid import UUID

from bancheng.city.exchange import questions
from bancheng.city.exchange.questions import Question
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import HallRef, hall
from tests.support.people import department_in, staff_in

_GREETER = {"name": "石磊", "roles": ["greeter"]}


def ids(world: Any) -> dict[str, UUID]:
    person = staff_in(world.ref, Role.GREETER)
    assert person.post_id is not None
    return {
        "people": person.post_id,
        "departments": department_in(world.ref, "档案科"),
        "questions": _question(world.below),
    }


def _question(below: HallRef) -> UUID:
    """What the hall below asks about somebody."""
    about = Question(str(UUID(int=3)), "石磊", "shi.lei", "release", ("supervisor",), "调离", "x")
    with hall(below):
        question_id, _ = questions.ask_above(about)
    return question_id


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    return {
        "POST people": _GREETER | {"username": "shi.lei"},
        "POST people/<id>/change": _GREETER,
        "POST people/<id>/return": _GREETER,
        "POST people/<id>/end": {},
        "POST people/<id>/decision": {"decision": "confirm"},
        "POST people/<id>/release": {"reason": "调离本厅"},
        "POST questions/<id>/decision": {"decision": "confirm"},
        "POST departments": {"name": "监督科"},
        "POST departments/<id>/change": {"name": "档案室"},
        "POST departments/<id>/close": {},
        "POST hall/desk": {"desk_name": "朝我说"},
        "POST account/password": {"old": "x", "new": "y"},
    }
