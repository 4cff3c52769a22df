"""Who is signed in here, signing in, signing out."""

from types import MappingProxyType
from typing import Any

from django.middleware.csrf import get_token, rotate_token
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import authentication, permissions, queries
from apps.staff.api.views import HallView
from apps.staff.signing_in import sign_in, sign_out
from bancheng.kernel import clock
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.hall import here


class SignIn(serializers.Serializer[dict[str, str]]):
    username = serializers.CharField(max_length=80)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class HallOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=["city", "district", "street"])
    network = serializers.CharField()
    deskName = serializers.CharField()
    parent_id = serializers.UUIDField(allow_null=True)


class NamedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AccountOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class SessionPostOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(list(Role)))
    department = NamedOut(allow_null=True)


class SessionOut(serializers.Serializer[Any]):
    authenticated = serializers.BooleanField()
    mustChange = serializers.BooleanField()
    hall = HallOut()
    account = AccountOut(allow_null=True)
    post = SessionPostOut(allow_null=True)
    permissions = serializers.ListField(child=serializers.CharField())
    csrf = serializers.CharField()
    now = serializers.DateTimeField()


def session_body(request: Request, actor: Actor | None) -> dict[str, Any]:
    """The answer of every session call."""
    ref = here()
    return {
        "authenticated": actor is not None,
        "mustChange": actor is not None and authentication.must_change(request._request.session),
        "hall": {
            "id": str(ref.id),
            "slug": ref.slug,
            "name": ref.name,
            "level": ref.level,
            "network": ref.network_name,
            "deskName": ref.desk_name,
            "parent_id": str(ref.parent_id) if ref.parent_id else None,
        },
        "account": {"id": str(actor.account_id)} if actor else None,
        "post": _post(actor) if actor else None,
        "permissions": permissions.allowed(actor) if actor else [],
        "csrf": get_token(request._request),
        "now": clock.now().isoformat(),
    }


def _post(actor: Actor) -> dict[str, Any]:
    unit = queries.department(actor.department_id) if actor.department_id else None
    return {
        "id": str(actor.post_id),
        "name": actor.name,
        "roles": sorted(actor.roles),
        "department": {"id": str(unit.id), "name": unit.name} if unit else None,
    }


class SessionView(HallView):
    """Open to everybody: a page must be able to ask who it is."""

    permission_classes = ()
    before_change = True
    refusals = MappingProxyType({"POST": (401, 403, 429)})

    @extend_schema(responses=SessionOut)
    def get(self, request: Request) -> Response:
        actor = request.user if isinstance(request.user, Actor) else None
        return Response(session_body(request, actor))

    @extend_schema(request=SignIn, responses=SessionOut)
    def post(self, request: Request) -> Response:
        given = SignIn(data=request.data)
        given.is_valid(raise_exception=True)
        browser = request.headers.get("User-Agent", "")
        session = request._request.session
        actor = sign_in(**given.validated_data, session=session, browser=browser)
        rotate_token(request._request)
        return Response(session_body(request, actor))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        sign_out(request._request.session)
        response = Response(status=204)
        response.delete_cookie(authentication.DEVICE_COOKIE)
        return response
