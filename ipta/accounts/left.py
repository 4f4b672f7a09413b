"""Who no longer works here leaves nothing behind, for `bin/ipta tick`: also whose last day came by itself.

Each way in asks at every use whether its maker still works here; here it goes for good.
"""

from django.db.models import QuerySet

from ipta.accounts import sessions
from ipta.accounts.models import CalendarFeed, Link, Person, Post, Role
from ipta.base import clock


def clear_away() -> None:
    """The ways in that a coach made, and the sessions of who works nowhere any more."""
    CalendarFeed.objects.running().filter(person__in=who_left(Role.COACH)).update(ended_at=clock.now())
    Link.objects.filter(made_by__in=who_left(Role.COACH), ended_at=None).update(ended_at=clock.now())
    for person in who_left(*Role.values):
        sessions.end_all(person)


def who_left(*roles: str) -> QuerySet[Person]:
    """Who had one of these roles, and has none of them any more, nor will have."""
    posts = Post.objects.filter(role__in=roles)
    going_on = Post.objects.after(clock.today()).filter(role__in=roles)
    return Person.objects.filter(pk__in=posts.values("person")).exclude(pk__in=going_on.values("person"))
