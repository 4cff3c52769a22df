"""What scripts say about somebody's conduct, written into sealed files by the services for it."""

from typing import Any

from apps.cases.services import sealing
from apps.conduct import queries as files
from apps.conduct.rules import MeasureKind, Result
from apps.conduct.services import measures, verifying
from apps.conduct.services import opening as conduct
from apps.conduct.services.measures import NewMeasure
from apps.conduct.services.verifying import Handing
from bancheng.config.demo import beside
from bancheng.config.demo.acting_beside import Threads, meant
from bancheng.config.demo.content import CaseScript
from bancheng.config.demo.opening import OpenHall
from bancheng.config.demo.where import Where
from bancheng.kernel import clock


def open_file(
    step: beside.ConductFile, script: CaseScript, at: Where, opened: OpenHall, threads: Threads
) -> None:
    """A file beside the case, or of the case as a whole."""
    accusation = sealing.Accusation(
        units=tuple(opened.departments[code] for code in step.units),
        others=step.others,
        facts=step.facts,
        tags=step.tags,
    )
    if step.whole:
        sealed = conduct.seal(
            case_id=at.case_id,
            version=at.version,
            accusation=accusation,
            note=step.detail,
            by=at.by,
        )
    else:
        who = script.applicant
        person = sealing.Person(who.kind, who.relation, who.name, who.phone, who.id_number)
        given = sealing.NewFile(step.title, step.detail, script.want, person, accusation)
        sealed = conduct.register(given, by=at.by)
    threads.file = sealed.id


def act(step: beside.ConductStep, at: Where, opened: OpenHall, threads: Threads) -> None:
    """One step of the file; in the hall it was sent up to, of the newest one there."""
    said: dict[str, Any] = meant(dict(step.give), at, opened)
    seen = files.listed(at.by).order_by("-id")
    file = (seen.filter(case_id=threads.file) if threads.file else seen)[0]
    to: dict[str, Any] = {"file_id": file.id, "version": file.version, "by": at.by}
    match step.step:
        case "verify":
            verifying.verify(**to, **said)
        case "notes":
            verifying.note(**to, **said)
        case "finding":
            verifying.find(**to, result=Result(said["result"]), text=said["text"])
        case "measures":
            served = said.get("served") == "true"
            measure = NewMeasure(
                MeasureKind(said["kind"]), said["text"], subject=said["subject"], served=served
            )
            measures.decide(**to, given=measure)
        case "hand-over":
            given = Handing(said["body"], said["what"], clock.today(), said["receipt"])
            verifying.hand_over(**to, given=given)
        case "feedback":
            verifying.feed_back(**to, **said)
        case "archive":
            verifying.archive(**to, **said)
        case unknown:
            raise AssertionError(f"a file knows no {unknown}")
