"""Which settings a process runs with: `BANCHENG_SETTINGS` = demo (default), test, production."""

import os


def use_settings() -> None:
    """Point Django at the chosen settings unless the environment already names a module."""
    chosen = os.environ.get("BANCHENG_SETTINGS", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"bancheng.config.settings.{chosen}")
