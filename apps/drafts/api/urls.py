from django.urls import path

from apps.drafts.api.drafts import DraftsView, DraftView

urlpatterns = [
    path("drafts", DraftsView.as_view()),
    path("drafts/<uuid:draft_id>", DraftView.as_view()),
]
