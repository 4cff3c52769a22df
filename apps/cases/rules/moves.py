"""Every pair of state and step: where it leads, or nowhere (domain.md §2.3)."""

from collections.abc import Mapping
from types import MappingProxyType

from apps.cases.errors import StepNotAllowed
from apps.cases.rules.states import State, Step

_S, _T = State, Step
_OPEN = frozenset(State) - {State.CLOSED}
_AT_A_UNIT = frozenset({_S.DISPATCHED, _S.SIGNED, _S.IN_PROGRESS})
_WAITS = frozenset({_S.TRIAGED, _S.RETURNED, _S.IN_PROGRESS})
_PROMISED = frozenset({_S.SIGNED, _S.IN_PROGRESS})
_ANSWERED = frozenset({_S.DELIVERED, _S.CALLED_BACK, _S.CLOSED})

ON_THE_WAY: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        (_S.REGISTERED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.DISPATCH): _S.DISPATCHED,
        (_S.TRIAGED, _T.DESIGNATE): _S.DISPATCHED,
        (_S.TRIAGED, _T.CLOSE): _S.CLOSED,
        (_S.TRIAGED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.TRIAGED, _T.REFERRALS): _S.REFERRED,
        (_S.DISPATCHED, _T.SIGN): _S.SIGNED,
        (_S.DISPATCHED, _T.RETURN): _S.RETURNED,
        (_S.RETURNED, _T.DISPATCH): _S.DISPATCHED,
        (_S.RETURNED, _T.DESIGNATE): _S.DISPATCHED,
        (_S.RETURNED, _T.REFERRALS): _S.REFERRED,
        (_S.RETURNED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.SIGNED, _T.CONTACT): _S.IN_PROGRESS,
        (_S.SIGNED, _T.RETURN): _S.RETURNED,
        (_S.IN_PROGRESS, _T.CONTACT): _S.IN_PROGRESS,
        (_S.IN_PROGRESS, _T.REPLY): _S.REPLIED,
        (_S.IN_PROGRESS, _T.REFERRALS): _S.REFERRED,
        (_S.IN_PROGRESS, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.REPLIED, _T.REVIEW_PASS): _S.REVIEWED,
        (_S.REPLIED, _T.REVIEW_REJECT): _S.IN_PROGRESS,
        (_S.REPLIED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.REVIEWED, _T.DELIVER): _S.DELIVERED,
        (_S.REFUSAL_PROPOSED, _T.REFUSAL_APPROVE): _S.REFUSED,
        (_S.REFUSAL_PROPOSED, _T.REFUSAL_REJECT): _S.TRIAGED,
        (_S.REFUSED, _T.DELIVER): _S.DELIVERED,
        (_S.REFERRED, _T.REFERRAL_ACCEPTED): _S.REFERRED,
        (_S.REFERRED, _T.REFERRAL_RETURNED): _S.RETURNED,
        (_S.REFERRED, _T.REFERRAL_ANSWERED): _S.DELIVERED,
        (_S.REFERRED, _T.REFERRAL_CLOSED): _S.CLOSED,
        (_S.DELIVERED, _T.CALLBACK): _S.CALLED_BACK,
        (_S.DELIVERED, _T.REFERRAL_CLOSED): _S.CLOSED,
        (_S.DELIVERED, _T.SENDER_CLOSED): _S.CLOSED,
        (_S.CALLED_BACK, _T.CALLBACK): _S.CALLED_BACK,
        (_S.CALLED_BACK, _T.CLOSE): _S.CLOSED,
        (_S.CALLED_BACK, _T.REOPEN): _S.TRIAGED,
        (_S.CALLED_BACK, _T.REFERRAL_CLOSED): _S.CLOSED,
        (_S.CALLED_BACK, _T.SENDER_CLOSED): _S.CLOSED,
        (_S.CLOSED, _T.REOPEN): _S.TRIAGED,
        (_S.DISPATCHED, _T.CAUSE_CHANGE): _S.DISPATCHED,
        (_S.RETURNED, _T.CAUSE_CHANGE): _S.RETURNED,
        (_S.SIGNED, _T.CAUSE_CHANGE): _S.SIGNED,
        (_S.IN_PROGRESS, _T.CAUSE_CHANGE): _S.IN_PROGRESS,
        (_S.REGISTERED, _T.MERGE): _S.CLOSED,
        (_S.TRIAGED, _T.MERGE): _S.CLOSED,
        (_S.DISPATCHED, _T.MERGE): _S.CLOSED,
        (_S.RETURNED, _T.MERGE): _S.CLOSED,
        (_S.SIGNED, _T.MERGE): _S.CLOSED,
        (_S.IN_PROGRESS, _T.MERGE): _S.CLOSED,
        (_S.DELIVERED, _T.APPEAL_CHANGE): _S.TRIAGED,
        (_S.CALLED_BACK, _T.APPEAL_CHANGE): _S.TRIAGED,
        (_S.CLOSED, _T.APPEAL_CHANGE): _S.TRIAGED,
        (_S.DISPATCHED, _T.UNDO_TRIAGED): _S.TRIAGED,
        (_S.DISPATCHED, _T.UNDO_RETURNED): _S.RETURNED,
        (_S.CLOSED, _T.UNDO_TRIAGED): _S.TRIAGED,
        (_S.CLOSED, _T.UNDO_DELIVERED): _S.DELIVERED,
        (_S.CLOSED, _T.UNDO_CALLED_BACK): _S.CALLED_BACK,
    }
)
"""The way of a case: each step leads to the next station."""

BESIDE_THE_WAY: Mapping[Step, frozenset[State]] = MappingProxyType(
    {
        _T.ASSIST_SIGN: _AT_A_UNIT,
        _T.ASSIST_REPLY: _AT_A_UNIT,
        _T.HAND_OVER: _OPEN,
        _T.HAND_OVER_ANSWER: _OPEN,
        _T.REPORT_UP: _OPEN,
        _T.REPORT_UP_ANSWER: _OPEN,
        _T.EXPLANATION: _OPEN - {_S.REGISTERED},
        _T.PAUSE: _WAITS,
        _T.RESUME: _WAITS,
        _T.EXTENSION: _PROMISED,
        _T.EXTENSION_GRANT: _PROMISED,
        _T.EXTENSION_REFUSE: _PROMISED,
        _T.APPEAL: _ANSWERED,
        _T.APPEAL_UPHOLD: _ANSWERED,
    }
)
"""What happens beside it: in these states, and the case stays where it is."""

MOVES: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        **ON_THE_WAY,
        **{(state, step): state for step, states in BESIDE_THE_WAY.items() for state in states},
    }
)


def after(state: State, step: Step) -> State:
    """The state a step leads to; raises StepNotAllowed."""
    try:
        return MOVES[state, step]
    except KeyError:
        raise StepNotAllowed(state=state.value, step=step.verb, allowed=[]) from None


def steps_from(state: State) -> tuple[Step, ...]:
    """Every step the state knows, in the order of `Step`."""
    return tuple(step for step in Step if (state, step) in MOVES)
