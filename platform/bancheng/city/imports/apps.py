from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "bancheng.city.imports"
    label = "imports"
