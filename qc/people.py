"""Who at the sponsor is told of what happens to a lot."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from accounts.roles import Role


def in_roles(organisation_id: UUID, roles: Iterable[Role]) -> list[User]:
    """Return the active people who hold one of the roles at an organisation now."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__ended_at=None,
            memberships__organisation_id=organisation_id,
            memberships__role__in=list(roles),
        ).distinct()
    )


def qualified_persons(organisation_id: UUID) -> list[User]:
    """Return the sponsor's Qualified Persons."""
    return in_roles(organisation_id, [Role.QUALIFIED_PERSON])


def quality_people(organisation_id: UUID) -> list[User]:
    """Return quality assurance and the Qualified Persons, who act on a late failing result."""
    return in_roles(organisation_id, [Role.QUALIFIED_PERSON, Role.QUALITY_ASSURANCE])
