"""The images and the compose file hold what belongs there, and nothing else."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
import yaml

from infra.docker.context import NAMES, context_files, copied_paths, is_ignored
from infra.local.platform_parts import PARTS

REPOSITORY = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
BUILT = [f"{part.name}-{role}" for part in PARTS for role in ("migrate", "web", "worker")]


@pytest.mark.parametrize("service", NAMES)
def test_an_image_holds_its_service_and_shared_alone(service: str) -> None:
    own = "gateway/" if service == "gateway" else f"services/{service}/"
    files = list(context_files(service))
    beside = {"infra/docker/entrypoint.sh", f"infra/requirements/{service}.txt"}
    assert {file for file in files if not file.startswith((own, "shared/"))} == beside
    for needed in (f"{own}app.py", f"{own}wsgi.py", f"{own}cli.py", "shared/kernel/clock.py"):
        assert needed in files
    assert any(file.startswith(f"{own}persistence/migrations/versions/") for file in files)


def test_a_file_of_another_service_would_be_seen() -> None:
    assert "services/booking" in copied_paths("booking")
    assert not any("events" in path for path in copied_paths("booking"))


@pytest.mark.parametrize(
    ("path", "kept_out"),
    [
        (".data/secrets/gateway-secret", True),
        (".secrets/broker_url", True),
        ("tests/conftest.py", True),
        ("infra/sample_campus/load.py", True),
        ("infra/requirements/booking.in", True),
        ("shared/kernel/__pycache__/clock.cpython-311.pyc", True),
        ("shared/kernel/clock.py", False),
        ("infra/requirements/booking.txt", False),
    ],
)
def test_the_builder_is_sent_only_what_images_are_made_from(path: str, kept_out: bool) -> None:
    patterns = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in patterns if line and not line.startswith("#")]
    assert is_ignored(PurePosixPath(path), rules) is kept_out


def test_every_part_has_a_web_server_a_worker_and_a_migration() -> None:
    assert set(SERVICES) == {"nginx", "postgres", "rabbitmq", *BUILT}


def test_every_image_is_pinned_to_an_exact_version() -> None:
    bought = [SERVICES[name]["image"] for name in ("nginx", "postgres", "rabbitmq")]
    dockerfile = (REPOSITORY / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    bought += re.findall(r"^ARG BASE=(\S+)$", dockerfile, re.MULTILINE)
    assert len(bought) == 4
    for image in bought:
        assert re.search(r":\d+\.\d+(\.\d+)?(-\w+)*$|@sha256:[0-9a-f]{64}$", image), image


@pytest.mark.parametrize("name", BUILT)
def test_our_containers_are_neither_root_nor_writable(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "user" not in service  # the image's own, which is not root
    dockerfile = (REPOSITORY / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    assert "\nUSER 10001:10001\n" in dockerfile


def test_every_lasting_container_has_a_health_check_and_data_a_volume() -> None:
    dockerfile = (REPOSITORY / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    assert "\nHEALTHCHECK " in dockerfile
    for name in ("nginx", "postgres", "rabbitmq"):
        assert SERVICES[name]["healthcheck"]["test"]
    assert {volume.split(":")[0] for volume in SERVICES["postgres"]["volumes"]} >= {"postgres"}
    assert {volume.split(":")[0] for volume in SERVICES["rabbitmq"]["volumes"]} >= {"rabbitmq"}


def test_secrets_come_as_files_and_never_stand_in_the_compose_file() -> None:
    for name in BUILT:
        for variable, value in SERVICES[name]["environment"].items():
            if re.search(r"SECRET|KEY$|PASSWORD|DATABASE_URL|BROKER_URL", variable):
                assert variable.endswith("_FILE"), variable
            if variable.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in SERVICES[name]["secrets"]
    wanted = {
        secret if isinstance(secret, str) else secret["source"]
        for service in SERVICES.values()
        for secret in service.get("secrets", [])
    }
    assert wanted == set(COMPOSE["secrets"])


def test_a_service_is_given_no_database_but_its_own() -> None:
    for part in PARTS:
        for role in ("migrate", "web", "worker"):
            given = [name for name in SERVICES[f"{part.name}-{role}"]["secrets"] if "_url" in name]
            assert set(given) == {f"{part.name}_database_url", "broker_url"}


ONLY_WHAT_IS_PINNED = """
import importlib, re, sys
from importlib.metadata import packages_distributions
from pathlib import Path

def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()

pins = re.findall(r"^([\\w.-]+)==", Path(sys.argv[2]).read_text("utf-8"), re.MULTILINE)
pinned = {plain(name) for name in pins}
owners = packages_distributions()

class NotInTheImage:
    def find_spec(self, name, path=None, target=None):
        dists = owners.get(name.partition(".")[0])
        if dists and not pinned & {plain(dist) for dist in dists}:
            raise ModuleNotFoundError(f"{name} is not pinned for this service", name=name)

sys.meta_path.insert(0, NotInTheImage())
for room in ("app", "wsgi", "worker", "cli"):
    importlib.import_module(sys.argv[1] + "." + room)
"""


def take_context(service: str, folder: Path) -> None:
    for file in context_files(service):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / file, folder / file)


@pytest.mark.parametrize("service", NAMES)
def test_an_image_starts_from_its_own_files_and_its_own_packages(
    service: str, tmp_path: Path
) -> None:
    take_context(service, tmp_path)
    package = "gateway" if service == "gateway" else f"services.{service}"
    pins = f"infra/requirements/{service}.txt"
    done = subprocess.run(
        [sys.executable, "-c", ONLY_WHAT_IS_PINNED, package, pins],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def run_entrypoint(service: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """`web` in a container of this service, up to the moment it would listen."""
    nowhere = {
        f"ATRIUM_{service.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "ATRIUM_BROKER_URL": "amqp://nobody@127.0.0.1:1//",
        "ATRIUM_JWKS": "http://127.0.0.1:1/jwks.json",
        "ATRIUM_PSEUDONYM_KEY": "k" * 48,
    }
    return subprocess.run(
        ["/bin/sh", "infra/docker/entrypoint.sh", "web"],
        cwd=folder,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(folder),
            "TMPDIR": str(folder),
            "ATRIUM_SERVICE": service,
            "ATRIUM_FOLDER": "gateway" if service == "gateway" else f"services/{service}",
            "GUNICORN_CMD_ARGS": "--check-config",
            **nowhere,
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )


# The gateway reads its signing keys before it serves: without a database it is never built.
@pytest.mark.parametrize("service", [name for name in NAMES if name != "gateway"])
def test_the_entrypoints_web_server_can_be_built(service: str, tmp_path: Path) -> None:
    take_context(service, tmp_path)
    done = run_entrypoint(service, tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_web_server_that_cannot_be_built_would_be_seen(tmp_path: Path) -> None:
    take_context("booking", tmp_path)
    assert run_entrypoint("booking", tmp_path, ATRIUM_RATE_LIMIT="many").returncode != 0
