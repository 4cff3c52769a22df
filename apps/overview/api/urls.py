from django.urls import path

from apps.overview.api import views

urlpatterns = [
    path("city/halls", views.HallsView.as_view()),
    path("city/halls/<uuid:hall_id>", views.HallOpenedView.as_view()),
    path("city/facts", views.FactsView.as_view()),
]
