"""`once` runs an effect and keeps its answer under the request's key (security.md §5.3)."""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import cast
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from django.db import (
    DEFAULT_DB_ALIAS,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from psycopg import errors as pg_errors
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from bancheng.kernel import clock
from bancheng.kernel.database.base import DatabaseWrapper
from bancheng.kernel.errors import Refusal
from bancheng.services.idempotency.models import IdempotencyKey

_well_formed = re.compile(r"[\x21-\x7e]{1,100}").fullmatch
_KEPT_HEADERS = ("ETag", "X-Event-Seq")
_KEEP = timedelta(hours=48)
_TRIES = 3


class KeyRequired(Refusal):
    code = "idempotency.key_required"
    status = 400


class KeyReused(Refusal):
    """The key was used before, for something else."""

    code = "idempotency.key_reused"
    status = 422


def once(
    request: Request, owner: UUID, act: Callable[[], Response], *, digest: bytes | None = None
) -> Response:
    """Run `act` in one transaction, or repeat the answer its key already has. `digest` stands for a
    body that was read as it came.

    A second request with the same key waits for the first one's commit. A refused or failed act
    leaves no key behind. A deadlock is tried again, because nothing of it remained.
    """
    return _tried(owner, key_of(request), _digest(request, digest), act)


def once_each(request: Request, owner: UUID, part: str, act: Callable[[], Response]) -> Response:
    """The same for one part of a request that does several things, each in a transaction of its
    own: `part` says which thing and what is done to it. A request that is sent again, whole or
    with what was left of it, finds the answers of the parts that were done."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(f"{key_of(request)} {request.method} {request.path}\0{part}".encode())
    digest = sm3.finalize()
    return _tried(owner, digest.hex(), digest, act)


def key_of(request: Request) -> str:
    """The request's key; raises KeyRequired."""
    key: str = request.headers.get("Idempotency-Key", "")
    if not _well_formed(key):
        raise KeyRequired
    return key


def _tried(owner: UUID, key: str, digest: bytes, act: Callable[[], Response]) -> Response:
    for attempt in range(_TRIES):
        try:
            return _once(owner, key, digest, act)
        except OperationalError as error:
            deadlock = isinstance(error.__cause__, pg_errors.DeadlockDetected)
            if not deadlock or attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _once(owner: UUID, key: str, digest: bytes, act: Callable[[], Response]) -> Response:
    if not _claimed(owner, key, digest):
        return _repeat(IdempotencyKey.objects.get(owner=owner, key=key), digest)
    with _one_effect():
        response = act()
    _keep(owner, key, response)
    return response


def _one_effect() -> AbstractContextManager[None]:
    return cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS]).whole()


def _claimed(owner: UUID, key: str, digest: bytes) -> bool:
    """True when the key is new; waits while another transaction holds the same key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO idempotency_idempotencykey (owner, key, digest, headers, created_at)"
            " VALUES (%s, %s, %s, '{}', %s) ON CONFLICT DO NOTHING",
            [owner, key, digest, clock.now()],
        )
        return bool(cursor.rowcount == 1)


def _repeat(before: IdempotencyKey, digest: bytes) -> Response:
    if bytes(before.digest) != digest:
        raise KeyReused
    return Response(before.answer, status=before.status, headers=before.headers)


def _keep(owner: UUID, key: str, response: Response) -> None:
    """Store the answer with ids and times written as they are sent."""
    headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    answer = json.dumps(response.data, cls=JSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE idempotency_idempotencykey SET status = %s, answer = %s, headers = %s"
            " WHERE owner = %s AND key = %s",
            [response.status_code, answer, json.dumps(headers), owner, key],
        )


def _digest(request: Request, body: bytes | None) -> bytes:
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(f"{request.method} {request.get_full_path()}\0".encode())
    sm3.update(request._request.body if body is None else body)
    return sm3.finalize()


def drop_answers(names: Iterable[str]) -> int:
    """Forget the kept answers that name, by id or number and wherever in them, a thing nobody is
    to be shown again; how many. Rare: it reads all that is kept."""
    said = IdempotencyKey.objects.alias(said=Cast("answer", TextField()))
    return said.filter(reduce(or_, (Q(said__contains=name) for name in names))).delete()[0]


def forget() -> int:
    """Delete keys older than 48 hours; the number deleted."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - _KEEP).delete()[0]
