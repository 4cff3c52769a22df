"""The hall's people and departments, for pickers."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import queries
from apps.staff.api.session import NamedOut
from apps.staff.api.views import HallView
from apps.staff.permissions import require
from bancheng.kernel.actor import Role


class PostOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(list(Role)))
    department = NamedOut(allow_null=True)


class StaffOut(serializers.Serializer[Any]):
    results = PostOut(many=True)


class DepartmentOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    duty_phone = serializers.CharField()


class DepartmentsOut(serializers.Serializer[Any]):
    results = DepartmentOut(many=True)


class StaffView(HallView):
    @extend_schema(responses=StaffOut)
    def get(self, request: Request) -> Response:
        require(self.actor, "staff.read")
        return Response({"results": [_post(row) for row in queries.posts()]})


def _post(row: dict[str, Any]) -> dict[str, Any]:
    unit = row["department_id"]
    return {
        "id": row["id"],
        "name": row["name"],
        "roles": row["roles"],
        "department": {"id": unit, "name": row["department__name"]} if unit else None,
    }
