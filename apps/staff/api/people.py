"""The hall administers its people: who is here, with which roles, and who may come in."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import people, sessions
from apps.staff.api import people_shapes as shapes
from apps.staff.api.views import CommandView, HallView
from apps.staff.models import Post
from apps.staff.services import access, deciding, posts, proposing
from apps.staff.services.posts import About
from bancheng.kernel.actor import Actor, Role
from bancheng.kernel.api import versions
from bancheng.kernel.api.openapi import Precondition
from bancheng.kernel.errors import Invalid

_FILTERS = [
    OpenApiParameter("state", str, enum=people.STATES),
    OpenApiParameter("role", str, enum=[role.value for role in Role]),
    OpenApiParameter("department", str, description="its id"),
    OpenApiParameter("q", str, description="part of a name or user name"),
]


class TellingCommand(CommandView):
    """A command that may make a password: it is told in the first answer and not kept with it, so
    the same key again gets the same answer without."""

    told: str | None = None

    def post(self, request: Request, **kwargs: Any) -> Response:
        answer = super().post(request, **kwargs)
        if self.told is not None:
            answer.data = {**answer.data, "password": self.told}
        return answer

    def opened(self, post: Post, password: str | None, status: int = 200) -> Response:
        """A person after a step, as it is kept; `password` is added when it goes out."""
        self.told = password
        body = shown(people.body(post), self.actor) | {"password": None}
        return Response(shapes.StaffOpenedOut(body).data, status=status, headers=_tag(post))


class PeopleView(TellingCommand):
    @extend_schema(parameters=_FILTERS, responses=shapes.StaffListOut)
    def get(self, request: Request) -> Response:
        """Everybody with a post here, or who had one; who only confirms sees what waits."""
        found = [shown(row, self.actor) for row in people.people(_wanted(request), self.actor)]
        body = people.given_by(self.actor) | {"results": found}
        return Response(shapes.StaffListOut(body).data)

    @extend_schema(request=shapes.HireIn, responses={201: shapes.StaffOpenedOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A new person; the one-time password is told in this answer and never again."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        given = _given(shapes.HireIn, request)
        made = posts.hire(username=given["username"], about=_about(given), by=self.actor)
        return self.opened(made.post, made.password, 201)


class PersonView(HallView):
    @extend_schema(responses=shapes.StaffFileOut)
    def get(self, request: Request, post_id: UUID) -> Response:
        """One person: what hangs on the post, where she is signed in."""
        post = people.person(post_id, self.actor)
        key = request._request.session.session_key
        body = shown(people.file_of(post), self.actor) | {"sessions": signed(post_id, key)}
        return Response(shapes.StaffFileOut(body).data, headers=_tag(post))


class PersonCommand(TellingCommand):
    """A step on one person of a known version; `act` is written by each."""

    precondition = Precondition.REQUIRED

    def post_of(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        return {
            "post_id": kwargs["post_id"],
            "version": versions.if_match(request),
            "by": self.actor,
        }


class ChangeView(PersonCommand):
    @extend_schema(request=shapes.PersonIn, responses=shapes.StaffOneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Another name, other roles, another department; what is lost is lost at once."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.post_of(request, **kwargs), _given(shapes.PersonIn, request)
        return one(posts.change_post(about=_about(given), **which), self.actor)


class EndView(PersonCommand):
    @extend_schema(request=shapes.LeaveIn, responses=shapes.StaffOneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The person leaves; what hangs on the post passes to `to`."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.post_of(request, **kwargs), _given(shapes.LeaveIn, request)
        return one(posts.end_post(to=given["to"], **which), self.actor)


class ReturnView(PersonCommand):
    @extend_schema(request=shapes.PersonIn, responses=shapes.StaffOpenedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Somebody who left comes back, with roles given anew and a one-time password."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.post_of(request, **kwargs), _given(shapes.PersonIn, request)
        made = posts.take_back(about=_about(given), **which)
        return self.opened(made.post, made.password)


class LockView(PersonCommand):
    @extend_schema(request=None, responses=shapes.StaffOneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Nothing opens any more, at once."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return one(access.lock(**self.post_of(request, **kwargs)), self.actor)


class UnlockView(PersonCommand):
    @extend_schema(request=None, responses=shapes.StaffOneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Open again, also after too many wrong passwords."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return one(access.unlock(**self.post_of(request, **kwargs)), self.actor)


class PasswordView(PersonCommand):
    @extend_schema(request=None, responses=shapes.StaffOpenedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A one-time password, told in this answer; for some roles a second person confirms."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        made = access.new_password(**self.post_of(request, **kwargs))
        return self.opened(made.post, made.password)


class DecisionView(PersonCommand):
    @extend_schema(request=shapes.SecondIn, responses=shapes.StaffOpenedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """The second person's yes or no."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.post_of(request, **kwargs), _given(shapes.SecondIn, request)
        made = deciding.decide(decision=given["decision"], **which)
        return self.opened(made.post, made.password)


class ReleaseView(PersonCommand):
    @extend_schema(request=shapes.ReleaseIn, responses=shapes.StaffOneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask the hall above to let go the last one here who watches."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.post_of(request, **kwargs), _given(shapes.ReleaseIn, request)
        return one(proposing.ask_release(reason=given["reason"], **which), self.actor)


class SignOutView(CommandView):
    @extend_schema(request=None, responses=shapes.SessionsEndedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """End all sessions of a person; how many there were."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        ended = access.sign_out_everywhere(post_id=kwargs["post_id"], by=self.actor)
        return Response({"sessions": ended})


def signed(post_id: UUID, key: str | None) -> list[dict[str, Any]]:
    """The sessions of a post; `here` is the one that asks."""
    fields = ("id", "begun_at", "seen_at", "browser")
    return [
        {name: getattr(row, name) for name in fields} | {"here": row.key == key}
        for row in sessions.of_post(post_id)
    ]


def shown(row: dict[str, Any], reader: Actor) -> dict[str, Any]:
    """A person as this reader sees her."""
    proposed = shapes.proposal_body(row["proposed"], reader)
    return row | {"proposed": proposed, "me": row["id"] == reader.post_id}


def one(post: Post, reader: Actor) -> Response:
    """A person after a step."""
    return Response(shapes.StaffOneOut(shown(people.body(post), reader)).data, headers=_tag(post))


def _tag(post: Post) -> dict[str, str]:
    return {"ETag": versions.etag(post.version)}


def _given(shape: type[Any], request: Request) -> dict[str, Any]:
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def _about(given: dict[str, Any]) -> About:
    roles = frozenset(Role(role) for role in given["roles"])
    return About(given["name"], roles, given["department"])


def _wanted(request: Request) -> people.Wanted:
    asked = request.query_params
    state, role = asked.get("state", ""), asked.get("role", "")
    if state and state not in people.STATES:
        raise Invalid(errors={"state": ["unknown"]})
    if role and role not in set(Role):
        raise Invalid(errors={"role": ["unknown"]})
    return people.Wanted(state, role, _unit(asked.get("department", "")), asked.get("q", "")[:40])


def _unit(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid(errors={"department": ["invalid"]}) from None
