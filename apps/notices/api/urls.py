from django.urls import path

from apps.notices.api.notices import NoticesView, ReadView

urlpatterns = [
    path("notices", NoticesView.as_view()),
    path("notices/read", ReadView.as_view()),
]
