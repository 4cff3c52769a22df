"""Screens over HTTP: asking to be paired, what a screen is told of itself, what a manager does."""

from types import MappingProxyType
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import authentication, devices, queries
from apps.staff.api.views import CommandView, HallView
from apps.staff.device_settings import Layout, Paper, Settings
from apps.staff.models import Device
from apps.staff.permissions import require
from bancheng.kernel import clock
from bancheng.kernel.api import versions
from bancheng.kernel.api.openapi import Precondition

_YEAR = 365 * 24 * 3600
_KINDS = [kind.value for kind in Device.Kind]


class DeviceSettings(serializers.Serializer[Any]):
    """`windows` are numbers and `queues` prefix letters; empty lists mean all."""

    layout = serializers.ChoiceField([one.value for one in Layout], default=Layout.NUMBERS)
    windows = serializers.ListField(
        child=serializers.CharField(max_length=8), max_length=200, default=list
    )
    queues = serializers.ListField(
        child=serializers.CharField(max_length=2), max_length=60, default=list
    )
    notice = serializers.CharField(max_length=200, allow_blank=True, default="")
    voice = serializers.BooleanField(default=True)
    english = serializers.BooleanField(default=False)
    paper = serializers.ChoiceField([one.value for one in Paper], default=Paper.MM80)


class PairingIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(_KINDS)


class PairingOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    until = serializers.DateTimeField()


class MyDeviceOut(serializers.Serializer[Any]):
    """`code` and `until` only while waiting; `settings` only once paired."""

    state = serializers.ChoiceField(["unpaired", "waiting", "paired", "revoked"])
    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    kind = serializers.ChoiceField(_KINDS, allow_null=True)
    code = serializers.CharField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True)
    settings = DeviceSettings(allow_null=True)
    now = serializers.DateTimeField()


class DeviceOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(_KINDS)
    settings = DeviceSettings()
    approved_at = serializers.DateTimeField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class DevicesOut(serializers.Serializer[Any]):
    results = DeviceOut(many=True)


class SetUpIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    settings = DeviceSettings()


class ApproveIn(SetUpIn):
    code = serializers.RegexField(r"^\s*[0-9A-Za-z]{6}\s*$", max_length=12)
    kind = serializers.ChoiceField(_KINDS)


class PairingView(HallView):
    """Open to everybody, as a screen is nobody before it is approved; repeating it does no harm."""

    permission_classes = ()
    refusals = MappingProxyType({"POST": (429,)})

    @extend_schema(request=PairingIn, responses={201: PairingOut})
    def post(self, request: Request) -> Response:
        given = PairingIn(data=request.data)
        given.is_valid(raise_exception=True)
        asked = devices.ask(kind=Device.Kind(given.validated_data["kind"]))
        response = Response(PairingOut({"code": asked.code, "until": asked.until}).data, status=201)
        _give(response, asked.secret, secure=request.is_secure())
        return response


class MyDeviceView(HallView):
    """What a screen asks about itself, every few seconds while it waits."""

    permission_classes = ()

    @extend_schema(responses=MyDeviceOut)
    def get(self, request: Request) -> Response:
        return Response(MyDeviceOut(_about(_secret(request))).data)


class DevicesView(CommandView):
    @extend_schema(responses=DevicesOut)
    def get(self, request: Request) -> Response:
        """Screens at work, then those whose access has ended."""
        require(self.actor, "devices.manage")
        return Response({"results": [device_body(one) for one in queries.devices()]})

    @extend_schema(request=ApproveIn, responses={201: DeviceOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Let in the screen that shows this code."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = ApproveIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        made = devices.approve(
            code=wanted["code"],
            name=wanted["name"],
            kind=Device.Kind(wanted["kind"]),
            settings=Settings.of(wanted["settings"]),
            by=self.actor,
        )
        return _shown(made, 201)


class SetUpView(CommandView):
    precondition = Precondition.REQUIRED

    @extend_schema(request=SetUpIn, responses=DeviceOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Another name or layout; the screen follows at once."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        version = versions.if_match(request)
        given = SetUpIn(data=request.data)
        given.is_valid(raise_exception=True)
        device = devices.set_up(
            device_id=kwargs["device_id"],
            version=version,
            name=given.validated_data["name"],
            settings=Settings.of(given.validated_data["settings"]),
            by=self.actor,
        )
        return _shown(device)


class RevokeView(CommandView):
    @extend_schema(request=None, responses=DeviceOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """End the screen's access; it goes dark at once."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return _shown(devices.revoke_device(device_id=kwargs["device_id"], by=self.actor))


def device_body(device: Device) -> dict[str, Any]:
    """A screen as a manager sees it."""
    fields = ("id", "name", "kind", "approved_at", "last_seen_at", "revoked_at", "version")
    shown = {name: getattr(device, name) for name in fields}
    return dict(DeviceOut(shown | {"settings": Settings.of(device.settings).kept()}).data)


def _shown(device: Device, status: int = 200) -> Response:
    response = Response(device_body(device), status=status)
    response["ETag"] = versions.etag(device.version)
    return response


def _secret(request: Request) -> str:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return request.COOKIES.get(authentication.DEVICE_COOKIE) or bearer


def _about(secret: str) -> dict[str, Any]:
    device, now = queries.device_shown(secret) if secret else None, clock.now()
    if device is None:
        return _nobody(now)
    waiting = device.approved_at is None
    if waiting and (device.pairing_until is None or device.pairing_until <= now):
        return _nobody(now)
    paired = not waiting and device.revoked_at is None
    return {
        "state": "waiting" if waiting else "paired" if paired else "revoked",
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "code": device.pairing_code if waiting else None,
        "until": device.pairing_until,
        "settings": Settings.of(device.settings).kept() if paired else None,
        "now": now,
    }


def _nobody(now: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("id", "kind", "code", "until", "settings"))
    return {"state": "unpaired", "name": "", "now": now} | empty


def _give(response: Response, secret: str, *, secure: bool) -> None:
    response.set_cookie(
        authentication.DEVICE_COOKIE,
        secret,
        max_age=_YEAR,
        httponly=True,
        samesite="Strict",
        secure=secure,
    )
