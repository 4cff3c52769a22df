"""Screens of the hall: asking to be paired, approved by a manager, set from afar, revoked.

A screen shows six characters; a manager types them at a desk. The secret never leaves the cookie
it was first given in, so there is nothing to copy off a screen (security.md, device tokens).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from apps.staff.device_settings import Settings
from apps.staff.models import Device
from apps.staff.permissions import require
from apps.staff.secrets import digest
from bancheng.kernel import clock, ids
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound, Refusal, Stale, TooMany
from bancheng.services.audit import chain as audit
from bancheng.services.live import log

PAIRING_LASTS = timedelta(minutes=10)
_MOST_PENDING = 60
_SEEN_EVERY = timedelta(minutes=1)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what looks alike across a hall: 0 and O, 1 and I and L."""


class NoSuchCode(Refusal):
    """No screen waits with this code, or its ten minutes are over."""

    code = "devices.no_such_code"
    status = 404


class TooManyWaiting(TooMany):
    """So many screens wait for approval that nobody can mean them all."""

    code = "devices.too_many_waiting"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a screen shows while it waits; `secret` goes into its cookie and nowhere else."""

    code: str
    until: datetime
    secret: str


@transaction.atomic
def ask(*, kind: Device.Kind) -> Asked:
    """A screen without a token asks to be paired. Open to everybody, so forgotten requests are
    cleared away first and their number is limited; raises TooManyWaiting."""
    now = clock.now()
    waiting = Device.objects.filter(approved_at__isnull=True)
    waiting.filter(pairing_until__lte=now).delete()
    if waiting.count() >= _MOST_PENDING:
        raise TooManyWaiting(wait=int(PAIRING_LASTS.total_seconds()))
    secret, until = f"bcd_{ids.token()}", now + PAIRING_LASTS
    made = Device.objects.create(
        name="", kind=kind, digest=digest(secret), pairing_code=_free_code(), pairing_until=until
    )
    return Asked(made.pairing_code, until, secret)


@transaction.atomic
def approve(*, code: str, name: str, kind: Device.Kind, settings: Settings, by: Actor) -> Device:
    """Let in the screen that shows `code`; raises NoSuchCode."""
    require(by, "devices.manage")
    asked = Device.objects.select_for_update().filter(
        pairing_code=code.strip().upper(),
        approved_at__isnull=True,
        pairing_until__gt=clock.now(),
    )
    device = asked.first()
    if device is None:
        raise NoSuchCode
    device.name, device.kind, device.settings = name, kind, settings.kept()
    device.approved_at, device.approved_by = clock.now(), by.post_id
    device.pairing_code, device.pairing_until = "", None
    device.save()
    _tell("paired", device, by)
    return device


@transaction.atomic
def pair_device(*, name: str, kind: str, by: Actor) -> str:
    """A new screen by its secret instead of a code; the secret is told this once."""
    require(by, "staff.manage")
    secret = f"bcd_{ids.token()}"
    made = Device.objects.create(
        name=name,
        kind=kind,
        digest=digest(secret),
        settings=Settings().kept(),
        approved_at=clock.now(),
        approved_by=by.post_id,
    )
    audit.record("staff.device_paired", subject="device", subject_id=made.id, by=by)
    return secret


@transaction.atomic
def set_up(*, device_id: UUID, version: int, name: str, settings: Settings, by: Actor) -> Device:
    """Another name or layout; the screen follows at once. Raises NotFound and Stale."""
    require(by, "devices.manage")
    device = _locked(device_id)
    if device.version != version:
        raise Stale(current=device.version)
    device.name, device.settings, device.version = name, settings.kept(), version + 1
    device.save(update_fields=["name", "settings", "version"])
    _tell("set_up", device, by)
    return device


@transaction.atomic
def revoke_device(*, device_id: UUID, by: Actor) -> Device:
    """End a screen's access at once; raises NotFound, also for one that has ended already."""
    require(by, "devices.manage")
    device = _locked(device_id)
    device.revoked_at, device.version = clock.now(), device.version + 1
    device.save(update_fields=["revoked_at", "version"])
    audit.record("staff.device_revoked", subject="device", subject_id=device_id, by=by)
    log.publish([log.PEOPLE], log.Change("device_revoked"))
    return device


def seen(device_id: UUID, last: datetime | None) -> None:
    """Note that a screen asked for something, once a minute at most."""
    now = clock.now()
    if last is None or now - last > _SEEN_EVERY:
        Device.objects.filter(id=device_id).update(last_seen_at=now)


def _locked(device_id: UUID) -> Device:
    paired = Device.objects.select_for_update().filter(
        Q(approved_at__isnull=False), id=device_id, revoked_at__isnull=True
    )
    device = paired.first()
    if device is None:
        raise NotFound
    return device


def _tell(action: str, device: Device, by: Actor) -> None:
    detail = {"name": device.name, "kind": device.kind}
    audit.record(
        f"staff.device_{action}", subject="device", subject_id=device.id, by=by, detail=detail
    )
    change = log.Change(f"device.{action}", device.id, device.version)
    log.publish(["devices", "display"], change)


def _free_code() -> str:
    """Six characters that no other waiting screen shows."""
    while True:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(6))
        if not Device.objects.filter(pairing_code=code, approved_at__isnull=True).exists():
            return code
