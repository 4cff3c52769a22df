from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "bancheng.city.catalogue"
    label = "catalogue"
