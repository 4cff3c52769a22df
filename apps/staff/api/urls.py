from django.urls import path

from apps.staff.api.catalogue import CatalogueView
from apps.staff.api.session import SessionView
from apps.staff.api.staff import DepartmentsView, StaffView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("staff", StaffView.as_view()),
    path("departments", DepartmentsView.as_view()),
    path("catalogue", CatalogueView.as_view()),
]
