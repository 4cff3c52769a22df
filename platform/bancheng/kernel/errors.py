"""Saying no has a type and a code; the words for people belong to the front end."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A coded no. `params` carry what the front end needs to word it in any language."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params


class NotFound(Refusal):
    """Unknown, or not visible to the asker: the same answer for both."""

    code = "not_found"
    status = 404


class Unauthenticated(Refusal):
    code = "unauthenticated"
    status = 401


class Forbidden(Refusal):
    """Visible, but not this person's to do."""

    code = "forbidden"
    status = 403


class Invalid(Refusal):
    """Input that cannot be taken; `errors` maps a field to its list of codes."""

    code = "invalid"
    status = 422


class Stale(Refusal):
    """The caller's version is no longer the current one; `current` says which is."""

    code = "stale_version"
    status = 412


class PreconditionRequired(Refusal):
    code = "if_match_required"
    status = 428


class TooMany(Refusal):
    """`wait`, where it is known, says for how many seconds; it becomes Retry-After."""

    code = "too_many_requests"
    status = 429

    @property
    def wait(self) -> int | None:
        wait = self.params.get("wait")
        return wait if isinstance(wait, int) else None


class NoHall(Refusal):
    """Code that needs a hall ran outside of one."""

    code = "no_hall"
    status = 500
