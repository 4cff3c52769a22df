from django.urls import path

from apps.policies.api import views

urlpatterns = [
    path("calendar/days", views.DaysView.as_view()),
    path("calendar/days/preview", views.DayPreviewView.as_view()),
    path("calendar/days/<uuid:day_id>", views.DayView.as_view()),
    path("calendar/notices", views.NoticesView.as_view()),
    path("calendar/notices/confirm", views.ConfirmView.as_view()),
    path("deadline-policies", views.LimitsView.as_view()),
    path("deadline-policies/preview", views.LimitPreviewView.as_view()),
    path("deadline-policies/<uuid:limit_id>", views.LimitView.as_view()),
    path("parameters", views.ParametersView.as_view()),
    path("parameters/preview", views.ParameterPreviewView.as_view()),
    path("parameters/<uuid:value_id>", views.ParameterView.as_view()),
    path("deadlines/recompute", views.RecomputeView.as_view()),
]
