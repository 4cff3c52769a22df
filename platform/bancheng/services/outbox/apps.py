from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "bancheng.services.outbox"
    label = "outbox"

    def ready(self) -> None:
        from bancheng.kernel import poke
        from bancheng.services.outbox import queue

        poke.work("outbox.drain", queue.drain)
