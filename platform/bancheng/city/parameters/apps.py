from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "bancheng.city.parameters"
    label = "parameters"
