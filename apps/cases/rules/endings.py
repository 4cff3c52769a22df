"""How a case may end (domain.md §2.7)."""

from apps.cases.errors import NotDelivered, OutcomeNotAllowed
from apps.cases.rules.codes import NEVER_ON_SPOT, SOLVED, Cause, Outcome
from apps.cases.rules.states import State


def check_close(state: State, outcome: Outcome, *, delivered: bool, refused: bool) -> None:
    """Closing asks for a delivered result and a fitting outcome.

    On the spot (from triage) nothing is explained away or left unresolved; `explained` needs an
    approved refusal, and a refused matter is not called solved (C-26, domain.md §2.7).
    Raises NotDelivered, OutcomeNotAllowed.
    """
    if not delivered:
        raise NotDelivered(outcome=outcome.value)
    on_spot = state is State.TRIAGED and outcome in NEVER_ON_SPOT
    unfounded = outcome is Outcome.EXPLAINED and not refused
    embellished = refused and outcome in SOLVED
    if on_spot or unfounded or embellished:
        raise OutcomeNotAllowed(outcome=outcome.value, state=state.value)


def resolve_category(cause: Cause, *, several_units: bool) -> str:
    """Which row of the deadline matrix a case falls under."""
    if cause is Cause.HARD:
        return "hard_cross" if several_units else "hard_single"
    return cause.value


def plain(explanation: str, statute: str, *, least: int) -> bool:
    """Whether an explanation says something in its own words: with the statute's text taken out of
    it, at least `least` characters remain, and it is no mere piece of that text (C-87)."""
    said, law = _bare(explanation), _bare(statute)
    own = said.replace(law, "") if law else said
    return len(own) >= least and said not in law


def _bare(text: str) -> str:
    """Letters, digits and characters alone."""
    return "".join(char for char in text if char.isalnum())
