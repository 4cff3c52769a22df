from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bancheng.services.audit"
    label = "audit"
