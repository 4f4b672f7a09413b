"""A picture with a word for every step, and a few lines before the doors."""

import pytest
from django.template import Context, Template

from ipta.web.components.doing import ANY, KINDS, picture_of
from ipta.web.components.icons import ICONS


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("De huisarts bellen", "Bellen"),
        ("Naar de tandarts", "Gezond"),
        ("De belasting betalen", "Geld"),
        ("Mijn CV maken", "Papier"),
        ("Solliciteren bij de garage", "Werk"),
        ("Om negen uur bij school zijn", "School"),
        ("Mee naar voetbal", "Sport"),
        ("Met mama praten", "Praten"),
        ("Xyzzy", "Stap"),
        ("", "Stap"),
    ],
)
def test_a_step_gets_the_picture_of_the_first_word_that_is_known(text: str, word: str) -> None:
    assert str(picture_of(text)[1]) == word


def test_every_kind_has_a_drawing_and_a_word_of_its_own() -> None:
    assert all(icon in ICONS for icon, _word, _signs in (*KINDS, (*ANY, "")))
    assert len({str(word) for _icon, word, _signs in KINDS}) == len(KINDS) > 15


def shown(rows: int) -> str:
    row = '{% row "regel" %}{% endrow %}'
    return Template("{% few_rows %}" + row * rows + "{% endfew_rows %}").render(Context())


@pytest.mark.parametrize(("rows", "in_sight"), [(1, 1), (3, 3), (4, 3), (9, 3)])
def test_at_most_three_lines_stand_in_sight_and_none_is_lost(rows: int, in_sight: int) -> None:
    first, _tap, others = shown(rows).partition("<details")
    assert (first.count('class="row"'), others.count('class="row"')) == (in_sight, rows - in_sight)


def test_without_lines_there_is_nothing() -> None:
    assert shown(0).strip() == ""
