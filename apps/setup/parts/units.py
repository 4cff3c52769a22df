"""Units by name: who works there stays where it is."""

from apps.setup.configuration import Entries, Part, part
from apps.setup.errors import UnknownFormat
from apps.staff import queries as staff
from apps.staff import services
from bancheng.kernel.actor import Actor

_LONGEST = 80


def _export() -> Entries:
    return {str(one["name"]): True for one in staff.departments()}


def _put(wanted: Entries, by: Actor) -> None:
    position = len(staff.departments())
    for name in wanted:
        if not name.strip() or len(name) > _LONGEST:
            raise UnknownFormat(part="departments", entry=name[:_LONGEST])
        position += 1
        services.add_department(name=name, duty_phone="", position=position, by=by)


part(Part("departments", _export, _put, after=10))
