"""The closed lists of words the gateway uses about people."""

ROLES = ("patron", "organizer", "staff", "manager", "admin")
IMPORTABLE_ROLES = ("patron", "organizer", "staff", "manager")
LEVELS = ("bachelor", "master", "doctor", "staff")
PATRON_CLASSES = ("undergraduate", "postgraduate", "academic", "professional")
LANGUAGES = ("zh-CN", "en")
NAME_ORDERS = ("family_first", "given_first")

CLASS_OF_LEVEL = {
    "bachelor": "undergraduate",
    "master": "postgraduate",
    "doctor": "postgraduate",
    "staff": "professional",
}
