"""Organisations and people for tests."""

from accounts.models import Membership, Organisation, User
from accounts.roles import Role, Side

PASSWORD = "correct-horse-battery"


def sponsor(name: str) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults={"side": Side.SPONSOR, "is_sme": True})[0]


def authority() -> Organisation:
    return Organisation.objects.get_or_create(
        name="European Agency for Living Medicines", defaults={"side": Side.AUTHORITY}
    )[0]


def person(name: str, organisation: Organisation, role: Role) -> User:
    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name, PASSWORD)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def administrator() -> User:
    home = Organisation.objects.get_or_create(name="Administration", defaults={"side": Side.ADMINISTRATION})[
        0
    ]
    return person("Ada Lindqvist", home, Role.ADMINISTRATOR)
