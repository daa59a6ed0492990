"""What the tests of a review ask for: a dossier where they need it, and the people around it."""

import pytest

from accounts.models import User
from accounts.roles import Role
from dossiers.models import Dossier
from dossiers.statuses import Discipline, DossierStatus, Duty
from tests.factories import people, reviews


@pytest.fixture
def in_review(lead, coordinator, reviewer) -> Dossier:
    """A dossier of Norvia in review: Ines Halvorsen filed it, Sofia Marques leads."""
    return reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation)


@pytest.fixture
def combined(lead, coordinator, reviewer) -> Dossier:
    """A combined product in review; Eva Rossi judges the device."""
    return reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation, outcome="combined-TEP")


@pytest.fixture
def assessor(in_review, second_reviewer) -> User:
    """Lena Okafor, assessor of the clinical data."""
    reviews.assign(in_review, second_reviewer, Duty.ASSESSOR, Discipline.CLINICAL)
    return second_reviewer


@pytest.fixture
def unassigned(authority) -> User:
    """A reviewer without a duty on the dossier."""
    return people.person("Janusz Kowal", authority, Role.REVIEWER)
