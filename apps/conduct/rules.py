"""The way of a file about conduct, as data (GB/T 36113-2018: 受理→调查→处置→意见反馈→资料归档)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from apps.conduct.errors import NotNow


class State(StrEnum):
    """Where a file stands. One that was sent up goes on in the hall above."""

    RECEIVED = "received"
    VERIFYING = "verifying"
    FOUND = "found"
    DISPOSED = "disposed"
    FED_BACK = "fed_back"
    ARCHIVED = "archived"
    SENT_UP = "sent_up"


class Step(StrEnum):
    """What moves a file, or is written into it."""

    VERIFY = "verify"
    NOTE = "notes"
    ACCUSE = "accused"
    APPOINT = "handlers"
    RECUSE = "recusals"
    FIND = "finding"
    MEASURE = "measures"
    HAND_OVER = "hand-over"
    RELEASE = "release"
    FEED_BACK = "feedback"
    ARCHIVE = "archive"
    SEND_UP = "send-up"
    CARRY_ON = "matter"


class Result(StrEnum):
    """What verification found."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    UNSUBSTANTIATED = "unsubstantiated"
    UNVERIFIABLE = "unverifiable"


class MeasureKind(StrEnum):
    """提醒, 约谈, 通报, 扣分, 移送 (C-59)."""

    REMIND = "remind"
    TALK = "talk"
    NOTICE = "notice"
    POINTS = "points"
    TRANSFER = "transfer"


FACTS = ("F1", "F2", "F3", "F4", "F5")
TAGS = ("broker", "demands", "collusion", "delay")
"""中介或黄牛, 吃拿卡要, 内外勾连, 故意拖延 (C-71)."""
NOTE_KINDS = ("interview", "document", "site", "records", "other")
NEEDS_MEASURE = frozenset({Result.SUBSTANTIATED, Result.PARTLY})

_S, _T = State, Step
_OPEN = (_S.RECEIVED, _S.VERIFYING, _S.FOUND, _S.DISPOSED, _S.FED_BACK)
_ANYTIME = (_T.NOTE, _T.ACCUSE, _T.APPOINT, _T.RECUSE, _T.CARRY_ON)
MOVES: Mapping[tuple[State, Step], State] = MappingProxyType(
    {
        **{(state, step): state for state in _OPEN for step in _ANYTIME},
        **{(state, _T.HAND_OVER): state for state in _OPEN[1:]},
        **{(state, _T.RELEASE): state for state in _OPEN[2:]},
        **{(state, _T.SEND_UP): _S.SENT_UP for state in _OPEN[:2]},
        (_S.RECEIVED, _T.VERIFY): _S.VERIFYING,
        (_S.VERIFYING, _T.FIND): _S.FOUND,
        (_S.FOUND, _T.MEASURE): _S.DISPOSED,
        (_S.DISPOSED, _T.MEASURE): _S.DISPOSED,
        (_S.FOUND, _T.FEED_BACK): _S.FED_BACK,
        (_S.DISPOSED, _T.FEED_BACK): _S.FED_BACK,
        (_S.FED_BACK, _T.ARCHIVE): _S.ARCHIVED,
    }
)


def after(state: State, step: Step) -> State:
    """The state a step leads to; raises NotNow."""
    try:
        return MOVES[state, step]
    except KeyError:
        raise NotNow(state=state.value, step=step.value) from None


def steps_from(state: State, result: str) -> list[Step]:
    """The steps a file knows now. What was substantiated is answered only after a measure."""
    known = [step for step in Step if (state, step) in MOVES]
    if state is State.FOUND and result in NEEDS_MEASURE:
        known.remove(Step.FEED_BACK)
    return known
