"""Every pair of state and step: where it leads, or nowhere (domain.md §2.3)."""

from collections.abc import Mapping
from types import MappingProxyType

from apps.cases.errors import StepNotAllowed
from apps.cases.rules.states import State, Step

_S, _T = State, Step
MOVES: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        (_S.REGISTERED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.TRIAGE): _S.TRIAGED,
        (_S.TRIAGED, _T.DISPATCH): _S.DISPATCHED,
        (_S.TRIAGED, _T.CLOSE): _S.CLOSED,
        (_S.TRIAGED, _T.REFUSAL): _S.REFUSAL_PROPOSED,
        (_S.TRIAGED, _T.REFERRALS): _S.REFERRED,
        (_S.DISPATCHED, _T.SIGN): _S.SIGNED,
        (_S.DISPATCHED, _T.RETURN): _S.RETURNED,
        (_S.RETURNED, _T.DISPATCH): _S.DISPATCHED,
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
        (_S.CALLED_BACK, _T.CALLBACK): _S.CALLED_BACK,
        (_S.CALLED_BACK, _T.CLOSE): _S.CLOSED,
        (_S.CALLED_BACK, _T.REOPEN): _S.TRIAGED,
        (_S.CLOSED, _T.REOPEN): _S.TRIAGED,
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
