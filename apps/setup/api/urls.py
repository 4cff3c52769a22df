from django.urls import path

from apps.setup.api import configuring, views

urlpatterns = [
    path("catalogue/item", views.ItemHereReadView.as_view()),
    path("setup/items", views.ItemsView.as_view()),
    path("setup/items/template", views.TemplateView.as_view()),
    path("setup/items/export", views.ExportView.as_view()),
    path("setup/items/import", views.SheetView.as_view()),
    path("setup/items/import/preview", views.SheetPreviewView.as_view()),
    path("setup/items/<uuid:item_id>", views.ItemView.as_view()),
    path("setup/items/<uuid:item_id>/here", views.ItemHereView.as_view()),
    path("setup/readiness", views.ReadinessView.as_view()),
    path("setup/configuration", configuring.ConfigurationView.as_view()),
    path("setup/configuration/above", configuring.AboveView.as_view()),
    path("setup/configuration/above/preview", configuring.AbovePreviewView.as_view()),
    path("setup/configuration/preview", configuring.ConfigurationPreviewView.as_view()),
]
