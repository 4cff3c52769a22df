from django.urls import path

from apps.work.api.meetings import MEETING_STEPS, EffectView, MeetingsView, MeetingView
from apps.work.api.work import (
    BEGIN,
    STEPS,
    CaseWorkView,
    FilingsView,
    FormsView,
    InboxView,
    NearbyView,
    WorkItemView,
    WorkRevealView,
)

urlpatterns = [
    path("cases/<uuid:case_id>/work", CaseWorkView.as_view()),
    *(
        path(f"cases/<uuid:case_id>/work/{kind.replace('_', '-')}", view.as_view())
        for kind, view in BEGIN.items()
    ),
    path("work/inbox", InboxView.as_view()),
    path("work/filings", FilingsView.as_view()),
    path("work/kinds", FormsView.as_view()),
    path("work/nearby", NearbyView.as_view()),
    path("work/<uuid:item_id>", WorkItemView.as_view()),
    path("work/<uuid:item_id>/reveal", WorkRevealView.as_view()),
    *(
        path(f"work/<uuid:item_id>/{step.replace('_', '-')}", view.as_view())
        for step, view in STEPS.items()
    ),
    path("meetings", MeetingsView.as_view()),
    path("meetings/effect", EffectView.as_view()),
    path("meetings/<uuid:meeting_id>", MeetingView.as_view()),
    *(
        path(f"meetings/<uuid:meeting_id>/{step.replace('_', '-')}", view.as_view())
        for step, view in MEETING_STEPS.items()
    ),
]
