from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "bancheng.city.exchange"
    label = "exchange"
