"""Who may do what between the door and the triage (domain.md §4.1)."""

from apps.cases.permissions import AT_THE_DESK, DESK, SEE_THE_HALL, UNIT
from apps.staff import permissions as staff
from bancheng.kernel.actor import Role

MANAGERS = frozenset({Role.SHIFT_LEAD, Role.HALL_ADMIN})
FIGURES = MANAGERS | {Role.SUPERVISOR, Role.DISTRICT_ADMIN, Role.CITY_ADMIN, Role.ANALYST}
TABLE = {
    "cases.cause-change": DESK,
    "cases.merge": DESK,
    "cases.unmerge": DESK,
    "cases.link": AT_THE_DESK,
    "cases.one-time-notice": AT_THE_DESK | UNIT,
    "cases.contact-data": AT_THE_DESK,
    "cases.no-further": MANAGERS,
    "cases.routing": SEE_THE_HALL,
    "intake.check": AT_THE_DESK,
    "intake.figures": FIGURES,
    "authority.read": staff.EVERYONE,
    "authority.manage": frozenset({Role.CITY_ADMIN}),
}
staff.grant(TABLE)
