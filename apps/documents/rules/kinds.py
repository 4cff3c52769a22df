"""Every paper: what it is about, what its template may say, what it must say (domain.md §2.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Paper(StrEnum):
    REGISTRATION = "registration"
    DISPATCH = "dispatch"
    URGE = "urge"
    SUPERVISION = "supervision"
    ONE_TIME_NOTICE = "one_time_notice"
    DEFERRED_PROMISE = "deferred_promise"
    DEFERRED_NOTICE = "deferred_notice"
    EXPLANATION = "explanation"
    REFUSAL_REPORT = "refusal_report"
    MINUTES = "minutes"
    GUIDANCE = "guidance"


class Subject(StrEnum):
    """What a paper is about."""

    CASE = "case"
    WORK = "work"
    ORDER = "order"
    MEETING = "meeting"
    RECEPTION = "reception"


class Shape(StrEnum):
    """How a value stands on the paper: in a line, as a list, as a table of rows."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Field:
    """A placeholder. `columns` is how many cells each row of a table has."""

    name: str
    shape: Shape = Shape.TEXT
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """`needs` are the placeholders a template may not leave out; `identity` says whether the
    person is named: always, not in a confidential matter, never."""

    code: Paper
    subject: Subject
    fields: tuple[Field, ...]
    needs: tuple[str, ...]
    identity: str = "never"

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


_EVERY = _texts("hall", "desk", "number", "today", "issuer")
_CASE = (
    *_EVERY,
    *_texts("case_number", "title", "detail", "want", "service_item", "registered_on"),
    *_texts("first_responder", "channel", "promised_on", "unit", "assist_units", "handler"),
    *_texts("visits", "applicant_kind"),
    Field("materials", Shape.LIST),
)
PERSON = ("applicant", "phone", "enterprise", "relation", "agent", "agent_phone")
_PERSON = _texts(*PERSON)
_DEFERRED = (
    *_CASE,
    *_PERSON,
    *_texts("promised_by", "mandate", "promise_days", "promise_until", "consequence"),
    Field("lacking", Shape.LIST),
    Field("present", Shape.LIST),
)
_REFUSAL = (
    *_CASE,
    *_PERSON,
    *_texts("act", "organ", "reason", "basis", "basis_text", "explanation", "materials_needed"),
    *_texts("handler_title", "proposer", "approver", "decision", "decision_note", "notified_on"),
    *_texts("review_body", "review_until", "court", "suit_until", "reexamination_until"),
    *_texts("remedy_text", "materials_returned", "explained_times"),
)
_ALL = (
    Kind(
        Paper.REGISTRATION,
        Subject.CASE,
        (*_CASE, *_PERSON),
        ("case_number", "title", "applicant", "registered_on", "promised_on", "first_responder"),
        identity="always",
    ),
    Kind(
        Paper.DISPATCH,
        Subject.CASE,
        (*_CASE, *_PERSON, *_texts("dispatched_on", "sign_until", "contact_until", "note")),
        ("case_number", "title", "unit", "promised_on"),
        identity="unless_confidential",
    ),
    Kind(
        Paper.URGE,
        Subject.CASE,
        (*_CASE, *_texts("urged_on", "urged_unit", "urge_text")),
        ("case_number", "urged_unit", "urge_text"),
    ),
    Kind(
        Paper.SUPERVISION,
        Subject.ORDER,
        (
            *_EVERY,
            *_texts("case_number", "unit", "order", "reason", "text", "wanted"),
            *_texts("due_on", "ordered_on", "ordered_by"),
        ),
        ("unit", "reason", "text", "wanted", "due_on"),
    ),
    Kind(
        Paper.ONE_TIME_NOTICE,
        Subject.CASE,
        (
            *_CASE,
            *_PERSON,
            *_texts("told_on", "told_by", "told", "late_reason"),
            Field("missing", Shape.TABLE, 3),
        ),
        ("case_number", "applicant", "missing", "told_on"),
        identity="always",
    ),
    Kind(
        Paper.DEFERRED_PROMISE,
        Subject.WORK,
        _DEFERRED,
        ("applicant", "lacking", "promise_until", "consequence"),
        identity="always",
    ),
    Kind(
        Paper.DEFERRED_NOTICE,
        Subject.WORK,
        _DEFERRED,
        ("applicant", "lacking", "promise_until", "consequence"),
        identity="always",
    ),
    Kind(
        Paper.EXPLANATION,
        Subject.CASE,
        _REFUSAL,
        (
            "applicant",
            "basis",
            "basis_text",
            "explanation",
            "organ",
            "review_body",
            "review_until",
            "court",
            "suit_until",
        ),
        identity="always",
    ),
    Kind(
        Paper.REFUSAL_REPORT,
        Subject.CASE,
        _REFUSAL,
        (
            "applicant",
            "phone",
            "title",
            "reason",
            "basis",
            "materials_needed",
            "organ",
            "handler",
            "approver",
            "decision",
            "notified_on",
            "materials_returned",
        ),
        identity="always",
    ),
    Kind(
        Paper.MINUTES,
        Subject.MEETING,
        (
            *_EVERY,
            *_texts("meeting_number", "topic", "held_on", "place", "lead_unit"),
            *_texts("minutes", "special_decision", "absent"),
            Field("agenda", Shape.TABLE, 2),
            Field("attendance", Shape.TABLE, 3),
            Field("opinions", Shape.TABLE, 3),
            Field("resolutions", Shape.TABLE, 4),
            Field("signatures", Shape.TABLE, 4),
        ),
        ("meeting_number", "topic", "held_on", "minutes", "resolutions", "signatures"),
    ),
    Kind(
        Paper.GUIDANCE,
        Subject.RECEPTION,
        (
            *_EVERY,
            *_texts("matter", "received_on", "received_by", "what", "where", "whom", "phone"),
            Field("bring", Shape.LIST),
        ),
        ("what", "where"),
    ),
)
KINDS: Mapping[Paper, Kind] = MappingProxyType({kind.code: kind for kind in _ALL})
