"""From a checked body of the intake to what its service takes."""

from typing import Any

from apps.cases.api.sealing import accusation
from apps.cases.intake.details import (
    Authority,
    Conflict,
    Diagnosis,
    Judged,
    Material,
    Told,
    slip_of,
)
from apps.cases.rules import Answer, Cause, Difficulty, ReceptionOutcome, Urgency
from apps.cases.services.persons import Agent, NewApplicant
from apps.cases.services.reception import NewReception
from apps.cases.services.registration import NewCase
from apps.cases.services.triage import Finding

Body = dict[str, Any]


def new_reception(body: Body) -> NewReception:
    """A visit."""
    slip = slip_of(body["slip"]) if body["slip"] else None
    return NewReception(**body | {"outcome": ReceptionOutcome(body["outcome"]), "slip": slip})


def new_case(body: Body) -> NewCase:
    """A matter that becomes a case; that the notice was accepted is checked already."""
    told = body.pop("told") or {}
    del body["pii_notice_accepted"]
    return NewCase(
        **body
        | {
            "applicant": _applicant(body["applicant"]),
            "urgency": Urgency(body["urgency"]),
            "told": Told(**told | {name: tuple(told.get(name, ())) for name in _LISTS}),
        }
    )


_LISTS = ("materials", "special")


def _applicant(body: Body) -> NewApplicant:
    agent = body["agent"]
    if agent is not None:
        agent = Agent(**agent | {"authority": Authority(**agent["authority"])})
    return NewApplicant(**body | {"agent": agent})


def finding(body: Body) -> Finding:
    """The answers of a triage."""
    said = body["diagnosis"] or {}
    conflict = Conflict(**said["conflict"]) if said.get("conflict") else None
    return Finding(
        seal=accusation(body),
        should_do=Answer(body["should_do"]),
        can_do=Answer(body["can_do"]),
        cause=Cause(body["cause"]),
        blocking_reason=body["blocking_reason"],
        difficulty=Difficulty(body["difficulty"]),
        note=body["note"],
        blocked_stage=body["blocked_stage"],
        discovery_source=body["discovery_source"],
        diagnosis=Diagnosis(said.get("text", ""), conflict, tuple(said.get("evidence", ()))),
    )


def judged(body: Body) -> Judged:
    """A new judgement."""
    return Judged(body["should_do"], body["can_do"], body["cause"], body["blocking_reason"])


def materials(body: Body) -> list[Material]:
    """What is missing."""
    return [Material(**one) for one in body["materials"]]
