"""A colleague lost telephone and recovery codes: two people take his second factor off together."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipta.accounts import commands, policies
from ipta.accounts.models import LostFactor, Person, Post, Role
from ipta.base.verdict import Impossible
from ipta.web import desk, kept
from ipta.web.among import Among
from ipta.web.asking import Asking, asked, is_ready, shown, told

MANAGERS = (Role.FUNCTIONAL_MANAGER, Role.PROJECT_LEADER)


class PostChoice(Among):
    def label_from_instance(self, post: Any) -> str:
        return f"{post.person.in_full}, {post.get_role_display()}"


class Lost(Asking):
    post = PostChoice(
        Post.objects.none(),
        label=_("Wie is zijn telefoon en zijn herstelcodes kwijt?"),
        empty_label=None,
        error_messages={"required": _("Kies wie het is.")},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = colleagues  # type: ignore[attr-defined]


@desk.municipality("GET", "HEAD", "POST")
def second_factors(request: desk.DeskRequest) -> HttpResponse:
    """What waits for a second person, and for a functional manager a form to ask it."""
    managed = request.user.municipalities_as(Role.FUNCTIONAL_MANAGER)
    colleagues = Post.objects.now().filter(municipality__in=managed).exclude(person=request.user)
    form = asked(request, Lost, colleagues=colleagues.select_related("person").order_by("person__first_name"))
    if is_ready(request, form):
        with told(form):
            post = form.cleaned_data["post"]
            lost = commands.call_lost(post.person, municipality=post.municipality, by=request.user)
            _ask_second_person(request, lost)
            messages.success(request, gettext("Gevraagd. Een tweede persoon moet nu ook ja zeggen, binnen een dag."))
            return kept.done(request, redirect("municipality:second_factors"))
    waiting = [(lost, bool(policies.can_take_off(request.user, lost))) for lost in _open(request)]
    return shown(
        request,
        "municipality/second_factors.html",
        form,
        status=0 if request.method == "POST" else 200,
        waiting=waiting,
        can_ask=bool(managed),
    )


@desk.municipality("POST")
def take_off(request: desk.DeskRequest, lost: UUID) -> HttpResponse:
    """Yes, I know that it is him."""
    found = _found(request, lost)
    try:
        commands.take_off(found, by=request.user)
    except Impossible as reason:
        messages.error(request, gettext(str(reason)))
    else:
        get_adapter(request).send_notification_mail("", found.person)
        messages.success(request, gettext("De tweede sleutel is eraf. Bij het inloggen maakt je collega een nieuwe."))
    return redirect("municipality:second_factors")


@desk.municipality("POST")
def call_found(request: desk.DeskRequest, lost: UUID) -> HttpResponse:
    """It need not happen after all."""
    try:
        commands.call_found(_found(request, lost), by=request.user)
    except Impossible as reason:
        messages.error(request, gettext(str(reason)))
    else:
        messages.success(request, gettext("Goed. Er verandert niets."))
    return redirect("municipality:second_factors")


def _open(request: desk.DeskRequest) -> QuerySet[LostFactor]:
    mine = request.user.municipalities_as(*MANAGERS)
    return LostFactor.objects.open().filter(municipality__in=mine).select_related("person", "asked_by", "municipality")


def _found(request: desk.DeskRequest, pk: UUID) -> LostFactor:
    found = _open(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _ask_second_person(request: desk.DeskRequest, lost: LostFactor) -> None:
    """A mail to who can say yes. It names nobody: who it is stands behind signing in."""
    others = Post.objects.now().filter(municipality=lost.municipality, role__in=MANAGERS)
    people = Person.objects.filter(pk__in=others.values("person")).exclude(pk__in=[request.user.pk, lost.person_id])
    page = request.build_absolute_uri(reverse("municipality:second_factors"))
    for person in people.exclude(email=None):
        words = gettext("Een collega vraagt je om iets te bevestigen. Dat kan tot morgen. Log in:")
        EmailMessage(gettext("Wil je iets bevestigen?"), f"{words}\n\n{page}", to=[str(person.email)]).send()
