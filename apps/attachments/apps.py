from importlib import import_module

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "apps.attachments"
    label = "attachments"

    def ready(self) -> None:
        import_module("apps.attachments.limits")
        import_module("apps.attachments.permissions")
        import_module("apps.attachments.tasks")
