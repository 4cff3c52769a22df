"""Who may give which role, what is never held together, what takes two (domain.md §4.1)."""

import pytest

from apps.staff import rules
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import Level

_COUNTER = {"desk_officer", "window_clerk", "guidance_officer", "greeter", "assistant"}
_REST = {"dept_handler", "dept_lead", "shift_lead", "hall_admin", "analyst"}
_WATCH = {"supervisor", "discipline_observer"}
GIVEN: dict[str, set[str]] = {role.value: set() for role in Role} | {
    "hall_admin": _COUNTER | _REST | _WATCH,
    "district_admin": _COUNTER | _REST | _WATCH | {"district_admin"},
    "city_admin": _COUNTER | _REST | _WATCH | {"district_admin", "city_admin"},
}


@pytest.mark.parametrize("giver", sorted(GIVEN))
def test_each_role_gives_what_the_table_says_and_nothing_else(giver: str) -> None:
    assert {role.value for role in rules.gives({Role(giver)})} == GIVEN[giver]


def test_roles_that_see_sealed_files_or_rule_over_halls_take_two() -> None:
    taking_two = {role.value for role in rules.needs_two(set(Role))}

    assert taking_two == _WATCH | {"district_admin", "city_admin"}


@pytest.mark.parametrize(
    ("held", "clashing"),
    [
        (["desk_officer", "shift_lead", "hall_admin"], []),
        (["dept_handler", "dept_lead"], []),
        (["supervisor", "desk_officer"], ["desk_officer", "supervisor"]),
        (["supervisor", "hall_admin"], ["hall_admin", "supervisor"]),
        (["analyst", "greeter"], ["analyst", "greeter"]),
        (["discipline_observer", "supervisor"], ["discipline_observer", "supervisor"]),
        (["supervisor", "greeter"], []),
    ],
)
def test_who_watches_neither_handles_nor_administers(held: list[str], clashing: list[str]) -> None:
    assert [role.value for role in rules.clashing({Role(one) for one in held})] == clashing


@pytest.mark.parametrize(
    ("level", "strange"),
    [
        (Level.STREET, ["city_admin", "district_admin"]),
        (Level.DISTRICT, ["city_admin"]),
        (Level.CITY, []),
    ],
)
def test_a_hall_has_the_administrators_of_its_level(level: Level, strange: list[str]) -> None:
    assert [role.value for role in rules.strange(set(Role), level)] == strange
