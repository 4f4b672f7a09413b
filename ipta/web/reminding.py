"""Asking how somebody wants to be reminded of an appointment: by the youth himself, or together with his coach."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

from ipta.accounts.models import Person
from ipta.base import texting
from ipta.dossiers import commands, reminders
from ipta.dossiers.models import Appointment, Dossier, RemindBy
from ipta.dossiers.rules import HOURS, ONLY_BY
from ipta.sharing.door import Reader
from ipta.web.asking import Asking, choice, several, words

MOMENTS = ((reminders.EVENING, _("De avond ervoor")), (reminders.HOUR, _("Een uur ervoor")))
HOW = {
    RemindBy.PAGE: _("Alleen op mijn pagina"),
    RemindBy.CHAT: _("Mijn coach appt mij"),
    RemindBy.TEXT: _("Een sms"),
    RemindBy.MAIL: _("Een mail"),
}
EVENING_FROM, BEFOREHAND = 16, timedelta(hours=2)  # when a page says it, which people look at by themselves
TO_COACH = {RemindBy.PAGE: _("Alleen op zijn of haar pagina"), RemindBy.CHAT: _("Ik app zelf")}


class RemindForm(Asking):
    moments = several(_("Wanneer?"), MOMENTS)
    way = choice(_("Hoe?"), HOW.items(), need=_("Kies hoe je de herinnering krijgt."))
    to = words(
        _("Naar welk nummer of mailadres?"),
        longest=reminders.ADDRESS_LENGTH,
        hint=_("Alleen nodig voor een sms of een mail."),
    )
    words = words(
        _("Wat staat er in de herinnering?"),
        longest=reminders.WORDS_LENGTH,
        hint=_("Zet er geen namen of plekken in: anderen kunnen het ook zien. De tijd komt er vanzelf achter."),
    )

    def __init__(self, *args: Any, municipality: str, careful: Collection[str], is_coach: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.careful = careful
        names = HOW | TO_COACH if is_coach else HOW
        has_text = texting.gateway(municipality) is not None
        ways: Any = self.fields["way"]
        ways.choices = [(way, name) for way, name in names.items() if has_text or way != RemindBy.TEXT]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        way = typed.get("way")
        if way in {RemindBy.TEXT, RemindBy.MAIL} and "to" in typed:
            try:
                typed["to"] = _number(typed["to"]) if way == RemindBy.TEXT else _address(typed["to"])
            except ValidationError as objection:
                self.add_error("to", objection)
            self._mind_what_was_said(typed)
        elif way:
            typed["to"] = ""  # kept nowhere that nobody needs it
        return typed

    def _mind_what_was_said(self, typed: dict[str, Any]) -> None:
        if any(key in self.careful for key in ONLY_BY):
            self.tell_once(
                "way", "only", _("Contact mag alleen op een andere manier, staat er. Klopt dit? Kies Klaar.")
            )
        is_evening = reminders.EVENING in typed.get("moments", ())
        if is_evening and "at_evening" not in self.careful and any(key in self.careful for key in HOURS):
            said = _("Contact mag niet in de avond, staat er. Dan komt deze herinnering niet. Klopt dat? Kies Klaar.")
            self.tell_once("moments", "evening", said)


def _number(typed: str) -> str:
    try:
        number = parse(typed, "NL")
    except NumberParseException:
        number = None
    if number is None or not is_valid_number(number):
        raise ValidationError(gettext("Dit is geen telefoonnummer. Bijvoorbeeld: 06 12345678."))
    return str(format_number(number, PhoneNumberFormat.E164))


def _address(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        raise ValidationError(gettext("Dit is geen mailadres. Bijvoorbeeld: naam@voorbeeld.nl.")) from None
    return typed


def now(reader: Reader, dossier: Dossier) -> dict[str, Any]:
    """How it stands, as the form shows it."""
    chosen = [name for name, _label in MOMENTS if getattr(dossier, f"remind_{name}")]
    texts = {name: reader.text(getattr(dossier, f"remind_{name}")) for name in ("to", "words")}
    usual = gettext(reminders.USUAL_WORDS)
    return {"moments": chosen, "way": dossier.remind_by, **texts, "words": texts["words"] or usual}


def keep(dossier: Dossier, form: RemindForm, *, by: Person) -> None:
    said = {name: form.cleaned_data[name] for name in ("moments", "way", "to", "words")}
    commands.wish_reminders(dossier, by=by, **said)


def in_words(dossier: Dossier) -> str:
    """De avond ervoor en een uur ervoor, met een sms."""
    chosen = [str(label).lower() for name, label in MOMENTS if getattr(dossier, f"remind_{name}")]
    if not chosen:
        return gettext("Geen herinnering")
    how = {
        RemindBy.PAGE: gettext("op je pagina"),
        RemindBy.CHAT: gettext("je coach appt"),
        RemindBy.TEXT: gettext("met een sms"),
        RemindBy.MAIL: gettext("met een mail"),
    }
    both = gettext(" en ").join(chosen)
    return f"{both[:1].upper()}{both[1:]}, {how[RemindBy(dossier.remind_by)]}"


def moment_to_send(appointment: Appointment, dossier: Dossier) -> str:
    """Which reminder the coach can send now from his own telephone, if any: `evening` or `hour`."""
    return moment_near(appointment, dossier) if dossier.remind_by == RemindBy.CHAT else ""


def moment_near(appointment: Appointment, dossier: Dossier) -> str:
    """Which reminder he wants of what is near, from the afternoon before; nothing where that is none."""
    here, starts_at = timezone.localtime(), timezone.localtime(appointment.starts_at)
    if dossier.remind_hour and timedelta(0) < starts_at - here <= BEFOREHAND:
        return reminders.HOUR
    is_tomorrow = starts_at.date() == here.date() + timedelta(days=1)
    return reminders.EVENING if dossier.remind_evening and is_tomorrow and here.hour >= EVENING_FROM else ""


def chat_words(reader: Reader, appointment: Appointment, dossier: Dossier, moment: str) -> str:
    return reminders.message(reader.text(dossier.remind_words), moment, timezone.localtime(appointment.starts_at))
