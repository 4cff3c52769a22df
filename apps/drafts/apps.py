from importlib import import_module

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "apps.drafts"
    label = "drafts"

    def ready(self) -> None:
        import_module("apps.drafts.limits")
        import_module("apps.drafts.permissions")
        import_module("apps.drafts.attached")
        import_module("apps.drafts.api.sent")
