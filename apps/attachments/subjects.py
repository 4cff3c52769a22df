"""What files hang on. Apps above register a keeper for each kind of subject; this app asks it.

A keeper knows who may see its subject, locks it, writes into its history and tells its listeners:
files themselves know of no case.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from uuid import UUID

from bancheng.kernel import keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody who sees the subject may do: add files, see those that show who the applicant
    is, take back what others added whatever their role."""

    add: bool
    personal: bool = True
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the subject's history learns of a file. No name: it may be a person's."""

    verb: str
    attachment: UUID
    kind: str
    size: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of files that another hall sent along with a letter: `arrived`, `refused`, or
    `gone` where that hall no longer has them; by the ids that they have there."""

    letter: UUID
    hall: UUID
    files: dict[UUID, str]


class Cipher(Protocol):
    """Seals a few characters for one column of one file."""

    def seal(self, plain: str, file_id: UUID, column: str) -> bytes: ...

    def open(self, sealed: bytes, file_id: UUID, column: str) -> str: ...


class HallCipher:
    """Under the hall's own key: what everybody's files but the sealed ones are kept with."""

    def seal(self, plain: str, file_id: UUID, column: str) -> bytes:
        return keyring.keys().seal(plain, table="attachment", column=column, row=file_id)

    def open(self, sealed: bytes, file_id: UUID, column: str) -> str:
        return keyring.keys().open(sealed, table="attachment", column=column, row=file_id)


class Keeper(ABC):
    """One kind of subject."""

    kind: ClassVar[str]
    sealed: ClassVar[bool] = False
    """Whether it is audited on the chain of sealed files."""

    @abstractmethod
    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        """None where the subject does not exist for the actor."""

    @abstractmethod
    def take(self, subject_id: UUID, by: Actor) -> Any:
        """The subject, locked: the first lock of a write. Raises NotFound."""

    @abstractmethod
    def write(self, taken: Any, said: Said, by: Actor) -> None:
        """Put it into the history and tell the listeners. Called last."""

    @abstractmethod
    def hint(self, subject_id: UUID) -> None:
        """Tell the listeners to look again; the history stays as it is. Called last."""

    def settled(self, subject_id: UUID, told: "Settled") -> None:
        """A file from another hall has come, or will not. Called last."""
        self.hint(subject_id)

    def beneath(self, subject_id: UUID, by: Actor) -> Iterable[tuple[str, UUID]]:
        """Further subjects whose files are shown with this one's."""
        return [one for ask in _beneath.get(self.kind, ()) for one in ask(subject_id, by)]

    def cipher(self, subject_id: UUID) -> Cipher:
        """What seals names and keys of its files."""
        return HallCipher()


class _Ask(Protocol):
    def __call__(self, subject_id: UUID, by: Actor, /) -> Iterable[tuple[str, UUID]]: ...


_keepers: dict[str, Keeper] = {}
_beneath: dict[str, list[_Ask]] = {}


def register(keeper: type[Keeper]) -> type[Keeper]:
    """Make a kind of subject known."""
    _keepers[keeper.kind] = keeper()
    return keeper


def shows_beneath(kind: str, ask: _Ask) -> None:
    """Show the files of further subjects with those of a subject of this kind."""
    _beneath.setdefault(kind, []).append(ask)


def keeper_of(kind: str) -> Keeper:
    """The keeper of a kind; raises NotFound for one that nobody registered."""
    try:
        return _keepers[kind]
    except KeyError:
        raise NotFound from None
