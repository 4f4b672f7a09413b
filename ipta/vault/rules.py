"""The sections of a dossier. Source: security design, 5.1."""

SECTIONS = (
    "identity",
    "plan",
    "appointments",
    "scores",
    "contacts",
    "work",
    "money",
    "health",
    "living",
    "family",
    "justice",
    "story",
    "messages",
)
