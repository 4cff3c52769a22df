"""Where a file came from that another hall had."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Origin:
    """The hall that has the bytes, by id and name, its own id of the file, and the letter it came
    with; `sealed` with a sealed file, under a key that the letter brought."""

    hall: UUID
    hall_name: str
    letter: UUID
    file: UUID
    sealed: bool = False

    def as_json(self) -> dict[str, Any]:
        """What is stored."""
        return {
            name: said if isinstance(said, bool) else str(said)
            for name, said in asdict(self).items()
        }


def of(stored: dict[str, Any]) -> Origin:
    """As it was stored."""
    known = {name: UUID(stored[name]) for name in ("hall", "letter", "file")}
    return Origin(**stored | known)
