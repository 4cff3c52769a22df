"""The bodies of the administration of people, departments and the desk."""

from typing import Any

from rest_framework import serializers

from apps.staff.api.session import NamedOut
from apps.staff.proposals import Proposal
from bancheng.kernel.actor import Role

_ROLES = sorted(role.value for role in Role)
_WHAT = ["roles", "password", "release"]


def _roles() -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(_ROLES))


class HoldingOut(serializers.Serializer[Any]):
    """So much of a kind hangs here; what is not `movable` must be ended first."""

    kind = serializers.CharField()
    count = serializers.IntegerField()
    movable = serializers.BooleanField()


class ProposalOut(serializers.Serializer[Any]):
    """What waits for a second person; `mine` when the reader proposed it, `above` when the hall
    above was asked."""

    what = serializers.ChoiceField(_WHAT)
    roles = _roles()
    by = serializers.CharField()
    mine = serializers.BooleanField()
    above = serializers.BooleanField()
    at = serializers.DateTimeField()


class StaffOneOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    roles = _roles()
    department = NamedOut(allow_null=True)
    state = serializers.ChoiceField(["active", "locked", "ended"])
    locked_until = serializers.DateTimeField(allow_null=True)
    proposed = ProposalOut(allow_null=True)
    me = serializers.BooleanField()
    version = serializers.IntegerField()


class StaffListOut(serializers.Serializer[Any]):
    """`gives` are the roles that the reader may give or propose, `two` those that take two."""

    results = StaffOneOut(many=True)
    gives = _roles()
    two = _roles()


class SessionOfOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    begun_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField()
    browser = serializers.CharField()
    here = serializers.BooleanField()


class StaffFileOut(StaffOneOut):
    """With what hangs on the post, and where the person is signed in. `last_guardian`: nobody else
    here watches as she does, so she is let go with the hall above's word."""

    last_guardian = serializers.BooleanField()
    holdings = HoldingOut(many=True)
    sessions = SessionOfOut(many=True)


class StaffOpenedOut(StaffOneOut):
    """`password` is told this once; null where none was made."""

    password = serializers.CharField(allow_null=True)


class SessionsEndedOut(serializers.Serializer[Any]):
    sessions = serializers.IntegerField()


class PersonIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)
    roles = serializers.ListField(
        child=serializers.ChoiceField(_ROLES), min_length=1, max_length=len(_ROLES)
    )
    department = serializers.UUIDField(allow_null=True, default=None)


class HireIn(PersonIn):
    username = serializers.RegexField(r"^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$", max_length=40)


class LeaveIn(serializers.Serializer[Any]):
    """`to` takes on all that hangs here; needed only where something does."""

    to = serializers.UUIDField(allow_null=True, default=None)


class SecondIn(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(["confirm", "decline"])


class ReleaseIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class QuestionOut(serializers.Serializer[Any]):
    """What a hall below asks about one of its posts; `by` asked, `what` as in a proposal."""

    id = serializers.UUIDField()
    hall = serializers.CharField()
    person = serializers.CharField()
    username = serializers.CharField()
    what = serializers.ChoiceField(_WHAT)
    roles = _roles()
    reason = serializers.CharField(allow_blank=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()


class QuestionsOut(serializers.Serializer[Any]):
    results = QuestionOut(many=True)


class AnsweredOut(serializers.Serializer[Any]):
    """`password` is told this once; null where none was asked for."""

    password = serializers.CharField(allow_null=True)


class DepartmentIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    duty_phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    scope = serializers.CharField(max_length=200, allow_blank=True, default="")
    position = serializers.IntegerField(min_value=0, max_value=999, default=0)


class UnitOut(serializers.Serializer[Any]):
    """A department as its hall administers it: `leads` by name, `people` how many work there."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    duty_phone = serializers.CharField()
    scope = serializers.CharField()
    position = serializers.IntegerField()
    active = serializers.BooleanField()
    leads = serializers.ListField(child=serializers.CharField())
    people = serializers.IntegerField()
    version = serializers.IntegerField()


class UnitsOut(serializers.Serializer[Any]):
    results = UnitOut(many=True)


class UnitFileOut(UnitOut):
    holdings = HoldingOut(many=True)


class PlaceShape(serializers.Serializer[Any]):
    """What the hall says of its desk; papers, screens and the portal show it."""

    desk_name = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    phone = serializers.CharField(max_length=80, allow_blank=True, default="")
    hours = serializers.CharField(max_length=200, allow_blank=True, default="")


class PasswordPolicyOut(serializers.Serializer[Any]):
    length = serializers.IntegerField()
    classes = serializers.IntegerField()
    remembered = serializers.IntegerField()


class MyAccountOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    must_change = serializers.BooleanField()
    changed_at = serializers.DateTimeField()
    policy = PasswordPolicyOut()
    sessions = SessionOfOut(many=True)


class PasswordIn(serializers.Serializer[Any]):
    old = serializers.CharField(max_length=200, trim_whitespace=False)
    new = serializers.CharField(max_length=200, trim_whitespace=False)


def proposal_body(proposal: Proposal | None, reader: Any) -> dict[str, Any] | None:
    """What waits, as its reader sees it."""
    if proposal is None:
        return None
    return {
        "what": proposal.what,
        "roles": [role.value for role in proposal.roles],
        "by": proposal.by_name,
        "mine": proposal.by_post is not None and proposal.by_post == reader.post_id,
        "above": proposal.above is not None,
        "at": proposal.at,
    }
