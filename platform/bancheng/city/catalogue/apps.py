from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "bancheng.city.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        import_module("bancheng.city.catalogue.desk_codes")
