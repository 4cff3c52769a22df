"""Views that everybody may ask: no account, no cookie, a limit per address."""

from collections.abc import Callable
from typing import TypeVar

from rest_framework.request import Request

from apps.portal import errors, limits
from apps.staff.api.views import CommandView, HallView
from bancheng.kernel.actor import Actor
from bancheng.kernel.errors import NotFound

CITIZEN = Actor(kind="citizen", name="citizen")
Found = TypeVar("Found")


class PublicView(HallView):
    authentication_classes = ()
    permission_classes = ()

    @property
    def actor(self) -> Actor:
        """Somebody who did not say who they are."""
        return CITIZEN


class PublicCommand(CommandView):
    authentication_classes = ()
    permission_classes = ()

    @property
    def actor(self) -> Actor:
        """Somebody who did not say who they are."""
        return CITIZEN


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def with_code(request: Request, read: Callable[[], Found]) -> Found:
    """What a code opens. One that opens nothing is counted against the address; raises the
    portal's NotFound, TooOften."""
    try:
        return read()
    except NotFound:
        limits.count_address(address_of(request))
        raise errors.NotFound from None
