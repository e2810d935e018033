"""What the operator reads once everything is up."""

from infra.local.run_settings import RunSettings
from infra.sample_campus.demo_logins import ACCOUNTS, PASSWORD
from shared.kernel.settings import read_setting


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
        f"  Mail      {mail_way(settings)}",
        "",
        f"  Ctrl-C stops everything; the data stays. `{settings.wiped_by}` wipes it.",
    ]
    print("\n".join(lines), flush=True)


def mail_way(settings: RunSettings) -> str:
    """Say where mail goes."""
    host = read_setting("SMTP_HOST", "")
    if host:
        return f"through {host}"
    return f"no mail server is set; mails are files in {settings.mail_folder}"
