from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "bancheng.city.calendar"
    label = "calendar"
