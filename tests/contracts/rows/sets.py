"""The sets of roles that the rows of the permission table are written with."""

from bancheng.kernel.actor import Role

Row = frozenset[str]


def row(*names: str | Row) -> Row:
    return frozenset[str]().union(*({name} if isinstance(name, str) else name for name in names))


ROLES = frozenset(role.value for role in Role)
NOBODY, DISPLAY = "nobody", "display"
ANYBODY = row(ROLES, NOBODY, DISPLAY)

DESK = row("desk_officer", "shift_lead", "hall_admin")
COUNTER = row(DESK, "window_clerk")
UNIT = row("dept_handler", "dept_lead")
ABOVE = row("district_admin", "city_admin", "supervisor")
APPROVERS = row("shift_lead", "hall_admin", ABOVE)
READS_CASES = row(COUNTER, ABOVE, "discipline_observer")
COMPARES = row("city_admin", "district_admin", "supervisor", "analyst")
