from django.urls import path

from apps.setup.api import configuring, importing, views

urlpatterns = [
    path("catalogue/item", views.ItemHereReadView.as_view()),
    path("setup/items", views.ItemsView.as_view()),
    path("setup/items/template", views.TemplateView.as_view()),
    path("setup/items/export", views.ExportView.as_view()),
    path("setup/people/template", importing.PeopleTemplateView.as_view()),
    path("setup/imports", importing.ImportsView.as_view()),
    path("setup/imports/<uuid:import_id>", importing.ImportView.as_view()),
    path("setup/imports/<uuid:import_id>/confirm", importing.ConfirmView.as_view()),
    path("setup/imports/<uuid:import_id>/passwords", importing.PasswordsView.as_view()),
    path("setup/items/<uuid:item_id>", views.ItemView.as_view()),
    path("setup/items/<uuid:item_id>/here", views.ItemHereView.as_view()),
    path("setup/readiness", views.ReadinessView.as_view()),
    path("setup/configuration", configuring.ConfigurationView.as_view()),
    path("setup/configuration/above", configuring.AboveView.as_view()),
    path("setup/configuration/above/preview", configuring.AbovePreviewView.as_view()),
    path("setup/configuration/preview", configuring.ConfigurationPreviewView.as_view()),
]
