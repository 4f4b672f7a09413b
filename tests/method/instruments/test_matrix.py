"""A matrix is any instrument that asks for five levels of each domain: of the house, or of a municipality."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipta.dossiers.rules import DOMAINS
from ipta.scans.instruments.checks import complaints
from ipta.scans.instruments.questions import DOMAIN
from ipta.scans.instruments.scoring import by_domain
from ipta.scans.instruments.shelf import shipped
from ipta.scans.matrix import Matrix, matrix_of
from tests.method.instruments.made import Json, asking, choice, item

MATRICES = {asked.name: asked for asked in shipped() if matrix_of(asked)}
WHOLE = {name: asked for name, asked in MATRICES.items() if name != "wellbeing"}


def rated(domain: str, *weights: float, **more: Any) -> Json:
    return choice(domain, *(weights or (1, 2, 3, 4, 5)), code=[{"system": DOMAIN, "code": domain}], **more)


def own_copy(*, but: str = "", instead: Json | None = None, beside: tuple[Json, ...] = ()) -> Matrix | None:
    """The matrix of a municipality with one domain otherwise, or more questions beside it."""
    items = [instead if domain == but else rated(domain) for domain in DOMAINS]
    return matrix_of(asking(*filter(None, items), *beside))


def test_three_ship_with_the_house_and_wellbeing_beside_them() -> None:
    assert set(MATRICES) == {"zrm_2017", "zrm_jongeren", "own_view", "wellbeing"}
    assert all(matrix_of(asked).is_whole for asked in WHOLE.values())  # type: ignore[union-attr]


@pytest.mark.parametrize("name", sorted(WHOLE))
@given(levels=st.dictionaries(st.sampled_from(sorted(DOMAINS)), st.integers(1, 5)), remark=st.sampled_from(["", "Zo."]))
def test_levels_become_answers_and_come_back(name: str, levels: dict[str, int], remark: str) -> None:
    asked = WHOLE[name]
    matrix = matrix_of(asked)
    assert matrix is not None
    answers = matrix.answers(levels, remark)
    assert by_domain(asked, answers) == levels
    assert [value.content for value in answers.at(("remark",))] == ([remark] if remark else [])
    assert complaints(asked, answers, is_done=True) == [], "what is not known is answered so"


def test_a_municipality_may_say_it_in_its_own_words() -> None:
    own = own_copy(beside=(item("source", "display"), item("extra")))
    assert own is not None
    assert own.is_whole
    assert [rung.level for rung in own.questions["money"].rungs] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "other",
    [
        own_copy(but="money"),
        own_copy(but="money", instead=rated("money", 1, 2, 3, 4)),
        own_copy(but="money", instead=rated("money", 1, 2, 3, 4.5, 5)),
        own_copy(but="money", instead=rated("money", 0, 1, 2, 3, 4, 5)),
        own_copy(but="money", instead=item("money", "integer", code=[{"system": DOMAIN, "code": "money"}])),
        own_copy(beside=(item("must", required=True),)),
        own_copy(beside=(rated("money") | {"linkId": "twice"},)),
    ],
)
def test_anything_else_is_filled_in_as_it_is(other: Matrix | None) -> None:
    assert other is None or not other.is_whole


def test_what_must_be_known_is_no_matrix_for_the_scan() -> None:
    strict = rated("money", required=True)
    strict["answerOption"] = strict["answerOption"][:5]
    own = own_copy(but="money", instead=strict)
    assert own is not None
    assert not own.is_whole
