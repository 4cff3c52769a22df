from importlib import import_module

from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "apps.setup"
    label = "setup"

    def ready(self) -> None:
        import_module("apps.setup.permissions")
        import_module("apps.setup.limits")
        import_module("apps.setup.checks")
        import_module("apps.setup.parts")
        import_module("apps.setup.handlers")
