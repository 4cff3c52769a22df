from importlib import import_module

from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "apps.conduct"
    label = "conduct"

    def ready(self) -> None:
        import_module("apps.conduct.permissions")
        import_module("apps.conduct.attached")
        import_module("apps.conduct.limits")
        import_module("apps.conduct.services.opening")
        import_module("apps.conduct.told")
        import_module("apps.conduct.handlers")
