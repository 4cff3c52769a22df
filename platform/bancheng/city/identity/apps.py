from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "bancheng.city.identity"
    label = "identity"
