"""One's own account: the password, and where one is signed in."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import authentication, limits
from apps.staff.api import people_shapes as shapes
from apps.staff.api.people import signed
from apps.staff.api.views import HallView
from apps.staff.services import own
from bancheng.city.identity import accounts
from bancheng.kernel.errors import NotFound


class MyAccountView(HallView):
    before_change = True

    @extend_schema(responses=shapes.MyAccountOut)
    def get(self, request: Request) -> Response:
        """The user name, how old the password is, what a new one must be, the open sessions."""
        by, session = self.actor, request._request.session
        if by.account_id is None or by.post_id is None:
            raise NotFound
        known = accounts.standing(by.account_id)
        body = {
            "username": known.username,
            "must_change": authentication.must_change(session),
            "changed_at": known.changed_at,
            "policy": limits.password_policy(),
            "sessions": signed(by.post_id, session.session_key),
        }
        return Response(shapes.MyAccountOut(body).data)


class MyPasswordView(HallView):
    """Without a key: the second of two equal requests is refused, as the old password is old."""

    before_change = True

    @extend_schema(request=shapes.PasswordIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Choose another password; every other session of one's own ends."""
        given = shapes.PasswordIn(data=request.data)
        given.is_valid(raise_exception=True)
        session = request._request.session
        own.change_password(session=session, by=self.actor, **given.validated_data)
        return Response(status=204)


class MySessionView(HallView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, name: str) -> Response:
        """End one session of one's own."""
        own.end_session(name=name, by=self.actor)
        return Response(status=204)
