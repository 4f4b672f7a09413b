"""How the desks ask: plain words, nothing typed is lost, and a form that is not right comes back whole."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.base.days import holiday
from ipta.base.verdict import Impossible
from ipta.dossiers.rules import tidy
from ipta.web import drafts, kept, unasked
from ipta.web.models import SentForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
LOST = "\ufffd"  # stands where what was sent is no letter in UTF-8
TOLD_OF = "gezegd"
LONG = 4000  # what somebody types with a thumb; rules.TEXT_LENGTH is what the record can hold


class Asking(forms.Form):
    """A form. `is_kept`: these words were typed before the session ended."""

    is_kept = False
    kept_at: datetime | None = None
    use_required_attribute = False  # what is missing is said in our words, not in those of the browser
    told_of: str = ""  # what nobody asked for and stands here all the same, once that was said

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def errors(self) -> ErrorDict:
        """What came back half-written is not judged yet."""
        return ErrorDict() if self.is_kept else super().errors

    @property
    def once(self) -> SafeString:
        """Marks this form, so that a button that was pressed twice writes once. Also what was said of it already."""
        told = format_html('<input type="hidden" name="{}" value="{}">', TOLD_OF, self.told_of) if self.told_of else ""
        return format_html('<input type="hidden" name="once" value="{}">{}', self.mark, told)

    @cached_property
    def mark(self) -> UUID:
        return self._mark() or uuid4()

    def _mark(self) -> UUID | None:
        return drafts.mark_of(self.data)

    def clean(self) -> dict[str, Any]:
        """What nobody asked for is said once, beside the question; who sends it again means it."""
        typed: dict[str, Any] = super().clean() or {}
        texts = [(name, text) for name, text in typed.items() if isinstance(text, str)]
        found = {(name, kind): said for name, text in texts for kind, said in unasked.found_in(text)}
        for (name, kind), said in found.items():
            self.tell_once(name, kind, said)
        return typed

    def tell_once(self, name: str, kind: str, said: "str | Promise") -> None:
        """Say this beside the question; not again to who sends it all the same."""
        mark = f"{self.add_prefix(name)}:{kind}"
        self.told_of = f"{self.told_of} {mark}".strip()
        if mark not in self.data.get(TOLD_OF, "").split():
            self.add_error(name, str(said))

    def tells_of(self, inner: Iterable["Asking"]) -> None:
        """What was said of the forms inside this one goes along with it."""
        self.told_of = " ".join(filter(None, [self.told_of, *(form.told_of for form in inner)]))

    @contextmanager
    def sent(self) -> Iterator[bool]:
        """Whether this form comes in for the first time; what is written inside is written whole or not at all."""
        mark = self._mark()
        with transaction.atomic():
            yield mark is None or _came_first(mark)

    def was_sent(self) -> bool:
        """Whether this very form came in before."""
        mark = self._mark()
        return mark is not None and SentForm.objects.filter(pk=mark).exists()


def _came_first(mark: UUID) -> bool:
    """Mark that this form came in; False when it did before. Of two at once the second waits for the first."""
    try:
        with transaction.atomic():
            SentForm.objects.create(pk=mark)
    except IntegrityError:
        return False
    return True


Form = TypeVar("Form", bound=Asking)


def asked(request: HttpRequest, form_class: type[Form], **kwargs: Any) -> Form:
    """The form with what was sent, with what was kept, or fresh."""
    words, kept_at = typed(request)
    form = form_class(words, **kwargs)
    form.is_kept, form.kept_at = kept_at is not None, kept_at
    return form


def typed(request: HttpRequest) -> tuple[QueryDict | None, datetime | None]:
    """What was sent now; otherwise what was kept, and when."""
    if request.method == "POST":
        return request.POST, None
    at, words = kept.take_back(request) or (None, None)
    return words, at


def is_ready(request: HttpRequest, form: forms.Form) -> bool:
    return request.method == "POST" and form.is_valid()


@contextmanager
def told(form: forms.Form) -> Iterator[None]:
    """What cannot be done is said beside the form, which keeps every word."""
    try:
        yield
    except Impossible as objection:
        form.add_error(None, gettext(str(objection)))


def is_done(request: HttpRequest, form: Asking, change: Callable[[], object]) -> bool:
    """Whether what was sent came in: the change is made once, and what cannot be done is said beside the form."""
    if is_ready(request, form):
        with told(form), form.sent() as is_first:
            if is_first:
                change()
    return is_ready(request, form)  # no longer valid where it was refused


def shown(request: HttpRequest, template: str, form: Asking, status: int = 0, **context: Any) -> HttpResponse:
    """The page with the form; 422 when what was sent is not right yet."""
    usual = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "is_kept": form.is_kept, **context}, status=status or usual)


def simple(
    request: HttpRequest, form: Asking, *, title: Words, back: str, button: Words = "", **context: Any
) -> HttpResponse:
    """A page that is no more than one form. `youth`: whom it is about; `above` and `text`: words around the title."""
    return shown(request, "coach/form.html", form, title=title, back=back, button=button or gettext("Klaar"), **context)


def back_to(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """Back to the page where the button was pressed, or to the usual one."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect(reverse(name, args=args))


# --- kinds of questions -------------------------------------------------------------

NO_SUCH_ANSWER = _("Kies een van de antwoorden die er staan.")
NOT_WHOLE = _("Er kwam niet alles over. Stuur het nog een keer.")


class HiddenNumber(forms.IntegerField):
    """A number that the page itself sends back. Python also reads `1_000` and Arabic digits; a page sends neither."""

    def __init__(self, *, most: int, required: bool = True) -> None:
        said = dict.fromkeys(("required", "invalid", "min_value", "max_value"), NOT_WHOLE)
        super().__init__(
            label=_("Deze pagina"), widget=forms.HiddenInput, required=required,
            min_value=0, max_value=most, error_messages=said,
        )  # fmt: skip

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not re.fullmatch(r"[0-9]{1,9}", str(value)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class TidyWords(forms.CharField):
    """Words as the record keeps them. Who sends only what nobody sees, sends nothing."""

    default_error_messages = {"lost": _("Op de plek van � raakte een letter kwijt. Typ die opnieuw.")}

    def to_python(self, value: Any) -> str:
        text = tidy(super().to_python(value) or "")
        if LOST in text:
            raise ValidationError(self.error_messages["lost"], code="lost")
        return text if isinstance(self.widget, forms.Textarea) else " ".join(filter(None, text.splitlines()))


def words(label: Words, *, longest: int = 200, rows: int = 0, need: Words = "", hint: Words = "") -> TidyWords:
    """A question in words. `need` says what to write when it is empty; without it the answer may be empty."""
    return TidyWords(
        label=label,
        max_length=longest,
        required=bool(need),
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={
            "required": need,
            "max_length": _("Dit is te lang. Houd het bij %(limit_value)d tekens."),
        },
    )


def choice(
    label: Words, choices: Any, *, need: Words = "", hint: Words = "", initial: Any = None
) -> forms.TypedChoiceField:
    """One answer out of some, as chips."""
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        required=bool(need),
        help_text=hint,
        initial=initial,
        empty_value="",
        widget=forms.RadioSelect(),
        error_messages={"required": need, "invalid_choice": NO_SUCH_ANSWER},
    )


def several(label: Words, choices: Any, *, hint: Words = "") -> forms.MultipleChoiceField:
    """Some answers out of a few, as chips; none is an answer too."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=hint,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"invalid_choice": NO_SUCH_ANSWER, "invalid_list": NO_SUCH_ANSWER},
    )


def day(
    label: Words, *, need: Words = "", hint: Words = "", only: Callable[[date], None] | None = None
) -> forms.DateField:
    """A day. `only`: `past` for what has been, `coming` for what is still to be done."""
    return forms.DateField(
        label=label,
        required=bool(need),
        help_text=hint,
        widget=forms.DateInput(),
        validators=[_some_day, *filter(None, [only])],
        error_messages={"required": need, "invalid": _("Kies een dag, bijvoorbeeld 3-3-2026.")},
    )


def clock(label: Words, *, need: Words = "", hint: Words = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=bool(need),
        help_text=hint,
        widget=forms.TimeInput(),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        error_messages={"required": need, "invalid": _("Vul een tijd in, bijvoorbeeld 14:30.")},
    )


def moment(form: forms.Form) -> datetime:
    """The moment that `on` and `at` of this form say. An hour that comes twice in the night is the first of the two."""
    return timezone.make_aware(datetime.combine(form.cleaned_data["on"], form.cleaned_data["at"]))


def check_clock(form: forms.Form) -> None:
    """In one night of spring an hour is skipped: a time in it is no time, and is not changed unseen."""
    if form.cleaned_data.get("on") and form.cleaned_data.get("at"):
        said = moment(form)
        if timezone.localtime(said.astimezone(UTC)).replace(tzinfo=None) != said.replace(tzinfo=None):
            form.add_error("at", gettext("Die nacht gaat de klok vooruit. Deze tijd is er niet. Kies een andere tijd."))


def tell_holiday(form: Asking) -> None:
    """Most of what one would go to is closed on a public holiday. Said once; who sends it again means it."""
    on = form.cleaned_data.get("on")
    if on and (name := holiday(on)):
        form.tell_once("on", "holiday", gettext("Dan is het %(name)s. Klopt de dag?") % {"name": name.lower()})


def tick(label: Words, hint: Words = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


def _some_day(value: date) -> None:
    if not 2000 <= value.year <= 2100:
        raise ValidationError(gettext("Kijk het jaar na: dit is wel heel lang geleden of heel ver weg."))


def past(value: date) -> None:
    if value > timezone.localdate():
        raise ValidationError(gettext("Deze dag komt nog. Kies vandaag of een dag die al geweest is."))


def coming(value: date) -> None:
    if value < timezone.localdate():
        raise ValidationError(gettext("Deze dag is al geweest. Kies vandaag of een dag die nog komt."))
