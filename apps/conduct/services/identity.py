"""Who complained: kept under the file's own key, shown one field at a time to one person, once,
after another one has agreed (C-57, security.md “Retaliation” 2, ASVS 2.3.5)."""

from uuid import UUID

from django.db import transaction

from apps.cases.details import Revealed
from apps.cases.services import sealing
from apps.cases.services.sealing import Person
from apps.conduct import permissions
from apps.conduct.errors import NothingKept, NotYours, RevealOver
from apps.conduct.limits import reveal_for
from apps.conduct.models import ConductFile, ConductIdentity, Reveal
from apps.conduct.queries import PERSONAL
from apps.conduct.rules import Step
from apps.conduct.services.writing import Held, hold, tell
from apps.staff import permissions as staff
from bancheng.kernel import clock, keyring
from bancheng.kernel.actor import Actor
from bancheng.kernel.crypto import FileKey
from bancheng.kernel.errors import NotFound


def keep(file: ConductFile, person: Person) -> None:
    """Put the person into the file's own table under a key made for it."""
    keys = keyring.keys()
    wrapped = keys.new_file_key(file.id)
    key = keys.file_key(wrapped, file.id)
    plain = {name: getattr(person, name) for name in PERSONAL}
    ConductIdentity.objects.create(
        file=file,
        wrapped_key=wrapped,
        kind=person.kind,
        relation=person.relation,
        **{name: key.seal(value, name) if value else None for name, value in plain.items()},
    )


def whole(file: ConductFile) -> Person:
    """The person in plain, only to be sealed again elsewhere."""
    kept = ConductIdentity.objects.get(file=file)
    key = _key(kept)
    values = {name: _opened(kept, key, name) for name in PERSONAL}
    return Person(kind=kept.kind, relation=kept.relation, **values)


def destroy(file: ConductFile) -> None:
    """The key goes, and with it every copy of what it sealed."""
    ConductIdentity.objects.filter(file=file).delete()


@transaction.atomic
def ask(*, file_id: UUID, field: str, reason: str, note: str, by: Actor) -> Reveal:
    """Ask to see one field; raises NotFound, Forbidden, NothingKept."""
    held = hold(file_id, Step.NOTE, by)
    staff.require(by, "conduct.handle")
    if _kept(held.file, field) is None:
        raise NothingKept(field=field)
    asked = Reveal.objects.create(
        file=held.file,
        field=field,
        reason=reason,
        note=note,
        asked_by=permissions.post_of(by),
        asked_by_name=by.name,
    )
    _put_down(held, "reveal_asked", asked, by)
    return asked


@transaction.atomic
def decide(*, reveal_id: UUID, approve: bool, by: Actor) -> Reveal:
    """Another one of the circle agrees or not; raises NotFound, Forbidden, NotYours, RevealOver."""
    held, asked = _asked(reveal_id, by)
    permissions.require_second(by, asked)
    if asked.decided_at is not None:
        raise RevealOver
    asked.decided_by, asked.decided_by_name = by.post_id, by.name
    asked.decided_at, asked.approved = clock.now(), approve
    asked.save(force_update=True)
    _put_down(held, "reveal_approved" if approve else "reveal_declined", asked, by)
    return asked


@transaction.atomic
def show(*, reveal_id: UUID, by: Actor) -> str:
    """The value, once, to the one who asked. Audit entry and history line come first, and the
    citizen's page counts it. Raises NotFound, Forbidden, NotYours, RevealOver."""
    held, asked = _asked(reveal_id, by)
    staff.require(by, "conduct.handle")
    if by.post_id != asked.asked_by:
        raise NotYours
    if not asked.approved or asked.decided_at is None or asked.shown_at is not None:
        raise RevealOver
    if clock.now() > asked.decided_at + reveal_for():
        raise RevealOver
    asked.shown_at = clock.now()
    asked.save(update_fields=["shown_at"])
    _put_down(held, "revealed", asked, by)
    kept = ConductIdentity.objects.get(file=held.file)
    return _opened(kept, _key(kept), asked.field)


def _asked(reveal_id: UUID, by: Actor) -> tuple[Held, Reveal]:
    """A request with its file, both locked by the file's case; raises NotFound."""
    seen = Reveal.objects.filter(id=reveal_id, file__in=permissions.visible_to(by))
    file_id = seen.values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound
    held = hold(file_id, Step.NOTE, by)
    return held, Reveal.objects.get(id=reveal_id)


def _put_down(held: Held, word: str, asked: Reveal, by: Actor) -> None:
    detail = Revealed(asked.field, asked.reason)
    kind = "reveal" if word == "revealed" else f"conduct.{word}"
    sealing.put_down(held.case, kind, by, note=asked.note, detail=detail)
    tell(held, word, by, detail=detail)


def _kept(file: ConductFile, field: str) -> bytes | None:
    row = ConductIdentity.objects.filter(file=file).values_list(field, flat=True).first()
    return bytes(row) if row is not None else None


def key_of(file_id: UUID) -> FileKey:
    """The key of a file, for what else is sealed under it; raises NotFound once it is destroyed."""
    kept = ConductIdentity.objects.filter(file_id=file_id).first()
    if kept is None:
        raise NotFound
    return _key(kept)


def _key(kept: ConductIdentity) -> FileKey:
    return keyring.keys().file_key(bytes(kept.wrapped_key), kept.file_id)


def _opened(kept: ConductIdentity, key: FileKey, name: str) -> str:
    value = getattr(kept, name)
    return key.open(bytes(value), name) if value is not None else ""
