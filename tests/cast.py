"""The cast: everybody in a test is one of these. A stranger always has a life of his own.

Zoetermeer  sem (youth) with `dossier`, his coach noor, his mother ria (in his network; `mother`: as a guest),
            stef (stands in for noor), olga (his coach until yesterday), tess (his coach from next week on),
            jip (stood in until yesterday), nel (stands in still, but her post ended),
            rik (used the emergency button an hour ago), ivo (did so as well, and it is over),
            bram (a coach with kim and `kim_dossier`), lotte (project leader), fem (functional manager),
            dana (professional), kees (employer of `workplace`), said (barber of `barbershop`)
Schiedam    yara, a coach with ali and `ali_dossier`, and vera (functional manager)

Every section of every dossier holds a canary: a word that says whose it is and where it stood (`canary`).
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from ipta.accounts.models import Municipality, Person, Post, Role
from ipta.base import clock
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Briefing, Coachship, Dossier, NetworkPerson, Note, Paper, Step, View
from ipta.journal.commands import gathered
from ipta.placements import commands as placements
from ipta.placements.models import Placement
from ipta.plans import commands as plans
from ipta.plans.models import PlanVersion
from ipta.scans import commands as scans
from ipta.scouting import commands as scouting
from ipta.scouting.models import FindingPlace
from ipta.sharing import commands as sharing
from ipta.sharing.guests import invite_guest
from ipta.vault import keyring
from ipta.vault.fields import Bare
from ipta.vault.rules import SECTIONS
from ipta.workplaces import commands as workplaces
from ipta.workplaces.models import Workplace
from tests import files

# What the cast was given in words; the tests look for it where it must not be.
CANARY = "kwetter"


def canary(who: str, section: str) -> str:
    """The word that stands in this section of this youth's dossier, and nowhere else."""
    return f"{CANARY}-{who}-{section}"


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def fresh(row: Any) -> Any:
    """The row as the next request would find it."""
    return type(row)._default_manager.get(pk=row.pk)


# --- municipalities -----------------------------------------------------------


def _municipality(code: str, name: str) -> Municipality:
    return Municipality.objects.get_or_create(code=code, defaults={"name": name})[0]


@pytest.fixture
def zoetermeer(db: None) -> Municipality:
    return _municipality("GM0637", "Zoetermeer")


@pytest.fixture
def schiedam(db: None) -> Municipality:
    return _municipality("GM0606", "Schiedam")


# --- people with a post -------------------------------------------------------


def staff(first_name: str, organisation: str = "", *posts: tuple[Municipality, str]) -> Person:
    person = Person(
        email=f"{first_name.lower()}@voorbeeld.example",
        first_name=first_name,
        last_name="Voorbeeld",
        organisation=organisation,
    )
    person.set_unusable_password()
    person.save()
    for municipality, role in posts:
        Post.objects.create(person=person, municipality=municipality, role=role, since=days_ago(400))
    return person


@pytest.fixture
def noor(zoetermeer: Municipality) -> Person:
    """Coach of sem."""
    return staff("Noor", "IPTA Zoetermeer", (zoetermeer, Role.COACH))


@pytest.fixture
def bram(zoetermeer: Municipality) -> Person:
    """A coach in the same municipality. See `kim_dossier` for his caseload."""
    return staff("Bram", "IPTA Zoetermeer", (zoetermeer, Role.COACH))


@pytest.fixture
def yara(schiedam: Municipality) -> Person:
    """A coach in another municipality. See `ali_dossier` for her caseload."""
    return staff("Yara", "IPTA Schiedam", (schiedam, Role.COACH))


@pytest.fixture
def lotte(zoetermeer: Municipality) -> Person:
    return staff("Lotte", "Gemeente Zoetermeer", (zoetermeer, Role.PROJECT_LEADER))


@pytest.fixture
def fem(zoetermeer: Municipality) -> Person:
    return staff("Fem", "Gemeente Zoetermeer", (zoetermeer, Role.FUNCTIONAL_MANAGER))


@pytest.fixture
def pepijn(zoetermeer: Municipality) -> Person:
    """Privacy officer. He reads no dossier; with fem he can have one erased."""
    return staff("Pepijn", "Gemeente Zoetermeer", (zoetermeer, Role.PRIVACY_OFFICER))


@pytest.fixture
def vera(schiedam: Municipality) -> Person:
    return staff("Vera", "Gemeente Schiedam", (schiedam, Role.FUNCTIONAL_MANAGER))


@pytest.fixture
def dana(zoetermeer: Municipality) -> Person:
    """Professional in the team, debt counselling. Nothing is shared with her yet."""
    return staff("Dana", "Schuldhulp Zoetermeer", (zoetermeer, Role.PROFESSIONAL))


@pytest.fixture
def stef(zoetermeer: Municipality) -> Person:
    """A coach who stands in for noor: see `standing_in`."""
    return staff("Stef", "IPTA Zoetermeer", (zoetermeer, Role.COACH))


@pytest.fixture
def standing_in(dossier: Dossier, stef: Person) -> Coachship:
    return Coachship.objects.create(
        dossier=dossier, coach=stef, is_stand_in=True, since=days_ago(1), until=days_ago(-3)
    )


@pytest.fixture
def olga(dossier: Dossier, zoetermeer: Municipality) -> Person:
    """A coach still, and sem's until yesterday."""
    person = staff("Olga", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    Coachship.objects.create(dossier=dossier, coach=person, since=days_ago(300), until=days_ago(1))
    return person


@pytest.fixture
def tess(dossier: Dossier, noor: Person, zoetermeer: Municipality) -> Person:
    """A coach, and sem's from next week on."""
    person = staff("Tess", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    Coachship.objects.filter(dossier=dossier, coach=noor).update(until=days_ago(-7))
    briefing = Briefing.objects.create(dossier=dossier, text=f"{canary('sem', 'contacts')} weten")
    Coachship.objects.create(dossier=dossier, coach=person, since=days_ago(-7), given_by=noor, briefing=briefing)
    return person


@pytest.fixture
def jip(dossier: Dossier, zoetermeer: Municipality) -> Person:
    """A coach who stood in for noor; his time is over."""
    person = staff("Jip", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    Coachship.objects.create(dossier=dossier, coach=person, is_stand_in=True, since=days_ago(9), until=days_ago(0))
    return person


@pytest.fixture
def nel(dossier: Dossier, zoetermeer: Municipality) -> Person:
    """Stands in for noor on paper still, but she works here no more."""
    person = staff("Nel", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    Coachship.objects.create(dossier=dossier, coach=person, is_stand_in=True, since=days_ago(9), until=days_ago(-9))
    Post.objects.filter(person=person).update(until=days_ago(0))
    return person


@pytest.fixture
def rik(dossier: Dossier, zoetermeer: Municipality) -> Person:
    """A colleague who opened sem's dossier with the emergency button, an hour ago."""
    person = staff("Rik", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    with clock.at(timezone.now() - timedelta(hours=1)):
        sharing.take(dossier, reason=f"{canary('sem', 'contacts')} belde, en Noor neemt niet op.", by=person)
    return person


@pytest.fixture
def ivo(dossier: Dossier, zoetermeer: Municipality) -> Person:
    """A colleague who did so too; it is over."""
    person = staff("Ivo", "IPTA Zoetermeer", (zoetermeer, Role.COACH))
    with clock.at(timezone.now() - timedelta(hours=3)):
        taken = sharing.take(dossier, reason="Zijn moeder stond in paniek voor de deur.", by=person)
    with clock.at(timezone.now() - timedelta(hours=2)):
        sharing.end(taken, by=person)
    return person


# --- youths -------------------------------------------------------------------


def full_dossier(who: str, municipality: Municipality, coach: Person, workplace: Workplace | None = None) -> Dossier:
    """A youth who takes part, with a word of his own in every section, written by the commands of the house."""
    with gathered(), keyring.held():  # two thirds of the time, and most tests begin here
        return _written(who, municipality, coach, workplace)


def _written(who: str, municipality: Municipality, coach: Person, workplace: Workplace | None) -> Dossier:
    word = {section: canary(who, section) for section in SECTIONS}
    found = scouting.meet(
        municipality,
        nickname=f"{word['identity']} bijnaam",
        introduced_by=f"{word['contacts']} introducé",
        wants=f"{word['contacts']} wens",
        safety=f"{word['identity']} veilig",
        reach={"whatsapp": f"{word['identity']} nummer"},
        by=coach,
        on=days_ago(200),
    )
    dossier: Dossier = found.dossier
    scouting.welcome(
        dossier, first_name=f"{word['identity']} voornaam", last_name="Achternaam", by=coach, on=days_ago(180)
    )
    assert dossier.youth is not None
    dossiers.note(dossier, text=f"{word['contacts']} notitie", place=f"{word['contacts']} plek", by=coach)
    dossiers.promise(dossier, text=f"{word['plan']} stap", owner=Step.Owner.YOUTH, due_on=days_ago(-7), by=coach)
    dossiers.appoint(
        dossier,
        what=f"{word['appointments']} wat",
        place=f"{word['appointments']} waar",
        starts_at=timezone.now() + timedelta(days=2),
        by=coach,
    )
    dossiers.add_person(
        dossier, kind=NetworkPerson.Kind.FAMILY, name=f"{word['family']} naam", relation="moeder", by=coach
    )
    scans.rate(dossier, ratings={"money": 2, "work": 3}, remark=f"{word['scores']} scan", by=coach, on=days_ago(2))
    plans.propose(
        dossier,
        based_on=0,
        goals=[{"domain": "work", "goal": f"{word['plan']} doel", "youth": "ik wil", "coach": "hij kan"}],
        elements={"most_important": f"{word['plan']} belangrijk"},
        by=coach,
    )
    placements.agree(dossier, kind=Placement.Kind.TRIAL, workplace=workplace, what=f"{word['work']} werk", by=coach)
    # Not by its command: that looks into the file first, and most tests begin here.
    letter = files.letter(word["plan"])
    Paper.objects.create(
        dossier=dossier,
        section="plan",
        kind=Paper.Kind.PDF,
        size=len(letter),
        added_by=dossier.youth,
        name=f"{word['plan']} papier",
        content=Bare(letter),
    )
    # Sections that nothing in the thread writes in yet: the youth's own view can lie in them.
    for section in ("money", "health", "living", "justice", "story", "messages"):
        View.objects.create(
            dossier=dossier, author=dossier.youth, line=uuid4(), section=section, text=f"{word[section]} kant"
        )
    return dossier


@pytest.fixture
def dossier(zoetermeer: Municipality, noor: Person) -> Dossier:
    """Sem's: he takes part, noor walks along."""
    return full_dossier("sem", zoetermeer, noor)


@pytest.fixture
def sem(dossier: Dossier) -> Person:
    assert dossier.youth is not None
    return dossier.youth


@pytest.fixture
def ria(dossier: Dossier) -> NetworkPerson:
    """Sem's mother. She is in his network and has no account: she sees nothing."""
    return NetworkPerson.objects.get(dossier=dossier)


@pytest.fixture
def mother(ria: NetworkPerson, sem: Person) -> Person:
    """Ria as a guest: sem gave her a page of her own. Nothing is shared with her yet."""
    invite_guest(ria, by=sem)
    assert ria.account is not None
    return ria.account


@pytest.fixture
def kim_dossier(zoetermeer: Municipality, bram: Person) -> Dossier:
    return full_dossier("kim", zoetermeer, bram)


@pytest.fixture
def kim(kim_dossier: Dossier) -> Person:
    assert kim_dossier.youth is not None
    return kim_dossier.youth


@pytest.fixture
def ali_dossier(schiedam: Municipality, yara: Person) -> Dossier:
    return full_dossier("ali", schiedam, yara)


@pytest.fixture
def ali(ali_dossier: Dossier) -> Person:
    assert ali_dossier.youth is not None
    return ali_dossier.youth


@pytest.fixture
def scouted(zoetermeer: Municipality, noor: Person) -> Dossier:
    """Somebody noor noted on the street: a nickname, no more."""
    found = scouting.meet(
        zoetermeer, nickname=f"{canary('rox', 'identity')} bijnaam", wants=canary("rox", "contacts"), by=noor
    )
    dossier: Dossier = found.dossier
    return dossier


# --- what they work with ------------------------------------------------------


@pytest.fixture
def workplace(zoetermeer: Municipality, noor: Person) -> Workplace:
    """Of kees, who has a garage."""
    return workplaces.add(zoetermeer, employer="Garage Voorbeeld", work="monteur", contact="Kees", by=noor)


@pytest.fixture
def barbershop(zoetermeer: Municipality, noor: Person) -> FindingPlace:
    """Of said, who knows everybody. It stands in the book of finding places."""
    place = scouting.add_finding_place(
        zoetermeer, kind="barber", name="Kapper Said", area="2711", opens_doors="Said zelf", by=noor
    )
    scouting.observe(place, words="Op vrijdag zit het vol.", by=noor)
    return place


@pytest.fixture
def note(dossier: Dossier) -> Note:
    return Note.objects.get(dossier=dossier)


@pytest.fixture
def step(dossier: Dossier) -> Step:
    return Step.objects.get(dossier=dossier)


@pytest.fixture
def paper(dossier: Dossier) -> Paper:
    """A letter of sem's, in the section of his plan. He added it himself."""
    return Paper.objects.get(dossier=dossier)


@pytest.fixture
def plan(dossier: Dossier) -> PlanVersion:
    """The first text, nobody has said yes."""
    return PlanVersion.objects.get(dossier=dossier)


@pytest.fixture
def placement(dossier: Dossier) -> Placement:
    return Placement.objects.get(dossier=dossier)


@pytest.fixture
def strangers(kim_dossier: Dossier, ali_dossier: Dossier, bram: Person, yara: Person) -> tuple[Person, Person]:
    """Two coaches with caseloads of their own: one from the next desk, one from the next town."""
    return bram, yara


@pytest.fixture
def world(
    dossier: Dossier,
    kim_dossier: Dossier,
    ali_dossier: Dossier,
    standing_in: Coachship,
    olga: Person,
    jip: Person,
    nel: Person,
    dana: Person,
    lotte: Person,
    fem: Person,
    vera: Person,
    workplace: Workplace,
    barbershop: FindingPlace,
) -> Dossier:
    """Everybody at once; sem's dossier in hand."""
    return dossier


@pytest.fixture
def outsiders(world: Dossier, request: pytest.FixtureRequest) -> list[Person]:
    """All who have no say over sem's dossier: coaches with caseloads of their own, those whose time with him is over,
    another youth, and those whose post gives no right to a dossier."""
    names = ("bram", "yara", "olga", "jip", "nel", "ivo", "kim", "dana", "lotte", "fem", "vera")
    return [request.getfixturevalue(name) for name in names]
