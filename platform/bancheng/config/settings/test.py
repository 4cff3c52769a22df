"""Tests: cheap password hashes, fixed keys, no broker needed. `tests/conftest.py` sets the URLs."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("BANCHENG_SECRET_KEY", "tests-only")
os.environ.setdefault("BANCHENG_MASTER_KEY", "00112233445566778899aabbccddeeff")
os.environ.setdefault("DATABASE_OWNER_URL", "postgresql://bancheng_owner@127.0.0.1/bancheng")

from bancheng.config.settings.demo import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
if "BANCHENG_DATA" not in os.environ:
    _files = tempfile.TemporaryDirectory(prefix="bancheng-files-")
    FILES = Path(_files.name)
