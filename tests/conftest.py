"""What every test may ask for: people, browsers logged in as them, files in a temporary folder."""

from pathlib import Path

import pytest
from django.test import Client
from django.test.testcases import TransactionTestCase

from accounts.models import Organisation, User
from accounts.roles import Role
from tests.factories import people
from tests.factories.evidence import triggers_lifted


@pytest.fixture(autouse=True)
def _files_in_a_temporary_folder(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session", autouse=True)
def _evidence_can_be_flushed():
    """Lift the append-only triggers around the flush of transactional tests, and only there."""
    original = TransactionTestCase._fixture_teardown

    def teardown(case) -> None:
        with triggers_lifted():
            original(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


def _browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.MembershipBackend")
    return client


@pytest.fixture
def norvia(db) -> Organisation:
    return people.sponsor("Norvia Therapeutics")


@pytest.fixture
def ostrava(db) -> Organisation:
    return people.sponsor("Ostrava Cell Works")


@pytest.fixture
def authority(db) -> Organisation:
    return people.authority()


@pytest.fixture
def lead(norvia) -> User:
    return people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)


@pytest.fixture
def contributor(norvia) -> User:
    return people.person("Tomasz Wierzba", norvia, Role.CONTRIBUTOR)


@pytest.fixture
def reader(norvia) -> User:
    return people.person("Jun Sato", norvia, Role.READER)


@pytest.fixture
def analyst(norvia) -> User:
    return people.person("Milan Dvořák", norvia, Role.QC_ANALYST)


@pytest.fixture
def quality(norvia) -> User:
    return people.person("Katarzyna Nowak", norvia, Role.QUALITY_ASSURANCE)


@pytest.fixture
def qualified_person(norvia) -> User:
    return people.person("Aoife Brennan", norvia, Role.QUALIFIED_PERSON)


@pytest.fixture
def other_lead(ostrava) -> User:
    return people.person("Petra Svobodová", ostrava, Role.REGULATORY_LEAD)


@pytest.fixture
def coordinator(authority) -> User:
    return people.person("Clara Weiss", authority, Role.COORDINATOR)


@pytest.fixture
def reviewer(authority) -> User:
    return people.person("Sofia Marques", authority, Role.REVIEWER)


@pytest.fixture
def second_reviewer(authority) -> User:
    return people.person("Lena Okafor", authority, Role.REVIEWER)


@pytest.fixture
def administrator(db) -> User:
    return people.administrator()


@pytest.fixture
def browser():
    """Give a test client logged in as a person: browser(lead)."""
    return _browser
