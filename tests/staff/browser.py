"""A browser at one hall: cookies, and the CSRF header a page would send."""

import json
from typing import Any

from django.test import Client

from bancheng.kernel.hall import HallRef
from tests.support.people import PASSWORD


class Browser:
    """Django's client with CSRF checks on; `token` is what the last session answer gave."""

    def __init__(self, ref: HallRef) -> None:
        self.http = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.headers = {"Host": ref.host}
        self.token = ""

    def sign_in(self, username: str, password: str = PASSWORD) -> Any:
        answer = self.post("session", {"username": username, "password": password})
        if answer.status_code == 200:
            self.token = answer.json()["csrf"]
        return answer

    def get(self, path: str) -> Any:
        return self.http.get(f"/api/v1/{path}", headers=self.headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`X_CSRFToken=""` sends no token."""
        token = headers.pop("X_CSRFToken", self.token)
        sent = self.headers | ({"X-CSRFToken": token} if token else {}) | headers
        text = "" if body is None else json.dumps(body, default=str)
        return self.http.generic(
            method, f"/api/v1/{path}", text, content_type="application/json", headers=sent
        )

    @property
    def signed_in(self) -> bool:
        return bool(self.get("session").json()["authenticated"])
