"""What the administration adds to the world: somebody to be changed, a department of one's own."""

from typing import Any
from uuid import UUID

from bancheng.kernel.actor import Role
from tests.support.people import department_in, staff_in

_GREETER = {"name": "石磊", "roles": ["greeter"]}


def ids(world: Any) -> dict[str, UUID]:
    person = staff_in(world.ref, Role.GREETER)
    assert person.post_id is not None
    return {"people": person.post_id, "departments": department_in(world.ref, "档案科")}


def bodies(world: Any) -> dict[str, dict[str, Any]]:
    return {
        "POST people": _GREETER | {"username": "shi.lei"},
        "POST people/<id>/change": _GREETER,
        "POST people/<id>/return": _GREETER,
        "POST people/<id>/end": {},
        "POST people/<id>/decision": {"decision": "confirm"},
        "POST departments": {"name": "监督科"},
        "POST departments/<id>/change": {"name": "档案室"},
        "POST departments/<id>/close": {},
        "POST hall/desk": {"desk_name": "朝我说"},
        "POST account/password": {"old": "x", "new": "y"},
    }
