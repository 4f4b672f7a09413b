"""What a part of a dossier is called by others than the youth, who calls some of it his own."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.sharing.rules import SECTION_NAMES

_OF_OTHERS: Final = {"family": _("mensen om de jongere heen"), "story": _("verhaal van de jongere")}


def name_of(section: str) -> str:
    return str(_OF_OTHERS.get(section) or gettext(SECTION_NAMES[section]))
