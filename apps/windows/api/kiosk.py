"""The ticket machine in the hall: a paired kiosk, or staff standing beside it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff.api.views import CommandView, HallView
from apps.staff.authentication import SignedInOrDevice
from apps.windows import menu, parameters, permissions, services
from apps.windows.api.serializers import NewTicketOut, TicketIn, TicketOut
from apps.windows.api.shapes import GroupOut
from apps.windows.api.tickets import new_ticket
from apps.windows.rules import Channel, PriorityReason
from bancheng.kernel import clock
from bancheng.kernel.errors import Invalid
from bancheng.kernel.hall import here

_CODE = serializers.CharField(max_length=20)


class MenuHallOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    deskName = serializers.CharField()


class MenuOut(serializers.Serializer[Any]):
    """`phone_wanted`: the hall asks for a phone number against agents who take many numbers."""

    hall = MenuHallOut()
    open = serializers.BooleanField()
    opens_at = serializers.DateTimeField(allow_null=True)
    groups = GroupOut(many=True)
    priority_reasons = serializers.ListField(child=serializers.CharField())
    phone_wanted = serializers.BooleanField()
    at = serializers.DateTimeField()


class CheckInIn(serializers.Serializer[Any]):
    """One of the two."""

    code = serializers.CharField(max_length=20, required=False)
    phone = serializers.CharField(max_length=30, required=False)


class TicketReturnIn(serializers.Serializer[Any]):
    code = _CODE


def menu_body() -> dict[str, Any]:
    """What may be taken now."""
    ref, shown = here(), menu.menu()
    reasons = [reason.value for reason in PriorityReason if reason != PriorityReason.APPOINTMENT]
    return {
        "hall": {"name": ref.name, "deskName": ref.desk_name},
        "open": shown.open,
        "opens_at": shown.opens_at,
        "groups": shown.groups,
        "priority_reasons": reasons,
        "phone_wanted": parameters.switch("windows.kiosk_phone"),
        "at": clock.now(),
    }


class KioskMenuView(HallView):
    permission_classes = (SignedInOrDevice,)

    @extend_schema(responses=MenuOut)
    def get(self, request: Request) -> Response:
        """The two levels of the menu with people waiting and expected minutes."""
        permissions.require_kiosk(self.actor)
        return Response(MenuOut(menu_body()).data)


class _KioskCommand(CommandView):
    permission_classes = (SignedInOrDevice,)
    tells_events = True


class KioskTicketsView(_KioskCommand):
    @extend_schema(request=TicketIn, responses={201: NewTicketOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a number; a double tap gives one."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = TicketIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        reason = wanted.get("priority_reason")
        taken = services.take(
            queue_id=wanted["queue"],
            priority_reason=PriorityReason(reason) if reason else None,
            phone=wanted.get("phone", ""),
            channel=Channel.KIOSK,
            by=self.actor,
        )
        return new_ticket(taken)


class KioskCheckInView(_KioskCommand):
    @extend_schema(request=CheckInIn, responses={201: NewTicketOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """An appointment becomes a number inside its slot."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = CheckInIn(data=request.data)
        given.is_valid(raise_exception=True)
        code, phone = (given.validated_data.get(name, "") for name in ("code", "phone"))
        if bool(code) == bool(phone):
            raise Invalid(errors={"code": ["exactly_one"]})
        if code:
            return new_ticket(services.check_in(code=code, by=self.actor))
        return new_ticket(services.check_in_phone(phone=phone, by=self.actor))


class KioskReturnsView(_KioskCommand):
    @extend_schema(request=TicketReturnIn, responses=TicketOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A missed number comes back with the code printed on it."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = TicketReturnIn(data=request.data)
        given.is_valid(raise_exception=True)
        done = services.return_by_code(code=given.validated_data["code"], by=self.actor)
        return Response(TicketOut(done.ticket).data)
