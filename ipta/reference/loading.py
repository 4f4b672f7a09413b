"""Putting the words of others in the database: once for all municipalities, and again when a newer list is there."""

from django.db import transaction

from ipta.base import clock
from ipta.base.folding import fold
from ipta.reference import esco
from ipta.reference.models import Name, Source, Term

AT_ONCE = 2000


@transaction.atomic
def load(files: esco.Files) -> Source:
    """Every term with all its names. One that is no longer in the list stays for whoever chose it, and is not offered.

    Doing it twice does no harm; the same list again changes nothing.
    """
    known = Source.objects.select_for_update().filter(name=esco.NAME).first()
    if known and known.checksum == files.checksum:
        return known
    source, _ = Source.objects.update_or_create(
        name=esco.NAME,
        defaults={
            "version": files.version,
            "checksum": files.checksum,
            "attribution": esco.ATTRIBUTION,
            "loaded_at": clock.now(),
        },
    )
    Term.objects.filter(source=source).update(is_current=False)
    terms = [
        Term(id=one.id, source=source, kind=one.kind, label=one.names[0], group=one.group, isco=one.isco)
        for one in files.terms
    ]
    columns = ["source", "kind", "label", "group", "isco", "is_current"]
    Term.objects.bulk_create(terms, AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=columns)
    Name.objects.filter(term__source=source).delete()
    Name.objects.bulk_create([name for one in files.terms for name in _names(one)], AT_ONCE)
    return source


def load_shipped() -> Source:
    """What ships with the code, unless there is a list already: a newer one stays."""
    return Source.objects.filter(name=esco.NAME).first() or load(esco.shipped())


def _names(term: esco.Read) -> list[Name]:
    """Two names that are compared alike are one."""
    by_fold: dict[str, Name] = {}
    for number, name in enumerate(term.names):
        folded = fold(name)[:220]
        by_fold.setdefault(folded, Name(term_id=term.id, name=name, folded=folded, is_label=number == 0))
    return list(by_fold.values())
