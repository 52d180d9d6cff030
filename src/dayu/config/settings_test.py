"""Settings of tests: a movable clock, fast password hashing, folders of their own. Never used by an installation."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DAYU_SECRET_KEY", "a key for tests only, never used by an installation")
os.environ.setdefault("DAYU_VAR", tempfile.mkdtemp(prefix="dayu-test-"))
# Each worker of a parallel run has a folder, and so a clock, of its own; programs it starts share it.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker and not os.environ["DAYU_VAR"].endswith(f"-{_worker}") and "DAYU_WORKER_VAR" not in os.environ:
    os.environ["DAYU_VAR"] = os.environ["DAYU_WORKER_VAR"] = f"{os.environ['DAYU_VAR']}-{_worker}"

from dayu.config.settings import *  # noqa: E402, F403 - settings are names of a module
from dayu.config.settings import VAR  # noqa: E402

DAYU_CLOCK_FILE = str(Path(VAR) / "clock")
DAYU_UI_GALLERY = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
