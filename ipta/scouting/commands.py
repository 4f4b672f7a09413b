"""Scout: find, be introduced, keep trying, until the yes. Source: "Vinden van deelnemers"."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from ipta.accounts import links
from ipta.accounts.models import Link, Municipality, Person
from ipta.accounts.policies import can_appoint
from ipta.accounts.rules import new_token
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.base.verdict import Impossible
from ipta.dossiers import commands as dossiers
from ipta.dossiers import policies
from ipta.dossiers.models import Dossier, Note, PhaseSpan
from ipta.dossiers.papers.checking import Checked
from ipta.dossiers.rules import DOMAINS, tidy
from ipta.journal.commands import Actor, record
from ipta.scouting import policies as scouts
from ipta.scouting.models import CoachPage, Find, FindingPlace, GoneCount, Observation, Place, Referral
from ipta.scouting.queries import leaving_on
from ipta.scouting.rules import (
    MOST_REFERRALS_A_DAY,
    MOTIVATED,
    REFERRAL_LINK_LIFE,
    REFERRED_LINK_LIFE,
    TERMS,
    YES_HOW,
)
from ipta.sharing import erasure

WORDS = ("name", "area", "hours", "opens_doors")


@command
def add_finding_place(municipality: Municipality, *, kind: str, by: Person, **words: str) -> FindingPlace:
    """A place more in the book. `words`: name, area, hours, opens_doors."""
    allow(scouts.can_keep(by, municipality))
    said = {name: tidy(words.get(name, "")) for name in WORDS}
    place = FindingPlace.objects.create(municipality=municipality, kind=_known(kind), added_by=by, **said)
    record("finding_place.added", by=by, about=municipality, place=place.id, kind=kind)
    return place


@command
def change_finding_place(place: FindingPlace, *, by: Person, kind: str = "", **words: str) -> FindingPlace:
    """Write what is known now; words that are not given stay as they are."""
    allow(scouts.can_keep(by, place.municipality))
    place.kind = _known(kind) if kind else place.kind
    for name in words.keys() & set(WORDS):
        setattr(place, name, tidy(words[name]))
    place.save()
    record("finding_place.changed", by=by, about=place.municipality, place=place.id)
    return place


def _known(kind: str) -> str:
    if Place(kind) == Place.UNKNOWN:
        raise ValueError(kind)
    return kind


@command
def observe(place: FindingPlace, *, words: str, by: Person, on: date | None = None) -> Observation:
    """Write down what was to be seen there, on a day. Nobody changes it any more."""
    allow(scouts.can_keep(by, place.municipality))
    seen = Observation.objects.create(
        municipality=place.municipality, place=place, author=by, seen_on=on or clock.today(), words=tidy(words)
    )
    record("finding_place.observed", by=by, about=place.municipality, place=place.id, observation=seen.id)
    return seen


# What a coach knows of how it began. A few answers are keys of the method, the rest is words.
FOUND = ("where", "introduced_by", "known_from", "introduction", "wants", "age")


@command
def meet(
    municipality: Municipality,
    *,
    nickname: str,
    by: Person,
    safety: str = "",
    careful: Collection[str] = (),
    may_know: str = "",
    reach: dict[str, str] | None = None,
    on: date | None = None,
    package_id: UUID | None = None,
    **found: Any,
) -> Find:
    """Note somebody: a nickname, how to reach him safely, and how he was found (`found`: as in `retell`)."""
    allow(policies.can_begin(by, municipality))
    dossier = dossiers.begin(
        municipality,
        nickname=nickname,
        safety=safety,
        careful=careful,
        may_know=may_know,
        reach=reach,
        by=by,
        on=on,
        package_id=package_id,
    )
    find = Find(dossier=dossier)
    _tell(find, **found)
    find.save(force_insert=True)
    record("youth.met", by=by, about=dossier, kind=find.kind)
    return find


@command
def retell(find: Find, *, by: Person, **found: Any) -> Find:
    """Write what is known by now of how he was found: place, introducer, what was said, and whether it fits.

    `found`: kind, place (of the book, or None), where, introduced_by, known_from, introduction, wants, age, plays and
    motivated. What is not given stays as it is.
    """
    allow(policies.can_write(by, find.dossier))
    _tell(find, **found)
    find.save()
    record("find.retold", by=by, about=find.dossier, fields=",".join(sorted(found)))
    return find


def _tell(find: Find, **found: Any) -> None:
    """The place of the book stands in the words as well: the youth reads it, and it goes along with the dossier."""
    for name in found.keys() & set(FOUND):
        setattr(find, name, tidy(found[name]))
    if "kind" in found:
        find.kind = Place(found["kind"])
    if "plays" in found:
        find.plays = [domain for domain in DOMAINS if domain in found["plays"]]
    if "motivated" in found:
        find.motivated = found["motivated"] if found["motivated"] in MOTIVATED else ""
    if "place" in found:
        _stand(find, found["place"], where=found.get("where", ""))


def _stand(find: Find, place: FindingPlace | None, where: str) -> None:
    if place is None:
        find.place_in_book = ""
        return
    if place.municipality_id != find.dossier.municipality_id:
        raise Impossible("Kies een plek uit het boek van je gemeente.")
    find.place_in_book, find.where = str(place.id), tidy(where) or place.name
    find.kind = place.kind if find.kind == Place.UNKNOWN else find.kind


@command
def welcome(
    dossier: Dossier,
    *,
    by: Person,
    first_name: str = "",
    last_name: str = "",
    born: str = "",
    how: str = "",
    present: str = "",
    on: date | None = None,
) -> Dossier:
    """The yes ("hij doet mee"): scouting ends, the dossier begins with everything already typed.

    `how`: how he was told what taking part means, out of YES_HOW; `present`: who else was there.
    """
    allow(policies.can_write(by, dossier))
    dossiers.join(dossier, by=by, first_name=first_name, last_name=last_name, born=born, on=on)
    for span in PhaseSpan.objects.filter(dossier=dossier, phase="scout", until=None):
        dossiers.end_phase(span, by=by, on=on)
    if how or present:
        find = _find_of(dossier)
        find.yes_how, find.yes_with = how if how in YES_HOW else "", tidy(present)
        find.save(update_fields=["yes_how", "yes_with"])
    record("youth.welcomed", by=by, about=dossier, how=how if how in YES_HOW else "")
    return dossier


def _find_of(dossier: Dossier) -> Find:
    return Find.objects.get_or_create(dossier=dossier)[0]


# --- who does not join ---------------------------------------------------------------------------------------------


@command
def keep(dossier: Dossier, *, why: str, by: Person) -> Find:
    """Remember him six weeks longer, with the reason. Once: who then says nothing either, is gone."""
    allow(policies.can_write(by, dossier))
    if dossier.joined_on:
        raise Impossible("Deze jongere doet al mee.")
    find = _find_of(dossier)
    if find.kept_on:
        raise Impossible("Je hield dit al een keer langer vast. Nog een keer kan niet.")
    find.kept_on, find.kept_why = clock.today(), tidy(why)
    find.save(update_fields=["kept_on", "kept_why"])
    record("youth.kept", by=by, about=dossier)
    return find


@command
def let_go(dossier: Dossier, *, by: Actor) -> None:
    """Forget who did not join. What is left is a count by place and channel, and a line in the journal."""
    dossier = _as_it_is_now(dossier)
    allow(scouts.can_let_go(by, dossier, leaving_on(dossier)))
    find, last = Find.objects.filter(dossier=dossier).first(), Note.objects.filter(dossier=dossier).first()
    told: dict[str, Any] = {"kind": find.kind if find else Place.UNKNOWN, "channel": last.channel if last else ""}
    count, _ = GoneCount.objects.get_or_create(
        municipality=dossier.municipality, month=clock.today().replace(day=1), **told
    )
    GoneCount.objects.filter(pk=count.pk).update(count=F("count") + 1)
    record("youth.let_go", by=by, about=dossier, **told)
    erasure.forget(dossier, by=by)


def _as_it_is_now(dossier: Dossier) -> Dossier:
    """Held until this is done: who says yes this very moment is not taken for somebody who never did."""
    rows = Dossier.objects.select_related("municipality").select_for_update(of=("self",))
    return rows.get(pk=dossier.pk)


@command
def set_term(municipality: Municipality, *, weeks: int, by: Person) -> Municipality:
    """How many weeks this municipality remembers somebody who has not joined."""
    allow(can_appoint(by, municipality))
    if weeks not in TERMS:
        raise Impossible("Kies een van de termijnen die er staan.")
    municipality.scout_days = weeks * 7
    municipality.save(update_fields=["scout_days"])
    record("term.set", by=by, about=municipality, weeks=weeks)
    return municipality


# --- brought in by a professional ------------------------------------------------------------------------------


PLACE_OF = {
    Referral.Role.POLICE: Place.POLICE,
    Referral.Role.YOUTH_WORKER: Place.COMMUNITY,
    Referral.Role.MENTOR: Place.SCHOOL,
    Referral.Role.SAFETY_HOUSE: Place.SAFETY_HOUSE,
    Referral.Role.OTHER: Place.OTHER,
}


@command
def open_referrals(municipality: Municipality, *, by: Person) -> str:
    """A link with which professionals bring somebody in to this coach. The one of before ends."""
    allow(policies.can_begin(by, municipality))
    links.cut(Link.Kind.REFERRAL, by.pk)
    token = links.make(Link.Kind.REFERRAL, by.pk, by=by, lasts=REFERRAL_LINK_LIFE)
    record("referrals.opened", by=by, about=municipality)
    return token


@command
def close_referrals(municipality: Municipality, *, by: Person) -> None:
    """Nobody is brought in by that link any more. Who was, stays."""
    allow(policies.can_begin(by, municipality))
    links.cut(Link.Kind.REFERRAL, by.pk)
    record("referrals.closed", by=by, about=municipality)


@command
def refer(municipality: Municipality, *, by: Person, nickname: str, role: str, knows: str, **said: str) -> str:
    """Somebody is brought in to the coach `by`, through his link: a few facts, and who introduces him.

    `said`: name, organisation and reach of who brings him in; why, where; introduced_by and known_from. Gives the
    secret part of the link with which he hears how it goes. Raises `Impossible` without somebody who introduces.
    """
    allow(policies.can_begin(by, municipality))
    if not tidy(said.get("introduced_by", "")):
        raise Impossible("Een koude verwijzing werkt vaak niet. Wie kan ons voorstellen?")
    today = Referral.objects.filter(dossier__coachship__coach=by, arrived_at__gte=clock.now() - timedelta(days=1))
    if today.count() >= MOST_REFERRALS_A_DAY:
        raise Impossible("Vandaag is er al veel aangebracht. Bel de coach, of probeer het morgen.")
    found: dict[str, Any] = {name: said[name] for name in ("introduced_by", "known_from", "where") if name in said}
    find = meet(municipality, nickname=nickname, by=by, kind=PLACE_OF[Referral.Role(role)], **found)
    texts = {name: tidy(said.get(name, "")) for name in ("name", "organisation", "reach", "why")}
    referral = Referral.objects.create(dossier=find.dossier, role=role, knows=Referral.Knows(knows), **texts)
    record("youth.referred", by=by, about=find.dossier, referral=referral.id)
    return links.make(Link.Kind.REFERRED, referral.pk, by=by, lasts=REFERRED_LINK_LIFE)


@command
def tell_referrer(referral: Referral, told: str, *, by: Person) -> Referral:
    """Choose what who brought him in hears. That he joined is told only when he did."""
    allow(policies.can_write(by, referral.dossier))
    if Referral.Told(told) == Referral.Told.JOINED and not referral.dossier.joined_on:
        raise Impossible("Hij of zij doet nog niet mee.")
    referral.told = told
    referral.save(update_fields=["told"])
    record("referrer.told", by=by, about=referral.dossier, told=told)
    return referral


# --- who the coach is ---------------------------------------------------------------------------------------------


@command
def introduce_oneself(
    municipality: Municipality, *, by: Person, story: str, why: str, reach: str, photo: Checked | None = None
) -> CoachPage:
    """Write the page that a youth gets by link or QR. Without another photo the one of before stays."""
    allow(scouts.can_keep(by, municipality))
    if photo is not None and photo.kind != "jpg":
        raise Impossible("Kies een foto. Een plaatje of een PDF past hier niet.")
    page = CoachPage.objects.filter(pk=by.pk).first() or CoachPage(person=by, token=new_token())
    page.story, page.why, page.reach = tidy(story), tidy(why), tidy(reach)
    page.is_open, page.changed_at = True, clock.now()
    page.photo = photo.content if photo else page.photo
    page.save()
    record("coach_page.written", by=by, about=municipality)
    return page


@command
def close_page(page: CoachPage, municipality: Municipality, *, by: Actor) -> CoachPage:
    """The link leads nowhere until he writes it again; a photo goes at once."""
    allow(scouts.can_close(by, page, municipality))
    page.is_open, page.photo = False, b""
    page.save(update_fields=["is_open", "photo"])
    record("coach_page.closed", by=by, about=municipality)
    return page
