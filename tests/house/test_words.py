"""What the screens say: plain Dutch for youths (A2 to B1), neutral outside, and English beside it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipta.law import rules
from tests.house import messages, plain_dutch, youth_pages
from tests.house.code import IPTA, name

WEB = IPTA / "web"
YOUTH_FILES = [
    *(
        file
        for desk in ("youth", "entry", "network")
        for file in sorted((WEB / desk).rglob("*"))
        if file.suffix in {".html", ".py"}
    ),
    *sorted((WEB / "components").glob("*.html")),
    *(WEB / "components" / f"{name}.py" for name in ("doing", "glossary")),
    WEB / "layout" / "youth.html",
    WEB / "layout" / "plain.html",
    *(
        file for file in sorted(WEB.glob("*.py")) if file.name != "gallery.py"
    ),  # what forms and pages of both desks answer
    *sorted((WEB / "pages").glob("*.html")),
]
COACH_FILES = [file for file in sorted((WEB / "coach").rglob("*")) if file.suffix in {".html", ".py"}]

# Rare in what is printed, and known to everybody who sees it.
KNOWN = frozenset(
    {
        "belangrijkst",
        "bsn",
        "invalt",
        "kopieer",
        "pincode",
        "app",
        "appen",
        "appt",
        "kapper",
        "snapchat",
        "instagram",
        "gescand",
    }
)
OFFICE = frozenset(
    """
    aangaande alsmede bemiddeling beschikking betreffende betreft bovengenoemde casus casuïstiek cliënt conform
    derhalve desbetreffende diagnostiek dienen dient echter ervaren geïndiceerd hierbij hiermee hulpverlener
    hulpverlening indicatie indien ingevolge interventie inzake krachtens middels mits multiproblematiek
    nazorgtraject omtrent onderhavige participatie problematiek re-integratie regie teneinde tenzij tevens
    toeleiding traject trajecten veranderplan voornemens wederom werkgeversservicepunt zelfredzaamheid zodanig
    zorgmijder zulks
    """.split()  # noqa: SIM905 - a list of words to read, not of quotes
)


def said_in(files: list[Path]) -> Iterator[tuple[str, str]]:
    """Every text of these files, with the file."""
    for file in files:
        says = messages.of_file(file)
        for message in says:
            yield from ((text, name(file)) for text in ([message] if isinstance(message, str) else message))


# --- Plain language -----------------------------------------------------------------------


def test_a_youth_understands_every_sentence() -> None:
    hard = [
        f"{where}: {objection}"
        for text, where in said_in(YOUTH_FILES)
        for objection in plain_dutch.objections(text, known=KNOWN, office=OFFICE)
    ]
    assert hard == [], "\n" + "\n".join(hard)


def test_he_understands_why_and_how_long_too() -> None:
    """What ships of the law for him; what a municipality writes instead is its own."""
    his = (rules.PLAIN, rules.PURPOSES_TO_HIM, rules.KINDS_TO_HIM, rules.HOLDS_TO_HIM, rules.REFUSALS_TO_HIM)
    texts = [text for words in his for text in words.values()]
    hard = [str(said) for text in texts for said in plain_dutch.objections(text, known=KNOWN, office=OFFICE)]
    assert hard == [], "\n" + "\n".join(hard)
    assert plain_dutch.flesch_douma(texts) >= plain_dutch.EASY


def test_the_pages_of_the_youth_together_are_easy() -> None:
    texts = [text for text, _ in said_in(YOUTH_FILES)]
    assert len(texts) > 300
    assert plain_dutch.flesch_douma(texts) >= plain_dutch.EASY


@pytest.mark.parametrize("page", youth_pages.pages(), ids=lambda page: page.name)
def test_each_page_of_the_youth_is_of_level_b1_or_easier(page: youth_pages.Page) -> None:
    assert page.level in {"A2", "B1"}, f"{page.level}, {page.ease:.0f}: {page.longest} ({', '.join(page.hardest)})"
    assert page.words_in_longest <= plain_dutch.LONGEST_SENTENCE


def test_every_page_of_the_youth_is_measured() -> None:
    """Whatever extends his frame, and says something: a template that is only a part is measured with its pages."""
    names = {page.name for page in youth_pages.pages()}
    assert {"youth/home", "youth/plan", "youth/looks", "youth/letters", "entry/pin", "entry/choose"} <= names
    assert len(names) > 50
    shown = {
        f"{module}/{template}"
        for desk in ("youth", "entry")
        for code in (WEB / desk).glob("*.py")
        for module, template in re.findall(r'"(youth|entry)/(\w+)\.html"', code.read_text())
    }
    assert shown - names - {"entry/away"} == set()


def test_the_measure_prints_every_page(capsys: pytest.CaptureFixture[str]) -> None:
    youth_pages.print_pages()
    told = capsys.readouterr().out
    assert all(page.name in told for page in youth_pages.pages())
    assert f"{len(youth_pages.pages())} at or below B1" in told


def test_the_pages_of_the_coach_are_easy_too() -> None:
    """B1: on a street corner, with one thumb."""
    texts = dict(said_in(COACH_FILES))
    assert plain_dutch.flesch_douma(list(texts)) >= plain_dutch.EASY
    long = [
        f"{where}: {s}" for text, where in texts.items() for s in plain_dutch.sentences(text) if len(s.split()) > 18
    ]
    assert long == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Indien je dit wilt, klik dan hier.", "office"),
        ("Hier staat wat de mensen die jou helpen de afgelopen weken over jou hebben opgeschreven.", "words in one"),
        ("Dit is een voorbeeld van onregelmatigheidstoeslagverrekening.", "rare"),
        (
            "Verschillende organisaties behandelen vervolgens afzonderlijk ingediende aanvragen voor ondersteuning.",
            "hard to",
        ),
        ("Dit wordt door je coach gelezen.", "nobody does it"),
        ("Je plan werd niet bewaard.", "nobody does it"),
        ("Er staat niets dat niet klopt.", "denies twice"),
        ("Wij noch je coach lezen dit.", "hard word"),
    ],
)
def test_the_measure_sees_what_is_hard(text: str, why: str) -> None:
    assert why in "\n".join(map(str, plain_dutch.objections(text, office=OFFICE)))


@pytest.mark.parametrize(
    "text",
    [
        "Je stap staat erbij.",
        "Kies een dag, bijvoorbeeld 3-3-2026.",
        "Je stappenplan is klaar. Wil je het lezen?",
        "%(coach)s en jij zeiden allebei ja.",
        "Deze pincode is te makkelijk te raden. Kies een andere.",
        "Het wordt morgen een gesprek met de gemeente.",
        "Niet nu. Geen haast.",
    ],
)
def test_the_measure_lets_easy_sentences_be(text: str) -> None:
    assert plain_dutch.objections(text, known=KNOWN, office=OFFICE) == []


def test_the_measure_knows_easy_from_hard() -> None:
    easy = "Ik ga naar school. Ik woon bij mijn moeder. Dat gaat goed."
    hard = (
        "De toeleiding van kwetsbare jongeren naar duurzame arbeidsparticipatie vereist een integrale "
        "domeinoverstijgende samenwerking waarbij uiteenlopende disciplines verantwoordelijkheden afstemmen."
    )
    assert plain_dutch.flesch_douma([easy]) > 100
    assert plain_dutch.flesch_douma([hard]) < 20


# --- Neutral --------------------------------------------------------------------------------

JUDGING = {
    "niet verschenen", "no-show", "no show", "dader", "crimineel", "criminele", "delinquent", "probleemjongere",
    "faalde", "gefaald", "mislukt", "schuld van", "ongemotiveerd", "risicojongere", "overlastgever", "client", "cliënt",
}  # fmt: skip


def test_no_word_judges_anybody() -> None:
    said = {
        message if isinstance(message, str) else message[0]: where for message, where in messages.messages().items()
    }
    wrong = [f"{where}: {text}" for text, where in said.items() for word in JUDGING if word in text.lower()]
    assert wrong == []


# --- English ----------------------------------------------------------------------------------


def test_every_message_is_there_in_english() -> None:
    catalogue = messages.catalogue("en")
    missing = []
    for message, where in messages.messages().items():
        known = catalogue.get(message if isinstance(message, str) else message[0])
        if known is None or not messages.is_said(known.string):
            missing.append(f"{where}: {message}")
    assert missing == [], f"{len(missing)} without English:\n" + "\n".join(missing[:40])


def test_a_translation_keeps_the_places_of_names() -> None:
    for said in messages.catalogue("en"):
        if said.id:
            ids, strings = ([part] if isinstance(part, str) else list(part) for part in (said.id, said.string))
            wanted = set().union(*(messages.places(text) for text in ids))
            for text in filter(None, strings):
                assert messages.places(text) <= wanted, f"{said.id} -> {text}"
                assert isinstance(said.id, tuple) or messages.places(text) == wanted, f"{said.id} -> {text}"


def test_the_catalogue_holds_nothing_that_no_screen_says() -> None:
    said = {message if isinstance(message, str) else message[0] for message in messages.messages()}
    kept = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in messages.catalogue("en") if entry.id}
    assert kept - said == set()
