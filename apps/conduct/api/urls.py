from django.urls import path

from apps.conduct.api import files, persons, watching
from apps.conduct.api.steps import STEPS

urlpatterns = [
    path("conduct", files.FilesView.as_view()),
    path("conduct/clues", watching.CluesView.as_view()),
    path("conduct/watch", watching.WatchView.as_view()),
    path("conduct/releases", watching.ReleasesView.as_view()),
    path("conduct/measures", persons.OwnMeasuresView.as_view()),
    path("conduct/measures/<uuid:measure_id>/serve", persons.ServeView.as_view()),
    path("conduct/measures/<uuid:measure_id>/appeal", persons.AppealView.as_view()),
    path(
        "conduct/measures/<uuid:measure_id>/appeal-decision", persons.AppealDecisionView.as_view()
    ),
    path("conduct/reveals/<uuid:reveal_id>/decision", persons.RevealDecisionView.as_view()),
    path("conduct/reveals/<uuid:reveal_id>/show", persons.ShowView.as_view()),
    path("conduct/<uuid:file_id>", files.FileView.as_view()),
    path("conduct/<uuid:file_id>/audit", files.ActsView.as_view()),
    path("conduct/<uuid:file_id>/reveals", persons.RevealsView.as_view()),
    *(path(f"conduct/<uuid:file_id>/{step}", view.as_view()) for step, view in STEPS.items()),
    path("city/conduct", watching.FiguresView.as_view()),
    path("cases/<uuid:case_id>/conduct", files.SealView.as_view()),
]
