"""The book of what clients were told, and what the databases say about it afterwards."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Model

from apps.cases import tasks
from apps.cases.models import Applicant, Case, CaseEvent, Deadline
from bancheng.city.exchange.kinds import DECISIONS
from bancheng.city.exchange.models import Letter, LetterEvent
from bancheng.config import jobs
from bancheng.config.live.database import in_thread
from bancheng.kernel import ids
from bancheng.kernel.hall import HallRef, hall
from bancheng.services.audit import chain
from bancheng.services.audit.models import AuditEntry
from bancheng.services.live.models import LiveEvent, LiveTopic
from bancheng.services.outbox import queue as outbox
from bancheng.services.outbox.models import OutboxMessage


@dataclass(slots=True)
class Ledger:
    """Written only after a client heard success: letters by case, decisions by letter."""

    sent: dict[UUID, list[UUID]] = field(default_factory=dict)
    decided: dict[UUID, list[str]] = field(default_factory=dict)

    def put_sent(self, case_id: UUID, letter_id: str) -> None:
        self.sent.setdefault(case_id, []).append(UUID(letter_id))

    def put_decided(self, letter_id: UUID, decision: str) -> None:
        self.decided.setdefault(letter_id, []).append(decision)


@in_thread
def copies_of(ref: HallRef, case_id: str, count: int) -> list[UUID]:
    """A triaged case `count` times over, with its person, history and clocks; not referred yet."""
    with hall(ref):
        case = Case.objects.get(id=case_id)
        person = Applicant.objects.get(case=case)
        lines, clocks = CaseEvent.objects.filter(case=case), Deadline.objects.filter(case=case)
        made = [ids.new_id() for _ in range(count)]
        Case.objects.bulk_create(_renamed(case, made))
        sources: list[Model] = [person, *lines, *clocks]
        for source in sources:
            type(source)._default_manager.bulk_create(_belonging(source, made))
    return made


def _renamed(case: Case, made: list[UUID]) -> list[Case]:
    names = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    return [
        Case(
            **names
            | {
                "id": one,
                "number": f"BCS-20200101-{number:05d}",
                "code_index": uuid.uuid4().bytes,
                "reception_id": None,
            }
        )
        for number, one in enumerate(made)
    ]


def _belonging(source: Model, made: list[UUID]) -> list[Model]:
    kept = {field.attname: getattr(source, field.attname) for field in source._meta.concrete_fields}
    fresh = {"id"} & kept.keys()
    return [
        type(source)(**kept | {"case_id": one} | {name: ids.new_id() for name in fresh})
        for one in made
    ]


@in_thread
def sweep(halls: list[HallRef]) -> bool:
    """What the worker's clock does every few seconds; True when nothing is left to do."""
    jobs.in_every_hall("outbox", outbox.drain)
    jobs.in_every_hall("letters", tasks.sweep_letters)
    waiting = 0
    for ref in halls:
        with hall(ref):
            waiting += OutboxMessage.objects.filter(done_at__isnull=True).count()
    return waiting == 0


@dataclass(frozen=True, slots=True)
class Audit:
    """What went wrong; an installation that lost and doubled nothing has empty lists."""

    lost: list[UUID]
    unheard_of: list[UUID]
    doubled: list[UUID]
    wrong_decisions: list[UUID]
    wrong_cases_at_the_receiver: list[UUID]
    wrong_states_at_the_sender: list[UUID]
    miscounted_in_the_audit: list[str]
    broken_chains: list[str]
    torn_topics: list[str]


WELL = Audit([], [], [], [], [], [], [], [], [])


@in_thread
def compare(ledger: Ledger, senders: list[HallRef], receiver: HallRef) -> Audit:
    """Everything that was told against everything that is stored."""
    told = {letter: case for case, letters in ledger.sent.items() for letter in letters}
    with hall(receiver):
        letters = dict(Letter.objects.values_list("id", "case_id"))
        decisions: dict[UUID, list[str]] = {}
        for letter, kind in _decisive():
            decisions.setdefault(letter, []).append(kind)
        taken = Counter(
            Case.objects.filter(letter_in__isnull=False).values_list("letter_in", flat=True)
        )
    per_case = Counter(letters.values())
    everywhere = [*senders, receiver]
    return Audit(
        lost=[letter for letter in told if letter not in letters],
        unheard_of=[letter for letter in letters if letter not in told],
        doubled=[case for case, count in per_case.items() if count > 1],
        wrong_decisions=[
            letter for letter in letters if decisions.get(letter) != ledger.decided.get(letter)
        ],
        wrong_cases_at_the_receiver=[
            letter
            for letter in letters
            if taken[letter] != int(decisions.get(letter) == ["accepted"])
        ],
        wrong_states_at_the_sender=[
            case for ref in senders for case in _in_a_wrong_state(ref, ledger)
        ],
        miscounted_in_the_audit=[ref.slug for ref in senders if _miscounted(ref)],
        broken_chains=[ref.slug for ref in everywhere if _broken(ref)],
        torn_topics=[f"{ref.slug} {topic}" for ref in everywhere for topic in _torn(ref)],
    )


def _decisive() -> list[tuple[UUID, str]]:
    rows = LetterEvent.objects.filter(kind__in=DECISIONS).order_by("seq")
    return [(letter, str(kind)) for letter, kind in rows.values_list("letter_id", "kind")]


def _in_a_wrong_state(ref: HallRef, ledger: Ledger) -> list[UUID]:
    """Accepted: still referred, and known to be accepted. Returned: back at the desk."""
    expected: Mapping[str, str] = {"accepted": "referred", "returned": "returned"}
    wrong = []
    with hall(ref):
        for case in Case.objects.filter(letter_out__isnull=False):
            decision = (ledger.decided.get(case.letter_out or case.id) or ["none"])[0]
            known = case.referral["out"]["state"]
            if (case.state, known) != (expected.get(decision), decision):
                wrong.append(case.id)
    return wrong


def _miscounted(ref: HallRef) -> bool:
    """One entry for each referral sent, and no more."""
    with hall(ref):
        entries = AuditEntry.objects.filter(body__action="cases.referrals").count()
        return bool(entries != Letter.objects.filter(from_hall=ref.id).count())


def _broken(ref: HallRef) -> bool:
    with hall(ref):
        return chain.verify().broken_at is not None


def _torn(ref: HallRef) -> list[str]:
    """Topics whose events are not exactly 1 to their newest number."""
    with hall(ref):
        heads = dict(LiveTopic.objects.values_list("topic", "seq"))
        counts = LiveEvent.objects.values_list("topic").annotate(n=Count("seq", distinct=True))
        stored = dict(counts.order_by())
    return [topic for topic, seq in heads.items() if stored.get(topic) != seq]
