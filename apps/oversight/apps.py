from importlib import import_module

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "apps.oversight"
    label = "oversight"

    def ready(self) -> None:
        import_module("apps.oversight.limits")
        import_module("apps.oversight.permissions")
        import_module("apps.oversight.services.succession")
