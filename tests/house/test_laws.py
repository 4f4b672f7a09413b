"""The laws of the house. A rule that no test checks is a wish."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.template import engines
from django.urls import resolve

from ipta.cli import check
from ipta.dossiers.models import Dossier, OfDossier
from ipta.scouting.models import OfMunicipality
from ipta.sharing.rules import READS
from ipta.vault.fields import BookText, SealedField
from ipta.web import checks
from tests.house import code
from tests.house.code import IPTA, LAYERS, PARTS, ROOT
from tests.house.evidence import Report
from tests.house.site import ROUTES

COMMAND_FILES = [IPTA / part / "commands.py" for part in PARTS if part not in {"base", "vault", "journal"}]
COMMAND_FILES = [file for file in COMMAND_FILES if file.exists()]
COMMAND_FILES += [IPTA / "sharing" / "entry.py", IPTA / "api" / "package" / "commands.py"]
COMMAND_FILES += [IPTA / "sharing" / "erasure.py", IPTA / "sharing" / "guests.py"]
COMMAND_FILES += [IPTA / "law" / "destruction.py"]
COMMAND_FILES += [IPTA / "dossiers" / "papers" / "commands.py", IPTA / "dossiers" / "specialists" / "commands.py"]
COMMAND_FILES += [IPTA / "dossiers" / "messages" / "commands.py"]
COMMAND_FILES += [IPTA / "scans" / "talk" / "commands.py", IPTA / "scans" / "told" / "commands.py"]
COMMAND_FILES += [IPTA / "sharing" / "help" / "commands.py", IPTA / "scans" / "instruments" / "commands.py"]
COMMAND_FILES += [IPTA / "sharing" / "warning" / "commands.py"]
COMMAND_FILES += [IPTA / "sharing" / part / "commands.py" for part in ("asked", "why")]
COMMAND_FILES += [IPTA / "dossiers" / "corrections" / "commands.py"]
COMMAND_FILES += [IPTA / "scans" / part / "commands.py" for part in ("check_in", "assessments")]
COMMAND_FILES += [IPTA / "wraparound" / part / "commands.py" for part in ("table", "agreed", "invited")]


def commands() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for file in COMMAND_FILES:
        yield from ((file, function) for function in code.functions(file) if not function.name.startswith("_"))


# --- 1. Each part rests only on the parts below it ------------------------------------

# Beside the stack: the invented people, the command line, the walls of the database.
WORKS = {
    "ipta/__main__.py": "commands of who administers the house",
    "ipta/vault/backup.py": "the back-up of the key store, which is of all dossiers",
    "ipta/vault/store.py": "wrapping all keys anew",
    "ipta/vault/keyring.py": "destroying a key: no reader asks for it any more",
    "ipta/demo/cast.py": "who can be stepped in as: asked by nobody yet, of invented people alone",
    "ipta/sharing/help/queries.py": "how quick specialists answer, in numbers, for who reads no dossier",
    "ipta/sharing/warning/queries.py": "how often and how late, in numbers, for who reads no dossier",
    "ipta/dossiers/queries.py": "which youths are left without a coach, for who ends his role and reads no dossier",
    "ipta/scans/instruments/queries.py": "how often a questionnaire was filled in: a number, for who reads no dossier",
    "ipta/sharing/why/queries.py": "where a reading was, for who read there and may have no right any more",
    "ipta/law/queries.py": "how many dossiers there are: a number, for who reads no dossier",
    "ipta/sharing/queries.py": "which dossier a colleague means by its number, before he has any right to it",
}
BESIDE = {"demo", "cli", "walls"}


def test_a_part_rests_only_on_the_parts_below_it() -> None:
    height = {part: number for number, layer in enumerate(LAYERS) for part in layer}
    wrong = []
    for part, own in height.items():
        for file in code.files(IPTA / part):
            for imported in code.imports(file):
                other = imported.split(".")[1] if imported.startswith("ipta.") else part
                if other in height and other != part and height[other] >= own:
                    wrong.append(f"{code.name(file)} imports {imported}")
    assert wrong == []


def test_every_part_has_its_place_in_the_stack() -> None:
    found = {folder.name for folder in IPTA.iterdir() if (folder / "__init__.py").exists()}
    assert found == set().union(*LAYERS) | BESIDE


def test_the_demo_lies_under_nothing_but_its_own_door() -> None:
    """Invented people are made by running the commands; nothing of the house needs them."""
    allowed = {"ipta/__main__.py", "ipta/web/demo/cast.py"}
    users = {code.name(f) for f in code.files() if any(i.startswith("ipta.demo") for i in code.imports(f))}
    assert {user for user in users if not user.startswith("ipta/demo/")} <= allowed


def test_the_command_line_and_the_walls_are_needed_by_no_part() -> None:
    allowed = ("ipta/__main__.py", "ipta/cli/", "ipta/walls/", "ipta/wsgi.py")
    needed = ("ipta.cli", "ipta.walls")
    users = {code.name(file) for file in code.files() if any(i.startswith(needed) for i in code.imports(file))}
    assert {user for user in users if not user.startswith(allowed)} == set()


def test_only_the_command_line_asks_the_database_as_work_of_the_house() -> None:
    """Work passes the walls: a screen or a command never does."""
    for file in code.files():
        called = {code.called(call).split(".")[-1] for call in code.calls(code.tree(file))}
        assert "as_work" not in called or code.name(file) in WORKS, code.name(file)


# --- 2. The method knows no framework, the domain knows no screen -----------------------


@pytest.mark.parametrize("part", PARTS)
def test_rules_know_no_django_and_no_table(part: str) -> None:
    file = IPTA / part / "rules.py"
    known = {i for i in code.imports(file) if i.startswith(("django", "ipta"))} if file.exists() else set()
    assert {i for i in known if ".rules" not in i} == set()


@pytest.mark.parametrize("part", PARTS)
def test_inside_a_part_each_file_knows_only_those_before_it(part: str) -> None:
    order = ["rules", "models", "policies", "queries", "commands"]
    for number, name in enumerate(order):
        file = IPTA / part / f"{name}.py"
        if file.exists():
            above = {f"ipta.{part}.{later}" for later in order[number + 1 :]}
            assert not above & set(code.imports(file)), code.name(file)


def test_the_domain_knows_no_screen() -> None:
    screens = (
        "django.http",
        "django.shortcuts",
        "django.template",
        "django.urls",
        "django.forms",
        "django.contrib.mess",
    )
    adapters = {"ipta/accounts/adapters.py", "ipta/accounts/providers.py"}  # allauth's own doors to the account
    for part in PARTS:
        for file in code.files(IPTA / part):
            if code.name(file) not in adapters:
                assert not [i for i in code.imports(file) if i.startswith(screens)], code.name(file)


# --- 3. Only commands change the record -------------------------------------------------

WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete", "update",
    "aupdate", "acreate", "asave",
}  # fmt: skip
# Not the record of a dossier: each with what it writes instead.
WRITERS = {
    "ipta/accounts/entry.py": "codes and devices; the commands that may call it stand in sharing/entry.py",
    "ipta/accounts/guests.py": "links and devices of guests; the commands that may call it stand in sharing/guests.py",
    "ipta/accounts/sessions.py": "who is signed in",
    "ipta/accounts/links.py": "links for who has no account; commands make them",
    "ipta/accounts/left.py": "ends the ways in and the sessions of who works here no more",
    "ipta/accounts/founding.py": "the first functional manager, before anybody can allow it",
    "ipta/reference/loading.py": "words of others, about nobody",
    "ipta/accounts/municipalities.py": "the list of municipalities that ships with the code",
    "ipta/dossiers/papers/pdfs.py": "a PDF, in memory",
    "ipta/dossiers/papers/pictures.py": "a picture, in memory",
    "ipta/scans/instruments/shelf.py": "instruments that ship with the code; a command brings in the others",
    "ipta/journal/commands.py": "the journal itself",
    "ipta/vault/keyring.py": "keys",
    "ipta/vault/store.py": "wraps keys anew",
    "ipta/vault/backup.py": "puts keys back",
    "ipta/web/drafts.py": "what is being typed, sealed",
    "ipta/web/kept.py": "words typed as a session ended, sealed",
    "ipta/web/asking.py": "the mark of a form that was sent, so that a double tap is one",
    "ipta/web/demo/cast.py": "the phone of an invented youth, in the demo alone",
    "ipta/__main__.py": "clears what is over",
}


def _writes(file: Path) -> list[str]:
    found = []
    for call in code.calls(code.tree(file)):
        *owner, verb = code.called(call).split(".")
        is_query = "objects" in owner or bool({"filter()", "exclude()", "all()"} & set(owner))
        if verb in WRITES and (is_query or (verb in {"save", "delete"} and call_is_of_a_row(owner))):
            found.append(f"{code.name(file)}:{call.lineno} {code.called(call)}")
    return found


def call_is_of_a_row(owner: list[str]) -> bool:
    others = {"response", "session", "cache", "self", "super()", "invitation", "form", "reset"}
    return bool(owner) and owner[-1] not in others


def test_only_commands_change_the_record() -> None:
    wrong = []
    for file in code.files():
        is_command = file in COMMAND_FILES or code.name(file) in WRITERS or file.is_relative_to(IPTA / "demo")
        wrong += [] if is_command else _writes(file)
    assert wrong == []


def test_models_have_no_hidden_writing() -> None:
    """No `save()` of its own, no signals: what happens stands in a command. What comes with the tables is no event."""
    for file in code.files():
        heard = {i for i in code.imports(file) if "signals" in i}
        assert heard in (set(), {"django.db.models.signals", "django.db.models.signals.post_migrate"}), code.name(file)
    for part in PARTS:
        file = IPTA / part / "models.py"
        if file.exists():
            names = {node.name for node in ast.walk(code.tree(file)) if isinstance(node, ast.FunctionDef)}
            assert not names & {"save", "delete", "full_clean"}, code.name(file)


# --- 4 and 5. Allowed, written down, and by somebody -------------------------------------


@pytest.mark.parametrize(
    ("file", "function"), list(commands()), ids=lambda v: v.name if isinstance(v, ast.AST) else v.parent.name
)
def test_a_command_is_allowed_and_recorded_and_says_who(file: Path, function: ast.FunctionDef) -> None:
    assert "command" in code.decorators(function)
    said = {code.called(call) for call in code.calls(function)}
    assert "allow" in said
    assert said & {"record", "mark_recorded"}
    by = [a for a, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if default is None]
    assert "by" in {argument.arg for argument in by}


@pytest.mark.parametrize(
    ("file", "function"), list(commands()), ids=lambda v: v.name if isinstance(v, ast.AST) else v.parent.name
)
def test_a_command_asks_before_it_changes(file: Path, function: ast.FunctionDef) -> None:
    lines = {code.called(call).split(".")[-1]: call.lineno for call in reversed(list(code.calls(function)))}
    changing = [line for name, line in lines.items() if name in WRITES]
    assert not changing or lines["allow"] < min(changing)


# --- 7. Every door has one lock ----------------------------------------------------------


def test_every_view_of_ours_declares_a_desk(evidence: Report) -> None:
    evidence("Addresses that declare no desk", len(checks.every_view_declares_a_desk()), aim=0)
    assert checks.every_view_declares_a_desk() == []
    check.refuse_to_start()


def test_the_site_does_not_start_with_an_open_door(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(resolve("/vandaag/").func, "desk")
    with pytest.raises(SystemExit):
        check.refuse_to_start()
    assert "today declares no desk" in capsys.readouterr().err


def test_there_is_no_admin_and_no_stepping_into_somebody_elses_shoes() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not [at for at in ROUTES if re.search(r"impersonat|hijack|login_?as", at)]


# --- Sealed is what people say -----------------------------------------------------------

# Plain text columns of the domain: what queries need, or what is not about a youth. A new one comes in with a reason.
PLAIN = {
    "vault.MunicipalityKey.municipality": "official code",
    "vault.HouseKey.purpose": "a word of the code",
    "vault.SectionKey.section": "one of SECTIONS",
    "vault.SectionKey.municipality": "official code",
    "journal.Chain.kind": "journal or looks",
    "journal.Chain.hash": "hash",
    "journal.Entry.previous": "hash",
    "journal.Entry.hash": "hash",
    "journal.Entry.verb": "a verb of the code",
    "journal.Entry.facts": "ids, numbers and keys; a test looks at what is in it",
    "accounts.Municipality.code": "official code",
    "accounts.Municipality.name": "public name",
    "accounts.Municipality.region": "public name",
    "accounts.Municipality.phases": "names of phases, about nobody",
    "accounts.Person.password": "hash",
    "accounts.Person.email": "of staff, to sign in; a youth has none (constraint)",
    "accounts.Person.first_name": "of staff, as the youth reads it; a youth has none (constraint)",
    "accounts.Person.last_name": "of staff; a youth has none (constraint)",
    "accounts.Person.organisation": "of staff",
    "accounts.Post.role": "choice",
    "accounts.EntryCode.code_hash": "hash",
    "accounts.CalendarFeed.token_hash": "hash",
    "accounts.Device.token_hash": "hash",
    "accounts.Device.pin_hash": "hash",
    "accounts.GuestLink.token_hash": "hash",
    "accounts.GuestLink.code_hash": "hash",
    "accounts.Link.kind": "choice",
    "accounts.Link.token_hash": "hash",
    "accounts.Session.session_key": "hash",
    "accounts.Session.session_data": "sealed under the secret key",
    "accounts.Session.device": "a kind of telephone, out of what the browser says",
    "accounts.Device.label": "a kind of telephone, out of what the browser says",
    "dossiers.Dossier.end_reason": "choice",
    "dossiers.Dossier.intensity": "choice",
    "dossiers.Dossier.rough": "which days of an imported dossier are a month or a year only",
    "dossiers.PhaseSpan.phase": "one of PHASES",
    "dossiers.PhaseSpan.rough": "as in Dossier",
    "dossiers.NetworkPerson.kind": "choice",
    "dossiers.Note.channel": "choice",
    "dossiers.Step.owner": "choice",
    "dossiers.Step.kind": "choice",
    "dossiers.Step.domain": "one of DOMAINS",
    "dossiers.Step.way": "choice",
    "dossiers.Step.outcome": "choice",
    "dossiers.Step.goal": "letters and numbers that one goal of the plan is known by",
    "dossiers.Appointment.outcome": "choice",
    "dossiers.Appointment.why_not": "choice",
    "dossiers.Appointment.party": "choice",
    "dossiers.Dossier.remind_by": "choice",
    "dossiers.Reminder.moment": "choice",
    "dossiers.Reminder.by": "choice",
    "dossiers.Reminder.outcome": "choice",
    "dossiers.Paper.section": "one of SECTIONS",
    "dossiers.Paper.kind": "choice",
    "dossiers.Message.kind": "choice",
    "dossiers.View.section": "one of SECTIONS",
    "dossiers.Correction.kind": "what its line is: a word of the address",
    "dossiers.Correction.section": "one of SECTIONS",
    "dossiers.CorrectionAnswer.section": "one of SECTIONS",
    "dossiers.CorrectionAnswer.outcome": "choice",
    "dossiers.Specialist.organisation": "of whom coaches may call on; about no youth",
    "dossiers.Specialist.name": "of a professional, whom a youth may meet; about no youth",
    "dossiers.Specialist.fields": "choices: for what",
    "dossiers.Specialist.about": "for what, in words of the municipality; about no youth",
    "dossiers.Specialist.phone": "of an organisation",
    "dossiers.Specialist.email": "of an organisation",
    "dossiers.Specialist.agreement": "between organisations; about no youth",
    "sharing.HelpRequest.reply": "choice",
    "sharing.Warning.ground": "choice",
    "sharing.Warning.way": "choice",
    "sharing.WarningItem.kind": "one of KINDS of the duty to warn",
    "sharing.WarningItem.section": "one of SECTIONS",
    "sharing.Consultation.ground": "choice",
    "sharing.Consultation.answer": "choice",
    "law.Retention.kind": "choice",
    "law.Retention.why": "why a municipality keeps something so long; about nobody",
    "law.Ground.purpose": "choice",
    "law.Ground.articles": "articles of law; about nobody",
    "law.Ground.plain": "the same in plain words; about nobody",
    "law.Ground.why": "why a municipality says so; about nobody",
    "law.Notice.kind": "choice",
    "law.Hold.why": "choice",
    "law.Wish.kind": "choice",
    "law.Wish.refused_why": "choice",
    "law.Proof.mark": "hash",
    "law.Proof.kind": "choice",
    "law.Proof.rule": "by which rule something went; about nobody",
    "law.Proof.sections": "out of SECTIONS",
    "sharing.Grant.shared_section": "one of SECTIONS",
    "sharing.SharingRequest.shared_section": "one of SECTIONS",
    "sharing.SharingRequest.answer": "choice",
    "sharing.SharingRequest.item_kind": "choice",
    "sharing.Grant.item_kind": "choice",
    "sharing.Judgement.key": "hash",
    "sharing.Judgement.rule": "choice",
    "sharing.Judgement.facts": "ids, days, sections and a number: what stood out, without a word of a dossier",
    "sharing.Judgement.verdict": "choice",
    "sharing.Look.previous": "hash",
    "sharing.Look.hash": "hash",
    "sharing.Look.section": "one of SECTIONS",
    "sharing.Look.ground": "coach, stand_in, youth, grant:id, emergency:id, help:id, warning:id",
    "sharing.Look.result": "opened or refused",
    "sharing.Look.reader_name": "first name of staff, as the youth reads it; of a specialist as in the directory",
    "sharing.Look.reader_role": "role of staff",
    "sharing.Look.reader_organisation": "organisation of staff",
    "scouting.Find.kind": "choice",
    "scouting.CoachPage.token": "stands in the link that is handed out, and on a printed QR",
    "scouting.CoachPage.story": "what a coach tells of himself to everybody with the link",
    "scouting.CoachPage.why": "the same",
    "scouting.CoachPage.reach": "the same",
    "scouting.Referral.role": "choice",
    "scouting.Referral.knows": "choice",
    "scouting.Referral.told": "choice",
    "scouting.Find.yes_how": "choice",
    "scouting.GoneCount.kind": "choice",
    "scouting.GoneCount.channel": "choice",
    "scouting.FindingPlace.kind": "choice",
    "scouting.FindingPlace.name": "of a place such as a gym; the book is shared by the coaches",
    "scouting.FindingPlace.area": "four digits of a postcode: where the place stands on the map",
    "scans.Instrument.url": "name of an instrument",
    "scans.Instrument.name": "the same",
    "scans.Instrument.title": "the same, as its maker calls it",
    "scans.Instrument.publisher": "who made it",
    "scans.Instrument.copyright": "whose it is",
    "scans.InstrumentVersion.version": "number of a version",
    "scans.InstrumentVersion.status": "choice",
    "scans.InstrumentVersion.definition": "what is asked; nothing that anybody answered",
    "scans.InstrumentVersion.checksum": "hash",
    "scans.FilledSheet.voice": "choice",
    "scans.Statement.kind": "choice",
    "scans.Statement.section": "one of SECTIONS",
    "scans.Statement.rough": "whether its day is a month or a year only",
    "scans.OwnAnswer.section": "one of SECTIONS",
    "scans.SecondLook.section": "one of SECTIONS",
    "scans.Saying.card": "one of CARDS",
    "scans.Saying.voice": "choice",
    "scans.Assessment.answer": "choice",
    "scans.Assessment.answered_how": "choice: typed or said",
    "scans.CheckInRhythm.often": "choice: how often he is asked",
    "plans.PlanVersion.strategy": "one of STRATEGIES",
    "plans.Agreement.owner": "choice",
    "wraparound.Point.key": "name of an element of the plan, one of DOMAINS, or a number",
    "wraparound.Point.voice": "choice",
    "wraparound.Point.left_out_voice": "choice",
    "wraparound.Point.hard_voice": "choice",
    "wraparound.Invitee.kind": "choice",
    "wraparound.Invitee.may_see": "choice",
    "wraparound.Invitee.answer": "choice",
    "wraparound.Remark.key": "name of an element of the plan, one of DOMAINS, or a number",
    "wraparound.Remark.voice": "choice",
    "wraparound.SetAside.voice": "choice",
    "wraparound.MeetingAgreement.again": "choice",
    "wraparound.Contribution.voice": "choice",
    "wraparound.Condition.kind": "choice: the house looks by it",
    "wraparound.Condition.domain": "one of DOMAINS: of a direct action it is plain too",
    "wraparound.Condition.answer": "choice",
    "wraparound.MeetingYes.voice": "choice",
    "reference.Source.name": "public",
    "reference.Source.version": "public",
    "reference.Source.checksum": "hash",
    "reference.Source.attribution": "public",
    "reference.Term.kind": "choice",
    "reference.Term.label": "public: what ESCO calls an occupation or a skill",
    "reference.Term.group": "public",
    "reference.Term.isco": "official code",
    "reference.Name.name": "public",
    "reference.Name.folded": "public",
    "workplaces.WorkplaceScan.voice": "choice",
    "workplaces.Workplace.employer": "about a firm; the book is shared by the coaches",
    "workplaces.Workplace.work": "about a firm",
    "workplaces.Workplace.place": "about a firm",
    "workplaces.Workplace.contact": "of a firm",
    "workplaces.Workplace.mood": "about a firm",
    "placements.Placement.kind": "choice",
    "placements.Placement.stop_reason": "choice",
    "placements.Placement.rough": "as in Dossier",
    "web.Draft.path": "an address: ids only",
    "web.KeptForm.path": "an address: ids only",
}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("ipta.")]


def test_every_text_is_sealed_or_is_on_the_list_of_plain_ones() -> None:
    text = (models.CharField, models.TextField, models.JSONField, models.FileField)
    plain = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, text)
    }
    assert plain - PLAIN.keys() == set(), "seal it, or say on the list of plain ones why not"
    assert PLAIN.keys() - plain == set(), "on the list, but no longer there"


def test_what_is_a_choice_has_choices() -> None:
    for label, reason in PLAIN.items():
        model, field = label.rsplit(".", 1)
        if reason == "choice":
            choices = apps.get_model(model)._meta.get_field(field).choices
            assert choices or label == "dossiers.Dossier.end_reason", label


SECTION_COLUMNS = {
    "dossiers.Correction": "section",
    "dossiers.CorrectionAnswer": "section",
    "sharing.SharingRequest": "shared_section",
    "dossiers.Paper": "section",
    "dossiers.View": "section",
    "sharing.Grant": "shared_section",
    "scans.Statement": "section",
    "scans.OwnAnswer": "section",
    "scans.SecondLook": "section",
    "sharing.WarningItem": "section",
}


def test_every_sealed_row_knows_its_dossier_and_a_section_that_somebody_reads() -> None:
    for model in our_models():
        sealed = [field for field in model._meta.get_fields() if isinstance(field, SealedField)]
        if sealed and issubclass(model, OfMunicipality):
            assert all(isinstance(field, BookText) for field in sealed), model
        elif sealed:
            assert issubclass(model, OfDossier | Dossier), model
            assert not any(isinstance(field, BookText) for field in sealed), model
            section = model.section  # type: ignore[attr-defined]
            if isinstance(section, str):
                assert all(section in READS[who] for who in ("youth", "coach")), model
            else:
                assert f"{model._meta.label}.{SECTION_COLUMNS[model._meta.label]}" in PLAIN


def test_everything_under_a_dossier_goes_when_the_dossier_goes() -> None:
    for model in our_models():
        if issubclass(model, OfDossier):
            assert model._meta.get_field("dossier").remote_field.on_delete is models.CASCADE, model  # type: ignore[union-attr]


def test_a_sealed_row_has_nothing_to_print() -> None:
    for model in our_models():
        if issubclass(model, OfDossier | Dossier):
            assert "__str__" not in vars(model), model


@pytest.mark.django_db(databases=["default", "keys"])
def test_every_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- One door ------------------------------------------------------------------------------

SEALED_NAMES = {
    field.name for model in our_models() for field in model._meta.get_fields() if isinstance(field, SealedField)
}
PLAIN_NAMES = {
    field.name for model in our_models() for field in model._meta.get_fields() if not isinstance(field, SealedField)
}
BY_KEYWORD = {"filter", "exclude", "get", "annotate", "aggregate", "Q"}
BY_NAME = {"values", "values_list", "order_by"}
KEYS = {f"ipta.vault.{name}" for name in ("keyring", "seals", "master", "store", "backup")}
KEY_HOLDERS = {
    "ipta/accounts/adapters.py": "seals the secrets of the second factor",
    "ipta/accounts/sessions.py": "seals what stands in a session, under the secret key",
    "ipta/sharing/door.py": "the door",
    "ipta/sharing/books.py": "opens the books of a municipality, which are about no youth",
    "ipta/sharing/letters.py": "seals what somebody reads by a link under the secret of that link",
    "ipta/sharing/exports.py": "seals whom a record of a logbook is about",
    "ipta/vault/fields.py": "seals on writing",
    "ipta/sharing/erasure.py": "destroys keys, when two people ask for it",
    "ipta/law/destruction.py": "destroys keys, when the time of what they open is over",
    "ipta/vault/keyring.py": "the keyring",
    "ipta/vault/master.py": "the master key",
    "ipta/vault/store.py": "sees whether keys open, wraps them anew",
    "ipta/vault/backup.py": "puts keys back",
    "ipta/cli/keys.py": "what an administrator asks of those",
    "ipta/web/checks.py": "sees whether the master key is there and safe",
    "ipta/web/drafts.py": "seals what is being typed, under the key of the dossier it is about",
    "ipta/web/kept.py": "seals what was typed as a session ended, with a key of its own",
    "ipta/api/package/commands.py": "an import that fails leaves no key behind",
    "ipta/web/middleware.py": "forgets every key when the request ends",
    "ipta/__main__.py": "makes the first master key",
}


def test_no_query_asks_for_a_sealed_field() -> None:
    """A query that looks into sealed bytes finds nothing, or worse: brings them past the door."""
    names = SEALED_NAMES - PLAIN_NAMES
    wrong = []
    for file in code.files():
        for call in code.calls(code.tree(file)):
            *owner, verb = code.called(call).split(".")
            asked = {k.arg.split("__")[0] for k in call.keywords if k.arg} if verb in BY_KEYWORD else set()
            if verb in BY_NAME:
                asked = {str(a.value).lstrip("-") for a in call.args if isinstance(a, ast.Constant)}
            wrong += [f"{code.name(file)}:{call.lineno} {name}" for name in asked & names]
    assert wrong == []


def test_only_the_door_opens_and_few_hold_keys() -> None:
    holders = {code.name(file) for file in code.files() if KEYS & set(code.imports(file))}
    demo = {holder for holder in holders if holder.startswith("ipta/demo/")}
    assert holders - demo - KEY_HOLDERS.keys() == set()


def test_nothing_above_the_door_lists_dossiers_by_itself() -> None:
    """`Dossier.objects` is for the parts below: above it every list starts with who is asking."""
    for part in ("web", "api"):
        for file in set(code.files(IPTA / part)) - set(COMMAND_FILES):
            for node in ast.walk(code.tree(file)):
                if isinstance(node, ast.Attribute):
                    assert code.dotted(node) not in {"Dossier.objects", "Dossier._base_manager"}, (
                        f"{code.name(file)}:{node.lineno}"
                    )


# --- Time, words, logs -----------------------------------------------------------------------


def test_the_record_asks_the_clock_of_the_house() -> None:
    """So that the demo can live through two years in half a minute, and a test can move the day."""
    wrong = []
    for part in PARTS:
        for file in code.files(IPTA / part):
            if file.name in {"clock.py", "adapters.py"}:  # the clock itself; the second factor counts real seconds
                continue
            for call in code.calls(code.tree(file)):
                says = code.called(call)
                is_now = says in {"timezone.now", "date.today", "datetime.now", "datetime.utcnow", "time.time"}
                if is_now or (says == "timezone.localdate" and not call.args):
                    wrong.append(f"{code.name(file)}:{call.lineno} {says}")
    assert wrong == []


def test_every_public_function_of_the_domain_says_what_it_is_for() -> None:
    wrong = []
    for part in PARTS:
        for name in ("rules", "policies", "queries", "commands", "entry", "door"):
            file = IPTA / part / f"{name}.py"
            if file.exists():
                assert ast.get_docstring(code.tree(file)), code.name(file)
                wrong += [
                    f"{code.name(file)} {function.name}"
                    for function in code.functions(file)
                    if not function.name.startswith("_") and not ast.get_docstring(function)
                ]
    assert wrong == []


LOG_WORDS = {"id", "pk", "verb", "section", "filename", "lineno"}


def test_a_log_line_holds_ids_and_nobodys_words() -> None:
    for file in code.files():
        for call in code.calls(code.tree(file)):
            owner, _, level = code.called(call).rpartition(".")
            if owner in {"log", "logger", "logging"} and level in {"debug", "info", "warning", "error", "exception"}:
                assert isinstance(call.args[0], ast.Constant), f"{code.name(file)}:{call.lineno} puts words in a log"
                for given in call.args[1:]:
                    is_id = isinstance(given, ast.Attribute) and given.attr in LOG_WORDS
                    is_place = isinstance(given, ast.Starred) and code.dotted(given.value) == "place"
                    is_kind = ast.unparse(given) == "type(fault).__name__"
                    assert is_id or is_place or is_kind, (
                        f"{code.name(file)}:{call.lineno} puts {ast.unparse(given)} in a log"
                    )
            may_print = file.name == "__main__.py" or file.is_relative_to(IPTA / "demo")
            assert may_print or code.called(call) != "print", code.name(file)


def test_the_journal_holds_no_words() -> None:
    """What a command records of a thing are ids, numbers, keys and dates."""
    words = {
        "text",
        "remark",
        "purpose",
        "nickname",
        "first_name",
        "last_name",
        "name",
        "what",
        "email",
        "label",
        "words",
    }
    for _, function in commands():
        for call in code.calls(function):
            if code.called(call) == "record":
                for keyword in call.keywords:
                    assert keyword.arg not in words, function.name
                    assert not isinstance(keyword.value, ast.Name) or keyword.value.id not in words, function.name


# --- Screens ----------------------------------------------------------------------------------


def templates() -> list[Path]:
    return sorted(IPTA.rglob("*.html"))


def test_nothing_people_typed_is_shown_unescaped() -> None:
    for file in templates():
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", file.read_text()), code.name(file)
    for file in code.files():
        names = {i.rsplit(".", 1)[-1] for i in code.imports(file)}
        drawn_here = code.name(file).startswith(("ipta/web/components/", "ipta/web/templatetags/"))
        assert drawn_here or "mark_safe" not in names, code.name(file)
        assert "csrf_exempt" not in names, code.name(file)


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(IPTA)))
def test_a_template_is_whole_and_keeps_to_the_house(file: Path) -> None:
    source = file.read_text()
    engines["django"].from_string(source)
    assert not re.search(r"\sstyle=|<script(?![^>]*\bsrc=)|\son(?!ce=)[a-z]+=|javascript:", source), (
        "inline style or script"
    )
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source, re.S | re.I):
        assert "csrf" in form or file.name == "gallery.html"
    assert not re.search(r"<button(?![^>]*\btype=)", source), "a button says its type"
    assert not re.search(r"(src|href)=\"https?://(?!wa\.me)", source), "nothing is fetched from elsewhere"


def test_no_page_title_names_anybody() -> None:
    for file in templates():
        for title in re.findall(r"{% block title %}(.*?){% endblock", file.read_text(), re.S):
            assert not re.search(r"{{(?!\s*(block\.super|title\s))", title), f"{code.name(file)}: {title}"
            assert not re.search(r"schuld|justitie|politie|crimin|zorg|IPTA", title, re.I), (
                f"{code.name(file)}: {title}"
            )


# --- Nothing that ties the house to one machine --------------------------------------------------

TEXT_FILES = {
    ".py",
    ".toml",
    ".json",
    ".lock",
    ".txt",
    ".md",
    ".yaml",
    ".yml",
    ".cfg",
    ".html",
    ".css",
    ".js",
    ".mjs",
    "",
}
REGISTRIES = re.compile(
    r"registry\.npmjs|registry\.yarnpkg|files\.pythonhosted|pypi\.org/simple|crates\.io/api|proxy\.golang"
    r"|artifactory|nexus\.|(?<!no-emit-)index-url|resolved\"\s*:\s*\"http"
)


def test_no_file_names_a_registry() -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git tree")
    for name in listed.stdout.splitlines():
        file = ROOT / name
        if file.is_file() and file.suffix in TEXT_FILES and file != Path(__file__):
            assert not REGISTRIES.search(file.read_text(errors="replace")), name


EMPTY_WORDS = re.compile(r"(^|_)(manager|service|handler|helper|util|utils|data|process|processor)(_|$)")
# Django's words, and a role in the municipality
SAID_BY_OTHERS = {
    "PersonManager", "extract_extra_data", "receive_data_chunk", "process_exception", "functional_manager",
}  # fmt: skip


def test_no_name_says_nothing() -> None:
    wrong = []
    for file in code.files():
        if EMPTY_WORDS.search(file.stem):
            wrong.append(code.name(file))
        for node in ast.walk(code.tree(file)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name not in SAID_BY_OTHERS:
                words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
                if EMPTY_WORDS.search(words):
                    wrong.append(f"{code.name(file)}:{node.lineno} {node.name}")
    assert wrong == []


def test_a_note_that_was_replaced_is_never_found_by_a_join() -> None:
    """A join with the note that replaces it reads the notes of the whole country (`NoteQuerySet`)."""
    for file in code.files():
        if "migrations" not in file.parts:
            assert "replaced_by=None" not in file.read_text(), code.name(file)
            assert "replaced_by__isnull" not in file.read_text(), code.name(file)
