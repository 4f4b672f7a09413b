"""What may be agreed with a specialist. Source: "Organisatie van de IPTA-aanpak"."""

from typing import Final

LONGEST_WAIT: Final = 60  # working days: a quarter of a year is no agreement to rely on
