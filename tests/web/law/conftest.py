"""Who answers for the law of Zoetermeer: fem, the functional manager, and pepijn, the privacy officer."""

import pytest
from django.test import Client

from ipta.accounts.models import Person
from tests.conftest import sign_in


@pytest.fixture
def fems(fem: Person) -> Client:
    return sign_in(fem)


@pytest.fixture
def pepijns(pepijn: Person) -> Client:
    return sign_in(pepijn)
