from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "apps.cases"
    label = "cases"

    def ready(self) -> None:
        import_module("apps.cases.permissions")
        import_module("apps.cases.reading.attached")
        import_module("apps.cases.handlers")
        import_module("apps.cases.reading.told")
        import_module("apps.cases.intake.permissions")
        import_module("apps.cases.intake.limits")
        import_module("apps.cases.services.succession")
