"""What a network or a hall may decide differently about accountability (design.md §5)."""

from bancheng.city.parameters import queries as parameters
from bancheng.city.parameters.registry import Parameter, declare
from bancheng.kernel.actor import Role

CLOSING_ITEMS = (
    "outcome",
    "delivered",
    "proof",
    "tools",
    "explained",
    "received",
    "callback",
    "knowledge",
    "work",
)
TOOLS = (
    "deferred_material",
    "commitment",
    "agent",
    "home_visit",
    "data_check",
    "cross_check",
    "joint_handling",
    "remote_check",
    "record_correction",
    "alternative_evidence",
)
_ARBITERS = (Role.SHIFT_LEAD, Role.HALL_ADMIN, Role.SUPERVISOR, Role.DISTRICT_ADMIN)

declare(
    [
        Parameter("cases.return_hours", "number", 24, "安阳市12345条例 50", low=1, high=240),
        Parameter("cases.returns_before_arbiter", "number", 3, "domain.md C-68", low=1, high=9),
        Parameter(
            "cases.arbiters",
            "codes",
            [Role.SHIFT_LEAD.value, Role.HALL_ADMIN.value, Role.SUPERVISOR.value],
            "潍坊市12345条例（争议由热线机构指定）",
            options=tuple(role.value for role in _ARBITERS),
        ),
        Parameter("cases.reopenings", "number", 2, "domain.md §2.3", low=0, high=9),
        Parameter("cases.contact_attempts", "number", 3, "domain.md §2.7 (6)", low=1, high=9),
        Parameter("cases.explanation_length", "number", 8, "domain.md C-87", low=1, high=500),
        Parameter("cases.appeal_working_days", "number", 10, "domain.md §3.9", low=1, high=60),
        Parameter("cases.appeals", "number", 1, "济南市12345条例 25", low=1, high=9),
        Parameter("cases.undo_seconds", "number", 10, "frontend.md §4", low=0, high=60),
        Parameter("cases.remedy_text", "text", "", "domain.md §3.9"),
        Parameter(
            "cases.closing_items",
            "codes",
            list(CLOSING_ITEMS),
            "domain.md §2.7",
            options=CLOSING_ITEMS,
        ),
        Parameter("cases.tools", "codes", list(TOOLS), "domain.md C-78", options=TOOLS),
    ]
)


def return_hours() -> int:
    """Natural hours after the dispatch in which a unit may give a case back (§2.5)."""
    return parameters.number("cases.return_hours")


def returns_before_arbiter() -> int:
    """The return after which only an arbiter decides who handles it (C-68)."""
    return parameters.number("cases.returns_before_arbiter")


def arbiters() -> frozenset[Role]:
    """The roles that decide then."""
    return frozenset(Role(code) for code in parameters.codes("cases.arbiters"))


def reopenings() -> int:
    """How often a case begins again before it goes up to the hall's managers."""
    return parameters.number("cases.reopenings")


def opened_out(times: int) -> bool:
    """True for what was opened again, and as often as that."""
    return times > 0 and times >= reopenings()


def contact_attempts() -> int:
    """Tries at different half days before somebody counts as out of reach (§2.7 item 6)."""
    return parameters.number("cases.contact_attempts")


def explanation_length() -> int:
    """The fewest characters of a plain-language explanation."""
    return parameters.number("cases.explanation_length")


def appeal_working_days() -> int:
    """Working days after the result in which an internal re-examination can be asked for."""
    return parameters.number("cases.appeal_working_days")


def appeals() -> int:
    """How many re-examinations of the same result there are."""
    return parameters.number("cases.appeals")


def undo_seconds() -> int:
    """Seconds in which who dispatched or closed a case can take that back; 0 for never."""
    return parameters.number("cases.undo_seconds")


def remedy_text() -> str:
    """The hall's own words about remedies, checked by its legal office; empty for the standard."""
    return str(parameters.value("cases.remedy_text"))


def closing_items() -> frozenset[str]:
    """What the checklist asks for here."""
    return frozenset(parameters.codes("cases.closing_items"))


def tools() -> frozenset[str]:
    """The resolution tools in use here."""
    return frozenset(parameters.codes("cases.tools"))
