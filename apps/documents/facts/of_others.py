"""What papers say about a promise to bring material later, an order, a meeting, a reception."""

from typing import Any

from apps.documents.errors import NothingToPrint
from apps.documents.facts.of_case import Values, matter, person
from apps.documents.facts.taken import Taken
from apps.documents.facts.words import day, name_of
from apps.documents.rules.template import Value
from apps.documents.shipped import word
from bancheng.city.parameters import queries as parameters

ISSUED = "issued"


def deferred(taken: Taken) -> Values:
    """C-12, §2.9: while the promise runs. Raises NothingToPrint for another piece of work."""
    item = taken.about
    if item["kind"] != "deferred" or item["state"] != "promised" or not item["deadline"]:
        raise NothingToPrint(missing="deferred")
    file = item["data"]
    asked, came = file["asked"], {one["material"] for one in file.get("came", ())}
    here = [one["name"] for one in asked["materials"] if one["present"] or one["name"] in came]
    lacking = [one["name"] for one in asked["materials"] if one["name"] not in here]
    consequence = str(parameters.value("work.deferred_consequence"))
    said: Values = {
        "lacking": lacking,
        "present": here,
        "promised_by": word("promised_by", asked["promised_by"]),
        "mandate": asked.get("agent_mandate", ""),
        "promise_days": str(asked["days"]),
        "promise_until": day(item["deadline"]["due_on"]),
        "consequence": word("consequence", consequence),
    }
    return matter(taken) | person(taken) | said


def order(taken: Taken) -> Values:
    """A supervision letter or an order to put something right. The unit may not see the case:
    the letter names its number and no more."""
    about = taken.about
    return {
        "case_number": about["case"]["number"] if about["case"] else word("paper", "none"),
        "unit": about["unit"]["name"],
        "order": word("order", about["kind"]),
        "reason": word("reason", about["reason_code"]),
        "text": about["text"],
        "wanted": about["wanted"],
        "due_on": day(about["due_on"]),
        "ordered_on": day(about["issued_at"]),
        "ordered_by": name_of(about["issuer"]),
    }


def minutes(taken: Taken) -> Values:
    """C-14: once the units have countersigned and the meeting's minutes were issued. A paper of
    several organs is issued after each of them has countersigned (党政机关公文处理工作条例 22), so
    that no number is given to minutes that somebody may still refuse; who was overruled by the
    leader's decision stands there as such. Raises NothingToPrint.
    """
    about = taken.about
    if about["state"] != ISSUED:
        raise NothingToPrint(missing="countersignatures" if about["minutes"] else "minutes")
    seats = about["seats"]
    present = [seat for seat in seats if seat.get("present")]
    return {
        "meeting_number": about["number"],
        "topic": about["topic"],
        "held_on": day(about["held_at"]),
        "place": about["place"] or "",
        "lead_unit": about["lead_unit"]["name"],
        "minutes": about["minutes"],
        "special_decision": (about["special"] or {}).get("decision", ""),
        "absent": "、".join(seat["name"] for seat in seats if not seat.get("present")),
        "agenda": [[one["number"], one["title"]] for one in about["agenda"]],
        "attendance": [_attended(seat) for seat in seats],
        "opinions": [_opined(seat) for seat in present],
        "resolutions": _resolutions(about),
        "signatures": [_signed(seat) for seat in present],
    }


def _attended(seat: dict[str, Any]) -> list[str]:
    came = "present" if seat.get("present") else "absent"
    return [seat["name"], word("attendance", came), seat.get("person", "")]


def _opined(seat: dict[str, Any]) -> list[str]:
    return [seat["name"], word("position", seat.get("position") or "none"), seat.get("opinion", "")]


def _signed(seat: dict[str, Any]) -> list[str]:
    reservation = seat.get("reservation", "")
    if not seat.get("signed_at"):
        return [seat["name"], word("signature", "waiting"), "", ""]
    how = "reserved" if reservation else "agrees"
    how = how if seat.get("agrees") else "against"
    said = word("signature", how) + (f"：{reservation}" if reservation else "")
    return [seat["name"], said, seat.get("signed_by", ""), day(seat["signed_at"])]


def _resolutions(about: dict[str, Any]) -> Value:
    numbers = {str(one["id"]): one["number"] for one in about["agenda"]}
    units = {str(seat["unit"]): seat["name"] for seat in about["seats"]}
    return [
        [
            numbers.get(str(one["case"]), ""),
            one["what"],
            units.get(str(one["unit"]), ""),
            word("paper", "days").format(days=one["days"]) if one.get("days") else "",
        ]
        for one in about["drafts"]
    ]


def guidance(taken: Taken) -> Values:
    """C-62: what the person takes home; raises NothingToPrint for a reception without a slip."""
    kept = taken.about
    if not kept.slip:
        raise NothingToPrint(missing="slip")
    slip = kept.slip
    return {
        "matter": kept.matter,
        "received_on": day(kept.at),
        "received_by": kept.first_responder_name,
        "what": slip["what"],
        "where": slip["where"],
        "whom": slip.get("whom", ""),
        "phone": slip.get("phone", ""),
        "bring": list(slip.get("bring", ())),
    }
