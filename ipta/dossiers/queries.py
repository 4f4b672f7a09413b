"""Who is left behind when a coach leaves.

Whoever ends his role knows of none of these dossiers, and the walls show him none. The house looks for him, and what a
screen gets of it is a number.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ipta.accounts.models import Person, Post, Role
from ipta.base import acting
from ipta.dossiers.models import Coachship, CoachshipQuerySet


def left_behind(post: Post) -> dict[Coachship, Person | None]:
    """With whom this coach walks along, or will, and who was named already to go on after him."""
    with acting.as_work():
        ships = list(_ahead(post).filter(is_stand_in=False).select_related("dossier__municipality"))
        return {ship: _named_after(ship) for ship in ships}


def lent_to(post: Post) -> list[UUID]:
    """Where he stands in, or will."""
    with acting.as_work():
        return list(_ahead(post).filter(is_stand_in=True).values_list("pk", flat=True))


def count_left(post: Post) -> int:
    """How many youths need another coach: nobody was named yet."""
    return sum(named is None for named in left_behind(post).values())


def count_without_coach() -> int:
    """How many youths have a coach on paper who works here no more: a post that ended by its day."""
    return Coachship.objects.now().filter(is_stand_in=False).exclude(_has_post()).count()


def _named_after(ship: Coachship) -> Person | None:
    if ship.until is None:
        return None
    planned = Coachship.objects.planned().filter(dossier=ship.dossier_id, is_stand_in=False, since=ship.until)
    found = planned.exclude(coach=ship.coach_id).filter(_has_post()).select_related("coach").first()
    return found.coach if found else None


def _has_post() -> Exists:
    here = Q(municipality=OuterRef("dossier__municipality"), person=OuterRef("coach"), role=Role.COACH)
    return Exists(Post.objects.now().filter(here))


def _ahead(post: Post) -> CoachshipQuerySet:
    """Nothing, when the post is no coach's, or he has another one there."""
    if post.role != Role.COACH:
        return Coachship.objects.none()
    posts = Post.objects.now().filter(person=post.person_id, municipality=post.municipality_id, role=Role.COACH)
    if posts.exclude(pk=post.pk).exists():
        return Coachship.objects.none()
    return Coachship.objects.ahead().filter(coach=post.person_id, dossier__municipality=post.municipality_id)
