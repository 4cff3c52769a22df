from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "apps.ledger"
    label = "ledger"

    def ready(self) -> None:
        import_module("apps.ledger.limits")
        import_module("apps.ledger.permissions")
