"""People at their posts."""

from uuid import UUID

from apps.staff import queries, services
from bancheng.kernel import ids
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall

PASSWORD = "correct horse battery"


def staff_in(
    ref: HallRef, *roles: Role, department: UUID | None = None, username: str = ""
) -> Actor:
    """A new person with these roles in a hall."""
    with hall(ref):
        post = services.add_post(
            username=username or f"user.{ids.new_id().hex[-12:]}",
            password=PASSWORD,
            name="测试员",
            roles=roles,
            department_id=department,
            by=SYSTEM,
        )
        actor = queries.actor_of_post(post.id)
    assert actor is not None
    return actor


def department_in(ref: HallRef, name: str = "民政科") -> UUID:
    """A department of a hall, made when it is new."""
    with hall(ref):
        for known in queries.departments():
            if known["name"] == name:
                return UUID(str(known["id"]))
        made = services.add_department(name=name, duty_phone="0000-5550100", position=1, by=SYSTEM)
    return made.id
