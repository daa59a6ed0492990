"""Roles and the two sides of a procedure."""

from django.db import models


class Side(models.TextChoices):
    """Which side of the procedure an organisation stands on."""

    SPONSOR = "sponsor", "Sponsor"
    AUTHORITY = "authority", "Authority"
    ADMINISTRATION = "administration", "Administration"


class Role(models.TextChoices):
    """What a person does for their organisation.

    An outside helper acts for a sponsor in the dossiers they are invited to, and sees nothing else of it.
    """

    REGULATORY_LEAD = "regulatory_lead", "Regulatory lead"
    CONTRIBUTOR = "contributor", "Contributor"
    READER = "reader", "Reader"
    QC_ANALYST = "qc_analyst", "QC analyst"
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance"
    QUALIFIED_PERSON = "qualified_person", "Qualified Person"
    HELPER = "helper", "Outside helper"
    REVIEWER = "reviewer", "Reviewer"
    COORDINATOR = "coordinator", "Coordinator"
    ADMINISTRATOR = "administrator", "Administrator"

    @property
    def side(self) -> Side:
        """The side to which this role belongs."""
        if self in {Role.REVIEWER, Role.COORDINATOR}:
            return Side.AUTHORITY
        if self is Role.ADMINISTRATOR:
            return Side.ADMINISTRATION
        return Side.SPONSOR


SPONSOR_ROLES = frozenset(role for role in Role if role.side is Side.SPONSOR)
SPONSOR_WRITERS = frozenset({Role.REGULATORY_LEAD, Role.CONTRIBUTOR})
QUALITY_ROLES = frozenset({Role.QC_ANALYST, Role.QUALITY_ASSURANCE, Role.QUALIFIED_PERSON})
AUTHORITY_ROLES = frozenset({Role.REVIEWER, Role.COORDINATOR})
