"""An nginx of our own: its configuration written from the template, its files in one folder."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from infra.local.failure import CannotStart

TEMPLATE = Path(__file__).with_name("nginx.conf.template")
SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin"  # not on everybody's path


def nginx_program() -> str:
    """Return where nginx is; raises CannotStart when it is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path=SYSTEM_FOLDERS)
    if program is None:
        raise CannotStart("nginx is not installed: `sh infra/install/servers.sh nginx` does that.")
    return program


def write_configuration(folder: Path, listen: str, upstreams: Mapping[str, str]) -> list[str]:
    """Write nginx.conf into a folder of its own; return the command line that serves it.

    `upstreams` gives an address (host:port) for each service and the gateway. Raises CannotStart
    when nginx is not installed.
    """
    program = nginx_program()
    folder.mkdir(parents=True, exist_ok=True)
    values = {f"ATRIUM_{name.upper()}_ADDRESS": place for name, place in upstreams.items()}
    values["ATRIUM_NGINX_LISTEN"] = listen
    # As root nginx starts its workers as an unprivileged user; otherwise all is one user.
    values["ATRIUM_NGINX_USER"] = "user nobody nogroup;" if os.geteuid() == 0 else ""
    text = filled_in(TEMPLATE.read_text(encoding="utf-8"), values)
    configuration = folder / "nginx.conf"
    configuration.write_text(text, encoding="utf-8")
    place = ["-p", str(folder), "-c", str(configuration), "-e", "stderr"]
    return [program, *place, "-g", "daemon off;"]


def filled_in(template: str, values: Mapping[str, str]) -> str:
    """Replace every ${ATRIUM_...}; nginx's own $variables stay. Raises KeyError for an unknown one.

    The nginx image does the same from its environment when the scaled shape runs in containers.
    """
    return re.sub(r"\$\{(ATRIUM_\w+)\}", lambda found: values[found.group(1)], template)
