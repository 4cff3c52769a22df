"""The hall administers its departments, and says what its desk is called."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.staff import people, queries
from apps.staff.api import people_shapes as shapes
from apps.staff.api.staff import DepartmentsOut
from apps.staff.api.views import CommandView, HallView
from apps.staff.models import Department
from apps.staff.permissions import require
from apps.staff.services import departments, desk
from apps.staff.services.departments import About
from bancheng.kernel.api import versions
from bancheng.kernel.api.openapi import Precondition
from tenants import presenting
from tenants.presenting import Place


class DepartmentsView(CommandView):
    @extend_schema(responses=DepartmentsOut)
    def get(self, request: Request) -> Response:
        """The departments that work goes to, for pickers."""
        require(self.actor, "staff.read")
        return Response({"results": queries.departments()})

    @extend_schema(request=shapes.DepartmentIn, responses={201: shapes.UnitOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A new department."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        made = departments.add_department(by=self.actor, **_given(shapes.DepartmentIn, request))
        return _shown(made, status=201)


class AllDepartmentsView(HallView):
    @extend_schema(responses=shapes.UnitsOut)
    def get(self, request: Request) -> Response:
        """All of them, closed ones too, as their hall administers them."""
        return Response(shapes.UnitsOut({"results": people.departments(self.actor)}).data)


class DepartmentView(HallView):
    @extend_schema(responses=shapes.UnitFileOut)
    def get(self, request: Request, department_id: UUID) -> Response:
        """One department with what hangs on it."""
        body = people.department(department_id, self.actor)
        tag = {"ETag": versions.etag(body["version"])}
        return Response(shapes.UnitFileOut(body).data, headers=tag)


class DepartmentCommand(CommandView):
    """A step on one department of a known version; `act` is written by each."""

    precondition = Precondition.REQUIRED

    def unit_of(self, request: Request, **kwargs: Any) -> dict[str, Any]:
        return {
            "department_id": kwargs["department_id"],
            "version": versions.if_match(request),
            "by": self.actor,
        }


class ChangeDepartmentView(DepartmentCommand):
    @extend_schema(request=shapes.DepartmentIn, responses=shapes.UnitOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Another name, number, scope or place in the lists."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.unit_of(request, **kwargs), _given(shapes.DepartmentIn, request)
        return _shown(departments.change_department(about=About(**given), **which))


class CloseDepartmentView(DepartmentCommand):
    @extend_schema(request=shapes.LeaveIn, responses=shapes.UnitOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """No new work comes here; what hangs on it passes to `to`."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        which, given = self.unit_of(request, **kwargs), _given(shapes.LeaveIn, request)
        return _shown(departments.close_department(to=given["to"], **which))


class ReopenDepartmentView(DepartmentCommand):
    @extend_schema(request=None, responses=shapes.UnitOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Work may come here again."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        return _shown(departments.reopen_department(**self.unit_of(request, **kwargs)))


class DeskView(CommandView):
    @extend_schema(responses=shapes.PlaceShape)
    def get(self, request: Request) -> Response:
        """What the hall says of its desk."""
        require(self.actor, "staff.manage")
        return Response(shapes.PlaceShape(presenting.place()).data)

    @extend_schema(request=shapes.PlaceShape, responses=shapes.PlaceShape)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say it anew; other pages show it within half a minute."""
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        wanted = Place(**_given(shapes.PlaceShape, request))
        return Response(shapes.PlaceShape(desk.present(wanted=wanted, by=self.actor)).data)


def _shown(unit: Department, status: int = 200) -> Response:
    body = shapes.UnitOut(people.unit_after(unit)).data
    return Response(body, status=status, headers={"ETag": versions.etag(unit.version)})


def _given(shape: type[Any], request: Request) -> dict[str, Any]:
    found = shape(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)
