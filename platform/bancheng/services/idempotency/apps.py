from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    name = "bancheng.services.idempotency"
    label = "idempotency"
