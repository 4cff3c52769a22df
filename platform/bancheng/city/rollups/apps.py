from django.apps import AppConfig


class RollupsConfig(AppConfig):
    name = "bancheng.city.rollups"
    label = "rollups"
