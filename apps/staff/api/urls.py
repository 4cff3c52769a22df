from django.urls import path

from apps.staff.api.catalogue import CatalogueView
from apps.staff.api.devices import (
    DevicesView,
    MyDeviceView,
    PairingView,
    RevokeView,
    SetUpView,
)
from apps.staff.api.session import SessionView
from apps.staff.api.staff import DepartmentsView, StaffView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("staff", StaffView.as_view()),
    path("departments", DepartmentsView.as_view()),
    path("catalogue", CatalogueView.as_view()),
    path("devices", DevicesView.as_view()),
    path("devices/pairing", PairingView.as_view()),
    path("devices/me", MyDeviceView.as_view()),
    path("devices/<uuid:device_id>/set-up", SetUpView.as_view()),
    path("devices/<uuid:device_id>/revoke", RevokeView.as_view()),
]
