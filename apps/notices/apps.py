from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "apps.notices"
    label = "notices"

    def ready(self) -> None:
        import_module("apps.notices.permissions")
        import_module("apps.notices.handlers")
