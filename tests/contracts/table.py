"""Who may call what: one row per address and method, every role that may is named in its set.

A role that is not in a row's set is refused, and so are nobody and a display unless the row says
`ANYBODY` or `DISPLAY`. Written from domain.md §4.1 and the interface contract §5, not from the
code: when a row fails, one of the two is wrong.
"""

from tests.contracts.rows import (
    accountability,
    appointments,
    attachments,
    conduct,
    devices,
    documents,
    drafts,
    intake,
    ledger,
    main_line,
    oversight,
    people,
    queue,
    setup,
    time,
    work,
)
from tests.contracts.rows.sets import ANYBODY, DISPLAY, NOBODY, ROLES, Row

__all__ = ["ANYBODY", "DISPLAY", "MAY", "NOBODY", "ROLES"]

MAY: dict[str, Row] = {
    **main_line.MAY,
    **intake.MAY,
    **accountability.MAY,
    **time.MAY,
    **work.MAY,
    **oversight.MAY,
    **conduct.MAY,
    **queue.MAY,
    **appointments.MAY,
    **devices.MAY,
    **attachments.MAY,
    **documents.MAY,
    **drafts.MAY,
    **ledger.MAY,
    **people.MAY,
    **setup.MAY,
}
