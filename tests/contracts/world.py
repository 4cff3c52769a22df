"""One of everything in a district hall, and a valid request for every address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from apps.cases.models import Case, Deadline
from apps.cases.services import registration
from apps.staff import services as staff
from bancheng.kernel.actor import SYSTEM, Actor, Role
from bancheng.kernel.hall import HallRef, hall
from tests.contracts import worlds
from tests.contracts.table import DISPLAY, NOBODY
from tests.support.cases import RECEPTION, Team
from tests.support.clients import Caller, caller_for
from tests.support.counters import queue_in, tickets_in, window_in
from tests.support.people import staff_in
from tests.support.referrals import refer

_SPAN = "from=2026-11-01&to=2026-11-20"


@dataclass
class World:
    """`ref` holds a dispatched case, a letter from `below`, a window with a clerk, a number."""

    ref: HallRef
    below: HallRef
    team: Team = field(init=False)
    case: Case = field(init=False)
    deadline: UUID = field(init=False)
    reception: UUID = field(init=False)
    letter: UUID = field(init=False)
    queue: UUID = field(init=False)
    window: UUID = field(init=False)
    ticket: UUID = field(init=False)
    further_ids: dict[str, UUID] = field(init=False)

    def __post_init__(self) -> None:
        self.team = Team(self.ref)
        self.case = self.team.dispatched()
        below = Team(self.below)
        self.letter = refer(below, below.triaged())
        self.queue = queue_in(self.ref)
        self.window = window_in(self.ref, [self.queue], clerk=self.team.clerk)
        self.ticket = tickets_in(self.ref, self.queue)[0].id
        with hall(self.ref):
            self.deadline = Deadline.objects.filter(case=self.case).values_list("id", flat=True)[0]
            self.reception = registration.receive(RECEPTION, by=self.team.clerk).id
        self.further_ids = dict(worlds.ids(self))

    def callers(self) -> dict[str, Caller]:
        """A person of each role, in the unit that has the case; a display; nobody."""
        unit = self.team.unit
        people: dict[str, Actor] = {
            role: staff_in(self.ref, role, department=unit) for role in Role
        }
        with hall(self.ref):
            screen = staff.pair_device(name="大屏", kind="display", by=SYSTEM)
        return {role: caller_for(self.ref, person) for role, person in people.items()} | {
            DISPLAY: Caller(self.ref, screen),
            NOBODY: Caller(self.ref),
        }

    def ids(self) -> dict[str, UUID]:
        """What the id of an address means, by the address's first word."""
        return {
            "cases": self.case.id,
            "deadlines": self.deadline,
            "referrals": self.letter,
            "windows": self.window,
            "tickets": self.ticket,
            "city": self.ref.id,
        } | self.further_ids

    def versions(self) -> dict[str, int]:
        ones = dict.fromkeys(
            (
                "referrals",
                "ledger",
                "work",
                "meetings",
                "devices",
                "cards",
                "orders",
                "duty",
                "quality",
                "setup",
                "people",
                "departments",
                "conduct",
                "papers",
                "documents",
            ),
            1,
        )
        return {"cases": self.case.version} | ones

    def queries(self) -> dict[str, str]:
        """What must stand behind the question mark."""
        return {
            "GET events": "topic=queue",
            "GET city/halls": _SPAN,
            "GET duty": _SPAN,
            "GET papers": f"case={self.case.id}",
            "GET city/halls/<id>": _SPAN,
            "GET city/facts": f"{_SPAN}&hall={self.ref.id}",
            "GET intake/figures": _SPAN,
            "GET guidance/effect": _SPAN,
            "GET appointments/slots": f"queue={self.queue}&day=2026-11-20",
            "GET portal/booking/slots": f"queue={self.queue}&day=2026-11-20",
        }

    def bodies(self) -> dict[str, dict[str, Any]]:
        """A body that is valid in itself, for every POST that takes one."""
        return {f"POST cases/<id>/{step}": body for step, body in self._steps().items()} | {
            "POST session": {"username": "no.such.person", "password": "x"},
            "POST tickets": {"queue": self.queue},
            "POST windows/<id>/pause": {"reason": "break"},
            "POST receptions": {
                "matter": "x",
                "applicant_kind": "person",
                "outcome": "consult_only",
            },
            "POST cases": self.new_case(),
            "POST referrals/<id>/return": {"note": "x", "reason_code": "duplicate"},
            "POST portal/track": {"number": "BCS-20261101-0000", "code": "000000"},
            **self._further_bodies,
        }

    @cached_property
    def _further_bodies(self) -> Mapping[str, dict[str, Any]]:
        """Asked once, as a hundred requests of each role take one of them."""
        return worlds.bodies(self)

    def _steps(self) -> dict[str, dict[str, Any]]:
        """A valid body for each step of a case."""
        lead = self.team.lead.post_id
        remedy = {"review_body": "区人民政府", "litigation_court": "区人民法院"}
        refusal = {"legal_basis": "XKF-38", "explanation": "x", "approver": lead, "remedy": remedy}
        return {
            "triage": {
                "should_do": "yes",
                "can_do": "yes",
                "cause": "hard",
                "blocking_reason": "B2",
                "difficulty": "simple",
            },
            "dispatch": {"lead_unit": self.team.unit},
            "return": {"note": "x", "reason_code": "duplicate"},
            "sign": {},
            "contact": {"method": "phone", "result": "reached"},
            "reply": {"answer": "x", "solved": "yes", "outcome": "done"},
            "review": {"decision": "pass"},
            "deliver": {"method": "sms", "text": "x"},
            "refusal": refusal,
            "refusal-approval": {"decision": "approve"},
            "callback": {"result": "solved"},
            "reopen": {"reason": "x"},
            "close": {"outcome": "done"},
            "referrals": {"reason": "x", "purpose": "x"},
            "reveal": {"field": "phone", "reason": "contact_applicant"},
        }

    def new_case(self) -> dict[str, Any]:
        person = {"name": "林晓雨", "phone": "19900001234", "kind": "person", "relation": "self"}
        words = {"title": "x", "detail": "x", "want": "x", "pii_notice_accepted": True}
        return words | {"reception": self.reception, "applicant": person}

    def ask(self, caller: Caller, endpoint: str, ident: UUID | None = None) -> Any:
        """One request; `ident` instead of this world's own id."""
        method, address = endpoint.split(" ")
        kind = address.split("/")[0]
        known = self.ids()
        path = address.replace("<id>", str(ident or known.get(address, known.get(kind))))
        if query := self.queries().get(endpoint):
            path += f"?{query}"
        if method == "POST":
            body = self.bodies().get(endpoint, {})
            return caller.post(path, body, version=self.versions().get(kind))
        return caller.get(path) if method == "GET" else caller.delete(path)
