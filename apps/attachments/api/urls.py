from django.urls import path

from apps.attachments.api.files import ContentView, FilesView, WithdrawView

urlpatterns = [
    path("cases/<uuid:subject_id>/attachments", FilesView.as_view(subject="case")),
    path("work/<uuid:subject_id>/attachments", FilesView.as_view(subject="work")),
    path("meetings/<uuid:subject_id>/attachments", FilesView.as_view(subject="meeting")),
    path("drafts/<uuid:subject_id>/attachments", FilesView.as_view(subject="draft")),
    path("conduct/<uuid:subject_id>/attachments", FilesView.as_view(subject="conduct")),
    path("attachments/<uuid:file_id>/content", ContentView.as_view()),
    path("attachments/<uuid:file_id>/withdraw", WithdrawView.as_view()),
]
