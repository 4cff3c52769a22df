from django.urls import path

from apps.documents.api.papers import PaperPdfView, PapersView, PaperView, VoidView
from apps.documents.api.templates import LookView, SettleView, TemplatesView

urlpatterns = [
    path("papers", PapersView.as_view()),
    path("papers/<uuid:paper_id>", PaperView.as_view()),
    path("papers/<uuid:paper_id>/pdf", PaperPdfView.as_view()),
    path("papers/<uuid:paper_id>/void", VoidView.as_view()),
    path("documents/templates", TemplatesView.as_view()),
    path("documents/templates/settle", SettleView.as_view()),
    path("documents/templates/preview", LookView.as_view()),
]
