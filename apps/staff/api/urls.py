from django.urls import path

from apps.staff.api.account import MyAccountView, MyPasswordView, MySessionView
from apps.staff.api.catalogue import CatalogueView
from apps.staff.api.departments import (
    AllDepartmentsView,
    ChangeDepartmentView,
    CloseDepartmentView,
    DepartmentsView,
    DepartmentView,
    DeskView,
    ReopenDepartmentView,
)
from apps.staff.api.devices import (
    DevicesView,
    MyDeviceView,
    PairingView,
    RevokeView,
    SetUpView,
)
from apps.staff.api.people import (
    ChangeView,
    DecisionView,
    EndView,
    LockView,
    PasswordView,
    PeopleView,
    PersonView,
    ReleaseView,
    ReturnView,
    SignOutView,
    UnlockView,
)
from apps.staff.api.questions import AnswerView, QuestionsView
from apps.staff.api.session import SessionView
from apps.staff.api.staff import StaffView

urlpatterns = [
    path("session", SessionView.as_view()),
    path("staff", StaffView.as_view()),
    path("departments", DepartmentsView.as_view()),
    path("departments/all", AllDepartmentsView.as_view()),
    path("departments/<uuid:department_id>", DepartmentView.as_view()),
    path("departments/<uuid:department_id>/change", ChangeDepartmentView.as_view()),
    path("departments/<uuid:department_id>/close", CloseDepartmentView.as_view()),
    path("departments/<uuid:department_id>/reopen", ReopenDepartmentView.as_view()),
    path("people", PeopleView.as_view()),
    path("people/<uuid:post_id>", PersonView.as_view()),
    path("people/<uuid:post_id>/change", ChangeView.as_view()),
    path("people/<uuid:post_id>/end", EndView.as_view()),
    path("people/<uuid:post_id>/return", ReturnView.as_view()),
    path("people/<uuid:post_id>/lock", LockView.as_view()),
    path("people/<uuid:post_id>/unlock", UnlockView.as_view()),
    path("people/<uuid:post_id>/password", PasswordView.as_view()),
    path("people/<uuid:post_id>/decision", DecisionView.as_view()),
    path("people/<uuid:post_id>/release", ReleaseView.as_view()),
    path("people/<uuid:post_id>/sign-out", SignOutView.as_view()),
    path("questions", QuestionsView.as_view()),
    path("questions/<uuid:question_id>/decision", AnswerView.as_view()),
    path("hall/desk", DeskView.as_view()),
    path("account", MyAccountView.as_view()),
    path("account/password", MyPasswordView.as_view()),
    path("account/sessions/<slug:name>", MySessionView.as_view()),
    path("catalogue", CatalogueView.as_view()),
    path("devices", DevicesView.as_view()),
    path("devices/pairing", PairingView.as_view()),
    path("devices/me", MyDeviceView.as_view()),
    path("devices/<uuid:device_id>/set-up", SetUpView.as_view()),
    path("devices/<uuid:device_id>/revoke", RevokeView.as_view()),
]
