from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "bancheng.services.live"
    label = "live"
