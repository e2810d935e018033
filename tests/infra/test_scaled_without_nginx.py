"""Without nginx the scaled form is refused before anything is begun."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.local_platform import REPOSITORY, LocalPlatform

WITHOUT_NGINX = """
import sys
from infra.scaled import nginx, run
nginx.SYSTEM_FOLDERS = ""
sys.exit(run.main())
"""
NOBODY = "127.0.0.1:1"


def test_a_missing_nginx_is_said_first_and_nothing_is_made(tmp_path: Path) -> None:
    asked_first = {
        "ATRIUM_POSTGRES_URL": f"postgresql://postgres@{NOBODY}/postgres",
        "ATRIUM_BROKER_URL": f"amqp://guest:guest@{NOBODY}//",
    }
    platform = LocalPlatform(tmp_path / "data", **asked_first)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NGINX],
        cwd=REPOSITORY,
        env=platform.environment() | {"PATH": os.devnull},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("Atrium cannot start: nginx is not installed: `sh infra/install/")
    assert not platform.data.exists()
