"""A page of his own for somebody around the youth: a link, a code told another way, and nothing but what was shared."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ipta.accounts import guests, rules, sessions
from ipta.accounts.commands import appoint
from ipta.accounts.models import Device, GuestLink, Person, Role
from ipta.base import clock
from ipta.base.verdict import Impossible, Refused
from ipta.dossiers import commands as dossiers
from ipta.dossiers.models import Coachship, Dossier, NetworkPerson, Step
from ipta.sharing import commands as sharing
from ipta.sharing import erasure
from ipta.sharing.door import Reader
from ipta.sharing.guests import cut_guest, invite_guest, renew_code, share_promises
from ipta.sharing.models import Grant
from ipta.sharing.queries import dossiers_visible_to
from ipta.sharing.rules import LONGEST_GRANT, USUAL_GRANT
from tests.asking import assert_refused, last_entry, looks, text
from tests.cast import canary, days_ago, fresh
from tests.conftest import sign_in

# --- the link and the code ----------------------------------------------------------------


def test_youth_and_coach_give_a_page_and_it_says_nothing_of_who_it_is(
    ria: NetworkPerson, sem: Person, noor: Person
) -> None:
    for by in (sem, noor):
        way = invite_guest(ria, by=by)
        assert way.link.person == ria.account
        assert last_entry(ria.dossier).facts == {"somebody": str(ria.pk), "guest": str(way.link.person_id)}
    guest = fresh(ria).account
    assert guest.is_guest
    assert [guest.email, guest.first_name, guest.last_name, guest.organisation] == [None, "", "", ""]
    assert not guest.has_usable_password()


def test_nobody_else_gives_one(
    ria: NetworkPerson, outsiders: list[Person], standing_in: Coachship, stef: Person
) -> None:
    assert_refused(invite_guest, ria, by=outsiders)
    with pytest.raises(Refused, match="Een vervanger kan dit niet"):
        invite_guest(ria, by=stef)
    assert not Person.objects.filter(is_guest=True).exists()


def test_before_the_yes_there_is_none(scouted: Dossier, noor: Person) -> None:
    uncle = dossiers.add_person(scouted, kind="family", name="Oom", by=noor)
    with pytest.raises(Refused, match="na de ja"):
        invite_guest(uncle, by=noor)


def test_who_has_an_account_needs_none(ria: NetworkPerson, dana: Person, sem: Person) -> None:
    NetworkPerson.objects.filter(pk=ria.pk).update(account=dana)
    with pytest.raises(Impossible, match="al een account"):
        invite_guest(fresh(ria), by=sem)


def test_link_and_code_are_kept_as_hashes_alone(ria: NetworkPerson, sem: Person) -> None:
    way = invite_guest(ria, by=sem)
    assert len(way.code) == rules.GUEST_CODE_LENGTH
    assert set(way.code) <= set(rules.CODE_LETTERS)
    kept = " ".join(map(str, GuestLink.objects.values_list().get()))
    assert way.token not in kept
    assert way.code not in kept
    assert way.link.code_hash.startswith(("argon2", "md5"))  # quick in tests


def test_it_lasts_three_months_or_with_the_longest_of_what_is_shared(ria: NetworkPerson, sem: Person) -> None:
    assert invite_guest(ria, by=sem).link.ends_on == clock.today() + USUAL_GRANT
    guest, until = fresh(ria).account, clock.today() + timedelta(days=200)
    sharing.grant(ria.dossier, section="plan", to=guest, purpose="x", until=until, by=sem)
    assert GuestLink.objects.open().get().ends_on == until, "it grows with what is shared"
    assert invite_guest(fresh(ria), by=sem).link.ends_on == until
    sharing.grant(ria.dossier, section="work", to=guest, purpose="x", by=sem)
    assert GuestLink.objects.open().get().ends_on == until, "and never shrinks"


def test_no_longer_than_a_year(ria: NetworkPerson, sem: Person) -> None:
    for ends_on in (clock.today() + LONGEST_GRANT + timedelta(days=1), days_ago(1)):
        with pytest.raises(Impossible, match="binnen een jaar"):
            invite_guest(ria, ends_on=ends_on, by=sem)


def test_a_new_link_ends_the_one_of_before_and_its_devices(ria: NetworkPerson, sem: Person) -> None:
    before = invite_guest(ria, by=sem)
    new = guests.bind(before.link, label="iPhone")
    invite_guest(fresh(ria), by=sem)
    assert guests.find_link(before.token) is None
    assert guests.find_device(new.token) is None


def test_the_code_is_right_however_it_is_typed(ria: NetworkPerson, sem: Person) -> None:
    way = invite_guest(ria, by=sem)
    guests.check_code(way.link, f" {way.code[:3].lower()}-{way.code[3:]} ")
    token = guests.bind(way.link, label="iPhone").token
    assert guests.find_device(token)
    assert fresh(way.link).wrong_codes == 0


def test_five_wrong_codes_shut_the_link_until_there_is_a_new_code(
    ria: NetworkPerson, sem: Person, noor: Person
) -> None:
    way = invite_guest(ria, by=sem)
    known = guests.bind(way.link, label="iPhone").token
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(guests.WrongCode) as wrong:
            guests.check_code(way.link, "ABCDEF")
        assert wrong.value.left == left
    with pytest.raises(guests.WrongCode):
        guests.check_code(way.link, way.code)
    assert fresh(way.link).is_locked
    assert guests.find_device(known), "who was in is not shut out by a stranger"
    code = renew_code(ria, by=noor)
    assert last_entry(ria.dossier).verb == "guest.code_renewed"
    link = fresh(way.link)
    guests.check_code(link, code)
    with pytest.raises(guests.WrongCode):
        guests.check_code(link, way.code)


def test_a_link_ends_on_its_last_day(ria: NetworkPerson, sem: Person) -> None:
    way = invite_guest(ria, by=sem)
    with clock.at(clock.now() + USUAL_GRANT):
        assert guests.find_link(way.token)
    with clock.at(clock.now() + USUAL_GRANT + timedelta(days=1)):
        assert guests.find_link(way.token) is None
        with pytest.raises(Impossible, match="gestopt"):
            renew_code(ria, by=sem)


# --- cutting ------------------------------------------------------------------------------


def test_cutting_shuts_everything_at_the_next_request(ria: NetworkPerson, mother: Person, sem: Person) -> None:
    link = GuestLink.objects.open().get(person=mother)
    token = guests.bind(link, label="iPhone").token
    browser = sign_in(mother)
    assert sessions.of(mother).exists()
    assert browser.get("/mee/").status_code == 200
    cut_guest(ria, by=sem)
    assert not sessions.of(mother).exists()
    assert guests.find_device(token) is None
    assert browser.get("/mee/").headers["Location"] == "/mee/verder/?next=/mee/"
    assert last_entry(ria.dossier).verb == "guest.cut"


def test_the_coach_and_who_stands_in_cut_too_and_nobody_else(
    ria: NetworkPerson, mother: Person, noor: Person, stef: Person, standing_in: Coachship, outsiders: list[Person]
) -> None:
    assert_refused(cut_guest, ria, by=[*outsiders, mother])
    for by in (noor, stef):
        cut_guest(ria, by=by)


def test_he_cuts_after_all_has_ended_too(ria: NetworkPerson, mother: Person, sem: Person, noor: Person) -> None:
    dossiers.end(ria.dossier, reason="stable", by=noor)
    cut_guest(fresh(ria), by=sem)
    assert guests.link_of(mother) is None


def test_who_is_taken_off_the_list_comes_in_no_more(ria: NetworkPerson, mother: Person, sem: Person) -> None:
    dossiers.remove_person(ria, by=sem)
    assert guests.link_of(mother) is None


def test_when_the_dossier_is_erased_the_link_goes(
    ria: NetworkPerson, mother: Person, fem: Person, pepijn: Person
) -> None:
    erasure.shred(ria.dossier, section="work", by=fem, second=pepijn)
    assert guests.link_of(mother)
    erasure.shred(ria.dossier, by=fem, second=pepijn)
    assert guests.link_of(mother) is None


# --- what he reads ------------------------------------------------------------------------


def test_with_a_link_alone_he_reads_nothing(dossier: Dossier, mother: Person, step: Step) -> None:
    assert not dossiers_visible_to(mother).exists()
    with pytest.raises(Refused):
        text(mother, step, "text")


def test_what_was_shared_opens_with_a_line_without_a_name(
    dossier: Dossier, mother: Person, step: Step, sem: Person
) -> None:
    given = sharing.grant(dossier, section="plan", to=mother, purpose="samen", by=sem)
    assert canary("sem", "plan") in text(mother, step, "text")
    look = looks(dossier)[-1]
    assert (look.reader_name, look.reader_role, look.ground) == ("", "guest", f"grant:{given.pk}")
    assert dossiers_visible_to(mother).get() == dossier
    sharing.revoke(given, by=sem)
    with pytest.raises(Refused):
        Reader(fresh(mother)).text(step.text)


def test_a_guest_of_another_youth_is_shared_nothing_with(kim_dossier: Dossier, kim: Person, mother: Person) -> None:
    with pytest.raises(Refused, match="Met deze persoon kun je niet delen"):
        sharing.grant(kim_dossier, section="plan", to=mother, purpose="x", by=kim)


def test_a_guest_has_no_role_anywhere(mother: Person, fem: Person, dossier: Dossier) -> None:
    with pytest.raises(Impossible):
        appoint(mother, municipality=dossier.municipality, role=Role.COACH, by=fem)
    assert not mother.is_staff_member


def test_the_database_keeps_a_guest_without_a_name(db: None) -> None:
    for named in ({"first_name": "Ria"}, {"email": "ria@voorbeeld.example"}, {"is_youth": True}, {"organisation": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(is_guest=True, **named)


def test_no_device_of_a_guest_comes_in_at_the_door_of_the_youths(ria: NetworkPerson, mother: Person) -> None:
    from ipta.accounts import entry

    new = guests.bind(GuestLink.objects.open().get(person=mother), label="iPhone")
    assert entry.find_device(new.token) is None
    assert Device.objects.get().person == mother


# --- what he promised, in one go ----------------------------------------------------------------------------------


def test_each_thing_he_promised_is_given_to_him_by_itself(
    dossier: Dossier, ria: NetworkPerson, mother: Person, step: Step, sem: Person, noor: Person
) -> None:
    first, done, gone = (
        dossiers.promise(dossier, text=text, owner="network", somebody=ria, by=noor) for text in ("a", "b", "c")
    )
    (piece,) = dossiers.cut(first, texts=["eerst dit"], by=noor)
    dossiers.finish(done, by=noor)
    dossiers.drop(gone, by=noor)
    given = share_promises(fresh(ria), purpose="Dank je", by=sem)
    assert [(one.item, one.item_kind, one.to, one.is_aloud) for one in given] == [(first.pk, "step", mother, False)]
    reader = Reader(fresh(mother))
    assert [reader.text(row.text) for row in (first, piece)] == ["a", "eerst dit"]
    with pytest.raises(Refused):
        reader.text(step.text)


def test_what_he_reads_already_is_not_given_twice(
    dossier: Dossier, ria: NetworkPerson, mother: Person, sem: Person, noor: Person
) -> None:
    dossiers.promise(dossier, text="a", owner="network", somebody=ria, by=noor)
    (given,) = share_promises(fresh(ria), purpose="x", by=sem)
    with pytest.raises(Impossible, match="al gedeeld"):
        share_promises(fresh(ria), purpose="x", by=sem)
    sharing.revoke(given, by=sem)
    sharing.grant(dossier, section="plan", to=mother, purpose="x", by=sem)
    with pytest.raises(Impossible, match="al gedeeld"):
        share_promises(fresh(ria), purpose="x", by=sem)


def test_his_coach_shares_promises_aloud_and_nobody_else_does(
    dossier: Dossier, ria: NetworkPerson, mother: Person, noor: Person, stef: Person, standing_in: Coachship,
    outsiders: list[Person],
) -> None:  # fmt: skip
    dossiers.promise(dossier, text="a", owner="network", somebody=ria, by=noor)
    assert_refused(share_promises, fresh(ria), purpose="x", by=[noor, stef, mother, *outsiders])
    assert_refused(share_promises, fresh(ria), purpose="x", aloud=True, by=[stef, mother, *outsiders])
    (given,) = share_promises(fresh(ria), purpose="x", aloud=True, by=noor)
    assert list(Grant.objects.to_confirm()) == [given]


def test_without_a_page_of_his_own_there_is_nobody_to_share_promises_with(ria: NetworkPerson, sem: Person) -> None:
    with pytest.raises(Impossible, match="nog geen eigen pagina"):
        share_promises(ria, purpose="x", by=sem)
