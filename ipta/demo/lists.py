"""Questionnaires in a demo life: what the coach saw him do, and how his weeks were."""

import random
from typing import Final

from ipta.demo.life import Life, Strand
from ipta.scans.check_in.commands import set_rhythm
from ipta.scans.instruments import commands as sheets
from ipta.scans.instruments.answers import Answers
from ipta.scans.instruments.asked import places
from ipta.scans.instruments.queries import asked_by, version_for
from ipta.scans.instruments.questions import Questionnaire
from ipta.scans.models import FilledSheet

SKILLS: Final = "urn:ipta:instrument:basic-skills"
CHECK_IN: Final = "urn:ipta:instrument:check-in"
WEEKS: Final = 10  # of check-ins, up to today


def skills(life: Life) -> Strand:
    """The basic skills, seen along the way and written down once."""
    fill(life, SKILLS, FilledSheet.Voice.COACH, luck=0.6)
    yield from ()


def check_ins(life: Life) -> Strand:
    """He wants to be asked every week; some weeks are better than others."""
    if life.days_left > WEEKS * 7:
        yield life.days_left - WEEKS * 7
    life.do(set_rhythm, life.dossier, often="weekly", by=life.himself)
    luck = 0.3
    while True:
        fill(life, CHECK_IN, FilledSheet.Voice.YOUTH, luck=luck)
        luck = min(0.9, luck + life.any((-0.1, 0, 0.1, 0.15)))
        yield 7


def fill(life: Life, url: str, voice: str, *, luck: float) -> None:
    """Begun and signed off at once. `luck`: how well it goes, from 0 to 1."""
    version = version_for(life.dossier.municipality, url)
    assert version is not None  # noqa: S101 - it ships with the house
    by = life.himself if voice == FilledSheet.Voice.YOUTH else life.coach
    sheet = life.do(sheets.start_sheet, life.dossier, version=version, voice=voice, by=by, on=life.day)
    life.do(sheets.sign_off, sheet, answers=answers_to(asked_by(version), life.rng, luck), seen=0, by=by)


def answers_to(asked: Questionnaire, dice: random.Random, luck: float) -> Answers:
    """An answer to each choice: the better ones stand first."""
    said = {}
    for place in places(asked, Answers()):
        known = [option.value for option in place.item.options if not option.value.is_unknown]
        if known:
            worse = min(int(abs(dice.gauss(0, 1)) + (1 - luck) * 2), len(known) - 1)
            said[place.at] = (known[worse],)
    return Answers(said)
