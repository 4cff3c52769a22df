"""A command that names a draft has sent it: the draft goes in the command's own transaction."""

from uuid import UUID

from rest_framework.request import Request

from apps.drafts.services import keeping
from apps.staff.api.views import with_the_command
from bancheng.kernel.actor import Actor

HEADER = "Draft"


@with_the_command
def sent(request: Request, by: Actor) -> None:
    """The header `Draft: <id>`; what is no id names no draft."""
    draft_id = named(request)
    if draft_id is not None:
        keeping.sent(draft_id=draft_id, by=by)


def named(request: Request) -> UUID | None:
    """The draft that a request says it was written in."""
    try:
        return UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return None
