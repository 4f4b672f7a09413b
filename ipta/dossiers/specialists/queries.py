"""Which specialists somebody may know of."""

from datetime import date
from typing import Final

from django.db.models import Case, CharField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from ipta.accounts.models import Person, Role
from ipta.dossiers.models import Specialist, SpecialistQuerySet
from ipta.dossiers.specialists.policies import KEEPERS

# Which field of the directory helps with which life domain. Source: "Specialisten". Nobody is called for justice: who
# walks along goes along himself.
FIELD_OF: Final = {
    "money": "money",
    "work": "work",
    "time": "leisure",
    "housing": "housing",
    "home": "social",
    "mental": "mental",
    "physical": "health",
    "substances": "addiction",
    "basic": "health",
    "instrumental": "social",
    "network": "social",
    "participation": "leisure",
}


def specialists_visible_to(person: Person) -> SpecialistQuerySet:
    """The directory of his own municipalities, for who calls on them and for who keeps it."""
    mine = person.municipalities_as(Role.COACH, *KEEPERS)
    return Specialist.objects.filter(municipality__in=mine).select_related("municipality")


FIELD: Final = Case(
    *(When(domain=domain, then=Value(field)) for domain, field in FIELD_OF.items()),
    default=Value(""),
    output_field=CharField(),
)


def on_call(today: date) -> Subquery:
    """Whom to call first for a step that has its `field`: with whom an agreement holds, then who answers soonest.

    Gives two lines: who, and the number.
    """
    there = Specialist.objects.reachable().filter(municipality=OuterRef("dossier__municipality"))
    able = there.annotate(in_text=Cast("fields", TextField())).filter(
        in_text__contains=Concat(Value('"'), OuterRef("field"), Value('"'))
    )
    holds = Case(When(Q(until=None) | Q(until__gte=today), then=0), default=1)
    named = Concat(Coalesce(NullIf("name", Value("")), "organisation"), Value("\n"), "phone")
    return Subquery(able.order_by(holds, "answers_within", "organisation").values(told=named)[:1])


def specialists_kept_by(person: Person) -> SpecialistQuerySet:
    """Those of the municipalities where he keeps the directory."""
    return specialists_visible_to(person).filter(municipality__in=person.municipalities_as(*KEEPERS))
