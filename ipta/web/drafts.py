"""What somebody is typing is kept until it is sent, and comes back on any device of his.

It lies sealed under the key of the dossier it is about, and goes when the dossier goes; what is about nobody yet lies
under a key of the house. Every form has a draft of its own: of two pages open at once, neither writes over the other.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone

from ipta.dossiers.models import Dossier
from ipta.sharing.queries import dossiers_visible_to
from ipta.vault import keyring, seals
from ipta.vault.fields import Sealed
from ipta.vault.rules import DRAFTS
from ipta.web.models import Draft, SentForm

LIFE = timedelta(days=30)
SECTION = "contacts"
NO_MARK = UUID(int=0)


def keep(request: HttpRequest, words: str) -> bool:
    """Keep these words until the form comes in. False when it came in already. Raises `Http404` as its page would."""
    mark = mark_of(request.POST)
    dossier = _dossier_of(request)
    if mark and SentForm.objects.filter(pk=mark).exists():
        return False
    key = (
        keyring.key_for_writing(dossier.pk, SECTION, dossier.municipality.code)
        if dossier
        else keyring.house_key(DRAFTS)
    )
    person: Any = request.user  # who is at a desk is signed in
    draft = Draft(person=person, path=request.path, mark=mark or NO_MARK, dossier=dossier)
    Draft.objects.update_or_create(
        person=person, path=draft.path, mark=draft.mark,
        defaults={"dossier": dossier, "blob": seals.seal(words, key, at=_place(draft))},
    )  # fmt: skip
    return True


def newest(request: HttpRequest) -> tuple[datetime, str] | None:
    """When this person last typed on this page, and what; None when it was all sent."""
    mine = Draft.objects.filter(person=request.user.pk, path=request.path, kept_at__gt=timezone.now() - LIFE)
    found = mine.exclude(mark__in=SentForm.objects.values("pk"))  # kept in the very moment in which it was sent
    for draft in found.select_related("dossier__municipality").order_by("-kept_at"):
        if words := _opened(draft, request):
            return draft.kept_at, words
    return None


def drop(request: HttpRequest, mark: UUID | None) -> None:
    """What this form kept was sent, or thrown away. What a slow line brings of it later is kept no more."""
    if mark:
        SentForm.objects.bulk_create([SentForm(pk=mark)], ignore_conflicts=True)
    Draft.objects.filter(person=request.user.pk, path=request.path, mark=mark or NO_MARK).delete()


def mark_of(words: Mapping[str, Any]) -> UUID | None:
    """By which this form is told from another of the same page, if it bears a mark."""
    try:
        return UUID(words.get("once", ""))
    except ValueError:
        return None


def _opened(draft: Draft, request: HttpRequest) -> str:
    """Nothing, where he no longer may, or where the dossier was wiped."""
    if draft.dossier is None:
        return seals.unseal(bytes(draft.blob), keyring.house_key(DRAFTS), at=_place(draft))
    sealed = Sealed(bytes(draft.blob), draft.dossier.pk, SECTION, _place(draft))
    reader = request.reader  # type: ignore[attr-defined]  # of `middleware.reader`
    if not reader.may(draft.dossier, SECTION) or reader.is_gone(sealed):
        return ""
    words: str = reader.text(sealed)
    return words


def _dossier_of(request: HttpRequest) -> Dossier | None:
    """The dossier this page is about, or whom he chose on it."""
    visible = dossiers_visible_to(request.user)  # type: ignore[arg-type]  # who is at a desk is signed in
    if request.user.is_youth:  # type: ignore[union-attr]
        return visible.first()
    about = request.resolver_match.kwargs.get("pk") if request.resolver_match else None
    if about is None:
        return visible.filter(pk__in=list(_chosen(request.POST))[:1]).first()
    dossier = visible.filter(pk=about).first()
    if dossier is None:
        raise Http404
    return dossier


def _chosen(words: QueryDict) -> list[UUID]:
    try:
        return [UUID(pk) for pk in words.getlist("over")]
    except ValueError:
        return []


def _place(draft: Draft) -> bytes:
    about = draft.dossier.pk if draft.dossier else ""
    return f"draft|{draft.person_id}|{draft.path}|{draft.mark}|{about}".encode()
