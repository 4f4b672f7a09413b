"""Destroying: the rows of a kind of record go, then its keys, and a proof without a name stays."""

from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model, Q, QuerySet

from ipta.accounts.models import Person
from ipta.base import clock
from ipta.base.command import allow, command
from ipta.dossiers.models import Dossier
from ipta.journal.commands import Actor, record
from ipta.law import policies, queries
from ipta.law.models import Hold, Proof, Wish
from ipta.law.rules import REST, SOURCES, WHOLE, mark_of, sections_of
from ipta.sharing.models import Warning
from ipta.sharing.rows import rows_of, to_its_own
from ipta.vault import keyring
from ipta.vault.rules import SECTIONS

WISHED = "Verzoek van de jongere (AVG art. 17), gevraagd en goedgekeurd door twee mensen."


@command
def destroy(dossier: Dossier, kind: str, *, by: Actor) -> Proof:
    """A kind of record whose term is over goes. With the last one goes everything, and the youth's way in."""
    dossier = _as_it_is_now(dossier)
    keeping = next(one for one in queries.keeping_of(dossier) if one.kind == kind)
    allow(policies.can_destroy(by, is_due=keeping.is_due(clock.today())))
    dossier_id = dossier.pk
    proof = _taken_from(dossier, kind, rule=SOURCES[kind], months=keeping.months)
    record(queries.DESTROYED, by=by, about=proof.municipality, dossier=dossier_id, **_told(proof))
    _unmake(dossier_id, proof, by=by)
    return proof


@command
def carry_out(wish: Wish, *, by: Actor) -> Proof:
    """What the youth wanted erased goes, after two people said yes; not as long as the dossier is held."""
    dossier = _as_it_is_now(wish.dossier)
    wish = Wish.objects.get(pk=wish.pk)
    is_held = Hold.objects.running().filter(dossier=dossier).exists()
    allow(policies.can_destroy(by, is_due=wish.is_open and wish.agreed_at is not None and not is_held))
    wish.done_at = clock.now()
    wish.save(update_fields=["done_at"])
    dossier_id = dossier.pk
    proof = _taken_from(dossier, wish.kind, rule=WISHED)
    record(queries.DESTROYED, by=by, about=proof.municipality, dossier=dossier_id, **_told(proof))
    _unmake(dossier_id, proof, by=by)
    return proof


def _as_it_is_now(dossier: Dossier) -> Dossier:
    """Held until this is done: who comes back this very moment is not destroyed."""
    rows = Dossier.objects.select_related("municipality").select_for_update(of=("self",))
    return rows.get(pk=dossier.pk)


def _taken_from(dossier: Dossier, kind: str, *, rule: str, months: int | None = None) -> Proof:
    """The rows go, and what is written of it names nobody."""
    is_whole, mark, town = kind in (REST, WHOLE), mark_of(dossier.pk), dossier.municipality
    sections = SECTIONS if is_whole else sections_of(kind)
    Warning.objects.filter(dossier=dossier).update(letter=b"")  # it may hold words of any section
    return Proof.objects.create(
        municipality=town,
        mark=mark,
        kind=kind,
        is_wished=months is None,
        months=months,
        rule=rule,
        sections=list(sections),
        rows=_whole(dossier) if is_whole else _some(dossier, sections),
    )


def _told(proof: Proof) -> dict[str, Any]:
    return {"proof": proof.id, "kind": proof.kind, "sections": ",".join(proof.sections)}


def _unmake(dossier_id: UUID, proof: Proof, *, by: Actor) -> None:
    """Last: two databases share no transaction, and a key does not come back. Doing it twice does no harm."""
    record(queries.DESTROYED, by=by, about=Dossier(pk=dossier_id), **_told(proof))
    keyring.destroy(dossier_id, proof.sections)


# --- rows ---------------------------------------------------------------------------------------------------------


def _whole(dossier: Dossier) -> int:
    """Every row of the dossier, whatever part it is of, and the accounts with which he and his guests came in."""
    guests = Person.objects.filter(is_guest=True, networkperson__dossier=dossier)
    came_in, taken = [*filter(None, [dossier.youth_id]), *guests.values_list("pk", flat=True)], 0
    for rows in rows_of(dossier):
        taken += _taken_away(rows)
    taken += Dossier.objects.filter(pk=dossier.pk).delete()[0]
    Person.objects.filter(Q(is_youth=True) | Q(is_guest=True), pk__in=came_in).delete()
    return taken


def _some(dossier: Dossier, sections: tuple[str, ...]) -> int:
    """Every row that lies in these sections, and what hangs on those."""
    return sum(_taken_away(inside) for rows in rows_of(dossier) if (inside := _inside(rows, sections)) is not None)


def _taken_away(rows: QuerySet[Any]) -> int:
    for own in to_its_own(rows.model):
        rows.filter(**{f"{own}__isnull": False}).update(**{own: None})
    return rows.delete()[0] if rows.exists() else 0


def _inside(rows: QuerySet[Any], sections: tuple[str, ...]) -> QuerySet[Any] | None:
    """Of these rows those in these sections; None where there can be none. What has no section of its own lies where
    the row lies on which it hangs."""
    said = _section_of(rows.model)
    if said is not None:
        return _where(rows, said, sections, "")
    for field in rows.model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and not field.null and isinstance(field.related_model, type):
            owner = _section_of(field.related_model)
            if owner is not None and field.related_model is not Dossier:
                return _where(rows, owner, sections, f"{field.name}__")
    return None


def _where(rows: QuerySet[Any], said: str, sections: tuple[str, ...], way: str) -> QuerySet[Any] | None:
    if said in SECTIONS:
        return rows if said in sections else None
    return rows.filter(**{f"{way}{said}__in": sections})


def _section_of(model: type[Model]) -> str | None:
    """The section in which every row of this table lies, or the name of the column that tells it."""
    if isinstance(section := getattr(model, "section", None), str):
        return section
    columns = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("section", "shared_section") if name in columns), None)
