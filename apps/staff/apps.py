from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "apps.staff"
    label = "staff"

    def ready(self) -> None:
        import_module("apps.staff.limits")
        import_module("apps.staff.handlers")
