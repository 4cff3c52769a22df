"""The job queue. It carries pokes; PostgreSQL carries the truth (security.md §5.1)."""

from typing import Any

from celery import Celery, Task

from bancheng.config.environment import use_settings
from bancheng.kernel.hall import hall

use_settings()


class HallTask(Task):
    """Runs in the hall its message names; a message that names none runs as nobody."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from tenants import directory

        name = (self.request.get("headers") or {}).get("hall") or self.request.get("hall")
        with hall(directory.by_schema(name) if name else None):
            return super().__call__(*args, **kwargs)


app = Celery("bancheng", task_cls=HallTask)
app.set_default()  # being current holds for this thread alone; requests are served by others
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = ("bancheng.config.jobs",)
