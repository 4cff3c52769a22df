"""What the hall calls its desk and where it says that it is found (C-83)."""

from dataclasses import asdict

from django.db import transaction

from apps.staff.permissions import require
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import here
from bancheng.services.audit import chain as audit
from bancheng.services.live import log
from tenants import presenting
from tenants.presenting import Place


@transaction.atomic
def present(*, wanted: Place, by: Actor) -> Place:
    """Say it anew; portal, screens, papers and the next pages show it. Raises Invalid."""
    require(by, "staff.manage")
    if not wanted.desk_name.strip():
        raise Invalid(errors={"desk_name": ["required"]})
    before = presenting.place().desk_name
    presenting.present(wanted)
    detail = asdict(wanted) | {"before": before}
    audit.record("hall.presented", subject="hall", subject_id=here().id, by=by, detail=detail)
    log.publish(["staff", "display"], log.Change("hall.presented", here().id))
    return wanted
