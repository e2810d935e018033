"""The operating system user PostgreSQL runs as; it refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict


class ProcessIdentity(TypedDict, total=False):
    """The arguments of subprocess that change the user of a new process."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class PostgresUser:
    """Ourselves (no change), or an unprivileged user when we are root."""

    uid: int | None = None
    gid: int | None = None

    def identity(self) -> ProcessIdentity:
        """Return what subprocess needs to start a process as this user."""
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make the user own a file or folder of ours (parents are left alone)."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def postgres_user(cluster: Path) -> PostgresUser:
    """Return who shall run the server of a data folder.

    An ordinary user runs it as himself. Root runs it as the owner of the existing data, else as
    `nobody`: no account is made, and initdb needs one that exists.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return PostgresUser()
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return PostgresUser(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return PostgresUser(nobody.pw_uid, nobody.pw_gid)
