"""Walks a case script through the real case rules, keeping the clocks of domain.md §2.2.

Times are whole working days after registration: a resolve term of n working days ends with the
close of business of the n-th working day after its start (民法典 201, 203).
"""

from dataclasses import dataclass, field

from apps.cases import rules
from apps.cases.rules import Cause, Outcome, State
from bancheng.config.demo import beside, steps
from bancheng.config.demo.content import CaseScript

RESOLVE_DAYS = {"cannot": 2, "unwilling": 3, "hard_single": 5, "hard_cross": 10}


@dataclass(slots=True)
class Track:
    """One hall's copy of the matter while the script is played."""

    registered_day: int
    state: State = State.REGISTERED
    seen: list[State] = field(default_factory=lambda: [State.REGISTERED])
    cause: Cause | None = None
    resolve_due: int | None = None
    delivered: bool = False
    refused: bool = False
    late: bool = False
    unit: str | None = None
    outcome: Outcome | None = None
    reopened: int = 0
    sealed: bool = False

    def move(self, step: rules.Step) -> None:
        """Raises StepNotAllowed exactly where the product would."""
        self.state = rules.after(self.state, step)
        self.seen.append(self.state)


@dataclass(slots=True)
class Walk:
    """Where each hall stands after the last step; the first track is the case's own hall."""

    own: Track
    other: Track | None = None
    referred_to: str | None = None
    referral_returned: bool = False

    @property
    def tracks(self) -> list[Track]:
        return [self.own] if self.other is None else [self.own, self.other]

    def overdue(self, today: int) -> bool:
        """Answered late, or still owed after its day."""
        return any(
            t.late or (t.resolve_due is not None and not t.delivered and today > t.resolve_due)
            for t in self.tracks
        )


def walk(script: CaseScript) -> Walk:
    """The whole script, step by step; any step the rules forbid raises."""
    played = Walk(own=Track(registered_day=0))
    for step in script.steps:
        away = step.hall is not None and step.hall != script.hall
        if isinstance(step, (steps.Referral, steps.ReferralAccept, steps.ReferralReturn)):
            _between_halls(played, step)
        elif away and not isinstance(step, beside.Beside):
            assert played.other is not None, "the receiver acts before accepting"
            _play(played.other, step)
            _tell_sender(played, step)
        else:
            _play(played.own, step)
    return played


def _between_halls(played: Walk, step: steps.Step) -> None:
    if isinstance(step, steps.Referral):
        played.own.move(rules.Step.REFERRALS)
        played.referred_to = step.to
        return
    assert step.hall == played.referred_to, "only the receiver accepts or returns"
    if isinstance(step, steps.ReferralAccept):
        played.own.move(rules.Step.REFERRAL_ACCEPTED)
        played.other = Track(registered_day=step.day)
    else:
        played.own.move(rules.Step.REFERRAL_RETURNED)
        played.referral_returned = True


def _tell_sender(played: Walk, step: steps.Step) -> None:
    if isinstance(step, steps.Deliver):
        played.own.move(rules.Step.REFERRAL_ANSWERED)
        played.own.delivered = True
    if played.other is not None and played.other.state is State.CLOSED:
        played.own.move(rules.Step.REFERRAL_CLOSED)
        played.own.outcome = played.other.outcome


def _play(track: Track, step: steps.Step) -> None:
    match step:
        case beside.Beside():
            track.sealed |= isinstance(step, beside.ConductFile) and step.whole
        case steps.Close():
            _close(track, step, step.outcome, delivered=track.delivered or bool(step.on_spot))
        case steps.Callback():
            track.move(rules.Step.CALLBACK)
            if step.outcome:
                _close(track, step, step.outcome, delivered=track.delivered)
        case _:
            track.move(_rule_step(step))
            _remember(track, step)


def _close(track: Track, step: steps.Step, outcome: Outcome, *, delivered: bool) -> None:
    rules.check_close(track.state, outcome, delivered=delivered, refused=track.refused)
    track.move(rules.Step.CLOSE)
    if not track.delivered:
        _answered(track, step.day)
    track.outcome = outcome


def _rule_step(step: steps.Step) -> rules.Step:
    match step:
        case steps.Review(decision=decision):
            return rules.Step(f"review_{decision}")
        case steps.RefusalApproval(decision=decision):
            return rules.Step(f"refusal_{decision}")
        case _:
            return rules.Step(step.do)


def _remember(track: Track, step: steps.Step) -> None:
    match step:
        case steps.Triage():
            track.cause = step.cause
            if step.cause is Cause.CANNOT:
                track.resolve_due = track.registered_day + RESOLVE_DAYS["cannot"]
        case steps.Dispatch():
            assert track.cause is not None
            row = rules.resolve_category(track.cause, several_units=bool(step.assist_units))
            track.unit = step.lead_unit
            track.resolve_due = step.day + RESOLVE_DAYS[row]
        case steps.RefusalApproval():
            track.refused = step.decision == "approve"
        case steps.Reply():
            assert step.outcome in rules.REPLY_OUTCOMES
        case steps.Deliver():
            _answered(track, step.day)
        case steps.Reopen():
            track.reopened += 1
            track.delivered = False
            track.resolve_due = None


def _answered(track: Track, day: int) -> None:
    track.delivered = True
    track.late |= track.resolve_due is not None and day > track.resolve_due
