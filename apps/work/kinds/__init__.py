"""The kinds of work under a case, one file each: read a kind's file and you know all of it."""

from apps.work.kinds.assist import ASSIST
from apps.work.kinds.consent import CONSENT
from apps.work.kinds.contact_note import CONTACT_NOTE
from apps.work.kinds.deferred import DEFERRED
from apps.work.kinds.evidence import EVIDENCE
from apps.work.kinds.evidence_check import EVIDENCE_CHECK
from apps.work.kinds.external import EXTERNAL
from apps.work.kinds.filing import FILING
from apps.work.kinds.gov_escalation import GOV_ESCALATION
from apps.work.kinds.grey_study import GREY_STUDY
from apps.work.kinds.home_visit import HOME_VISIT
from apps.work.kinds.kind import Kind, Party, Step
from apps.work.kinds.notice_commitment import NOTICE_COMMITMENT
from apps.work.kinds.opinion import OPINION
from apps.work.kinds.resolution import RESOLUTION
from apps.work.kinds.task_force import TASK_FORCE
from apps.work.kinds.video import VIDEO

__all__ = ["BY_HAND", "KINDS", "STEP_CODES", "Kind", "Party", "Step"]
KINDS = {
    kind.code: kind
    for kind in (
        OPINION,
        EVIDENCE,
        ASSIST,
        HOME_VISIT,
        VIDEO,
        EVIDENCE_CHECK,
        CONSENT,
        EXTERNAL,
        CONTACT_NOTE,
        TASK_FORCE,
        GREY_STUDY,
        FILING,
        GOV_ESCALATION,
        DEFERRED,
        NOTICE_COMMITMENT,
        RESOLUTION,
    )
}
BY_HAND = tuple(code for code, kind in KINDS.items() if kind.by_hand)
STEP_CODES = tuple(
    dict.fromkeys(step.code for kind in KINDS.values() for step in kind.steps if step.who)
)
