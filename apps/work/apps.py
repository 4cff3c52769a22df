from importlib import import_module

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "apps.work"
    label = "work"

    def ready(self) -> None:
        import_module("apps.work.permissions")
        import_module("apps.work.attached")
        import_module("apps.work.services.ending")
        import_module("apps.work.services.succession")
