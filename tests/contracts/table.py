"""Who may call what: one row per address and method, every role that may is named in its set.

A role that is not in a row's set is refused, and so are nobody and a display unless the row says
`ANYBODY` or `DISPLAY`. Written from domain.md §4.1 and the interface contract §5, not from the
code: when a row fails, one of the two is wrong.
"""

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

MAY: dict[str, Row] = {
    "GET session": ANYBODY,
    "POST session": ANYBODY,
    "DELETE session": ANYBODY,
    "GET schema": ROLES,
    "GET events": row(ROLES, DISPLAY),
    "GET staff": ROLES - {"analyst", "discipline_observer"},
    "GET departments": ROLES - {"analyst", "discipline_observer"},
    "GET catalogue": ROLES,
    # windows and numbers
    "GET queues": ROLES,
    "GET tickets": ROLES,
    "POST tickets": row(COUNTER, "guidance_officer", "assistant"),
    "GET tickets/<id>": ROLES,
    "GET windows": ROLES,
    "GET windows/<id>": ROLES,
    "POST windows/<id>/open": COUNTER,
    "POST windows/<id>/pause": COUNTER,
    "POST windows/<id>/close": COUNTER,
    "POST windows/<id>/call-next": COUNTER,
    "POST windows/<id>/recall": COUNTER,
    "POST windows/<id>/start": COUNTER,
    "POST windows/<id>/finish": COUNTER,
    "POST windows/<id>/miss": COUNTER,
    "GET board": row(COUNTER, ABOVE),
    "GET display/state": row(ROLES, DISPLAY),
    # receptions and cases
    "GET receptions": row(READS_CASES, "guidance_officer"),
    "POST receptions": row(COUNTER, "guidance_officer"),
    "GET cases": row(READS_CASES, UNIT),
    "POST cases": COUNTER,
    "GET cases/<id>": row(READS_CASES, UNIT),
    "POST cases/<id>/reveal": row(COUNTER, UNIT),
    "POST cases/<id>/triage": COUNTER,
    "POST cases/<id>/dispatch": DESK,
    "POST cases/<id>/return": UNIT,
    "POST cases/<id>/sign": UNIT,
    "POST cases/<id>/contact": UNIT,
    "POST cases/<id>/reply": UNIT,
    "POST cases/<id>/review": DESK,
    "POST cases/<id>/deliver": DESK,
    "POST cases/<id>/refusal": COUNTER,
    "POST cases/<id>/refusal-approval": APPROVERS,
    "POST cases/<id>/callback": DESK,
    "POST cases/<id>/reopen": DESK,
    "POST cases/<id>/close": COUNTER,
    "POST cases/<id>/referrals": DESK,
    "GET deadlines/<id>/explanation": row(READS_CASES, UNIT),
    # between halls
    "GET referrals": READS_CASES,
    "GET referrals/<id>": READS_CASES,
    "POST referrals/<id>/accept": row(DESK, "district_admin"),
    "POST referrals/<id>/return": row(DESK, "district_admin"),
    "GET city/halls": COMPARES,
    "GET city/halls/<id>": COMPARES,
    "GET city/facts": COMPARES,
    # citizens
    "GET portal/track": ANYBODY,
    "POST portal/track": ANYBODY,
}
