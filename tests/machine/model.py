"""What the machine expects: a case's way told again in a few lines, from domain.md §2.3–§2.9, not
from the code that it is compared with."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

DESK = frozenset({"desk", "lead"})
COUNTER = DESK | {"clerk"}
UNIT = frozenset({"handler", "head"})
UNITS = UNIT | {"beside"}
ANYBODY = COUNTER | UNITS | {"supervisor"}
APPROVERS = frozenset({"lead", "supervisor"})
PEOPLE = sorted(ANYBODY)

AT_A_UNIT = frozenset({"dispatched", "signed", "in_progress"})
WAITING = frozenset({"triaged", "returned", "in_progress"})
ANSWERED = frozenset({"delivered", "called_back", "closed"})
STATES = AT_A_UNIT | WAITING | ANSWERED
STATES |= {"registered", "replied", "reviewed", "refusal_proposed", "refused", "referred"}
OPEN = STATES - {"closed"}
MERGEABLE = AT_A_UNIT | WAITING | {"registered"}

VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "triage": (frozenset({"registered", "triaged"}), COUNTER),
    "dispatch": (frozenset({"triaged", "returned"}), DESK),
    "designate": (frozenset({"triaged", "returned"}), APPROVERS),
    "return": (frozenset({"dispatched", "signed"}), frozenset({"head"})),
    "sign": (frozenset({"dispatched"}), UNIT),
    "contact": (frozenset({"signed", "in_progress"}), UNIT),
    "reply": (frozenset({"in_progress"}), UNIT),
    "review": (frozenset({"replied"}), DESK),
    "refusal": (WAITING | {"replied"}, COUNTER),
    "refusal-approval": (frozenset({"refusal_proposed"}), APPROVERS),
    "deliver": (frozenset({"reviewed", "refused"}), DESK),
    "callback": (frozenset({"delivered", "called_back"}), DESK),
    "close": (frozenset({"triaged", "called_back"}), COUNTER),
    "reopen": (frozenset({"called_back", "closed"}), DESK),
    "referrals": (WAITING, DESK),
    "cause-change": (AT_A_UNIT | {"returned"}, DESK),
    "merge": (MERGEABLE, DESK),
    "assist-sign": (AT_A_UNIT, frozenset({"beside"})),
    "assist-reply": (AT_A_UNIT, frozenset({"beside"})),
    "hand-over": (OPEN, COUNTER),
    "hand-over-answer": (OPEN, COUNTER),
    "report-up": (OPEN, COUNTER | UNITS),
    "report-up-answer": (OPEN, APPROVERS | {"head"}),
    "explanation": (OPEN - {"registered"}, COUNTER | UNITS),
    "pause": (WAITING, DESK | UNITS),
    "resume": (WAITING, COUNTER | UNITS),
    "extension": (frozenset({"signed", "in_progress"}), UNIT),
    "extension-decision": (frozenset({"signed", "in_progress"}), frozenset({"head", "lead"})),
    "appeal": (ANSWERED, COUNTER),
    "appeal-answer": (ANSWERED, APPROVERS),
    "undo": (frozenset({"dispatched", "closed"}), COUNTER | APPROVERS),
}
"""Where each verb is known, and who may use it at all."""

STAGES: dict[str, frozenset[str]] = {
    "registered": frozenset({"dispatch"}),
    "triaged": frozenset({"dispatch", "return_decision", "resolve"}),
    "dispatched": frozenset({"sign", "contact", "resolve"}),
    "returned": frozenset({"dispatch", "return_decision", "resolve"}),
    "signed": frozenset({"contact", "resolve"}),
    "in_progress": frozenset({"contact", "resolve"}),
    "replied": frozenset({"resolve"}),
    "reviewed": frozenset({"resolve"}),
    "refusal_proposed": frozenset({"resolve"}),
    "refused": frozenset({"resolve"}),
    "referred": frozenset({"referral_accept", "resolve"}),
    "delivered": frozenset({"callback", "appeal"}),
    "called_back": frozenset({"callback", "appeal"}),
    "closed": frozenset({"appeal"}),
}
"""Whose clock may run in which state (§2.2)."""
HELD_BY_A_PAUSE = frozenset({"dispatch", "contact", "resolve"})


@dataclass(frozen=True)
class Taken:
    """A dispatch or an end that can be taken back: whose, when, and the model before it."""

    who: str
    at: datetime
    version: int
    before: "Model"

    def by(self, who: str, now: "Model") -> bool:
        """By the same person, while nothing happened since, for ten seconds and three more."""
        same = (self.who, self.version) == (who, now.version)
        return same and now.now <= self.at + timedelta(seconds=13)


@dataclass
class Model:
    """A case as it should be. `part` are those who took a step in it; `merged` is where it stood
    before it became part of another one."""

    case_id: UUID
    other_id: UUID
    now: datetime
    state: str = "registered"
    version: int = 1
    seq: int = 1
    referrals: int = 0
    responsible: str = "clerk"
    part: set[str] = field(default_factory=set)
    led: bool = False
    assisting: set[str] | None = None
    dispatched_at: datetime | None = None
    returns: int = 0
    designated: bool = False
    escalated: bool = False
    reopened: int = 0
    handler: str = ""
    outcome: str = ""
    approver: str = ""
    refused: bool = False
    solved: bool | None = None
    delivered: bool = False
    appeals: int = 0
    appealed: frozenset[str] | None = None
    handing_to: str = ""
    asked_up: list[str] = field(default_factory=list)
    paused: bool = False
    extension: str = ""
    extended_by: str = ""
    merged: str = ""
    sealed: bool = False
    town_unit: UUID | None = None
    opinion: UUID | None = None
    promise: UUID | None = None
    taken: "Taken | None" = None

    @property
    def reserved(self) -> bool:
        return self.escalated or self.returns >= 3

    def sees(self, who: str) -> bool:
        """A unit sees what it leads or assists in; nobody of these sees a sealed file."""
        if self.sealed:
            return False
        if who in UNIT:
            return self.led
        return self.assisting is not None if who == "beside" else True

    def verbs(self, who: str) -> set[str]:
        """What this person can do now."""
        known = (verb for verb, (states, _) in VERBS.items() if self.state in states)
        return {verb for verb in known if who in VERBS[verb][1] and self._turn(verb, who)}

    def _turn(self, verb: str, who: str) -> bool:
        ours = who not in UNITS or (self.led and who in UNIT)
        turns = {
            "dispatch": not self.reserved,
            "designate": self.reserved,
            "return": self.led and not self.designated and not self._return_late(),
            "sign": self.led,
            "contact": self.led,
            "reply": self.led,
            "refusal-approval": who == self.approver,
            "callback": who != self.handler,
            "close": (who != "clerk" or self.state == "triaged") and self.appealed is None,
            "reopen": not self.merged and self.appealed is None,
            "assist-sign": self.assisting is not None and "signed" not in self.assisting,
            "assist-reply": self.assisting is not None and "replied" not in self.assisting,
            "hand-over": not self.handing_to and who in (self.responsible, "lead"),
            "hand-over-answer": who == self.handing_to,
            "report-up-answer": who in self.asked_up,
            "explanation": ours,
            "pause": ours and not self.paused,
            "resume": ours and self.paused,
            "extension": self.led and not self.paused and not self.extension,
            "extension-decision": self.extension == "asked" and who != self.extended_by,
            "appeal": self.appealed is None and not self.merged,
            "appeal-answer": self.appealed is not None and who not in self.appealed,
            "undo": self.taken is not None and self.taken.by(who, self),
        }
        return turns.get(verb, True)

    def _return_late(self) -> bool:
        since = self.dispatched_at
        return since is not None and self.now > since + timedelta(hours=24)

    def moved(self, state: str, who: str) -> None:
        """One step of a person was stored."""
        self.version, self.seq = self.version + 1, self.seq + 1
        self.part.add(who)
        if state != self.state:
            if self.paused:
                self.paused, self.seq = False, self.seq + 1
            if self.extension == "asked":
                self.extension = ""
        self.state = state

    def given_to(self, *, designated: bool) -> None:
        self.led, self.assisting, self.designated = True, set(), designated
        self.dispatched_at, self.extension = self.now, ""

    def given_back(self) -> None:
        self.led, self.assisting = False, None
        self.returns += 1

    def begun_again(self) -> None:
        """The result is forgotten; who answers for the case is not."""
        self.led, self.assisting, self.designated = False, None, False
        self.outcome, self.refused, self.delivered, self.solved = "", False, False, None
        self.handing_to, self.asked_up, self.appealed = "", [], None
