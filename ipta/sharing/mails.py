"""The mail that somebody used the emergency button. It names nobody: what happened stands behind signing in."""

import logging
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext

from ipta.sharing.models import Emergency
from ipta.sharing.queries import told_of

log = logging.getLogger("ipta.mail")


def tell(emergency: Emergency) -> None:
    """Tell who must know now, each in a mail of his own. Youth and coach find it on their first page as well."""
    with translation.override("nl"):  # whoever pressed the button may have English screens
        write = partial(EmailMessage, gettext("Er was noodtoegang"), _words())
        mails = [write(to=[person.email]) for person in told_of(emergency) if person.email]
    try:
        get_connection().send_messages(mails)
    except OSError as fault:  # the button works, whether the mail does or not
        log.error("mail_not_sent emergency=%s fault=%s", emergency.id, type(fault).__name__)


def _words() -> str:
    return "\n\n".join(
        [
            gettext("Een coach gebruikte zojuist de noodknop. Daarmee kan hij of zij vier uur een dossier lezen."),
            gettext("Ben je de coach? Log in. Bij Vandaag staat wie het was en waarom. Daar kun je het ook stoppen."),
            gettext("Ben je projectleider of beheerder? Vraag binnen een week na of het nodig was."),
            gettext("Namen staan hier met opzet niet."),
        ]
    )
