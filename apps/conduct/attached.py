"""Files of a sealed file: for its circle alone, and under its own key (D13, C-57).

What lay under a case that is sealed goes with it, and its names and keys are sealed anew.
"""

from uuid import UUID

from apps.attachments.subjects import Cipher, Keeper, Said, Sight, register
from apps.cases.reading.attached import Filed
from apps.cases.services import sealing
from apps.conduct import permissions
from apps.conduct.models import ConductFile
from apps.conduct.rules import State, Step, steps_from
from apps.conduct.services import identity
from apps.conduct.services.writing import Held, hold, tell
from apps.staff import permissions as staff
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.crypto import FileKey
from bancheng.services.live import log as live


class _FileCipher:
    """The key of one sealed file, for each column of each of its attachments."""

    def __init__(self, key: FileKey) -> None:
        self._key = key

    def seal(self, plain: str, file_id: UUID, column: str) -> bytes:
        return self._key.seal(plain, f"attachment|{file_id}|{column}")

    def open(self, sealed: bytes, file_id: UUID, column: str) -> str:
        return self._key.open(sealed, f"attachment|{file_id}|{column}")


@register
class ConductFiles(Keeper):
    """Who handles the file adds to it until it is archived, who decides takes back; who only
    watches reads."""

    kind = "conduct"
    sealed = True

    def sight(self, subject_id: UUID, by: Actor) -> Sight | None:
        seen = ConductFile.objects.all() if by is SYSTEM else permissions.visible_to(by)
        file = seen.filter(id=subject_id).first()
        if file is None:
            return None
        kept_open = Step.NOTE in steps_from(State(file.state), file.result)
        add = kept_open and staff.may(by, "conduct.handle")
        return Sight(add=add, manages=staff.may(by, "conduct.decide"))

    def take(self, subject_id: UUID, by: Actor) -> Held:
        return hold(subject_id, Step.NOTE, by)

    def write(self, taken: Held, said: Said, by: Actor) -> None:
        detail = Filed(said.attachment, said.kind, said.size, self.kind)
        word = f"attachment_{said.verb}"
        sealing.put_down(taken.case, f"conduct.{word}", by, note=said.reason, detail=detail)
        tell(taken, word, by)

    def hint(self, subject_id: UUID) -> None:
        file = ConductFile.objects.get(id=subject_id)
        topics = [f"conduct:{post}" for post in sealing.locked(file.case_id).circle]
        if topics:
            live.publish(topics, live.Change("conduct.attachment", file.id, file.version))

    def cipher(self, subject_id: UUID) -> Cipher:
        return _FileCipher(identity.key_of(subject_id))
