from importlib import import_module

from django.apps import AppConfig


class WindowsConfig(AppConfig):
    name = "apps.windows"
    label = "windows"

    def ready(self) -> None:
        for part in ("permissions", "parameters", "services.leaving"):
            import_module(f"apps.windows.{part}")
