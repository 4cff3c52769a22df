"""Who may call what: work and joint meetings.

Under a case: whoever sees it reads; each kind is begun by those who would in a hall. A step is its
parties': the row is that of one piece of work which the people's own unit was asked for by the
shift lead (a gift of management where the unit has no part).
"""

from tests.contracts.rows.sets import COUNTER, DESK, READS_CASES, UNIT, Row, row

MANAGEMENT = row("shift_lead", "hall_admin", "district_admin", "city_admin", "supervisor")
ASKED = row(UNIT, DESK)  # the unit asked, or the one that leads the case; and the desk
_BEGIN = {
    "opinion": row(COUNTER, UNIT),
    "evidence": row(COUNTER, UNIT),
    "assist": row(COUNTER, UNIT),
    "home-visit": row(COUNTER, UNIT),
    "video": row(COUNTER, UNIT),
    "evidence-check": row(COUNTER, UNIT),
    "consent": row(COUNTER, UNIT),
    "external": row(COUNTER, UNIT),
    "contact-note": row(COUNTER, UNIT),
    "task-force": row(DESK, MANAGEMENT),
    "grey-study": row(COUNTER, UNIT),
    "filing": row(DESK, UNIT),
    "gov-escalation": row(DESK, MANAGEMENT),
    "deferred": row(COUNTER, UNIT),
    "notice-commitment": row(COUNTER, UNIT),
}
_STEP = {
    "answer": UNIT,  # of an opinion: nobody answers for the unit asked
    "withdraw": DESK,  # of an opinion: who asked, and the desk
    "provide": ASKED,
    "refuse": ASKED,
    "report": ASKED,
    "add": ASKED,
    "finish": ASKED,
    "stop": DESK,
    "consent": ASKED,
    "hold": ASKED,
    "miss": ASKED,
    "arrive": ASKED,
    "complete": ASKED,
    "cancel": DESK,
    "heard": DESK,
    "end": DESK,
    "met": ASKED,
    "dissolve": ASKED,
    "decide": UNIT,  # of a study: the unit that studies
    "see": MANAGEMENT,
    "submit": row(DESK, MANAGEMENT),
    "feed-back": row(DESK, MANAGEMENT),
    "supplement": ASKED,
    "postpone": DESK,
    "verify": ASKED,
}
_MEETING_STEP = {
    "call": row(DESK, MANAGEMENT),
    "hold": row(DESK, MANAGEMENT, UNIT),
    "opine": row(DESK, MANAGEMENT, UNIT),
    "minute": row(DESK, MANAGEMENT, UNIT),
    "sign": UNIT,
    "ask-special": row(DESK, MANAGEMENT, UNIT),
    "decide-special": row(DESK, MANAGEMENT),
    "issue": row(DESK, MANAGEMENT, UNIT),
    "cancel": row(DESK, MANAGEMENT),
}

MAY: dict[str, Row] = {
    "GET cases/<id>/work": row(READS_CASES, UNIT),
    **{f"POST cases/<id>/work/{kind}": who for kind, who in _BEGIN.items()},
    "GET work/inbox": row(READS_CASES, UNIT, "assistant"),
    "GET work/filings": row(DESK, MANAGEMENT),
    "GET work/kinds": row(READS_CASES, UNIT, "assistant"),
    "GET work/nearby": row(COUNTER, UNIT, MANAGEMENT, "assistant"),
    "GET work/<id>": row(READS_CASES, UNIT),
    "POST work/<id>/reveal": ASKED,  # of an opinion: its parties, though nothing is sealed in it
    **{f"POST work/<id>/{step}": who for step, who in _STEP.items()},
    "GET meetings": row(READS_CASES, UNIT),
    "POST meetings": row(COUNTER, UNIT, MANAGEMENT),
    "GET meetings/effect": row(READS_CASES, UNIT),
    "GET meetings/<id>": row(READS_CASES, UNIT),
    **{f"POST meetings/<id>/{step}": who for step, who in _MEETING_STEP.items()},
}
