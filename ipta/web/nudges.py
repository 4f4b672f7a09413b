"""Words to remind somebody around the youth with. Who has no account gets no mail: youth or coach sends them."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext

from ipta.web.when import Due


@dataclass(frozen=True, slots=True)
class Nudge:
    """A message in the words of what was promised. It names nobody but who gets it."""

    name: str
    when: str
    text: str

    @property
    def title(self) -> str:
        return f"{self.name} · {self.when}"

    @property
    def whatsapp(self) -> str:
        return f"https://wa.me/?text={quote(self.text)}"


def nudge(name: str, words: str, due: Due | None) -> Nudge | None:
    """None for what has no day, or a day that is far away."""
    if due is None or not words or not (due.is_near or due.is_late):
        return None
    about = gettext("Dat %(when)s. Lukt het nog?") if due.is_late else gettext("Dat is %(when)s.")
    lines = [
        gettext("Hoi %(name)s,") % {"name": name},
        gettext("We spraken af: %(words)s") % {"words": words},
        about % {"when": due.words},
    ]
    return Nudge(name, due.words, "\n".join(lines))
