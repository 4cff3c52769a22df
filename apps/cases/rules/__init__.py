"""What may happen to a case, as data: the states, the steps, where each pair leads, the codes.

`states` names them, `moves` holds the one table, `codes` the words, `endings` what an end asks for.
"""

from apps.cases.rules.codes import (
    BLOCKING_REASONS,
    DELIVERY_METHODS,
    MOST_REOPENINGS,
    NEVER_ON_SPOT,
    REPLY_OUTCOMES,
    REVEALS_PER_HOUR,
    SOLVED,
    Answer,
    Cause,
    Difficulty,
    Outcome,
    ReceptionOutcome,
    Stage,
    Urgency,
)
from apps.cases.rules.endings import check_close, plain, resolve_category
from apps.cases.rules.moves import BESIDE_THE_WAY, MOVES, ON_THE_WAY, after, steps_from
from apps.cases.rules.states import (
    BY_THE_OTHER_HALL,
    STEPS_OF_PEOPLE,
    TAKING_BACK,
    State,
    Step,
)

__all__ = [
    "BESIDE_THE_WAY",
    "BLOCKING_REASONS",
    "BY_THE_OTHER_HALL",
    "DELIVERY_METHODS",
    "MOST_REOPENINGS",
    "MOVES",
    "NEVER_ON_SPOT",
    "ON_THE_WAY",
    "REPLY_OUTCOMES",
    "REVEALS_PER_HOUR",
    "SOLVED",
    "STEPS_OF_PEOPLE",
    "TAKING_BACK",
    "Answer",
    "Cause",
    "Difficulty",
    "Outcome",
    "ReceptionOutcome",
    "Stage",
    "State",
    "Step",
    "Urgency",
    "after",
    "check_close",
    "plain",
    "resolve_category",
    "steps_from",
]
