"""What the operator reads once everything is up."""

from infra.local.run_settings import RunSettings
from infra.sample_campus.demo_logins import ACCOUNTS, PASSWORD


def announce(settings: RunSettings, database_origin: str) -> None:
    """Print the address, the demo accounts and where the data lives."""
    lines = ["", f"  Atrium is open at {settings.address}", ""]
    if settings.sample_campus:
        lines += [f"  Demo accounts (password {PASSWORD}):"]
        lines += [
            f"    {login:<10} {role:<10} {family}{' ' if family.isascii() else ''}{given}"
            for login, role, family, given, *_ in ACCOUNTS
        ]
        lines += [""]
    lines += [
        f"  Data      {settings.data}",
        f"  Database  {database_origin}",
        "",
        "  Ctrl-C stops everything; the data stays. `make reset` wipes it.",
    ]
    print("\n".join(lines), flush=True)
