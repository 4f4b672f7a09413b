"""In which section of the dossier lies what others said."""

from typing import Final

# That of what it is about. So what the police wrote stays behind the key of `justice`: a stand-in does not read it, it
# cannot be shared, and it goes when that section is erased.
SECTION_OF: Final = {
    "school": "work",
    "work": "work",
    "help": "health",
    "justice": "justice",
    "health": "health",
    "money": "money",
    "housing": "living",
    "home": "family",
    "other": "scores",
}
