"""What the services know that a paper says: gathered for each kind, in the words of paper."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from apps.documents.facts import of_case, of_others
from apps.documents.facts.taken import Taken, take
from apps.documents.rules import Paper
from apps.documents.rules.template import Value

__all__ = ["Taken", "take", "values"]
Gather = Callable[[Taken], dict[str, Value]]
_GATHER: Mapping[Paper, Gather] = MappingProxyType(
    {
        Paper.REGISTRATION: of_case.registration,
        Paper.DISPATCH: of_case.dispatch,
        Paper.URGE: of_case.urge,
        Paper.ONE_TIME_NOTICE: of_case.one_time_notice,
        Paper.EXPLANATION: of_case.explanation,
        Paper.REFUSAL_REPORT: of_case.refusal_report,
        Paper.DEFERRED_PROMISE: of_others.deferred,
        Paper.DEFERRED_NOTICE: of_others.deferred,
        Paper.SUPERVISION: of_others.order,
        Paper.MINUTES: of_others.minutes,
        Paper.GUIDANCE: of_others.guidance,
    }
)


def values(taken: Taken) -> dict[str, Value]:
    """The values of a paper's placeholders but its number and day; raises NothingToPrint."""
    return _GATHER[taken.kind.code](taken)
