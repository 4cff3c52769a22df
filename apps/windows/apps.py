from importlib import import_module

from django.apps import AppConfig


class WindowsConfig(AppConfig):
    name = "apps.windows"
    label = "windows"

    def ready(self) -> None:
        import_module("apps.windows.permissions")
