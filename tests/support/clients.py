"""A client of one hall's host: versions, keys and JSON as the front end sends them."""

import contextvars
import json
import uuid
from typing import Any

from django.test import Client

from apps.staff import services
from bancheng.kernel.actor import SYSTEM, Actor
from bancheng.kernel.hall import HallRef, hall


class Caller:
    """Requests to /api/v1/ of a hall, with a bearer token or as nobody."""

    def __init__(self, ref: HallRef, token: str | None = None) -> None:
        self.ref = ref
        self._http = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **headers: str) -> Any:
        return self._send("GET", path, None, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._send("DELETE", path, None, headers)

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        key: str | None = "fresh",
        **headers: str,
    ) -> Any:
        """`key=None` sends no Idempotency-Key, the default a fresh one."""
        if key is not None:
            headers["Idempotency-Key"] = uuid.uuid4().hex if key == "fresh" else key
        if version is not None:
            headers["If-Match"] = f'"v{version}"'
        return self._send("POST", path, {} if body is None else body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        """In a context of its own: a request must not end the hall a test is in. A file is read to
        its end, so that it gives its place free, whatever the test does with it."""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        context = contextvars.copy_context()
        answer: Any = context.run(
            self._http.generic,
            method,
            address,
            body
            if isinstance(body, bytes)
            else ""
            if body is None
            else json.dumps(body, default=str),
            content_type="application/json",
            headers=self._headers | headers | {"Host": self.ref.host},
        )
        if answer.streaming:
            answer.streaming_content = [b"".join(answer)]
        return answer


def caller_for(ref: HallRef, actor: Actor, scopes: list[str] | None = None) -> Caller:
    """A client with a fresh API token of the actor."""
    assert actor.post_id is not None
    with hall(ref):
        token = services.issue_token(
            post_id=actor.post_id, name="test", scopes=scopes, expires_at=None, by=SYSTEM
        )
    return Caller(ref, token)
