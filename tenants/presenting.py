"""What a hall says of its desk: its name, and where and when it is found (C-83)."""

from dataclasses import asdict, dataclass

from bancheng.kernel.hall import here
from tenants import directory
from tenants.models import Hall


@dataclass(frozen=True, slots=True)
class Place:
    """`hours` are words for people; what is open when is decided by the lines themselves."""

    desk_name: str
    address: str
    phone: str
    hours: str


def place() -> Place:
    """What is stored for the current hall, past what this process remembers."""
    row = Hall.objects.filter(id=here().id).values_list("desk_name", "address", "phone", "hours")
    return Place(*row.get())


def present(wanted: Place) -> None:
    """Store it under the hall's own role; other processes know within half a minute.

    The caller's transaction, permission and audit.
    """
    Hall.objects.filter(id=here().id).update(**asdict(wanted))
    directory.forget()
