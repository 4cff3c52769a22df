from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "bancheng.city.visits"
    label = "visits"
