"""One act on several cases over HTTP: each has one effect under the request's key."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.cases.api.answering import given
from apps.ledger import permissions
from apps.ledger.api import inputs, shapes
from apps.ledger.services import bulk
from apps.ledger.services.bulk import Act, Wanted
from apps.staff.api.views import HallView
from bancheng.kernel.errors import Refusal
from bancheng.services.idempotency.once import key_of, once_each

_NOBODY = UUID(int=0)


class BulkView(HallView):
    keyed = True

    @extend_schema(request=inputs.BulkIn, responses=shapes.BulkOut)
    def post(self, request: Request) -> Response:
        """Do the same to each of these cases. Each is done or refused for itself; sent again, the
        request finds what was done, and goes on."""
        key_of(request)
        permissions.require(self.actor, "ledger.bulk")
        body = given(inputs.BulkIn, request)
        act = Act(body["act"], body["text"], body["to_post"])
        done = [self._one(Wanted(one["case"], one["version"]), act) for one in body["cases"]]
        return Response(shapes.BulkOut({"results": done}).data)

    def _one(self, wanted: Wanted, act: Act) -> dict[str, Any]:
        """In a transaction of its own: a refusal undoes this case's part and no other."""
        part = f"{act}|{wanted}"
        owner = self.actor.post_id or _NOBODY
        try:
            return dict(once_each(self.request, owner, part, lambda: self._act(wanted, act)).data)
        except Refusal as refusal:
            return _row(wanted, "refused", code=refusal.code, params=refusal.params)

    def _act(self, wanted: Wanted, act: Act) -> Response:
        case = bulk.act_on(wanted, act, self.actor)
        return Response(_row(wanted, "done", version=case.version))


def _row(
    wanted: Wanted,
    result: str,
    *,
    version: int | None = None,
    code: str | None = None,
    params: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "case": str(wanted.case_id),
        "result": result,
        "version": version,
        "code": code,
        "params": params or {},
    }
