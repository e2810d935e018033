"""Each service stands on its own: it boots from shared/ and its own folder, and nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.contracts.catalogue import LISTENERS, SERVICES
from tests.support.source_tree import ROOT

BOOT = """
import importlib, sys
package = sys.argv[1]
settings = importlib.import_module(f"{package}.config").Settings.from_environment()
app = importlib.import_module(f"{package}.app").create_app(settings)
worker = importlib.import_module(f"{package}.worker").build_worker(settings)
importlib.import_module(f"{package}.cli")
app.extensions["atrium_engine"].dispose()
worker.engine.dispose()
print(*sorted({".".join(name.split(".")[:2]) for name in sys.modules
    if name.startswith(("services.", "gateway", "infra"))}))
print(*worker.consumers.types())
"""
NOWHERE = "127.0.0.1:1"


def package_of(service: str) -> str:
    return "gateway" if service == "gateway" else f"services.{service}"


def boot(root: Path, service: str) -> subprocess.CompletedProcess[str]:
    """Compose a service's web application and worker in a process that sees one folder only."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ATRIUM_BROKER_URL": f"pgmq://nobody@{NOWHERE}/bus",
        "ATRIUM_JWKS": f"http://{NOWHERE}/jwks.json",
        "ATRIUM_PSEUDONYM_KEY": "k" * 64,
        "ATRIUM_GATEWAY_SECRET": "s" * 64,
        f"ATRIUM_{service.upper()}_DATABASE_URL": f"postgresql://nobody@{NOWHERE}/{service}",
    }
    return subprocess.run(
        [sys.executable, "-c", BOOT, package_of(service)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def alone(tmp_path: Path, service: str) -> Path:
    """A folder with shared/ and one service."""
    unneeded = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / "shared", tmp_path / "shared", ignore=unneeded)
    own = package_of(service).replace(".", "/")
    shutil.copytree(ROOT / own, tmp_path / own, ignore=unneeded)
    if service != "gateway":
        shutil.copy(ROOT / "services" / "__init__.py", tmp_path / "services")
    return tmp_path


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_boots_alone(alone: Path, service: str) -> None:
    done = boot(alone, service)
    assert done.returncode == 0, done.stderr
    loaded, _ = done.stdout.split("\n")[:2]
    others = {package_of(other) for other in SERVICES if other != service} | {"infra"}
    assert others.isdisjoint(name.removesuffix(".app") for name in loaded.split())


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_listens_to_what_the_catalogue_says(alone: Path, service: str) -> None:
    _, types = boot(alone, service).stdout.split("\n")[:2]
    assert types.split() == sorted(message.type for message in LISTENERS[service])


@pytest.mark.parametrize("service", ["booking"])
def test_a_service_that_needs_another_does_not_boot_alone(alone: Path, service: str) -> None:
    with (alone / "services" / service / "app.py").open("a") as app:
        app.write("\nimport services.events.domain\n")
    done = boot(alone, service)
    assert done.returncode != 0
    assert "services.events" in done.stderr
