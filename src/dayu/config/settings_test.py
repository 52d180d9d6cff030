"""Settings of tests: a movable clock, fast password hashing, folders of their own. Never used by an installation."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DAYU_SECRET_KEY", "a key for tests only, never used by an installation")
os.environ.setdefault("DAYU_VAR", tempfile.mkdtemp(prefix="dayu-test-"))

from dayu.config.settings import *  # noqa: F403 - settings are names of a module
from dayu.config.settings import VAR

DAYU_CLOCK_FILE = str(Path(VAR) / "clock")
DAYU_UI_GALLERY = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
