"""What conduct adds to the world: a file about somebody outside, a question for the phone, a
measure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from apps.cases.services.sealing import Accusation, NewFile, Person
from apps.conduct.models import ConductFile, Measure
from apps.conduct.rules import MeasureKind
from apps.conduct.services import identity, opening
from bancheng.kernel.actor import Role
from bancheng.kernel.hall import hall
from tests.support.people import staff_in

_WHO = Person(kind="person", relation="self", name="顾念真", phone="19911112222")


def ids(world: Any) -> Mapping[str, UUID]:
    supervisor = staff_in(world.ref, Role.SUPERVISOR)
    with hall(world.ref):
        given = NewFile("x", "x", "x", _WHO, Accusation(others="外单位的人"))
        case = opening.register(given, by=world.team.clerk)
        file = ConductFile.objects.get(case_id=case.id)
        asked = identity.ask(
            file_id=file.id, field="phone", reason="legal_request", note="", by=supervisor
        )
        measure = Measure.objects.create(
            file=file, kind=MeasureKind.TALK, subject="外单位的人", text="x", decided_by_name="x"
        )
    return {
        "conduct": file.id,
        "conduct/reveals/<id>/decision": asked.id,
        "conduct/reveals/<id>/show": asked.id,
        "conduct/measures/<id>/serve": measure.id,
        "conduct/measures/<id>/appeal": measure.id,
        "conduct/measures/<id>/appeal-decision": measure.id,
    }


def bodies(world: Any) -> Mapping[str, dict[str, Any]]:
    person = {"name": "顾念真", "phone": "19911112222", "kind": "person", "relation": "self"}
    return {
        "POST conduct": {
            "title": "x",
            "detail": "x",
            "person": person,
            "pii_notice_accepted": True,
        },
        "POST cases/<id>/conduct": {},
        "POST conduct/<id>/recusals": {"reason": "x"},
        "POST conduct/<id>/verify": {},
        "POST conduct/<id>/notes": {"kind": "other", "text": "x"},
        "POST conduct/<id>/accused": {"note": "x"},
        "POST conduct/<id>/handlers": {"posts": []},
        "POST conduct/<id>/finding": {"result": "partly", "text": "x"},
        "POST conduct/<id>/measures": {"kind": "talk", "text": "x", "subject": "x"},
        "POST conduct/<id>/hand-over": {
            "body": "x",
            "what": "x",
            "handed_on": "2026-01-05",
            "receipt": "x",
        },
        "POST conduct/<id>/release": {"text": "x", "units": [world.team.unit]},
        "POST conduct/<id>/feedback": {"method": "sms", "text": "x"},
        "POST conduct/<id>/archive": {},
        "POST conduct/<id>/send-up": {"reason": "x"},
        "POST conduct/<id>/matter": {"title": "x", "detail": "x", "want": "x"},
        "POST conduct/<id>/reveals": {"field": "name", "reason": "legal_request"},
        "POST conduct/reveals/<id>/decision": {"decision": "approve"},
        "POST conduct/measures/<id>/appeal": {"text": "x"},
        "POST conduct/measures/<id>/appeal-decision": {"decision": "upheld", "text": "x"},
    }
