"""What looks like formalism in closed cases (C-80): suspicions for a person to judge, no verdicts.

satisfied_without_action       rated 4 or 5, and nobody did anything between triage and the call
closed_at_once                 registered and closed within minutes, and nothing between
empty_reply                    a reply too short to say anything
copied_reply                   nearly the same words as in another case
callback_by_handler            who handled it also called back (refused by the rules; looked
                               for all the same, in what was imported or changed by hand)
satisfaction_without_callback  a rating that nobody asked for
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from apps.cases.reading.reviewing import Reviewed
from apps.cases.rules import Step
from apps.oversight.rules import CheckKind

SATISFIED = 4
_GRAM = 4
_MOST_COMPARED = 2_000
_blank = re.compile(r"[\s\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes to close in, characters a reply needs, per cent of equal words."""

    at_once_minutes: int
    short_reply: int
    copied_percent: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    kind: CheckKind
    case: Reviewed
    found: dict[str, object] = field(default_factory=dict)


def suspicions(cases: Sequence[Reviewed], limits: Limits) -> Iterator[Suspicion]:
    """Everything found in these closed cases."""
    for case in cases:
        yield from _of_satisfaction(case)
        yield from _of_haste(case, limits)
        yield from _of_callback(case)
        yield from _of_emptiness(case, limits)
    yield from _copies(cases, limits)


def _of_satisfaction(case: Reviewed) -> Iterator[Suspicion]:
    if case.satisfaction is None:
        return
    if Step.CALLBACK.verb not in {kind for kind, _ in case.lines}:
        yield Suspicion(
            CheckKind.SATISFACTION_WITHOUT_CALLBACK, case, {"satisfaction": case.satisfaction}
        )
    if case.satisfaction >= SATISFIED and case.actions == 0 and case.letter_out is None:
        found: dict[str, object] = {"satisfaction": case.satisfaction, "lines": len(case.lines)}
        yield Suspicion(CheckKind.SATISFIED_WITHOUT_ACTION, case, found)


def _of_haste(case: Reviewed, limits: Limits) -> Iterator[Suspicion]:
    if case.closed_at is None or case.actions:
        return
    took = case.closed_at - case.registered_at
    if took < timedelta(minutes=limits.at_once_minutes):
        seconds = int(took.total_seconds())
        yield Suspicion(CheckKind.CLOSED_AT_ONCE, case, {"seconds": seconds})


def _of_callback(case: Reviewed) -> Iterator[Suspicion]:
    called = case.posts_of(Step.CALLBACK.verb) - {None}
    handled = (case.posts_of(Step.REPLY.verb) | {case.handler_post}) - {None}
    if called & handled:
        yield Suspicion(CheckKind.CALLBACK_BY_HANDLER, case)


def _of_emptiness(case: Reviewed, limits: Limits) -> Iterator[Suspicion]:
    length = len(plain(case.answer))
    if case.reply is not None and length < limits.short_reply:
        yield Suspicion(CheckKind.EMPTY_REPLY, case, {"characters": length})


def plain(text: str) -> str:
    """The text without spaces and punctuation."""
    return _blank.sub("", text)


def _copies(cases: Iterable[Reviewed], limits: Limits) -> Iterator[Suspicion]:
    """Each reply against those before it, by their pieces of four characters; each case once.

    Only replies that share a piece are compared, and at most the newest two thousand.
    """
    replies = [(case, _pieces(case.answer)) for case in cases if case.reply is not None]
    replies = [(case, pieces) for case, pieces in replies if pieces][-_MOST_COMPARED:]
    having: dict[str, list[int]] = defaultdict(list)
    for index, (case, pieces) in enumerate(replies):
        shared: dict[int, int] = defaultdict(int)
        for piece in pieces:
            for other in having[piece]:
                shared[other] += 1
            having[piece].append(index)
        found = _nearest(pieces, shared, replies)
        if found and found[1] >= limits.copied_percent:
            yield Suspicion(
                CheckKind.COPIED_REPLY, case, {"like": found[0].number, "percent": found[1]}
            )


def _pieces(text: str) -> frozenset[str]:
    words = plain(text)
    return frozenset(words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1))


def _nearest(
    pieces: frozenset[str],
    shared: dict[int, int],
    replies: Sequence[tuple[Reviewed, frozenset[str]]],
) -> tuple[Reviewed, int] | None:
    """The most similar earlier reply and how much of both is common, in per cent."""
    rated = [
        (100 * common // (len(pieces) + len(replies[other][1]) - common), other)
        for other, common in shared.items()
    ]
    if not rated:
        return None
    percent, other = max(rated, key=lambda one: (one[0], -one[1]))
    return replies[other][0], percent


def sampled(cases: Sequence[Reviewed], size: int, seed: str) -> list[UUID]:
    """A sample that anybody can draw again: the same cases and the same seed give the same ones."""
    ordered = sorted(case.id for case in cases)
    return sorted(Random(seed).sample(ordered, min(size, len(ordered))))  # noqa: S311 - no secret
