"""What is not done every day."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from ipta.dossiers.models import Intensity
from ipta.dossiers.rules import INTENSIVE_CASELOAD
from ipta.sharing.models import Grant
from ipta.sharing.queries import caseload_of
from ipta.web import desk
from ipta.web.coach.youths import group_of


@desk.coach()
def more(request: desk.DeskRequest) -> HttpResponse:
    """The caseload in numbers, what others shared, language, going out."""
    kinds = Counter(group_of(dossier) for dossier in caseload_of(request.user))
    counts = {
        "intensive": kinds[Intensity.INTENSIVE],
        "lighter": kinds[Intensity.LIGHT] + kinds[Intensity.AFTERCARE],
        "scouted": kinds["scouted"],
    }
    shared = Grant.objects.held_by(request.user).values("dossier").distinct().count()
    youths = reverse("coach:youths")
    context = {
        "counts": counts,
        "least": INTENSIVE_CASELOAD.start,
        "most": INTENSIVE_CASELOAD.stop - 1,
        "is_over": counts["intensive"] >= INTENSIVE_CASELOAD.stop,
        "shared_text": _shared_text(shared),
        "shared_href": reverse("coach:shared"),
        "who_href": reverse("coach:who_am_i"),
        "referrals_href": reverse("coach:referrals"),
        "specialists_href": reverse("coach:specialists"),
        "agenda_href": reverse("coach:agenda"),
        "emergency_href": reverse("coach:take"),
        "scout_href": reverse("coach:scout"),
        "places_href": reverse("coach:finding_places"),
        "account_href": reverse("mfa_index"),
        "intensive_href": f"{youths}?toon={Intensity.INTENSIVE}",
        "lighter_href": f"{youths}?toon={Intensity.LIGHT}",
        "scouted_href": f"{youths}?toon=scouted",
    }
    return render(request, "coach/more.html", context)


def _shared_text(count: int) -> str:
    if count == 0:
        return gettext("Nu niets")
    return ngettext("%(n)s jongere deelt iets", "%(n)s jongeren delen iets", count) % {"n": count}
