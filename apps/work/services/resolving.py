"""What a meeting resolved becomes work of the units that have to do it."""

from collections.abc import Iterable

from apps.cases.services import recording
from apps.work.files import read
from apps.work.kinds.resolution import RESOLUTION, Resolved
from apps.work.meeting_file import Draft
from apps.work.models import Meeting
from apps.work.services.opening import put
from bancheng.kernel.actor import Actor


def resolve(meeting: Meeting, agenda: Iterable[recording.Locked], by: Actor) -> None:
    """One piece of work for each resolution about a case that is still open, with its clock."""
    cases = {case.id: case for case in agenda}
    for draft in (read(Draft, kept) for kept in meeting.drafts):
        if draft.case in cases:
            asked = Resolved(draft.unit, draft.what, draft.days)
            put(cases[draft.case], RESOLUTION, asked, by, meeting=meeting.id)
