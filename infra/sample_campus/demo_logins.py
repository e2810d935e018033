"""Who the demo accounts are: plain data, so that the start-up can print it at once."""

PASSWORD = "atrium-demo-2026"  # noqa: S105 - printed at every start, for a campus that does not exist

ACCOUNTS = (
    ("student", "patron", "林", "晓舟", "computing", "bachelor", 2),
    ("organizer", "organizer", "顾", "明月", "literature", "staff", None),
    ("staff", "staff", "沈", "知远", "", "staff", None),
    ("manager", "manager", "陆", "文澜", "", "staff", None),
    ("admin", "admin", "Svensson", "Astrid", "", "staff", None),
)
"""Login, role, family name, given name, faculty, level, study year."""
