"""The embedded installation: plain HTTP on the loopback, so cookies cannot be `__Host-`."""

from bancheng.config.settings.base import *  # noqa: F403

SESSION_COOKIE_NAME = "bancheng_session"
CSRF_COOKIE_NAME = "bancheng_csrf"
