"""W1, W5, W8 and the case half of W2: the desk's work through the HTTP stack."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bancheng.kernel.actor import Role
from tests.benchmarks.browser import Browser, WrongAnswer
from tests.benchmarks.floors import Floors
from tests.benchmarks.measuring import Act, Side, Workload
from tests.benchmarks.world import World, person

LANES = 8
WHERE = ("app", "db")
_RECEPTION = {
    "matter": "结婚证与身份证姓名不一致",
    "applicant_kind": "person",
    "outcome": "registered",
    "ordinary_window_tried": True,
    "tried_windows": [{"name": "婚姻登记窗口", "result": "要求先改身份证"}],
}
_CASE = {
    "title": "结婚证姓名不一致",
    "detail": "婚姻登记时笔误，两个窗口互相推，跑了三次。",
    "want": "补领正确的结婚证。",
    "applicant": {
        "name": "林晓雨",
        "phone": "19900001234",
        "id_number": "11010119900307283X",
        "kind": "person",
        "relation": "self",
    },
    "visit_count": 3,
    "pii_notice_accepted": True,
}
_FINDING = {
    "should_do": "yes",
    "can_do": "yes",
    "cause": "hard",
    "blocking_reason": "B5",
    "difficulty": "complex",
    "note": "两证姓名不一致，本级无权更正。",
}
_REFERRAL = {"reason": "街道无权更正登记。", "purpose": "由区民政部门更正。", "need_contact": True}


@dataclass(frozen=True, slots=True)
class Made:
    """A case and its version after its last step."""

    id: str
    version: int


class Desk:
    """One street desk and the district above it. Cases go from one workload into the next, so
    that every operation is a real one: made, triaged, referred, accepted."""

    def __init__(self, world: World, floors: Floors, history: Sequence[UUID], count: int) -> None:
        person(world.street, "desk", Role.DESK_OFFICER)
        person(world.district, "district", Role.DESK_OFFICER)
        self._pages = [world.browser(world.street, "desk") for _ in range(LANES)]
        self._above = world.browser(world.district, "district")
        self._floors, self._history, self._count = floors, list(history), count
        self._made: deque[Made] = deque()
        self._triaged: deque[Made] = deque()
        self._letters: deque[Made] = deque()

    @property
    def page(self) -> Browser:
        return self._pages[0]

    def workloads(self) -> list[Workload]:
        """In the order in which cases go through them."""
        return [*self._writes(), *self._reads(), *self._referrals()]

    def _writes(self) -> list[Workload]:
        n, d1 = self._count, "D1: case + event, raw psycopg"
        one, many = Side(self._new_cases, WHERE), Side(self._new_cases, WHERE, lanes=LANES)
        triage = Side(self._triages, WHERE)
        goal = ("≤ 1.6 ms, R ≤ 9", 1600.0, "≤ 0.9 ms")
        return [
            Workload("W1", "create a case", one, d1, self._floors.d1(n), *goal),
            Workload("W1", "create a case, 8 clients", many, d1, self._floors.d1(n), *goal),
            Workload(
                *("W2", "triage a case", triage, d1, self._floors.d1(n)),
                *("≤ 1.3 ms, R ≤ 7.5", 1300.0, "≤ 0.7 ms"),
            ),
        ]

    def _new_cases(self) -> list[Act]:
        """Receptions are made beforehand; each becomes a case."""
        acts = []
        for number in range(self._count):
            page = self._pages[number % LANES]
            made = page.post("receptions", _RECEPTION, expect=201)
            acts.append(self._new_case(page, {**_CASE, "reception": made.body["id"]}))
        return acts

    def _new_case(self, page: Browser, body: dict[str, Any]) -> Act:
        def act() -> None:
            made = page.post("cases", body, expect=201)
            if made.body["state"] != "registered" or len(made.body["tracking_code"]) != 6:
                raise WrongAnswer("no case was made")
            self._made.append(Made(made.body["id"], made.version))

        return act

    def _triages(self) -> list[Act]:
        return [self._triage(self._made.popleft()) for _ in range(self._count)]

    def _triage(self, case: Made) -> Act:
        def act() -> None:
            path = f"cases/{case.id}/triage"
            done = self.page.post(path, _FINDING, version=case.version)
            if done.body["state"] != "triaged":
                raise WrongAnswer("not triaged")
            self._triaged.append(Made(case.id, done.version))

        return act

    def _reads(self) -> list[Workload]:
        n, floors = self._count, self._floors
        opened = Side(self._opens, WHERE)
        return [
            Workload(
                *("W5", "open a case with its history", opened, "case and events, two reads"),
                *(floors.history(self._history, n), "≤ 2.5 ms", 2500.0, "≤ 1.5 ms"),
            ),
        ]

    def _opens(self) -> list[Act]:
        return [self._open(one) for one in random.sample(self._history, self._count)]

    def _open(self, case_id: UUID) -> Act:
        def act() -> None:
            if len(self.page.get(f"cases/{case_id}").body["timeline"]) <= 3:
                raise WrongAnswer("history is missing")

        return act

    def _referrals(self) -> list[Workload]:
        floor, name = self._floors.letter(self._count), "2 × D1 + one row"
        goal = ("≤ 2.5 ms", 2500.0, "≤ 1.5 ms")
        send, accept = Side(self._sends, WHERE), Side(self._accepts, WHERE)
        return [
            Workload("W8", "refer a case up", send, name, floor, *goal),
            Workload("W8", "accept it above", accept, name, floor, *goal),
        ]

    def _sends(self) -> list[Act]:
        return [self._send(self._triaged.popleft()) for _ in range(self._count)]

    def _send(self, case: Made) -> Act:
        def act() -> None:
            path = f"cases/{case.id}/referrals"
            sent = self.page.post(path, _REFERRAL, expect=201, version=case.version)
            self._letters.append(Made(sent.body["id"], sent.version))

        return act

    def _accepts(self) -> list[Act]:
        return [self._accept(self._letters.popleft()) for _ in range(self._count)]

    def _accept(self, letter: Made) -> Act:
        def act() -> None:
            path = f"referrals/{letter.id}/accept"
            done = self._above.post(path, {"note": ""}, version=letter.version)
            if not done.body["case_id"]:
                raise WrongAnswer("no case above")

        return act
