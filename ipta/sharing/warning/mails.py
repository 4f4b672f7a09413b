"""Mails about a warning: that somebody is asked, that a youth is told later, that nobody confirmed. No name in any."""

import logging
from collections.abc import Iterable
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext

from ipta.accounts.models import Person, Post, Role
from ipta.sharing.models import Consultation, Warning

log = logging.getLogger("ipta.mail")


def ask_second(asked: Consultation) -> None:
    with translation.override("nl"):
        words = gettext("Een coach vraagt of je meedenkt. Het gaat over veiligheid. Log in en kijk bij Meedenken.")
        _send(gettext("Denk je mee?"), words, [asked.second], about=asked)


def tell_postponed(warning: Warning) -> None:
    with translation.override("nl"):
        words = gettext(
            "Een jongere hoort later dat er iets over hem of haar is verteld. Log in en kijk bij Meldingen."
        )
        _send(gettext("Uitstel bij een melding"), words, _officers(warning), about=warning)


def alarm(warning: Warning) -> None:
    with translation.override("nl"):
        words = gettext(
            "Een coach vertelde iets vanwege acuut gevaar. Na een uur zei nog niemand of dat goed was. "
            "Log in en kijk bij Meldingen."
        )
        _send(gettext("Een melding is nog niet bevestigd"), words, _officers(warning), about=warning)


def _officers(warning: Warning) -> Iterable[Person]:
    posts = Post.objects.now().filter(municipality=warning.dossier.municipality_id, role=Role.PRIVACY_OFFICER)
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).exclude(email=None).order_by("email")


def _send(subject: str, words: str, to: Iterable[Person], *, about: Warning | Consultation) -> None:
    """Each in a mail of his own. What was done stands, whether the mail goes or not."""
    write = partial(EmailMessage, subject, words)
    mails = [write(to=[person.email]) for person in to if person.email]
    try:
        get_connection().send_messages(mails)
    except OSError as fault:
        log.error("mail_not_sent about=%s fault=%s", about.pk, type(fault).__name__)  # noqa: TRY400 - no words
